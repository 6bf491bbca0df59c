"""Runs a scheduler on an environment for one episode, recording every decision."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from claims_env.answers import valid_action
from claims_env.chat_usage import accounted
from claims_env.env import CurriculumEnv
from claims_env.free_text import FreeText
from claims_env.ledger import Ledger, MemoryLedger
from claims_env.rounds import Round
from claims_env.scheduler import Explains, Observation, Opens, Scheduler, Stateful, Writes


def run(
    scheduler: Scheduler | Writes,
    env: CurriculumEnv,
    *,
    seed: int,
    ledger: Ledger | None = None,
) -> tuple[Round, ...]:
    """Run one episode and return its rounds.

    With a ledger that already holds part of the run, that part is read back: the scheduler is not
    asked again, only given back its state.

    Args:
        scheduler: Chooses the prompts, or writes them.
        env: What it acts on; give it the same ledger.
        seed: Of the episode.
        ledger: Where decisions are recorded; None keeps nothing.
    """
    ledger = ledger or MemoryLedger()
    env.acting = scheduler.name
    if isinstance(scheduler, Writes):
        _run_writer(scheduler, FreeText(env), seed, ledger)
    else:
        _run_chooser(scheduler, env, seed, ledger)
    return env.rounds


def _run_chooser(scheduler: Scheduler, env: CurriculumEnv, seed: int, ledger: Ledger) -> None:
    def choose(observation: Observation, info: dict[str, Any]) -> list[int]:
        with accounted(env.parts.account, ledger, len(env.rounds), "decide"):
            given = scheduler.act(observation, info)
        return [int(i) for i in valid_action(given, env.action_space, scheduler.name)]

    observation, info = env.reset(seed=seed)
    while len(env.rounds) < env.max_rounds:
        action = _decided(scheduler, len(env.rounds), ledger, partial(choose, observation, info))
        observation, _, _, _, info = env.step(np.array(action, dtype=np.int64))


def _run_writer(scheduler: Writes, env: FreeText, seed: int, ledger: Ledger) -> None:
    def write(observation: Observation, info: dict[str, Any]) -> list[str]:
        with accounted(env.curriculum.parts.account, ledger, len(env.rounds), "decide"):
            return env.valid(scheduler.write(observation, info), scheduler.name)

    options: dict[str, Any] = {}
    if isinstance(scheduler, Opens):
        opener = scheduler

        def open_run() -> list[str]:
            with accounted(env.curriculum.parts.account, ledger, 0, "decide"):
                said = opener.opening(env.curriculum.sets, seed)
            return env.valid(said, scheduler.name)

        options["opening"] = _decided(scheduler, 0, ledger, open_run)
    observation, info = env.reset(seed=seed, options=options)
    while len(env.rounds) < env.curriculum.max_rounds:
        said = _decided(scheduler, len(env.rounds), ledger, partial(write, observation, info))
        observation, _, _, _, info = env.step(tuple(said))


def _decided(
    scheduler: Scheduler | Writes, index: int, ledger: Ledger, decide: Callable[[], list[Any]]
) -> list[Any]:
    """Return what a scheduler decides for a round, or what the ledger says it decided."""

    def work() -> dict[str, Any]:
        action = decide()
        if isinstance(scheduler, Explains):
            ledger.keep_document(index, "decision", scheduler.explanation())
        state = scheduler.state() if isinstance(scheduler, Stateful) else None
        return {"action": action, "state": state}

    done = ledger.stage(index, "decide", work)
    if isinstance(scheduler, Stateful):
        scheduler.restore(done["state"])
    action: list[Any] = done["action"]
    return action
