"""The bearing: where the body has been keyed to so far, and what a place relative to it means."""

from dataclasses import dataclass, field

import numpy as np

from claims_env.generators.composer.limbs import SIDES, swing_coordinates
from claims_env.generators.composer.poses import Plant
from claims_env.generators.composer.score import Style
from claims_env.generators.composer.sheet import FLOOR, Sheet, pelvis_rotation
from claims_env.rotation import Floats, conjugate, rotate
from claims_env.skeleton import OFFSETS
from claims_env.two_bone import LEGS

ANKLE = (0.12, 0.055)
"""How far the ankle of a flat foot is behind and above its ball [m]."""


@dataclass(slots=True)
class Bearing:
    """The state moves are chained by; indices are 0 left, 1 right.

    Attributes:
        style: How every move is done.
        sheet: What has been keyed.
        side: The lead side, 1 left or -1 right.
        home: The floor point feet are placed about, shape (2,) [m].
        airborne: Which feet are off the floor.
        on_hands: Which hands are on the floor.
        led: The pelvis is being led along a path.
    """

    style: Style
    side: int
    sheet: Sheet = field(default_factory=Sheet)
    home: Floats = field(default_factory=lambda: np.zeros(2))
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

    def point(self, forward: float, out: float, yaw: float | None = None) -> Floats:
        """Return the floor point forward and to the lead side of home, shape (2,) [m]."""
        yaw = self.yaw if yaw is None else yaw
        ahead = np.array([np.sin(yaw), -np.cos(yaw)])
        left = np.array([np.cos(yaw), np.sin(yaw)])
        return self.home + forward * ahead + out * self.side * left

    def foot(self, i: int) -> Floats:
        """Return where the ball of a foot was keyed last, shape (2,) [m]."""
        return np.array(self.sheet.feet[i].last[:2])

    def foothold(self, i: int, plant: Plant, yaw: float | None = None) -> list[float]:
        """Return the key of a foot set down: x, y, z [m], yaw, heel raise [rad]."""
        yaw, sign = self.yaw if yaw is None else yaw, SIDES[i]
        toe = 8 + 50 * self.style.turnout if plant.toe is None else plant.toe
        x, y = self.point(plant.forward + ANKLE[0] / 2, plant.out * sign * self.side, yaw)
        return [
            float(x),
            float(y),
            FLOOR,
            yaw + sign * float(np.radians(toe)),
            float(np.radians(plant.heel)),
        ]

    def strays(self, i: int, plant: Plant) -> float:
        """Return how far a foot is from a foothold [m], a radian of turn counting 0.1 m."""
        wanted = self.foothold(i, plant)
        turned = abs(wanted[3] - self.sheet.feet[i].last[3])
        return float(np.hypot(*(np.array(wanted[:2]) - self.foot(i)))) + 0.1 * turned

    def middle(self) -> Floats:
        """Return about where the pelvis is over the floor, shape (2,) [m]."""
        if all(self.airborne):
            return self.home
        standing = [self.foot(i) for i in (0, 1) if not self.airborne[i]]
        return np.asarray(np.mean(standing, axis=0))

    def hanging(self, i: int) -> list[float]:
        """Return the free-leg coordinates of a foot that stands where it was keyed last."""
        yaw = self.sheet.feet[i].last[3]
        ball = np.array(self.sheet.feet[i].last[:3])
        back = ANKLE[0] * np.array([-np.sin(yaw), np.cos(yaw)])
        ankle = ball + np.array([*back, ANKLE[1]])
        pelvis = np.array([*self.middle(), self.sheet.height.last[0]])
        forward, left = (np.array(v) for v in self.sheet.tilt.last)
        turned = pelvis_rotation(np.array(self.yaw), forward, left)
        local = rotate(conjugate(turned), ankle - pelvis) - OFFSETS[1 + i]
        size = float(np.linalg.norm(local))
        a, b = swing_coordinates(local / max(size, 1e-6), SIDES[i])
        return [a, b, min(size / LEGS[i].length, 1.0), 0.0, 0.1]
