"""Limp rest poses: skeletons whose legs do not hang below the hips when nothing is turned.

LAFAN1's bones, as those of many game engines, all lie along one axis in rest. Where such joints are
is as sure as anywhere else; how they are twisted cannot be told from their rest, and is taken from
the positions by inverse kinematics.
"""

from collections.abc import Mapping

import numpy as np

from claims_env.errors import MotionError
from claims_env.formats.foreign_motion import ForeignMotion
from claims_env.inverse_kinematics.shortest_arc import unit
from claims_env.rotation import Floats, rotate
from claims_env.skeleton import INDEX, JOINTS

HANGING = 0.5
"""How far a leg in rest may point off straight down: cosine of 60 degrees."""

_DOWN = np.array([0.0, -1.0, 0.0])


def is_limp(foreign: ForeignMotion, places: Mapping[str, int], frame: Floats) -> bool:
    """Return whether a leg does not hang below its hip in the rest pose.

    Args:
        foreign: The motion.
        places: Where SMPL's joints are among its own.
        frame: The rotation from SMPL's rest frame to the foreign one, shape (4,).
    """
    legs = [foreign.rest[places[f"{s}_Ankle"]] - foreign.rest[places[f"{s}_Hip"]] for s in "LR"]
    return min(float(unit(leg) @ rotate(frame, _DOWN)) for leg in legs) < HANGING


def smpl_joints(
    foreign: ForeignMotion, places: Mapping[str, int], spine: list[int], source: str
) -> Floats:
    """Return where SMPL's joints are, shape (frames, 24, 3), in the foreign world.

    The spine's joints lie evenly on the way from the hips to the chest.

    Raises:
        MotionError: It lacks a joint without which nothing can be told.
    """
    lacking = [j for s in "LR" for j in (f"{s}_Foot", f"{s}_Collar") if j not in places]
    if lacking:
        raise MotionError(
            source,
            f"its legs do not hang in its rest pose, and it has no joint for {', '.join(lacking)}.",
            "Export it with a T-pose as rest pose.",
        )
    found = np.zeros((len(foreign.root), len(JOINTS), 3))
    for joint, place in places.items():
        found[:, INDEX[joint]] = foreign.joints[:, place]
    chest = foreign.joints[:, spine[-1]]
    pelvis = found[:, INDEX["Pelvis"]]
    for third, joint in enumerate(("Spine1", "Spine2", "Spine3"), 1):
        found[:, INDEX[joint]] = pelvis + (chest - pelvis) * third / 3
    shoulders = found[:, [INDEX["L_Shoulder"], INDEX["R_Shoulder"]]].mean(1)
    if "Neck" not in places:
        found[:, INDEX["Neck"]] = shoulders + (shoulders - chest) / 2
    if "Head" not in places:
        found[:, INDEX["Head"]] = 2 * found[:, INDEX["Neck"]] - chest
    return found
