"""Arrays in pickles: numpy's, joblib's and torch's, made from records of calls without any of them.

Layouts: numpy's `ndarray.__reduce__` and `_frombuffer`, the same under `numpy.core` (numpy 1) and
`numpy._core` (numpy 2); joblib's `NumpyArrayWrapper` (0.10 and newer), whose bytes stand between
two instructions of the pickle; torch's `_rebuild_tensor_v2` over a storage in its format before
1.6, which is how tensors lie in any pickle that torch.save did not write.
"""

import io
import math
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from claims_env.formats.inert_machine import Call, Damaged, Named, Origin, replay

Array = npt.NDArray[Any]

_NUMPY = {
    (f"numpy.{core}.{module}", name)
    for core in ("core", "_core")
    for module, name in (
        ("multiarray", "_reconstruct"),
        ("multiarray", "scalar"),
        ("numeric", "_frombuffer"),
    )
}
_WRAPPER = ("joblib.numpy_pickle", "NumpyArrayWrapper")
_TENSOR = ("torch._utils", "_rebuild_tensor_v2")
_STORAGE = ("torch.storage", "_load_from_bytes")
_ENCODE = ("_codecs", "encode")

ADMITTED: frozenset[Origin] = frozenset(
    {*_NUMPY, ("numpy", "ndarray"), ("numpy", "dtype"), _WRAPPER, _TENSOR, _STORAGE, _ENCODE}
    | {("collections", "OrderedDict")}
)
"""All that a pickle of arrays has to name."""

_STORED = {
    "DoubleStorage": "f8", "FloatStorage": "f4", "HalfStorage": "f2", "LongStorage": "i8",
    "IntStorage": "i4", "ShortStorage": "i2", "CharStorage": "i1", "ByteStorage": "u1",
    "BoolStorage": "b1",
}  # fmt: skip
"""torch's storages and the numpy types of what is in them."""

_KINDS = frozenset(kind + size for kind in "fiu" for size in "1248") | {"b1"}
"""Types an array may have: plain numbers, and no Python objects."""

_TORCH_MAGIC = 0x1950A86A20F9469CFC6C
"""The first number of torch's format before 1.6."""


def read_arrays(stream: IO[bytes]) -> Any:
    """Return what a pickle holds, joblib's arrays already in place; others stay records.

    Raises:
        Forbidden: It names something that no array needs.
        Damaged: It is no pickle, or not all of one.
    """

    def built(call: Call) -> Any:
        return _wrapped(call, stream) if call.origin == _WRAPPER else call

    return replay(stream, ADMITTED, built=built)


def is_tensor(value: object) -> bool:
    """Return whether this was a torch tensor."""
    return isinstance(value, Call) and value.origin == _TENSOR


def array_of(value: object) -> Array:
    """Return the array, tensor or number that a record describes.

    Raises:
        Damaged: It describes none, or one of Python objects, or contradicts itself.
        Forbidden: Its storage, a pickle too, names something that no array needs.
    """
    if isinstance(value, np.ndarray):
        return value
    try:
        if isinstance(value, int | float | list) and not isinstance(value, bool):
            return _plain(value)
        if isinstance(value, Call):
            return _decoded(value)
    except _MISSHAPEN as error:
        what = ".".join(value.origin) if isinstance(value, Call) else type(value).__name__
        raise Damaged(f"it is a misshapen {what} ({error})") from None
    raise Damaged(f"it is a {type(value).__name__}")


_MISSHAPEN = (
    TypeError, ValueError, KeyError, IndexError, AttributeError, OverflowError, MemoryError
)  # fmt: skip


def _plain(value: float | list[Any]) -> Array:
    # lists within lists may take for ever to unfold
    if isinstance(value, list) and not all(isinstance(item, int | float) for item in value):
        raise Damaged("it is a list of other things than numbers")
    return np.array(value, np.float64)


def _decoded(call: Call) -> Array:
    if call.origin == _TENSOR:
        return _tensor(*call.arguments[:4])
    name = call.origin[1]
    if name == "_reconstruct":
        _, shape, kind, fortran, content = call.state
        return _shaped(content, kind, shape, "F" if fortran else "C")
    if name == "_frombuffer":
        content, kind, shape, order, *axes = call.arguments
        flat = _shaped(content, kind, shape, "F" if order == "F" else "C")
        # numpy 2.3 and newer keep the order of the axes in memory
        return flat.transpose(axes[0]) if order == "K" and axes else flat
    if name == "scalar":
        kind, content = call.arguments
        return _shaped(content, kind, (), "C")
    raise Damaged(f"it is made by {'.'.join(call.origin)}")


def _type(kind: Any) -> np.dtype[Any]:
    """Return the type that a record of `numpy.dtype` describes, with its byte order."""
    if not isinstance(kind, Call) or kind.origin != ("numpy", "dtype"):
        raise Damaged("its type is none of numpy's")
    name = kind.arguments[0]
    if not isinstance(name, str) or name not in _KINDS:
        told = f"'{name[:40]}'" if isinstance(name, str) else type(name).__name__
        raise Damaged(f"its type is {told}, not one of plain numbers")
    return np.dtype((">" if kind.state is not None and kind.state[1] == ">" else "<") + name)


def _shaped(content: Any, kind: Any, shape: Any, order: Any) -> Array:
    """Return an array in the machine's own byte order."""
    return _native(np.frombuffer(_bytes(content), _type(kind)).reshape(shape, order=order))


def _native(array: Array) -> Array:
    return array.astype(array.dtype.newbyteorder("="))


def _bytes(content: Any) -> Any:
    """Return the bytes that the oldest protocols write as encoded text."""
    if isinstance(content, Call) and content.origin == _ENCODE:
        content = content.arguments[0]
    return content.encode("latin1") if isinstance(content, str) else content


def _wrapped(call: Call, stream: IO[bytes]) -> Array:
    """Return the array whose bytes come next: padded since joblib 1.2, in C order or Fortran's."""
    said = call.state
    if not isinstance(said, dict):
        raise Damaged("joblib's array does not say what it is")
    kind, shape = _type(said["dtype"]), tuple(map(int, said["shape"]))
    if said.get("numpy_array_alignment_bytes") is not None:
        stream.read(stream.read(1)[0])
    size = math.prod(shape) * kind.itemsize
    content = stream.read(size) if size >= 0 else b""
    if len(content) != size:
        raise Damaged("it ends within an array")
    flat = _native(np.frombuffer(content, kind))
    return flat.reshape(shape, order="F" if said["order"] == "F" else "C")


def _tensor(storage: Any, offset: int, size: Any, stride: Any) -> Array:
    """Return torch's view into a storage; offset and stride count elements."""
    if not isinstance(storage, Call) or storage.origin != _STORAGE:
        raise Damaged("its storage is none of torch's")
    flat = _stored(_bytes(storage.arguments[0]))
    last = offset + sum((n - 1) * step for n, step in zip(size, stride, strict=True))
    is_larger = math.prod(size) > len(flat) or (0 not in size and last >= len(flat))
    if min(offset, *size, *stride, 0) < 0 or is_larger:
        raise Damaged("it reaches out of its storage")
    if 0 in size:
        return np.zeros(size, flat.dtype)
    steps = [step * flat.itemsize for step in stride]
    return np.lib.stride_tricks.as_strided(flat[offset:], size, steps).copy()


def _stored(content: bytes) -> Array:
    """Return the one storage in torch's old format: five pickles, a length, and the elements."""
    stream = io.BytesIO(content)
    magic, _, system = (replay(stream, ()) for _ in range(3))
    if magic != _TORCH_MAGIC:
        raise Damaged("its storage is none that torch wrote")
    swapped = isinstance(system, dict) and system.get("little_endian") is False
    admitted = [("torch", name) for name in _STORED]
    kind = replay(stream, admitted, lookup=_storage_type)
    replay(stream, ())
    if not isinstance(kind, np.dtype):
        raise Damaged("its storage is no plain one")
    count = int.from_bytes(stream.read(8), "little")
    elements = stream.read()
    if len(elements) != count * kind.itemsize:
        raise Damaged(f"its storage has {len(elements)} bytes, and says {count} elements")
    return _native(np.frombuffer(elements, kind.newbyteorder(">" if swapped else "<")))


def _storage_type(identifier: Any) -> np.dtype[Any]:
    """Return the type in a storage that is referred to by kind, type, key, place, size and view."""
    kind, what, *_, view = identifier
    if kind != "storage" or not isinstance(what, Named) or view is not None:
        raise Damaged("its storage is shared with others")
    return np.dtype(_STORED[what.origin[1]])
