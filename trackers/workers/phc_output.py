"""What PHC prints: how far it is, its own figures, and what went wrong.

Runs under Python 3.8 with the standard library alone. Sources of the lines: PHC's
`common_agent.py`, `im_amp.py`, `im_amp_players.py` and `motion_lib_base.py`.
"""

from __future__ import annotations

import re
import signal
from collections import deque
from typing import TYPE_CHECKING, Any

import job_files

if TYPE_CHECKING:
    from collections.abc import Callable

_EPOCH = re.compile(r"-Ep: (\d+)\trwd: (\S+)\tfps_step: \S+\tfps_total: (\S+)")
_METRIC = re.compile(r"(\w+): (-?[\d.]+|nan|inf)")
_SUCCESS = re.compile(r"^Success Rate: (\S+)")
_STEPS = re.compile(r"^@claims steps (\d+)")

_SIGNS = (
    (
        "oom",
        re.compile(
            r"out of memory|OutOfMemoryError|CUBLAS_STATUS_ALLOC_FAILED|"
            r"failed to allocate|PxgCudaDeviceMemoryAllocator",
            re.IGNORECASE,
        ),
    ),
    (
        "disk_full",
        re.compile(
            r"No space left on device|Disk quota exceeded|PytorchStreamWriter failed writing"
        ),
    ),
    (
        "missing",
        re.compile(
            r"ModuleNotFoundError|ImportError|libpython3\.\d+\S*: cannot open shared|"
            r"Primary config directory not found|no file to resume|FileNotFoundError"
        ),
    ),
    (
        "invalid_input",
        re.compile(
            r"ConfigCompositionException|Could not override|no viable alternative|LexerNoViable|"
            r"mismatched input"
        ),
    ),
)
"""Texts that say what went wrong, the one that decides first."""

_FOREIGN = "Restoring Termination History"
"""What PHC prints when it takes over failures from another clip set in its output folder."""

_TAIL = 20
"""Lines that are told of a program that broke down."""


class Listener:
    """Follows what PHC prints: beats the heart, keeps its figures and its last words."""

    def __init__(
        self, beat: Callable[[str, float | None, str], None], *, first: int, epochs: int, steps: int
    ) -> None:
        """Listen.

        Args:
            beat: Told the phase, the share of it that is done, and a note.
            first: Epochs the checkpoint has behind it.
            epochs: Epochs to come; 0 for an evaluation.
            steps: The most control steps an evaluation can take.
        """
        self._beat, self._first, self._epochs, self._steps = beat, first, epochs, steps
        self._tail: deque[str] = deque(maxlen=_TAIL)
        self._kind = ""
        self._sign = ""
        self.printed: dict[str, Any] = {}
        self.phase = "import"

    def hear(self, line: str) -> None:
        """Take in one line.

        Raises:
            WorkerError: What PHC does now would spoil the result.
        """
        self._tail.append(line.rstrip())
        self._note_failure(line)
        self._note_phase(line)
        self._note_figures(line)

    def failure(self, status: int) -> job_files.WorkerError:
        """Return what ended a program that left no complete result."""
        said = f"was ended by {_signal_name(-status)}" if status < 0 else f"left with {status}"
        cause = f" ({self._sign})" if self._sign else ""
        text = f"PHC {said}{cause} and left no complete result. Its last lines:\n"
        return job_files.WorkerError(
            self._kind or "crash", self.phase, text + "\n".join(self._tail)
        )

    def _note_failure(self, line: str) -> None:
        if _FOREIGN in line:
            raise job_files.WorkerError(
                "bad_output",
                "load",
                "PHC took over failures of another clip set from its output folder, which was "
                "fresh: something else writes there. Run the stage again.",
            )
        ranks = [kind for kind, _ in _SIGNS]
        for kind, sign in _SIGNS:
            known = self._kind in ranks and ranks.index(self._kind) <= ranks.index(kind)
            if not known and sign.search(line):
                self._kind, self._sign = kind, line.strip()[:300]

    def _note_phase(self, line: str) -> None:
        epoch, steps = _EPOCH.search(line), _STEPS.match(line)
        if epoch:
            done = int(epoch.group(1)) - self._first
            note = "epoch {}, reward {}, {} steps/s".format(*epoch.groups())
            self._enter("train", min(1.0, max(0.0, done / max(self._epochs, 1))), note)
        elif steps:
            share = min(1.0, int(steps.group(1)) / max(self._steps, 1))
            self._enter("evaluate", share, f"{steps.group(1)} control steps")
        elif "Physics Engine:" in line or "Setting sim" in line:
            self._enter("sim")
        elif line.startswith("SIM FPS:"):
            self._enter("load")
        elif "# Evaluation #" in line or line.startswith("@claims recorded"):
            self._enter("evaluate")
        elif line.startswith("=> saving checkpoint"):
            self._enter("write" if not self._epochs else "train")

    def _note_figures(self, line: str) -> None:
        rate = _SUCCESS.match(line)
        if rate:
            self.printed["success_rate"] = float(rate.group(1))
        for name, start in (("all", "All: "), ("succeeded", "Succ: ")):
            if line.startswith(start):
                self.printed[name] = {k: float(v) for k, v in _METRIC.findall(line[len(start) :])}

    def _enter(self, phase: str, share: float | None = None, note: str = "") -> None:
        self.phase = phase
        self._beat(phase, share, note)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
