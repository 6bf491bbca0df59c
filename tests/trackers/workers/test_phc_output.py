from typing import Any

import pytest
from phc_jobs import WORKERS as WORKERS  # where the siblings lie

import phc_output  # isort: skip
from job_files import WorkerError  # isort: skip


class Pulse:
    """Keeps every beat."""

    def __init__(self) -> None:
        self.beats: list[tuple[str, float | None, str]] = []

    def __call__(self, phase: str, share: float | None, note: str) -> None:
        self.beats.append((phase, share, note))


def listener(pulse: Pulse | None = None, **facts: Any) -> phc_output.Listener:
    return phc_output.Listener(pulse or Pulse(), **{"first": 10, "epochs": 4, "steps": 0, **facts})


EPOCH = (
    "claims-Ep: 12\trwd: 85.1\tfps_step: 30000.0\tfps_total: 25000.0\tep_time:1.3\t"
    "frame: 65536\teps_len: 120.0"
)


def test_an_epoch_is_a_heartbeat() -> None:
    pulse = Pulse()
    listener(pulse).hear(EPOCH)
    assert pulse.beats == [("train", 0.5, "epoch 12, reward 85.1, 25000.0 steps/s")]


def test_steps_of_an_evaluation_are_too() -> None:
    pulse = Pulse()
    listener(pulse, epochs=0, steps=400).hear("@claims steps 100")
    assert pulse.beats == [("evaluate", 0.25, "100 control steps")]


def test_phc_s_own_figures_are_kept() -> None:
    heard = listener()
    heard.hear("Success Rate: 0.6033182504")
    heard.hear("All:  mpjpe_g: 105.123 \tmpjpe_l: 40.500 \taccel_dist: 9.800")
    heard.hear("Succ:  ")
    assert heard.printed == {
        "success_rate": 0.6033182504,
        "all": {"mpjpe_g": 105.123, "mpjpe_l": 40.5, "accel_dist": 9.8},
        "succeeded": {},
    }


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("RuntimeError: CUDA out of memory. Tried to allocate 2.34 GiB", "oom"),
        ("[Error] [carb.gym.plugin] Gym cuda error: out of memory: ../gym.cpp: 3480", "oom"),
        ("OSError: [Errno 28] No space left on device: '/runs/Humanoid.pth'", "disk_full"),
        ("ModuleNotFoundError: No module named 'isaacgym'", "missing"),
        ("ImportError: libpython3.8.so.1.0: cannot open shared object file", "missing"),
        ("Could not override 'env.num_env'.", "invalid_input"),
        ("KeyError: 'pose_quat_global'", "crash"),
    ],
)
def test_what_went_wrong_is_known_by_its_text(line: str, kind: str) -> None:
    heard = listener()
    heard.hear("Traceback (most recent call last):")
    heard.hear(line)
    error = heard.failure(1)
    assert error.kind == kind
    assert "left with 1" in error.message
    assert line in error.message


def test_memory_outranks_what_follows_from_it() -> None:
    heard = listener()
    heard.hear("ImportError: something that failed in the wake of it")
    heard.hear("RuntimeError: CUDA out of memory.")
    assert heard.failure(1).kind == "oom"


def test_a_signal_is_named() -> None:
    assert "was ended by SIGSEGV" in listener().failure(-11).message


def test_failures_of_another_clip_set_end_it() -> None:
    with pytest.raises(WorkerError, match="another clip set"):
        listener().hear("----- Restoring Termination History -----")


def test_only_the_last_lines_are_told() -> None:
    heard = listener()
    for number in range(100):
        heard.hear(f"line {number}.")
    assert "line 80." in heard.failure(1).message
    assert "line 79." not in heard.failure(1).message
