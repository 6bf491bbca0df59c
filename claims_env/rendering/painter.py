"""Paints one pose with Pillow alone, so that pictures work where no GL does.

Painter's algorithm: floor, shadow, then the figure's parts from far to near, each with a dark
outline, its colour and a highlight. Drawn at twice the size and reduced, which smooths the edges.
"""

from itertools import pairwise

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from claims_env.rendering.camera import Camera
from claims_env.rendering.figure import PARTS, RADII, Colour, capsules
from claims_env.rendering.floor import FLOOR, draw_floor, draw_posts, pairs
from claims_env.rendering.mesh import Mesh
from claims_env.rendering.mesh_painter import draw_mesh
from claims_env.rotation import Floats
from claims_env.skeleton import JOINTS

Size = tuple[int, int]

TILE: Size = (240, 180)
"""Width and height of a key frame [px], as in the paper's strips."""

CONTACT: Colour = (28, 150, 140)
"""Of the rim around a part that touches the floor."""

CONTACT_WITHIN = 0.025
"""A part lower than this touches the floor [m]."""

GHOST: Colour = (200, 190, 222)
"""Of an earlier pose: violet, as no shadow is."""

_FINER = 2
_LABEL = (70, 80, 92)
_GHOST_OLD = (220, 217, 232)
_SHADOW_NEAR, _SHADOW_FAR, _SHADOW_FADES = (104, 114, 128), (200, 208, 217), 1.2
_CONTACT_RIM = 0.045
_OUTLINE = 0.9
_FAR = 1.0


def paint(
    joints: Floats,
    camera: Camera,
    size: Size = TILE,
    *,
    label: str = "",
    trail: Floats | None = None,
    mesh: Mesh | None = None,
    posts: Floats | None = None,
    ghosts: Floats | None = None,
    contact_within: float = CONTACT_WITHIN,
) -> Image.Image:
    """Return a picture of one pose.

    Args:
        joints: Shape (24, 3) [m], z up, floor at 0.
        camera: Where it is seen from.
        size: Width and height [px].
        label: Shown in the top left corner.
        trail: Ground points the pelvis has passed, shape (n, 2 or more) [m].
        mesh: The skin to draw in place of the capsule figure.
        posts: Where measuring posts stand, shape (n, 3) [m].
        ghosts: Earlier poses to show as pale shapes, oldest first, shape (n, 24, 3) [m].
        contact_within: A part lower than this is shown to touch the floor [m].

    Raises:
        ValueError: The joints have another shape.
    """
    if joints.shape != (len(JOINTS), 3):
        raise ValueError(f"Expected joints of one pose, shape (24, 3); got {joints.shape}.")
    fine = (size[0] * _FINER, size[1] * _FINER)
    image = Image.new("RGB", fine, FLOOR)
    draw = ImageDraw.Draw(image)
    if np.isfinite(joints).all():
        draw_floor(draw, camera, fine, trail, _FINER)
        if posts is not None:
            draw_posts(draw, camera, fine, posts)
        if ghosts is not None:
            _ghosts(draw, ghosts, camera, fine)
        if mesh is not None:
            draw_mesh(image, mesh, camera)
        else:
            _shadow(draw, capsules(joints), camera, fine, contact_within)
            _figure(draw, capsules(joints), camera, fine)
    picture = image.reduce(_FINER)
    if label:
        font = ImageFont.load_default(max(9, size[1] // 14))
        ImageDraw.Draw(picture).text((4, 2), label, fill=_LABEL, font=font)
    return picture


def photograph(
    joints: Floats, number: int, camera: Camera, size: Size = TILE, *, mesh: Mesh | None = None
) -> Image.Image:
    """Return frame `number` of a clip, joints (frames, 24, 3) [m], with its number and its trail.

    Where the pelvis has come far the label also says how far, since a following camera hides it.
    A mesh, the skin at that frame, stands in for the capsule figure.
    """
    gone = float(np.linalg.norm(joints[number, 0, :2] - joints[0, 0, :2]))
    label = f"{number}   {gone:.1f} m" if gone >= _FAR else str(number)
    trail = joints[: number + 1, 0]
    return paint(joints[number], camera, size, label=label, trail=trail, mesh=mesh)


def _ghosts(draw: ImageDraw.ImageDraw, ghosts: Floats, camera: Camera, size: Size) -> None:
    """Draw poses (n, 24, 3) [m] as flat shapes, the later the darker."""
    for i, pose in enumerate(ghosts, 1):
        shade = _mix(_GHOST_OLD, GHOST, i / len(ghosts))
        for shape in _outlines(capsules(pose), RADII, camera, size):
            draw.polygon(pairs(shape), fill=shade)


def _shadow(
    draw: ImageDraw.ImageDraw, ends: Floats, camera: Camera, size: Size, contact_within: float
) -> None:
    """Draw the capsules' shadow, paler with height, and a rim where they touch the floor."""
    height = ends[..., 2] - RADII
    flat = ends * [1, 1, 0]
    shapes = _outlines(flat, 0.85 * RADII, camera, size)
    for k in np.argsort(-height.mean(1)):
        fade = min(max(height[k].mean() / _SHADOW_FADES, 0), 1)
        draw.polygon(pairs(shapes[k]), fill=_mix(_SHADOW_NEAR, _SHADOW_FAR, fade))
    touching = (height < contact_within).all(1)
    for shape in _outlines(flat[touching], RADII[touching] + _CONTACT_RIM, camera, size):
        draw.polygon(pairs(shape), fill=CONTACT)


def _figure(draw: ImageDraw.ImageDraw, ends: Floats, camera: Camera, size: Size) -> None:
    """Draw the parts from far to near."""
    depth = (ends.mean(1) - camera.target) @ camera.axes[2]
    edge = _FINER * _OUTLINE / camera.project(ends, size)[1]
    dark = _outlines(ends, RADII + edge, camera, size)
    body = _outlines(ends, RADII, camera, size)
    lit = _outlines(ends + _lit_from(camera) * RADII[..., None], 0.42 * RADII, camera, size)
    first = np.cumsum([0, *(len(part.bones) for part in PARTS)])
    span = [slice(a, b) for a, b in pairwise(first)]
    order = sorted(range(len(PARTS)), key=lambda p: PARTS[p].nearer - float(depth[span[p]].mean()))
    near, far = depth.min(), max(depth.max(), depth.min() + 0.3)
    for part in order:
        tone = 1.05 - 0.22 * float((depth[span[part]].mean() - near) / (far - near))
        colour = _times(PARTS[part].colour, tone)
        for shapes, fill in ((dark, _times(colour, 0.38)), (body, colour), (lit, _lighter(colour))):
            for shape in shapes[span[part]]:
                draw.polygon(pairs(shape), fill=fill)


def _outlines(ends: Floats, radii: Floats, camera: Camera, size: Size) -> Floats:
    """Return the contours of capsules in the picture, shape (capsules, 18, 2) [px].

    Args:
        ends: Shape (capsules, 2, 3) [m].
        radii: Shape (capsules, 2) [m].
        camera: Where they are seen from.
        size: Width and height of the picture [px].
    """
    xy, scale = camera.project(ends, size)
    r = radii * scale
    d = xy[:, 1] - xy[:, 0]
    length = np.maximum(np.linalg.norm(d, axis=-1), 1e-6)
    # where the tangents touch; a disc inside the other leaves the larger one alone
    opening = np.arccos(np.clip((r[:, 0] - r[:, 1]) / length, -1, 1))[:, None]
    direction = np.arctan2(d[:, 1], d[:, 0])[:, None]
    half = np.linspace(-1, 1, 9)
    far = direction + opening * half
    near = direction + np.pi + (np.pi - opening) * half
    angles = np.concatenate([far, near], 1)
    centres = np.repeat(xy[:, ::-1], 9, axis=1)
    reach = np.repeat(r[:, ::-1], 9, axis=1)[..., None]
    contours: Floats = centres + reach * np.stack([np.cos(angles), np.sin(angles)], -1)
    return contours


def _lit_from(camera: Camera) -> Floats:
    """Return how far a highlight is shifted, in radii: up and to the left of the picture."""
    upper_left: Floats = camera.axes[1] - camera.axes[0]
    return upper_left * 0.24


def _times(colour: Colour, factor: float) -> Colour:
    r, g, b = (min(255, int(channel * factor)) for channel in colour)
    return r, g, b


def _lighter(colour: Colour) -> Colour:
    return _mix(colour, (255, 255, 255), 0.28)


def _mix(a: Colour, b: Colour, share: float) -> Colour:
    r, g, b_ = (int(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return r, g, b_
