"""Earlier attempts at a job: whether the last one bears out what came of it, and what they keep."""

import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

from claims_env.errors import TrackerFailed
from claims_env.job_folder import attempts
from claims_env.job_result import read_result
from claims_env.trackers.external.performance import diverged

_BULKY = ("checkpoint", "clips", "program", "parent", "experiment", "motions", "library.pkl")
"""What a job was given, and what its program left: hundreds of megabytes, and asked for no more."""


def is_doubtful(folder: Path, result: dict[str, Any]) -> bool:
    """Return whether clips diverged in this attempt, and not the same ones in another."""
    lost = diverged(result)
    others = [path for path in attempts(folder.parent, str(result["id"])) if path != folder]
    return bool(lost) and lost not in [_diverged_in(path) for path in others]


def unsteady(folder: Path, result: dict[str, Any]) -> TrackerFailed:
    """Return the error of an evaluation in which other clips diverge in each attempt."""
    lost = sorted(diverged(result))
    return TrackerFailed(
        f"{folder}: {len(lost)} clip(s) diverged to numbers that are not finite, {lost[0]} first, "
        "and others than in the attempts before. Look at the GPU and the simulator, then resume: "
        "it is tried again."
    )


def make_lean(folder: Path) -> None:
    """Leave of an attempt that is over what a person would read, and what it has learned."""
    for name in _BULKY:
        path = folder / name
        with suppress(OSError):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)


def _diverged_in(folder: Path) -> frozenset[str]:
    try:
        result = read_result(folder)
    except TrackerFailed:
        return frozenset()
    return frozenset() if result is None else diverged(result)
