"""Retargeting: a motion of another skeleton on SMPL's, in closed form.

Each bone of SMPL points, in every frame, where the other skeleton's bone does, and is twisted as
that is: its rotation is the other joint's, after the one turn that lays SMPL's bone in rest along
the other's in rest (the shortest). Trunk, head and feet keep their own rest, so that a flat foot
stays flat. The spine's joints share what lies between the other's. The way of the hips is
multiplied by how much longer SMPL's legs are, which settles the unit of length, too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from claims_env.errors import MotionError
from claims_env.formats.foreign_motion import ForeignMotion
from claims_env.formats.joint_names import match_joints
from claims_env.formats.joint_positions import motion_of_joints
from claims_env.formats.limp_rest import is_limp, smpl_joints
from claims_env.formats.rest_frame import rest_frame, to_upright
from claims_env.formats.standing import standing
from claims_env.inverse_kinematics.shortest_arc import shortest_arc, unit
from claims_env.motion import Motion, motion_from_poses
from claims_env.rotation import Floats, conjugate, multiply, rotate, slerp, to_rotvec
from claims_env.skeleton import INDEX, JOINTS, OFFSETS, PARENTS

_SPINE = ("Spine1", "Spine2", "Spine3")
_BONES = {"Hip": "Knee", "Knee": "Ankle", "Collar": "Shoulder", "Shoulder": "Elbow"}
_BONES |= {"Elbow": "Wrist"}
"""The limbs' bones: the joint that turns each, and the one at its end."""

_LEG = ("Hip", "Knee")
_LEGS = [INDEX[name] for name in ("L_Knee", "R_Knee", "L_Ankle", "R_Ankle")]
_HIPS = OFFSETS[[INDEX["L_Hip"], INDEX["R_Hip"]]].mean(0)

_FLAT = 0.7
"""How far feet in rest may point off straight ahead, cosine of 45 degrees."""


@dataclass(frozen=True, eq=False)
class _Fit:
    """A foreign motion, where SMPL's joints are in it, and how SMPL's rest lies in its rest."""

    motion: ForeignMotion
    places: Mapping[str, int]
    frame: Floats

    def rest(self, joint: str) -> Floats:
        at: Floats = self.motion.rest[self.places[joint]]
        return at

    def world(self, place: int) -> Floats:
        return self.motion.world[:, place]


def retarget(
    foreign: ForeignMotion, name: str, provenance: Mapping[str, Any], source: str
) -> Motion:
    """Return a motion on SMPL's skeleton; the provenance tells what was done.

    Args:
        foreign: What to bring there.
        name: The motion's.
        provenance: What is known of it.
        source: Named in errors.

    Raises:
        MotionError: Joints are missing, the rest pose is no standing body, or it makes no motion.
    """
    kind, places = match_joints(foreign.names, source)
    fit = _Fit(
        foreign,
        places,
        rest_frame({joint: foreign.rest[place] for joint, place in places.items()}, source),
    )
    turn = to_upright(fit.frame, _between_sides(fit, "Shoulder") - _between_sides(fit, "Hip"))
    if is_limp(foreign, places, fit.frame):
        joints = rotate(turn, smpl_joints(foreign, places, _spine(fit), source))
        return motion_of_joints(joints, foreign.fps, name, provenance, source)
    scale = _scale(fit, source)
    world = _orientations(fit)
    world = multiply(turn, world)
    root = rotate(turn, _between_sides(fit, "Hip")) * scale - rotate(world[:, 0], _HIPS)
    motion = motion_from_poses(
        to_rotvec(_local(world)).reshape(len(root), -1),
        root,
        foreign.fps,
        name=name,
        provenance={**provenance, "retargeting": _told(fit, kind, scale)},
        source=source,
    )
    return standing(motion)


def _between_sides(fit: _Fit, joint: str) -> Floats:
    """Return the middle between the left joint and the right one, shape (frames, 3)."""
    found: Floats = fit.motion.joints[:, [fit.places[f"{side}_{joint}"] for side in "LR"]].mean(1)
    return found


def _orientations(fit: _Fit) -> Floats:
    """Return SMPL's world orientations in the foreign world, shape (frames, 24, 4)."""
    world = np.empty((len(fit.motion.root), len(JOINTS), 4))
    for joint in JOINTS:
        world[:, INDEX[joint]] = _orientation(fit, joint, world)
    return world


def _orientation(fit: _Fit, joint: str, world: Floats) -> Floats:
    """Return one joint's, (frames, 4); what the skeleton lacks keeps to its parent."""
    if joint in _SPINE:
        return multiply(_between(fit, _SPINE.index(joint) + 1), fit.frame)
    if joint not in fit.places:
        return world[:, PARENTS[INDEX[joint]]]
    return multiply(fit.world(fit.places[joint]), _rest_turn(fit, joint))


def _between(fit: _Fit, third: int) -> Floats:
    """Return how the spine is turned that many thirds of the way from the root to the chest."""
    spine = _spine(fit)
    place = third * (len(spine) - 1) / len(_SPINE)
    low = int(place)
    high = min(low + 1, len(spine) - 1)
    return slerp(fit.world(spine[low]), fit.world(spine[high]), np.array(place - low))


def _spine(fit: _Fit) -> list[int]:
    """Return the joints from the root to the chest, which carries both arms."""
    left, right = (fit.motion.path(fit.places[f"{side}_Shoulder"]) for side in "LR")
    return [a for a, b in zip(left, right, strict=False) if a == b]


def _rest_turn(fit: _Fit, joint: str) -> Floats:
    """Return how SMPL's joint lies in the foreign rest pose, shape (4,)."""
    side, _, part = joint.partition("_")
    if part in ("Ankle", "Foot"):
        return multiply(_foot_turn(fit, side), fit.frame)
    # the hand goes on as the forearm begins
    part = "Elbow" if part == "Wrist" else part
    if part not in _BONES:
        return fit.frame
    end = f"{side}_{_BONES[part]}"
    bone = fit.rest(end) - fit.rest(f"{side}_{part}")
    return multiply(_arc(rotate(fit.frame, OFFSETS[INDEX[end]]), bone), fit.frame)


def _foot_turn(fit: _Fit, side: str) -> Floats:
    """Return the turn of a foot that does not point ahead in rest; of others there is none."""
    still = np.array([1.0, 0.0, 0.0, 0.0])
    if f"{side}_Foot" not in fit.places:
        return still
    bone = fit.rest(f"{side}_Foot") - fit.rest(f"{side}_Ankle")
    if unit(bone) @ rotate(fit.frame, np.array([0.0, 0.0, 1.0])) >= _FLAT:
        return still
    return _arc(rotate(fit.frame, OFFSETS[INDEX[f"{side}_Foot"]]), bone)


def _arc(ours: Floats, theirs: Floats) -> Floats:
    """Return the shortest turn from our bone to theirs; none where theirs has no length."""
    if not np.linalg.norm(theirs) > 0:
        return np.array([1.0, 0.0, 0.0, 0.0])
    return shortest_arc(unit(ours), unit(theirs))


def _scale(fit: _Fit, source: str) -> float:
    pairs = [
        (f"{s}_{a}", f"{s}_{b}") for s in "LR" for a, b in (("Hip", "Knee"), ("Knee", "Ankle"))
    ]
    legs = sum(float(np.linalg.norm(fit.rest(b) - fit.rest(a))) for a, b in pairs)
    if not legs > 0:
        raise MotionError(source, "its legs have no length.", "Export it with its bone lengths.")
    return float(np.linalg.norm(OFFSETS[_LEGS], axis=-1).sum() / legs)


def _local(world: Floats) -> Floats:
    local = world.copy()
    local[:, 1:] = multiply(conjugate(world[:, list(PARENTS[1:])]), world[:, 1:])
    return local


def _told(fit: _Fit, kind: str, scale: float) -> dict[str, Any]:
    used = {*fit.places.values(), *_spine(fit)}
    return {
        "from": f"rotations of a skeleton named as {kind}'s",
        "scale": round(scale, 6),
        "joints_lacking": [j for j in JOINTS if j not in fit.places and j not in _SPINE],
        "joints_left_out": [n for i, n in enumerate(fit.motion.names) if i not in used],
    }
