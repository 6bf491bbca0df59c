"""Which triangle is seen at each point of a picture: a depth buffer in numpy.

A body's triangles are no larger than a few points, so all points that any triangle might cover are
tried at once. It takes about as long as drawing polygons from far to near, parts limbs that pass
through one another where they meet, and leaves the depths, from which edges are drawn.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from claims_env.rotation import Floats

Numbers = npt.NDArray[np.intp]

NOTHING = -1
"""Where no triangle is seen."""

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What is seen at each point of a picture.

    Attributes:
        triangle: Its number or `NOTHING`, shape (height, width).
        depth: How far away it is, shape (height, width); infinite where there is none.
    """

    triangle: Numbers
    depth: Floats


def seen(corners: Floats, depth: Floats, size: tuple[int, int]) -> Seen:
    """Return the nearest triangle at each point.

    Args:
        corners: Shape (triangles, 3, 2) [px]; the first point of a picture is at 0.5, 0.5.
        depth: Of each corner, shape (triangles, 3), larger farther away; not finite leaves the
            triangle out.
        size: Width and height [px].
    """
    width, height = size
    owner, x, y = _candidates(corners, np.isfinite(depth.sum(1)), size)
    shares = _shares(corners, owner, x + 0.5, y + 0.5)
    inside = np.minimum(np.minimum(shares[0], shares[1]), shares[2]) >= -_ROUNDING
    owner, place = owner[inside], (y * width + x)[inside]
    away = np.zeros(len(owner))
    for share, at_corner in zip(shares, depth.T, strict=True):
        away += share[inside] * at_corner[owner]
    nearest = np.full(width * height, np.inf)
    np.minimum.at(nearest, place, away)
    triangle = np.full(width * height, NOTHING, dtype=np.intp)
    wins = away == nearest[place]
    # of equals, the last: an assignment with repeated places keeps its last value
    triangle[place[wins]] = owner[wins]
    return Seen(triangle.reshape(height, width), nearest.reshape(height, width))


def facing_the_eye(corners: Floats) -> npt.NDArray[np.bool_]:
    """Say which triangles (triangles, 3, 2) [px] run counter-clockwise as seen, shape (triangles,).

    Rows of a picture run downwards, which turns the sense of rotation round.
    """
    return np.asarray(_doubled_area(corners) < 0)


def _candidates(
    corners: Floats, wanted: npt.NDArray[np.bool_], size: tuple[int, int]
) -> tuple[Numbers, Numbers, Numbers]:
    """Return every point in every triangle's upright rectangle: triangle, column and row."""
    limit = np.array(size)
    a, b, c = np.where(wanted[:, None, None], corners, 0).transpose(1, 0, 2)
    low = np.minimum(np.minimum(a, b), c)
    high = np.maximum(np.maximum(a, b), c)
    low = np.clip(np.ceil(low - 0.5), 0, limit).astype(np.intp)
    high = np.clip(np.floor(high - 0.5) + 1, low, limit).astype(np.intp)
    across, down = (high - low).T * wanted
    owner = np.repeat(np.arange(len(corners)), across * down)
    first = np.cumsum(across * down) - across * down
    within = np.arange(len(owner)) - first[owner]
    row, column = np.divmod(within, across[owner])
    return owner, low[owner, 0] + column, low[owner, 1] + row


def _shares(corners: Floats, owner: Numbers, x: Floats, y: Floats) -> tuple[Floats, ...]:
    """Return how points are mixed from their triangles' corners, three times shape (points,)."""
    area = _doubled_area(corners)
    # a triangle seen edge on covers nothing
    scale = np.where(area == 0, np.nan, 1 / np.where(area == 0, 1, area))
    (ax, ay), (bx, by), (cx, cy) = corners.transpose(1, 2, 0)
    shares = []
    for px, py, qx, qy in ((cx, cy, ax, ay), (ax, ay, bx, by)):
        across, down = ((qx - px) * scale)[owner], ((qy - py) * scale)[owner]
        shares.append(across * (y - py[owner]) - down * (x - px[owner]))
    return 1 - shares[0] - shares[1], shares[0], shares[1]


def _doubled_area(corners: Floats) -> Floats:
    (ax, ay), (bx, by), (cx, cy) = corners.transpose(1, 2, 0)
    area: Floats = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
    return area
