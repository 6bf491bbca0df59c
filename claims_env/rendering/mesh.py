"""One frame of a body's skin as triangles, in the colours of the capsule figure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from claims_env.body_mesh import BodyMesh, Indices
from claims_env.motion import Motion
from claims_env.rendering.figure import LEFT, RIGHT, SKIN, TRUNK
from claims_env.rotation import Floats
from claims_env.skeleton import JOINTS

_TRUNK = {"Pelvis", "Spine1", "Spine2", "Spine3", "L_Collar", "R_Collar"}
_SKIN = {"Neck", "Head"}


@dataclass(frozen=True, slots=True, eq=False)
class Mesh:
    """A skin at one moment.

    Attributes:
        vertices: Shape (vertices, 3) [m], z up, floor at 0.
        faces: Each triangle's vertices, counter-clockwise seen from outside, shape (triangles, 3).
        colours: Of each triangle, shape (triangles, 3), red, green, blue, 0 to 255.
    """

    vertices: Floats
    faces: Indices
    colours: Floats


def meshes_of(motion: Motion, body: BodyMesh, frames: Sequence[int]) -> list[Mesh]:
    """Return the skin of some frames of a motion."""
    colours = side_colours(body)
    return [
        Mesh(skin.astype(np.float64), body.faces, colours) for skin in body.vertices(motion, frames)
    ]


def side_colours(body: BodyMesh) -> Floats:
    """Return a colour per triangle, (triangles, 3): left blue, right red, trunk tan, head skin.

    A triangle takes the colour of the limb that moves the first of its corners the most.
    """
    palette = np.array([_colour(name) for name in JOINTS], dtype=np.float64)
    return palette[body.bones[body.faces[:, 0]]]


def _colour(joint: str) -> tuple[int, int, int]:
    if joint in _TRUNK:
        return TRUNK
    if joint in _SKIN:
        return SKIN
    return LEFT if joint.startswith("L_") else RIGHT
