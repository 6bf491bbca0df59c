"""As much of torch as PHC's worker and its double use, in numpy, for tests of whole runs.

torch takes seconds to import, and a run starts dozens of processes; copied beside a double as
`torch.py`, this takes its place there. What is written with the real one is tested elsewhere.
"""

from __future__ import annotations

import pickle
import zipfile
from typing import Any

import numpy as np

__version__ = "0+light"

float32, float64 = np.dtype(np.float32), np.dtype(np.float64)


class Tensor:
    """An array under torch's name."""

    def __init__(self, array: Any) -> None:
        self._array = array

    @property
    def dtype(self) -> Any:
        return self._array.dtype

    def __getitem__(self, index: int) -> Any:
        return self._array[index]

    def all(self) -> Any:
        return self._array.all()

    def clone(self) -> Tensor:
        return Tensor(self._array.copy())

    def float(self) -> Tensor:
        return Tensor(self._array.astype(np.float32))

    def numpy(self) -> Any:
        return self._array


def from_numpy(array: Any) -> Tensor:
    return Tensor(array)


def full(shape: tuple[int, ...], value: float, dtype: Any = float32) -> Tensor:
    return Tensor(np.full(shape, value, dtype))


def zeros(size: int) -> Tensor:
    return full((size,), 0.0)


def ones(size: int) -> Tensor:
    return full((size,), 1.0)


def eye(size: int, dtype: Any = float32) -> Tensor:
    return Tensor(np.eye(size, dtype=dtype))


def matmul(a: Tensor, b: Tensor) -> Tensor:
    if a.dtype != b.dtype:
        raise RuntimeError("expected both to have the same dtype")
    return Tensor(a.numpy() @ b.numpy())


def isfinite(tensor: Tensor) -> Tensor:
    return Tensor(np.isfinite(tensor.numpy()))


def save(state: Any, path: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.pkl", pickle.dumps(state))


def load(path: str, map_location: str, weights_only: bool = False) -> Any:
    with zipfile.ZipFile(path) as archive:
        return pickle.loads(archive.read("archive/data.pkl"))
