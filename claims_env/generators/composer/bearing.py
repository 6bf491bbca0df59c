"""The bearing: where the body has been keyed to so far, and what a place relative to it means."""

import math
from dataclasses import dataclass, field

from claims_env.generators.composer.limbs import SIDES, swing_coordinates
from claims_env.generators.composer.poses import Plant
from claims_env.generators.composer.score import Style
from claims_env.generators.composer.sheet import FLOOR, Sheet
from claims_env.skeleton import OFFSETS
from claims_env.two_bone import LEGS

Point = tuple[float, float]
"""A place on the floor [m]."""

ANKLE = (0.12, 0.055)
"""How far the ankle of a flat foot is behind and above its ball [m]."""

MIDDLE = ANKLE[0] / 2
"""How far the middle of a foot is behind its ball [m]."""


@dataclass(slots=True)
class Bearing:
    """The state moves are chained by; indices are 0 left, 1 right.

    Attributes:
        style: How every move is done.
        sheet: What has been keyed.
        side: The lead side, 1 left or -1 right.
        home: The floor point feet are placed about [m].
        airborne: Which feet are off the floor.
        on_hands: Which hands are on the floor.
        led: The pelvis is being led along a path.
    """

    style: Style
    side: int
    sheet: Sheet = field(default_factory=Sheet)
    home: Point = (0.0, 0.0)
    airborne: list[bool] = field(default_factory=lambda: [False, False])
    on_hands: list[bool] = field(default_factory=lambda: [False, False])
    led: bool = False

    @property
    def yaw(self) -> float:
        """The heading keyed last, unwrapped [rad]."""
        return self.sheet.yaw.last[0]

    @property
    def lead(self) -> int:
        """Index of the lead side."""
        return 0 if self.side > 0 else 1

    def point(self, forward: float, out: float, yaw: float | None = None) -> Point:
        """Return the floor point forward and to the lead side of home [m]."""
        yaw = self.yaw if yaw is None else yaw
        sine, cosine, left = math.sin(yaw), math.cos(yaw), out * self.side
        x, y = self.home
        return x + forward * sine + left * cosine, y - forward * cosine + left * sine

    def foot(self, i: int) -> Point:
        """Return where the ball of a foot was keyed last [m]."""
        x, y, *_ = self.sheet.feet[i].last
        return x, y

    def sole(self, i: int) -> Point:
        """Return where the middle of a foot was keyed last [m]."""
        x, y, _, yaw, _ = self.sheet.feet[i].last
        return x - MIDDLE * math.sin(yaw), y + MIDDLE * math.cos(yaw)

    def between_feet(self) -> Point:
        """Return the middle between both feet [m]."""
        (x, y), (u, v) = self.sole(0), self.sole(1)
        return (x + u) / 2, (y + v) / 2

    def foothold(self, i: int, plant: Plant, yaw: float | None = None) -> list[float]:
        """Return the key of a foot set down: x, y, z [m], yaw, heel raise [rad]."""
        yaw, sign = self.yaw if yaw is None else yaw, SIDES[i]
        toe = 8 + 50 * self.style.turnout if plant.toe is None else plant.toe
        x, y = self.point(plant.forward, plant.out * sign * self.side, yaw)
        turned = yaw + sign * math.radians(toe)
        # the middle of the foot is what is placed: a turned-out foot turns about it
        x, y = x + MIDDLE * math.sin(turned), y - MIDDLE * math.cos(turned)
        return [x, y, FLOOR, turned, math.radians(plant.heel)]

    def strays(self, i: int, plant: Plant) -> float:
        """Return how far a foot is from a foothold [m], a radian of turn counting 0.1 m."""
        x, y, _, yaw, _ = self.foothold(i, plant)
        here, turned = self.foot(i), abs(yaw - self.sheet.feet[i].last[3])
        return math.hypot(x - here[0], y - here[1]) + 0.1 * turned

    def middle(self) -> Point:
        """Return about where the pelvis is over the floor [m]."""
        if self.led:
            x, y = self.sheet.path.last
            return x, y
        if all(self.airborne):
            return self.home
        if any(self.airborne):
            return self.sole(1 if self.airborne[0] else 0)
        return self.between_feet()

    def hanging(self, i: int) -> list[float]:
        """Return the free-leg coordinates of a foot that stands where it was keyed last."""
        x, y, z, yaw, _ = self.sheet.feet[i].last
        u, v = self.middle()
        over = z + ANKLE[1] - self.sheet.height.last[0]
        ankle = (x - ANKLE[0] * math.sin(yaw) - u, y + ANKLE[0] * math.cos(yaw) - v, over)
        local = self._seen_from_pelvis(ankle)
        hip = OFFSETS[1 + i].tolist()
        leg = [a - b for a, b in zip(local, hip, strict=True)]
        size = math.hypot(*leg)
        a, b = swing_coordinates([v / max(size, 1e-6) for v in leg], SIDES[i])
        return [a, b, min(size / float(LEGS[i].length), 1.0), 0.0, 0.1]

    def _seen_from_pelvis(self, way: tuple[float, float, float]) -> tuple[float, float, float]:
        """Return a vector of the world in the pelvis's frame: `pelvis_rotation` undone."""
        (forward, left), roll = self.sheet.tilt.last, self.sheet.roll.last[0]
        x, y = _turned(way[0], way[1], -self.yaw)
        y, z = _turned(y, way[2], -forward - math.pi / 2)
        x, y = _turned(x, y, left)
        z, x = _turned(z, x, -roll)
        return x, y, z


def _turned(a: float, b: float, angle: float) -> Point:
    """Return a point of the plane turned from its first axis towards its second [rad]."""
    cosine, sine = math.cos(angle), math.sin(angle)
    return a * cosine - b * sine, a * sine + b * cosine
