"""SMPL's model file: where it may lie, what must stand in it, and which files only look like it."""

import hashlib
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from claims_env.body_mesh import Indices
from claims_env.errors import ConfigError
from claims_env.rotation import Floats
from claims_env.skeleton import PARENTS
from claims_env.smpl.inert_pickle import Array, array_of, read_pickle

VERTICES, TRIANGLES, POSE_NUMBERS = 6890, 13776, 207
"""SMPL's mesh, and nine numbers of rotation for each joint but the pelvis (Loper et al. 2015)."""

SHAPE_NUMBERS = 10
"""How many shape directions every release of SMPL has at least; some have 300."""

SHAPES: dict[str, tuple[int, ...]] = {
    "v_template": (VERTICES, 3),
    "shapedirs": (VERTICES, 3, SHAPE_NUMBERS),
    "posedirs": (VERTICES, 3, POSE_NUMBERS),
    "J_regressor": (len(PARENTS), VERTICES),
    "weights": (VERTICES, len(PARENTS)),
    "kintree_table": (2, len(PARENTS)),
    "f": (TRIANGLES, 3),
}
"""The arrays of a model file; `shapedirs` may have more in its last place."""

_RELATIVES = {
    (6890, 52): "SMPL-H, with fingers",
    (10475, 55): "SMPL-X, with fingers and a face",
    (778, 16): "MANO, a hand",
    (5023, 5): "FLAME, a head",
}
"""Bodies of the same family, by the shape of their `weights`."""

NAMES = (
    "SMPL_NEUTRAL.npz",
    "SMPL_NEUTRAL.pkl",
    "smpl/SMPL_NEUTRAL.npz",
    "smpl/SMPL_NEUTRAL.pkl",
    "basicmodel_neutral_lbs_10_207_0_v1.1.0.pkl",
)
"""Where a folder keeps the neutral model, as smplx, PHC and SMPL's own archive arrange it."""

_UNREADABLE = (
    OSError, ValueError, TypeError, EOFError, KeyError, RuntimeError, zipfile.BadZipFile, zlib.error
)  # fmt: skip
"""What zipfile, zlib and numpy raise on damaged, encrypted or pickled arrays."""


@dataclass(frozen=True, slots=True, eq=False)
class SmplModel:
    """What a model file says, in the rest frame (y up, facing +z).

    Attributes:
        template: The mean body's vertices, shape (6890, 3) [m].
        shapes: How each shape number moves them, shape (6890, 3, 10 or more) [m].
        poses: How each entry of the joints' rotations moves them, shape (6890, 3, 207) [m].
        regressor: The joints as sums of vertices, shape (24, 6890).
        weights: How much each joint moves each vertex, shape (6890, 24); rows add up to 1.
        faces: Each triangle's vertices, shape (13776, 3).
        name: The file's name.
        digest: The first 16 hexadecimal digits of its SHA-256.
    """

    template: Floats
    shapes: Floats
    poses: Floats
    regressor: Floats
    weights: Floats
    faces: Indices
    name: str
    digest: str


def find_model(path: Path) -> Path:
    """Return the model file that a path means: itself, or the neutral one in a folder.

    Raises:
        ConfigError: There is none.
    """
    if path.is_file():
        return path
    found = next((path / name for name in NAMES if (path / name).is_file()), None)
    if found is None:
        problem = "this folder holds no neutral SMPL model" if path.is_dir() else "there is no file"
        raise ConfigError(
            f"{path}: {problem}. Expected one of {', '.join(NAMES)}; the model is licensed by its "
            "owners at https://smpl.is.tue.mpg.de and is not part of this package."
        )
    return found


def read_model(path: Path) -> SmplModel:
    """Read SMPL's neutral model from an npz, or from a pickle free of chumpy.

    Args:
        path: The file, or a folder that holds it under one of `NAMES`.

    Raises:
        ConfigError: There is no such file, or it is damaged, made with chumpy, of another body,
            or lacks arrays.
    """
    path = find_model(path)
    arrays = _npz_arrays(path) if path.suffix.lower() == ".npz" else _pickled_arrays(path)
    _check(arrays, path)
    numbers = {key: arrays[key].astype(np.float64) for key in SHAPES if key != "f"}
    return SmplModel(
        template=numbers["v_template"],
        shapes=numbers["shapedirs"],
        poses=numbers["posedirs"],
        regressor=numbers["J_regressor"],
        weights=numbers["weights"],
        faces=arrays["f"].astype(np.int64),
        name=path.name,
        digest=hashlib.sha256(path.read_bytes()).hexdigest()[:16],
    )


def _npz_arrays(path: Path) -> dict[str, Array]:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
            return _arrays(archive.files, lambda key: archive[key], path)
    except _UNREADABLE as error:
        raise ConfigError(
            f"{path}: it is no readable npz ({error}). Take the file from its owner again."
        ) from None


def _pickled_arrays(path: Path) -> dict[str, Array]:
    held = read_pickle(path)
    return _arrays(held, lambda key: array_of(held[key]), path)


def _arrays(
    held: Mapping[str, Any] | list[str], read: Callable[[str], Array], path: Path
) -> dict[str, Array]:
    """Read the arrays SMPL needs, the weights first, since they tell its relatives apart."""
    missing = [key for key in SHAPES if key not in held]
    if "weights" in held:
        _refuse_relatives(_read("weights", read, path), path)
    if missing:
        raise ConfigError(
            f"{path}: it has no {', '.join(missing)}. Expected a model of SMPL, with "
            f"{', '.join(SHAPES)}."
        )
    return {key: _read(key, read, path) for key in SHAPES}


def _read(key: str, read: Callable[[str], Array], path: Path) -> Array:
    try:
        return read(key)
    except _UNREADABLE as error:
        raise ConfigError(
            f"{path}: '{key}' is unreadable ({error}). Expected plain numbers; take the file from "
            "its owner again."
        ) from None


def _refuse_relatives(weights: Array, path: Path) -> None:
    relative = _RELATIVES.get(weights.shape)
    if relative is not None:
        raise ConfigError(
            f"{path}: this is a model of {relative}. Motions here have SMPL's 24 joints, and other "
            "bodies have other joints and vertices; take SMPL's own neutral model."
        )


def _check(arrays: Mapping[str, Array], path: Path) -> None:
    for key, shape in SHAPES.items():
        _check_array(key, arrays[key], shape, path)
    parents = arrays["kintree_table"][0].astype(np.int64)
    if tuple(parents[1:].tolist()) != PARENTS[1:]:
        raise ConfigError(f"{path}: 'kintree_table' is not SMPL's tree. {_CURE}")
    if not 0 <= arrays["f"].min() <= arrays["f"].max() < VERTICES:
        raise ConfigError(f"{path}: 'f' names vertices beyond {VERTICES}. {_CURE}")
    if np.abs(arrays["weights"].sum(1) - 1).max() > 1e-3:
        raise ConfigError(f"{path}: 'weights' do not add up to 1 at every vertex. {_CURE}")


def _check_array(key: str, array: Array, shape: tuple[int, ...], path: Path) -> None:
    spare = key == "shapedirs" and array.ndim == 3 and array.shape[2] > SHAPE_NUMBERS
    if (array.shape[:2] + (SHAPE_NUMBERS,) if spare else array.shape) != shape:
        wanted = "(6890, 3, 10 or more)" if key == "shapedirs" else str(shape)
        raise ConfigError(f"{path}: '{key}' has shape {array.shape}. Expected {wanted}. {_CURE}")
    if array.dtype.kind not in "iuf":
        raise ConfigError(f"{path}: '{key}' has type {array.dtype}. Expected numbers. {_CURE}")
    if not np.isfinite(array).all():
        raise ConfigError(f"{path}: '{key}' holds NaN or infinite numbers. {_CURE}")


_CURE = "Take SMPL's own neutral model."
