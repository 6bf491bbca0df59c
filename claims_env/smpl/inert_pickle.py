"""Pickles read without running anything in them: whatever they call becomes a record of the call.

SMPL's model files are pickles, some of Python 2. A pickle may name any function and have it called
on reading, so no real one is ever handed out here. Numpy's arrays and scipy's sparse matrices leave
records that `array_of` understands; every other name ends the reading.
"""

import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from claims_env.errors import ConfigError

Array = npt.NDArray[Any]

_NUMPY = {"dtype", "ndarray", "_reconstruct", "scalar", "_frombuffer"}
_SPARSE = {"csc_matrix", "csr_matrix", "csc_array", "csr_array"}
_PLAIN = {
    ("_codecs", "encode"),
    ("copy_reg", "_reconstructor"),
    ("copyreg", "_reconstructor"),
    ("__builtin__", "object"),
    ("builtins", "object"),
    ("__builtin__", "bytes"),
    ("builtins", "bytes"),
    ("__builtin__", "bytearray"),
    ("builtins", "bytearray"),
}
"""What the pickle protocols themselves call for bytes and for old-style objects."""

_NUMBERS = frozenset(kind + size for kind in "fiu" for size in "1248") | {"b1"}
"""Types an array may have: plain numbers, and no Python objects."""

_DAMAGED = (
    pickle.UnpicklingError, EOFError, ValueError, TypeError, AttributeError, IndexError, KeyError,
    OverflowError, MemoryError, RecursionError, AssertionError,
)  # fmt: skip
"""What the unpickler raises on truncated or foreign bytes."""

_CHUMPY_CURE = (
    "Take the npz release of SMPL from the model's own site, or clean the file once: in a Python "
    "that has chumpy, load it, turn every chumpy value into numpy.array(value), and pickle the "
    "dictionary again."
)


class Recorded:
    """A call that a pickle asked for and did not get.

    Attributes:
        origin: The module and name of what was to be called.
        arguments: What with; empty where an object was made without its constructor.
        state: What was to be set on the result, or None.
    """

    origin = ""
    arguments: tuple[Any, ...] = ()
    state: Any = None

    def __init__(self, *arguments: Any) -> None:
        self.arguments = arguments

    def __setstate__(self, state: Any) -> None:
        """Keep the state, whatever it is; without this the pickle could write attributes."""
        self.state = state


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> type[Recorded]:
        """Return a class of its own for each name, so that nothing real is ever called."""
        if module.split(".")[0] == "chumpy":
            raise _Refused(
                f"it holds {module}.{name}, and chumpy's objects cannot be read without running "
                "chumpy, which no current Python installs.",
                _CHUMPY_CURE,
            )
        if not _admitted(module, name):
            raise _Refused(
                f"it names {module}.{name}, which no SMPL model needs.",
                "Take the file from its owner again; only numpy arrays and sparse matrices belong.",
            )
        return type(name, (Recorded,), {"origin": f"{module}.{name}"})


class _Refused(Exception):
    pass


def read_pickle(path: Path) -> Mapping[str, Any]:
    """Return the dictionary in a pickle; its arrays are records that `array_of` turns into arrays.

    Raises:
        ConfigError: The file is missing or damaged, is no dictionary, was made with chumpy, or
            names something that is neither numpy's nor scipy's.
    """
    try:
        with path.open("rb") as file:
            held = _Unpickler(file, encoding="latin1").load()
    except OSError as error:
        raise ConfigError(f"{path}: it cannot be read ({error}). Check the path.") from None
    except _Refused as refused:
        raise ConfigError(f"{path}: {refused.args[0]} {refused.args[1]}") from None
    except _DAMAGED as error:
        raise ConfigError(
            f"{path}: it is no readable pickle ({error}). Take the file from its owner again."
        ) from None
    if not isinstance(held, dict):
        raise ConfigError(f"{path}: it holds a {type(held).__name__}. Expected SMPL's dictionary.")
    return held


def array_of(value: object) -> Array:
    """Return the array that a record describes; a sparse matrix comes back full.

    Raises:
        ValueError: It describes none, or one of Python objects, or contradicts itself.
    """
    if not isinstance(value, Recorded):
        raise ValueError(f"it is a {type(value).__name__}")
    try:
        if isinstance(value.state, dict):
            return _sparse(value)
        return _frombuffer(value) if _name(value) == "_frombuffer" else _dense(value)
    except (TypeError, KeyError, IndexError, AttributeError, OverflowError, MemoryError) as error:
        raise ValueError(f"it is a misshapen {value.origin} ({error!r})") from None


def _admitted(module: str, name: str) -> bool:
    package = module.split(".")[0]
    return (
        (module, name) in _PLAIN
        or (package == "numpy" and name in _NUMPY)
        or (module.startswith("scipy.sparse") and name in _SPARSE)
    )


def _name(value: Recorded) -> str:
    return value.origin.rpartition(".")[2]


def _dense(value: Recorded) -> Array:
    """Read numpy's `_reconstruct`: the state is version, shape, type, order and bytes."""
    _, shape, kind, fortran, content = value.state
    return _shaped(content, kind, shape, "F" if fortran else "C")


def _frombuffer(value: Recorded) -> Array:
    """Read what numpy writes under protocol 5: bytes, type, shape and order."""
    content, kind, shape, order = value.arguments
    return _shaped(content, kind, shape, "F" if order == "F" else "C")


def _shaped(content: object, kind: Any, shape: Any, order: Any) -> Array:
    """Return an array in the machine's own byte order."""
    if kind.arguments[0] not in _NUMBERS:
        raise ValueError(f"its type is {kind.arguments[0]!r}, not one of plain numbers")
    swapped = ">" if kind.state is not None and kind.state[1] == ">" else "<"
    flat = np.frombuffer(_bytes(content), np.dtype(swapped + kind.arguments[0]))
    return flat.reshape(shape, order=order).astype(kind.arguments[0])


def _bytes(content: object) -> bytes:
    """Return the bytes that Python 2 wrote as text, and Python 3 sometimes as encoded text."""
    if isinstance(content, Recorded):
        content = content.arguments[0] if content.arguments else ""
    return content.encode("latin1") if isinstance(content, str) else bytes(memoryview(content))  # type: ignore[arg-type]


def _sparse(value: Recorded) -> Array:
    """Return the full array of compressed columns (csc) or rows (csr)."""
    rows, columns = value.state["_shape"] if "_shape" in value.state else value.state["shape"]
    by_column = _format(value).startswith("csc")
    data, inner, starts = (array_of(value.state[key]) for key in ("data", "indices", "indptr"))
    lengths = np.diff(starts)
    if len(lengths) != (columns if by_column else rows) or (lengths < 0).any():
        raise ValueError("its sparse columns do not add up")
    outer = np.repeat(np.arange(len(lengths)), lengths)
    full = np.zeros((rows, columns))
    np.add.at(full, (inner, outer) if by_column else (outer, inner), data)
    return full


def _format(value: Recorded) -> str:
    """Return the class's name, which the oldest protocol hands to a function of `copy_reg`."""
    if _name(value) == "_reconstructor":
        made: type[Recorded] = value.arguments[0]
        return made.origin.rpartition(".")[2]
    return _name(value)
