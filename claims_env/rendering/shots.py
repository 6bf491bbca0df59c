"""The key frames of one clip, and everything a painter needs to draw them alike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from claims_env.body_mesh import BodyMesh
from claims_env.motion import Motion
from claims_env.rendering.camera import Camera, cameras_for
from claims_env.rendering.contact_sheet import frame_numbers
from claims_env.rendering.floor import posts_for
from claims_env.rendering.mesh import Mesh, meshes_of
from claims_env.rendering.painter import Size, paint
from claims_env.rotation import Floats

GHOSTS = 2
"""How many of the frames shown before are seen again as pale shapes, where ghosts are wanted."""

CONTACT_WITHIN = 0.06
"""A part lower than this is marked as touching the floor [m].

Recorded feet hover by centimetres, and nobody can tell them from planted ones between 0.04 and
0.1 m (`claims_env.contact`); without its mark a standing foot would look lifted.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """One frame to paint.

    Attributes:
        number: Of the frame, from 0.
        joints: Shape (24, 3) [m], z up, floor at 0.
        camera: Where it is seen from.
        trail: Where the pelvis has been, shape (n, 3) [m].
        posts: Where measuring posts stand, shape (n, 3) [m].
        ghosts: Poses shown before, oldest first, shape (n, 24, 3) [m].
    """

    number: int
    joints: Floats
    camera: Camera
    trail: Floats
    posts: Floats
    ghosts: Floats


Look = Callable[[Motion, Sequence[Shot], Size], list[Image.Image]]
"""Paints shots of a motion: one picture per shot, of a width and height [px]."""


def shots_of(motion: Motion, count: int, aspect: float, *, ghosts: bool = False) -> list[Shot]:
    """Return evenly spaced frames of a clip, the first and the last among them.

    Args:
        motion: The clip.
        count: How many (the paper: 60 for alignment, 15 for difficulty); a shorter clip shows each
            of its frames once.
        aspect: Width of a picture over its height.
        ghosts: Show the `GHOSTS` frames before as well.

    Raises:
        ValueError: `count` is below 1.
    """
    joints, cameras = motion.joints, cameras_for(motion.joints, aspect)
    posts, numbers = posts_for(joints, cameras, aspect), frame_numbers(motion.frames, count)
    earlier = [numbers[max(0, i - GHOSTS) : i] if ghosts else [] for i in range(len(numbers))]
    return [
        Shot(n, joints[n], cameras[n], joints[: n + 1, 0], posts[n], joints[before])
        for n, before in zip(numbers, earlier, strict=True)
    ]


def told(motion: Motion, shot: Shot) -> tuple[str, str, str]:
    """Return what is written on a frame: its number, its time [s], and how far the pelvis is [m].

    Near its start the last is empty, where the picture itself shows the way.
    """
    gone = float(np.linalg.norm(shot.trail[-1, :2] - shot.trail[0, :2]))
    far = f"{gone:.1f} m" if gone >= 1 else ""
    return str(shot.number), f"{shot.number / motion.fps:.2f} s", far


def painted(motion: Motion, shots: Sequence[Shot], size: Size) -> list[Image.Image]:
    """Paint the capsule figure with Pillow. See `Look`."""
    return [_painted(shot, size, None) for shot in shots]


def skinned(body: BodyMesh) -> Look:
    """Return what paints a body's skin with Pillow and numpy. See `Look`."""

    def paint_skins(motion: Motion, shots: Sequence[Shot], size: Size) -> list[Image.Image]:
        skins = meshes_of(motion, body, [shot.number for shot in shots])
        return [_painted(shot, size, skin) for shot, skin in zip(shots, skins, strict=True)]

    return paint_skins


def _painted(shot: Shot, size: Size, skin: Mesh | None) -> Image.Image:
    return paint(
        shot.joints,
        shot.camera,
        size,
        trail=shot.trail,
        posts=shot.posts,
        ghosts=shot.ghosts,
        mesh=skin,
        contact_within=CONTACT_WITHIN,
    )
