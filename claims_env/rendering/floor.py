"""The floor a figure stands on: a grid of metres, the way the pelvis came, and measuring posts."""

import numpy as np
from PIL import ImageDraw

from claims_env.rendering.camera import HALF_VIEW, Camera
from claims_env.rotation import Floats

FLOOR, GRID, GRID_5M = (226, 232, 238), (196, 205, 214), (158, 170, 182)
"""Colours of the floor, of a line and of every fifth line."""

TRAIL = (126, 140, 156)
"""Colour of the way the pelvis came."""

POST_DARK, POST_PALE = (112, 124, 138), (248, 250, 252)
"""Colours of a post's bands, from the floor up."""

BAND, POST_HEIGHT, POST_RADIUS = 0.5, 2.0, 0.022
"""Height of a band and of a post, and half its thickness [m]."""

POST_GAP, POST_BEHIND = 2.0, 0.55
"""From post to post, and from the farthest joint back to their row [m]."""

_NEAREST = 0.5


def draw_floor(
    draw: ImageDraw.ImageDraw,
    camera: Camera,
    size: tuple[int, int],
    trail: Floats | None = None,
    width: int = 2,
) -> None:
    """Draw lines one metre apart, every fifth darker, and a trail of ground points.

    Args:
        draw: Where to.
        camera: Where the floor is seen from.
        size: Width and height of the picture [px].
        trail: Shape (n, 2 or more) [m], or None.
        width: Of a line; a trail is twice as wide [px].
    """
    lines, fifth = grid(camera)
    for line, strong in zip(camera.project(lines, size)[0], fifth, strict=True):
        draw.line(pairs(line), fill=GRID_5M if strong else GRID, width=width)
    if trail is not None and len(trail) > 1:
        ground = np.column_stack([trail[:, :2], np.zeros(len(trail))])
        xy, scale = camera.project(ground, size)
        draw.line(pairs(xy[scale > 0]), fill=TRAIL, width=2 * width, joint="curve")


def draw_posts(
    draw: ImageDraw.ImageDraw, camera: Camera, size: tuple[int, int], posts: Floats
) -> None:
    """Draw posts of `POST_HEIGHT` on the floor, places (n, 3) [m], banded dark, pale, dark, pale.

    What lies above the lowest band's top is so many half metres high, give or take the depth.
    """
    heights = np.arange(0, POST_HEIGHT + BAND / 2, BAND)
    for post in posts:
        xy, scale = camera.project(post + heights[:, None] * [0, 0, 1], size)
        thick = max(2, round(2 * POST_RADIUS * float(scale.mean())))
        draw.line(pairs(xy[[0, -1]]), fill=POST_DARK, width=thick + 2)
        for band in range(1, len(heights) - 1, 2):
            draw.line(pairs(xy[band : band + 2]), fill=POST_PALE, width=thick)


def grid(camera: Camera) -> tuple[Floats, list[bool]]:
    """Return the floor's lines, ends (lines, 2, 3) [m], and whether each is a fifth one."""
    reach = int(np.ceil(0.6 * camera.distance)) + 1
    steps = np.arange(-reach, reach + 1)
    ends = np.zeros((2, len(steps), 2, 3))
    for axis in (0, 1):
        ends[axis, :, :, axis] = steps[:, None]
        ends[axis, :, :, 1 - axis] = [-reach, reach]
    middle = np.round(camera.target[:2])
    ends[..., :2] += middle
    places = np.concatenate([middle[0] + steps, middle[1] + steps])
    return _cut(ends.reshape(-1, 2, 3), camera), [place % 5 == 0 for place in places.tolist()]


def posts_for(joints: Floats, cameras: list[Camera], aspect: float) -> list[Floats]:
    """Return where posts stand in each frame's picture, (n, 3) [m] per frame.

    They stand in a row behind the movement, across the picture, and keep their places along it:
    a body that travels passes them. The row itself stays behind a camera that follows.

    Args:
        joints: Shape (frames, 24, 3) [m].
        cameras: One per frame, as `cameras_for` gives them.
        aspect: Width of a picture over its height.
    """
    right, ahead = cameras[0].axes[0], _unit(cameras[0].axes[2] * [1, 1, 0])
    targets = np.array([camera.target for camera in cameras])
    behind = float(((joints - targets[:, None]) @ ahead).max()) + POST_BEHIND
    first = float(targets[0] @ right) + POST_GAP / 2
    return [_row_of_posts(camera, right, ahead, behind, first, aspect) for camera in cameras]


def pairs(xy: Floats) -> list[tuple[float, float]]:
    """Return points (n, 2) [px] as Pillow wants them."""
    return [(float(x), float(y)) for x, y in xy.tolist()]


def _row_of_posts(
    camera: Camera, right: Floats, ahead: Floats, behind: float, first: float, aspect: float
) -> Floats:
    """Return the posts within sight: every `POST_GAP` to the right of one of them, `first` [m]."""
    middle = float(camera.target @ right)
    seen = HALF_VIEW * aspect * (camera.distance + behind)
    numbers = np.arange(
        np.ceil((middle - seen - first) / POST_GAP), (middle + seen - first) // POST_GAP + 1
    )
    along = first + numbers * POST_GAP - middle
    ground = camera.target * [1, 1, 0] + behind * ahead
    posts: Floats = ground + along[:, None] * right
    return posts


def _unit(v: Floats) -> Floats:
    return v / float(np.linalg.norm(v))


def _cut(lines: Floats, camera: Camera) -> Floats:
    """Shorten lines, ends (lines, 2, 3) [m], to what lies before the camera."""
    depth = (lines - camera.target) @ camera.axes[2] + camera.distance
    along = lines[:, ::-1] - lines
    deeper = depth[:, ::-1] - depth
    share = np.where(depth < _NEAREST, (_NEAREST - depth) / np.where(deeper == 0, 1, deeper), 0)
    shortened: Floats = lines + np.clip(share, 0, 1)[..., None] * along
    return shortened
