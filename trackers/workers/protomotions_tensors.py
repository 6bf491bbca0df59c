"""Reads what ProtoMotions saved with torch: motion libraries and checkpoints.

Runs under Python 3.8 with torch.
"""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import job_files


def read_tensors(path: Path, phase: str, *, trusted: bool = False) -> dict[str, Any]:
    """Return what a file saved with torch holds, in main memory.

    Args:
        path: The file.
        phase: Of the job, for the error.
        trusted: Whether whatever it holds may run code, as a checkpoint's run statistics may need.

    Raises:
        job_files.WorkerError: It is missing, cut off, or holds no dict.
    """
    import torch

    # a library is plain tensors; nothing else is let in
    options = {"weights_only": not trusted} if _can_refuse() else {}
    try:
        content = torch.load(str(path), map_location="cpu", **options)
    except (OSError, RuntimeError, ValueError, EOFError, pickle.UnpicklingError) as error:
        raise job_files.WorkerError(
            "bad_output", phase, f"{path} cannot be read ({str(error)[:300]})."
        ) from error
    if not isinstance(content, dict):
        raise job_files.WorkerError("bad_output", phase, f"{path} holds no dict.")
    return content


def finite(content: Any) -> bool:
    """Return whether every floating-point tensor in nested dicts and lists is finite."""
    import torch

    if isinstance(content, dict):
        return all(finite(value) for value in content.values())
    if isinstance(content, (list, tuple)):
        return all(finite(value) for value in content)
    if isinstance(content, torch.Tensor) and content.is_floating_point():
        return bool(torch.isfinite(content).all())
    return True


def _can_refuse() -> bool:
    """Return whether this torch knows `weights_only` (1.13 or later)."""
    import torch

    return tuple(int(part) for part in torch.__version__.split(".")[:2]) >= (1, 13)
