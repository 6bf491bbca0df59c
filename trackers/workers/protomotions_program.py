"""Runs the scripts of a ProtoMotions checkout, and says what was wrong when one fails.

Runs under Python 3.8 with the standard library alone.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

import job_files

if TYPE_CHECKING:
    from collections.abc import Callable

CONVERTER = "data/scripts/convert_amass_to_proto.py"
PACKAGER = "protomotions/components/motion_lib.py"
TRAINER = "protomotions/train_agent.py"
EVALUATOR = "protomotions/inference_agent.py"
BODY = "protomotions/data/assets/mjcf/smpl_humanoid.xml"

EXPERIMENTS = {
    "tracker": "examples/experiments/mimic/mlp.py",
    "masked": "examples/experiments/masked_mimic/transformer.py",
}
"""The experiment file of each stage: the full-body tracker, and MaskedMimic taught by it."""

NEEDED = (CONVERTER, PACKAGER, TRAINER, EVALUATOR, BODY, *EXPERIMENTS.values())
"""What a checkout must hold; version 2, which Hydra configures, lacks most of it."""

SIGNS = (
    ("oom", ("out of memory", "PxgCudaDeviceMemoryAllocator", "CUDA_ERROR_OUT_OF_MEMORY")),
    ("disk_full", ("No space left on device", "Disk quota exceeded")),
    ("missing", ("ModuleNotFoundError", "No supported gpu backend found", "MotionFileNotFound")),
)  # fmt: skip
"""Words in a program's last lines, and the kind of error they tell."""

_TAIL = 40
"""Lines that are kept to judge an end by."""


class Program:
    """A checkout of ProtoMotions, run by this same Python.

    Args:
        repository: The checkout.
        folder: The job's.
        stall_seconds: How long a script may say nothing [s]; None allows any silence.
        start: What runs a command and returns its exit status (see `job_files.run_program`).
        grace_seconds: How long it has to end after each signal [s].
    """

    def __init__(
        self,
        repository: Path,
        folder: Path,
        stall_seconds: float | None,
        start: Callable[..., int] = job_files.run_program,
        grace_seconds: float = 10.0,
    ) -> None:
        self.repository, self._folder, self._stall = repository, folder, stall_seconds
        self._grace = grace_seconds
        self._start = start
        self._tail: deque[str] = deque(maxlen=_TAIL)

    def run(
        self,
        script: str,
        arguments: list[str],
        phase: str,
        on_line: Callable[[str], None] | None = None,
    ) -> int:
        """Run a script in the checkout, and return its exit status.

        Raises:
            job_files.WorkerError: It was cancelled, or said nothing for too long.
        """
        self._tail.clear()

        def hear(line: str) -> None:
            self._tail.append(line)
            if on_line is not None:
                on_line(line)

        return self._start(
            [sys.executable, "-u", script, *arguments],
            folder=self._folder,
            cwd=self.repository,
            env=environment(self.repository),
            phase=phase,
            on_line=hear,
            stall_seconds=self._stall,
            grace_seconds=self._grace,
        )

    def failure(self, script: str, status: int, phase: str, lacking: str) -> job_files.WorkerError:
        """Return the error of a script that ended without what it was to make.

        Args:
            script: Which.
            status: Its exit status, negative for a signal.
            phase: Of the job.
            lacking: What is not there.
        """
        text = "\n".join(self._tail)
        kind = next((k for k, words in SIGNS if any(word in text for word in words)), "crash")
        if kind == "crash" and status == 0:
            kind = "bad_output"
        message = "{} {}, and {}. It last said:\n{}".format(
            script, ended(status), lacking, "\n".join(list(self._tail)[-12:])
        )  # fmt: skip
        return job_files.WorkerError(kind, phase, message)


def ended(status: int) -> str:
    """Return how a program with an exit status ended, in words."""
    if status >= 0:
        return f"ended with status {status}"
    try:
        return f"was ended by {signal.Signals(-status).name}"
    except ValueError:
        return f"was ended by signal {-status}"


def environment(repository: Path) -> dict[str, str]:
    """Return the environment a script runs in: its checkout importable, nothing sent anywhere."""
    before = os.environ.get("PYTHONPATH", "")
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(repository)] + ([before] if before else [])),
        "PYTHONUNBUFFERED": "1",
        "WANDB_MODE": "disabled",
        "COLUMNS": "200",  # progress lines would wrap where they are read
    }
