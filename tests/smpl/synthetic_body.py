"""A body in SMPL's own format that is nobody's: tubes of vertices around the skeleton's bones."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from claims_env.rotation import Floats
from claims_env.skeleton import JOINTS, OFFSETS, PARENTS
from claims_env.smpl.model_file import SHAPES, TRIANGLES, VERTICES

AROUND = 14
"""Vertices in a ring."""

RINGS = 13
"""Rings along a tube."""

RADIUS = {"Spine": 0.11, "Neck": 0.08, "Head": 0.08, "Hip": 0.09, "Knee": 0.075, "Ankle": 0.05}
"""Of the tube that ends in a joint [m]."""

REST_PELVIS = np.array([-0.0018, -0.2233, 0.0282])


def rest_joints() -> Floats:
    """Return joints where the neutral body has them, shape (24, 3) [m]."""
    joints = np.tile(REST_PELVIS, (len(JOINTS), 1))
    for joint in range(1, len(JOINTS)):
        joints[joint] = joints[PARENTS[joint]] + OFFSETS[joint]
    return joints


def synthetic_arrays(seed: int = 0, bulge: float = 0.002) -> dict[str, npt.NDArray[Any]]:
    """Return the arrays of a model file.

    Args:
        seed: Of the shape and pose directions.
        bulge: How large these are [m].
    """
    joints, rng = rest_joints(), np.random.default_rng(seed)
    template, weights, faces = np.zeros((VERTICES, 3)), np.zeros((VERTICES, 24)), []
    weights[:, 0], at = 1, 0
    template[:] = joints[0]
    for joint in range(1, len(JOINTS)):
        tube = _tube(joints, joint)
        here = slice(at, at + len(tube))
        template[here] = tube
        along = np.repeat(np.linspace(0, 1, RINGS), AROUND)
        weights[here] = 0
        weights[here, PARENTS[joint]] = 1 - 0.5 * along**4
        weights[here, joint] = 0.5 * along**4
        faces += _sides(at)
        at += len(tube)
    filled = np.zeros((TRIANGLES, 3), dtype=np.uint32)
    filled[: len(faces)] = faces
    parents = np.array([2**32 - 1, *PARENTS[1:]], dtype=np.uint32)
    return {
        "v_template": template,
        "shapedirs": rng.normal(0, bulge, SHAPES["shapedirs"]),
        "posedirs": bulge / 10 * rng.standard_normal(SHAPES["posedirs"], np.float32),
        "J_regressor": _regressor(template, joints),
        "weights": weights,
        "kintree_table": np.stack([parents, np.arange(24, dtype=np.uint32)]),
        "f": filled,
    }


def write_synthetic(folder: Path, **changes: Any) -> Path:
    """Write a model file, with some of its arrays exchanged, and return its path."""
    path = folder / "SMPL_NEUTRAL.npz"
    np.savez(path, **{**synthetic_arrays(), **changes})
    return path


def _tube(joints: Floats, joint: int) -> Floats:
    """Return rings from a parent to its child, closed to points at both ends."""
    start, end = joints[PARENTS[joint]], joints[joint]
    axis = (end - start) / np.linalg.norm(end - start)
    side = np.cross(axis, [0.3, 0.1, 1.0])
    side /= np.linalg.norm(side)
    radius = next((r for name, r in RADIUS.items() if name in JOINTS[joint]), 0.045)
    angle = 2 * np.pi * np.arange(AROUND) / AROUND
    circle = np.outer(np.cos(angle), side) + np.outer(np.sin(angle), np.cross(axis, side))
    share = np.linspace(0, 1, RINGS)
    swell = np.sqrt(np.clip(1 - (2 * share - 1) ** 6, 0, 1)) * radius
    centres = start + np.outer(share, end - start) + np.outer((2 * share - 1) * radius, axis) * 0.7
    rings: Floats = centres[:, None] + swell[:, None, None] * circle
    return rings.reshape(-1, 3)


def _sides(first: int) -> list[tuple[int, int, int]]:
    """Return a tube's triangles, counter-clockwise seen from outside."""
    faces = []
    for ring in range(RINGS - 1):
        for k in range(AROUND):
            a, b = (first + ring * AROUND + i for i in (k, (k + 1) % AROUND))
            faces += [(a, b, a + AROUND), (b, b + AROUND, a + AROUND)]
    return faces


def _regressor(template: Floats, joints: Floats) -> Floats:
    """Return sparse rows that add up to 1 and find the joints among the vertices."""
    rows = np.zeros((len(JOINTS), VERTICES))
    for joint, place in enumerate(joints):
        near = np.linspace(0, 23 * AROUND * RINGS - 1, 40).astype(int)
        known = np.column_stack([template[near], np.ones(len(near))]).T
        rows[joint, near] = np.linalg.lstsq(known, [*place, 1.0], rcond=None)[0]
    return rows
