"""Runs a scheduler on an environment for one episode, recording every decision."""

from typing import Any

import numpy as np

from claims_env.answers import valid_action
from claims_env.env import CurriculumEnv
from claims_env.ledger import Ledger, MemoryLedger
from claims_env.rounds import Round
from claims_env.scheduler import Action, Explains, Observation, Scheduler, Stateful


def run(
    scheduler: Scheduler, env: CurriculumEnv, *, seed: int, ledger: Ledger | None = None
) -> tuple[Round, ...]:
    """Run one episode and return its rounds.

    With a ledger that already holds part of the run, that part is read back: the scheduler is not
    asked again, only given back its state.

    Args:
        scheduler: Chooses the prompts.
        env: What it acts on; give it the same ledger.
        seed: Of the episode.
        ledger: Where decisions are recorded; None keeps nothing.
    """
    ledger = ledger or MemoryLedger()
    env.acting = scheduler.name
    observation, info = env.reset(seed=seed)
    over = False
    while not over:
        action = _decide(scheduler, env, observation, info, ledger)
        observation, _, terminated, truncated, info = env.step(action)
        over = terminated or truncated
    return env.rounds


def _decide(
    scheduler: Scheduler,
    env: CurriculumEnv,
    observation: Observation,
    info: dict[str, Any],
    ledger: Ledger,
) -> Action:
    def work() -> dict[str, Any]:
        given = scheduler.act(observation, info)
        action = valid_action(given, env.action_space, scheduler.name)
        if isinstance(scheduler, Explains):
            ledger.keep_document(len(info["rounds"]), "decision", scheduler.explanation())
        state = scheduler.state() if isinstance(scheduler, Stateful) else None
        return {"action": [int(i) for i in action], "state": state}

    done = ledger.stage(len(info["rounds"]), "decide", work)
    if isinstance(scheduler, Stateful):
        scheduler.restore(done["state"])
    return np.array(done["action"], dtype=np.int64)
