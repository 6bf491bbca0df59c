"""A torch file, opened as tensors and never as code."""

import pickle
import re
import struct
import warnings
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from claims_env.errors import CheckpointError
from claims_env.generators.mdm.archive_sums import refuse_altered
from claims_env.generators.mdm.foreign_checkpoint import describe_foreign

_FOREIGN_GLOBAL = re.compile(r"(?:GLOBAL|class|function)\s+`?([\w.]+)")
_BROKEN = (
    OSError,  # also what a file raises that ends too soon
    RuntimeError,
    EOFError,
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    AssertionError,
    OverflowError,
    struct.error,
    zipfile.BadZipFile,
)
"""What torch raises, depending on where in a damaged file it stumbles."""


WHOLE = "the whole file"
"""What a record calls the tensors of a file that holds nothing else."""


def read_tensors(path: Path, *, ignored: Callable[[str], bool]) -> tuple[dict[str, Tensor], str]:
    """Return a model's tensors by name, and which part of the file they are.

    Training with a moving average of the weights saves `model` and `model_avg` in one file, and
    without it the tensors alone (MDM, `train/training_loop.py`). The average is taken where there
    is one: it is what upstream evaluated and published. Upstream's own sampling takes it only if
    args.json says `use_ema`, and the raw weights otherwise.

    Args:
        path: The file.
        ignored: Says of a tensor's name whether to leave it out.

    Returns:
        The tensors as they are stored, mapped from the file rather than read where torch can; and
        'model_avg', 'model' or `WHOLE`.

    Raises:
        CheckpointError: The file cannot be read, is damaged, holds something else, or would run
            code.
    """
    content = _opened(path)
    refuse_altered(path)
    if not isinstance(content, Mapping):
        raise CheckpointError(f"{path}: it holds a {type(content).__name__}, and no model. {_CURE}")
    _refuse_optimiser(content, path)
    part = next((name for name in ("model_avg", "model") if name in content), WHOLE)
    state = content if part == WHOLE else content[part]
    if not isinstance(state, Mapping) or not state:
        what = "it holds an empty dict" if part == WHOLE else f"'{part}' in it holds no tensors"
        raise CheckpointError(f"{path}: {what}, and no model. {_CURE}")
    tensors = {str(name): tensor for name, tensor in state.items() if not ignored(str(name))}
    for name, tensor in tensors.items():
        _check_plain(tensor, f"{path}: '{name}'")
    return tensors, part


_CURE = "Expected MDM's state dict, as its training writes it to model000200000.pt."


def _opened(path: Path) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # torch's about its own future, no user's concern
            return torch.load(
                str(path), map_location="cpu", weights_only=True, mmap=zipfile.is_zipfile(path)
            )
    except pickle.UnpicklingError as error:
        raise _refused(path, str(error)) from None
    except _BROKEN:
        raise _foreign(path) from None


def _refused(path: Path, complaint: str) -> CheckpointError:
    """Say why the restricted reader stopped: at an object, or at a damaged byte."""
    named = _FOREIGN_GLOBAL.search(complaint) if "nsupported" in complaint else None
    if named is None:
        return _foreign(path)
    return CheckpointError(
        f"{path}: besides tensors it holds Python objects ({named[1]}), which could run code when "
        "opened, so it was not. Save the state dict alone, in the program that wrote it; or, if it "
        "ought to be MDM's own, copy the file anew."
    )


def _foreign(path: Path) -> CheckpointError:
    try:
        problem, cure = describe_foreign(path)
    except OSError as error:
        reason = error.strerror or str(error)
        return CheckpointError(f"{path}: it cannot be read ({reason}). Check its permissions.")
    return CheckpointError(f"{path}: {problem} {cure}")


def _refuse_optimiser(content: Mapping[Any, Any], path: Path) -> None:
    """Refuse the file that training saves beside each model: opt000200000.pt."""
    if {"state", "param_groups"} <= set(content) or "opt" in content:
        model = path.name.replace("opt", "model", 1)
        model = model if model != path.name else "model000200000.pt"
        raise CheckpointError(
            f"{path}: this is the optimiser's state, of use to go on training alone. "
            f"The model is beside it: {model}."
        )


def _check_plain(tensor: Any, what: str) -> None:
    if not isinstance(tensor, Tensor):
        raise CheckpointError(f"{what} is a {type(tensor).__name__}, and no tensor. {_CURE}")
    dense = tensor.layout is torch.strided and tensor.device.type == "cpu"
    if not (dense and tensor.is_floating_point()):
        raise CheckpointError(
            f"{what} is stored as {tensor.dtype}, {tensor.layout}. Quantised and sparse weights "
            "are not read; take the checkpoint in float32, float16 or bfloat16."
        )
