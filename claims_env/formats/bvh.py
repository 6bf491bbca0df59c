"""BVH: skeleton animation of any skeleton whose joints have known names, retargeted onto SMPL.

A joint's rotation is the product of its channels' in the order in which they are named, each about
the axes that the ones before have turned, in degrees. Source: the format as BioVision made it, in
the description of the University of Wisconsin (Meredith and Maddock, 2001).
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np

from claims_env.errors import MotionError
from claims_env.formats.amass import IMPORTED
from claims_env.formats.bvh_text import bvh_lines
from claims_env.formats.bvh_tree import Tree, read_tree
from claims_env.formats.foreign_motion import ForeignMotion
from claims_env.formats.frame_time import frame_rate
from claims_env.formats.retargeting import retarget
from claims_env.formats.trunk_root import above, branch, placed, trunk_root
from claims_env.motion import Motion
from claims_env.rotation import Floats, about, multiply

MOVING = 0.02
"""How much a bone's length may change, as a share of the longest bone, and still be one bone."""

LEAP = 5.0
"""How many times the longest other step leads away from a calibration pose."""

_CURE = "Export the file again."


def import_bvh(path: Path) -> Motion:
    """Return the motion in a BVH file on SMPL's skeleton, named after the file.

    A first frame that no movement leads away from is a calibration pose, as CMU's conversions have,
    and is cut; the provenance says so.

    Raises:
        MotionError: The file is missing or malformed, its joints have unknown names, its rest pose
            is no standing body, or its bones change their lengths.
    """
    foreign = read_bvh(path)
    provenance = {"generator": IMPORTED, "file": path.name, "format": "bvh"}
    if _is_calibration(foreign):
        foreign = replace(foreign, rotations=foreign.rotations[1:], root=foreign.root[1:])
        provenance["first_frame"] = "cut: a calibration pose"
    return retarget(foreign, path.stem, provenance, str(path))


def read_bvh(path: Path) -> ForeignMotion:
    """Return the motion in a BVH file on its own skeleton, from the trunk's root on.

    Raises:
        MotionError: The file is missing or malformed, or its bones change their lengths.
    """
    lines = iter(bvh_lines(path))
    tree = read_tree(lines, str(path))
    count, seconds = _heading(lines, path)
    values = _values(lines, count, sum(map(len, tree.channels)), path)
    rotations, positions = _joints(tree, values)
    root = trunk_root(tree.names, tree.parents)
    _require_rigid(tree, positions, above(root, tree.parents), path)
    rotations[:, root], way = placed(root, tree.parents, rotations, positions)
    kept = branch(root, tree.parents)
    new = {-1: -1, tree.parents[root]: -1} | {joint: place for place, joint in enumerate(kept)}
    return ForeignMotion(
        tuple(tree.names[joint] for joint in kept),
        tuple(new[tree.parents[joint]] for joint in kept),
        np.array([tree.offsets[joint] for joint in kept]),
        rotations[:, kept],
        way,
        frame_rate(seconds, str(path)),
    )


def _heading(lines: Iterator[str], path: Path) -> tuple[int, float]:
    """Return how many frames there are, and how long each lasts [s]."""
    said = dict(_pair(line) for line in islice((line for line in lines if line.strip()), 2))
    try:
        return int(said["frames"]), float(said["frame time"])
    except (KeyError, ValueError):
        raise MotionError(
            path, "after MOTION, it does not say 'Frames:' and 'Frame Time:'.", _CURE
        ) from None


def _pair(line: str) -> tuple[str, str]:
    key, _, value = line.partition(":")
    return " ".join(key.lower().split()), value.strip()


def _values(lines: Iterator[str], frames: int, width: int, path: Path) -> Floats:
    """Return the channels of every frame, shape (frames, width)."""
    rows = [row for line in lines if (row := line.split())]
    if len(rows) != frames:
        raise MotionError(path, f"'Frames:' says {frames}, and {len(rows)} are there.", _CURE)
    odd = next((i for i, row in enumerate(rows) if len(row) != width), None)
    if odd is not None:
        raise MotionError(
            path, f"frame {odd} has {len(rows[odd])} numbers, its joints {width} channels.", _CURE
        )
    try:
        values = np.array(rows, np.float64).reshape(frames, width)
    except ValueError as error:
        raise MotionError(path, f"its frames hold more than numbers ({error}).", _CURE) from None
    if not np.isfinite(values).all():
        raise MotionError(path, "its frames hold NaN or infinite numbers.", "Cut those frames.")
    return values


def _joints(tree: Tree, values: Floats) -> tuple[Floats, Floats]:
    """Return local rotations (frames, joints, 4) and positions from the parents (…, 3)."""
    rotations = np.zeros((len(values), len(tree.names), 4))
    rotations[..., 0] = 1
    positions = np.tile(np.array(tree.offsets), (len(values), 1, 1))
    column = 0
    for joint, channels in enumerate(tree.channels):
        for channel in channels:
            axis, given = channel[0].lower(), values[:, column]
            if channel.endswith("position"):
                positions[:, joint, "xyz".index(axis)] = given
            else:
                turn = about(axis, np.deg2rad(given))
                rotations[:, joint] = multiply(rotations[:, joint], turn)
            column += 1
    return rotations, positions


def _require_rigid(tree: Tree, positions: Floats, free: Collection[int], path: Path) -> None:
    """See that no joint moves from its parent, but for those that are free to."""
    offsets = np.array(tree.offsets)
    longest = np.linalg.norm(offsets[1:], axis=1).max(initial=0)
    off = np.linalg.norm(positions - offsets, axis=-1).max(0, initial=0)
    off[list(free)] = 0
    if off.max() > MOVING * longest:
        name = tree.names[int(off.argmax())]
        raise MotionError(
            path,
            f"the position channels of '{name}' move it {off.max():.3g} from its OFFSET (the "
            f"longest bone is {longest:.3g}).",
            "Export it with rotations only, and positions of the root alone.",
        )


def _is_calibration(foreign: ForeignMotion) -> bool:
    """Return whether the first frame alone is far from the next, as no movement is."""
    if len(foreign.root) <= 2:
        return False
    steps = np.linalg.norm(np.diff(foreign.joints, axis=0), axis=-1).max(1)
    size = np.ptp(foreign.joints[0], axis=0).max()
    return bool(steps[0] > max(LEAP * steps[1:].max(), size / 20))
