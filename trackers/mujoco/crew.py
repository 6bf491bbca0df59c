"""The other worker processes: starting them, and making sure that none is left behind.

The leader is the calling process itself. Each follower hears from it through a pipe and ends when
that pipe does, so it also dies with a leader that was killed; and it leaves Ctrl-C to the leader.
"""

import contextlib
import multiprocessing
import os
import signal
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from typing import Any

from claims_env.trackers.mujoco.collective import Alone, Collective, Follower, Leader, rows_in
from claims_env.trackers.mujoco.reference import Reference
from claims_env.trackers.mujoco.settings import MujocoSettings
from claims_env.trackers.mujoco.state import LearnerState

_PATIENCE = 5.0  # [s] a follower gets to end by itself


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """What every worker must know to train along.

    Attributes:
        settings: Body and learning rule.
        state: What was learned before.
        references: The clips to practise.
        iterations: How many updates at most.
    """

    settings: MujocoSettings
    state: LearnerState
    references: Sequence[Reference]
    iterations: int


@contextlib.contextmanager
def crew(stage: Stage, workers: int) -> Iterator[Collective]:
    """Start all workers but this process, and return the group, which ends with the block."""
    if workers == 1:
        yield Alone()
        return
    # spawned, not forked: torch's and MuJoCo's threads do not survive a fork
    context = multiprocessing.get_context("spawn")
    longest = _longest_vector(stage)
    memory = context.RawArray("f", workers * longest)
    pipes: list[Connection] = []
    processes: list[Any] = []
    try:
        for rank in range(1, workers):
            ours, theirs = context.Pipe()
            pipes.append(ours)
            arguments = (rank, workers, memory, theirs, stage)
            process = context.Process(target=_follow, args=arguments, daemon=True)
            with _ctrl_c_held_back():
                process.start()
                processes.append(process)
            theirs.close()
        yield Leader(rows_in(memory, workers), pipes)
    finally:
        _dismiss(processes, pipes)


@contextlib.contextmanager
def _ctrl_c_held_back() -> Iterator[None]:
    """Have processes started in this block born deaf to Ctrl-C, which the leader hears after it.

    A follower takes seconds to import what it needs before it can ignore the signal itself.
    """
    # it is started with the first process, and its start would unblock the signal
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _longest_vector(stage: Stage) -> int:
    """Return the length of the longest vector workers average (see `learner`)."""
    gradient = len(stage.state.parameters) + 1
    seen = 2 * len(stage.state.mean) + 2 * len(stage.references) + 2
    return max(gradient, seen)


def _dismiss(processes: list[Any], pipes: list[Connection]) -> None:
    for pipe in pipes:
        pipe.close()
    for process in processes:
        process.join(_PATIENCE)
        if process.is_alive():
            process.kill()
            process.join()
        process.close()


def _follow(rank: int, workers: int, memory: Any, pipe: Connection, stage: Stage) -> None:
    """Train along until the stage or the leader ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        _train_along(Follower(rank, rows_in(memory, workers), pipe), stage)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        os._exit(0)  # the leader is gone: nobody is left to tell
    except Exception:
        with contextlib.suppress(OSError):
            pipe.send(traceback.format_exc(limit=-6))


def _train_along(collective: Follower, stage: Stage) -> None:
    import torch

    from claims_env.trackers.mujoco.learner import Learner, learn

    torch.set_num_threads(1)
    learner = Learner(stage.settings, stage.state.seed)
    learner.restore(stage.state)
    learn(
        learner,
        stage.references,
        collective,
        iterations=stage.iterations,
        seed=[stage.state.seed, stage.state.stages],
        proceed=lambda _: True,
    )
