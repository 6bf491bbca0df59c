"""Mass path: the nearest way of the centre of mass that the floor can push it along.

In flight nothing but gravity pulls. On the floor the push can only come from where the body touches
it (the centre of pressure lies within the support), only upwards, only so hard, and sideways no
more than friction gives. What a motion asks beyond that is cut back to it, and the path is solved
for over the whole clip at once: its accelerations as close as can be to those possible, its
positions to those there were. The idea is Yamane and Nakamura's dynamics filter (2003), reduced to
the centre of mass.
"""

from dataclasses import dataclass

import numpy as np

from claims_env.contact import Mask
from claims_env.dynamics.ground_force import FRICTION
from claims_env.dynamics.momentum import Momentum
from claims_env.flight import GRAVITY
from claims_env.motion_repair.touching import Touching
from claims_env.rotation import Floats

LIGHTEST, HARDEST = 0.15, 3.5
"""Least and most of the floor's push [body weights]; 3.5 is a gymnast's two-footed take-off."""

BREADTH = 0.04
"""Half the width of a foot [m], by which the touching points are widened."""

LOWEST = 0.25
"""Height below which a centre of mass counts as that high [m]: lying, it is not balanced."""

FLYING, CUT, KEPT = 600.0, 40.0, 1.0
"""What it costs to miss an acceleration: in flight, where it was cut back, elsewhere."""

FOLLOW = (8e3, 8e3, 16e3)
"""What it costs to leave the path, along x, y, z [1/s^4]: below 1.5 Hz it is followed."""


@dataclass(frozen=True, slots=True, eq=False)
class _Aim:
    """Accelerations to come near to, c'' = pull * c + push, shapes (frames, 3), and the cost.

    Attributes:
        pull: [1/s^2].
        push: [m/s^2].
        cost: Of missing them, shape (frames,).
    """

    pull: Floats
    push: Floats
    cost: Floats


def mass_path(momentum: Momentum, floor: Touching, fps: float) -> Floats:
    """Return where the centre of mass should be, shape (frames, 3) [m].

    Args:
        momentum: Of the motion as it is.
        floor: What of it touches the floor.
        fps: Frames per second.
    """
    aim = _aim(momentum, floor)
    # in flight the path is gravity's alone
    follow = np.where(floor.aloft[:, None], 1e-4, 1.0) * np.array(FOLLOW) / fps**4
    pull, push = aim.pull / fps**2, aim.push / fps**2
    axes = [
        _solve(momentum.com[:, i], follow[:, i], pull[:, i], push[:, i], aim.cost) for i in range(3)
    ]
    return np.stack(axes, axis=1)


def _aim(momentum: Momentum, floor: Touching) -> _Aim:
    """Return the accelerations asked for, cut back to what gravity and the floor can give."""
    com, asked, aloft = momentum.com, momentum.acceleration, floor.aloft
    lift = np.clip(asked[:, 2], (LIGHTEST - 1) * GRAVITY, (HARDEST - 1) * GRAVITY)
    push, height = (lift + GRAVITY)[:, None], np.maximum(com[:, 2:], LOWEST)
    # the floor's push acts at p where (c - p) * push = height * c'' - the turning it causes
    turning = momentum.torque[:, :2][:, ::-1] * np.array([-1.0, 1.0])
    spot = com[:, :2] + (turning - height * asked[:, :2]) / push
    inside, is_out = _supported(spot, floor)
    led = (is_out & ~aloft)[:, None]
    sideways = np.where(led, (turning - push * inside) / height, _braked(asked[:, :2], push))
    cut = is_out | (lift != asked[:, 2]) | (sideways != asked[:, :2]).any(1)
    free = aloft[:, None]
    vertical = np.where(free, -GRAVITY, lift[:, None])
    return _Aim(
        np.hstack([np.repeat(np.where(led, push / height, 0.0), 2, axis=1), 0 * height]),
        np.hstack([np.where(free, 0.0, sideways), vertical]),
        np.where(aloft, FLYING, np.where(cut, CUT, KEPT)),
    )


def _braked(sideways: Floats, push: Floats) -> Floats:
    """Return horizontal accelerations cut to what friction gives."""
    size = np.linalg.norm(sideways, axis=1, keepdims=True)
    return np.asarray(sideways * np.minimum(1, FRICTION * push / np.maximum(size, 1e-9)))


def _supported(spot: Floats, floor: Touching) -> tuple[Floats, Mask]:
    """Return the points of the support nearest to the spots, and which spots lie outside it."""
    some = floor.mask.any(0)
    nearest = nearest_in_hull(spot, floor.points[:, some, :2], floor.mask[:, some])
    gap = spot - nearest
    size = np.linalg.norm(gap, axis=1, keepdims=True)
    return nearest + gap * np.minimum(1, BREADTH / np.maximum(size, 1e-9)), size[:, 0] > BREADTH


def nearest_in_hull(spot: Floats, points: Floats, mask: Mask, steps: int = 12) -> Floats:
    """Return the points of convex hulls nearest to spots, shape (frames, 2), by Gilbert's method.

    Step by step towards the hull's point that lies farthest in the spot's direction.

    Args:
        spot: Shape (frames, 2).
        points: Shape (frames, n, 2).
        mask: Which points count, shape (frames, n); where none does the spot itself is returned.
        steps: How many; 12 come within millimetres of the hull of two feet.
    """
    here = np.take_along_axis(points, mask.argmax(1)[:, None, None], axis=1)[:, 0]
    for _ in range(steps):
        toward = spot - here
        ahead = np.where(mask, (points @ toward[:, :, None])[..., 0], -np.inf)
        step = np.take_along_axis(points, ahead.argmax(1)[:, None, None], axis=1)[:, 0] - here
        size = (step * step).sum(1)
        share = np.clip((toward * step).sum(1) / np.maximum(size, 1e-12), 0, 1)
        here = here + share[:, None] * step
    has_any = np.asarray(mask.any(1))
    return np.where(has_any[:, None], here, spot)


def _solve(path: Floats, follow: Floats, pull: Floats, push: Floats, cost: Floats) -> Floats:
    """Return the c that minimises the sum of cost (c'' - pull c - push)^2 + follow (c - path)^2.

    Second differences stand for c''; the normal equations have five bands.
    """
    from scipy.linalg import solveh_banded

    inner = np.pad(cost[1:-1], 1)
    middle = -2 - pull
    bands = np.zeros((3, len(path)))
    bands[2] = follow + inner * middle**2
    bands[2, :-1] += inner[1:]
    bands[2, 1:] += inner[:-1]
    bands[1, 1:] = inner[:-1] * middle[:-1] + inner[1:] * middle[1:]
    bands[0, 2:] = inner[1:-1]
    right = follow * path + inner * push * middle
    right[:-1] += (inner * push)[1:]
    right[1:] += (inner * push)[:-1]
    return np.asarray(solveh_banded(bands, right))
