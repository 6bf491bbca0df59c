"""Runs a scheduler on an environment for one episode, recording every decision."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Protocol, SupportsFloat

import numpy as np
from gymnasium import Space

from claims_env.answers import valid_action
from claims_env.chat_usage import ChatAccount, accounted
from claims_env.env import CurriculumEnv
from claims_env.errors import ContractBroken
from claims_env.free_text import FreeText
from claims_env.ledger import Ledger, MemoryLedger
from claims_env.rounds import Round
from claims_env.scheduler import Action, Explains, Observation, Opens, Scheduler, Stateful, Writes


class HasAccount(Protocol):
    """What a scheduler's questions are charged to, among other parts."""

    @property
    def account(self) -> ChatAccount | None:
        """What language models share; None where there are none."""
        ...


class Playable(Protocol):
    """A curriculum that takes words of a library: `CurriculumEnv`, or a simulated world's.

    Attributes:
        acting: Who is on it, for the record.
    """

    acting: str

    @property
    def parts(self) -> HasAccount:
        """What is behind it."""
        ...

    @property
    def action_space(self) -> Space[Action]:
        """See Gymnasium."""
        ...

    @property
    def max_rounds(self) -> int:
        """Rounds per episode, the random round 0 included."""
        ...

    @property
    def rounds(self) -> Sequence[Round]:
        """The rounds played since the last reset."""
        ...

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Observation, dict[str, Any]]:
        """See Gymnasium."""
        ...

    def step(self, action: Action) -> tuple[Observation, SupportsFloat, bool, bool, dict[str, Any]]:
        """See Gymnasium."""
        ...


def run(
    scheduler: Scheduler | Writes,
    env: Playable,
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

    Raises:
        ContractBroken: A scheduler that writes is to play where only words of a library are known.
    """
    ledger = ledger or MemoryLedger()
    env.acting = scheduler.name
    if isinstance(scheduler, Writes):
        if not isinstance(env, CurriculumEnv):
            raise ContractBroken(
                f"The scheduler '{scheduler.name}' writes sentences, and a simulated world knows "
                "only the words of its library. Let it play a CurriculumEnv."
            )
        _run_writer(scheduler, FreeText(env), seed, ledger)
    else:
        _run_chooser(scheduler, env, seed, ledger)
    return tuple(env.rounds)


def _run_chooser(scheduler: Scheduler, env: Playable, seed: int, ledger: Ledger) -> None:
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
