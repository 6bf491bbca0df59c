"""Workers are born deaf to Ctrl-C; their leader keeps its ear."""

import multiprocessing
import signal
from collections.abc import Sequence
from pathlib import Path

import pytest

pytest.importorskip("mujoco")
pytest.importorskip("torch")

from claims_env.trackers.mujoco.crew import Stage, crew
from claims_env.trackers.mujoco.learner import Learner
from claims_env.trackers.mujoco.settings import MujocoSettings

pytestmark = pytest.mark.physics


def deaf(process: int) -> bool:
    """Say whether a process has Ctrl-C blocked, read from /proc."""
    status = (Path("/proc") / str(process) / "status").read_text()
    blocked = next(line for line in status.splitlines() if line.startswith("SigBlk:"))
    return bool(int(blocked.split()[1], 16) >> (signal.SIGINT - 1) & 1)


def children() -> Sequence[int]:
    return [child.pid for child in multiprocessing.active_children() if child.pid is not None]


def nothing_to_do() -> Stage:
    settings = MujocoSettings(hidden=(8,))
    return Stage(settings, Learner(settings, 0).state(seed=0, stages=0, samples=0), [], 0)


def test_a_worker_is_deaf_to_ctrl_c_before_it_has_imported_anything() -> None:
    if not Path("/proc/self/status").exists():
        pytest.skip("no /proc to read a signal mask from")
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    with crew(nothing_to_do(), workers=2):
        assert [deaf(child) for child in children()] == [True]
        assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == before
    assert children() == []
