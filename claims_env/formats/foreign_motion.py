"""A motion of another skeleton than SMPL's, before it is brought onto that one."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from claims_env.rotation import Floats, multiply, rotate


@dataclass(frozen=True, eq=False)
class ForeignMotion:
    """A clip of any tree of joints.

    Attributes:
        names: The joints', parents before children, the root first.
        parents: Index of each joint's parent; the root's is -1.
        offsets: Where each joint is from its parent in the rest pose, shape (joints, 3), in any
            unit of length and any right-handed frame; of the root it does not count.
        rotations: Local rotations from the rest pose, shape (frames, joints, 4), w x y z.
        root: Where the root is, shape (frames, 3), in the same unit and frame.
        fps: Frames per second.
    """

    names: tuple[str, ...]
    parents: tuple[int, ...]
    offsets: Floats
    rotations: Floats
    root: Floats
    fps: float

    @cached_property
    def rest(self) -> Floats:
        """Where the joints are in the rest pose, from the root, shape (joints, 3)."""
        placed = np.zeros_like(self.offsets)
        for joint, parent in enumerate(self.parents[1:], 1):
            placed[joint] = placed[parent] + self.offsets[joint]
        return placed

    @cached_property
    def world(self) -> Floats:
        """How the joints are turned from the rest pose, shape (frames, joints, 4)."""
        turned = self.rotations.copy()
        for joint, parent in enumerate(self.parents[1:], 1):
            turned[:, joint] = multiply(turned[:, parent], self.rotations[:, joint])
        return turned

    @cached_property
    def joints(self) -> Floats:
        """Where the joints are, shape (frames, joints, 3)."""
        placed = np.empty((*self.rotations.shape[:2], 3))
        placed[:, 0] = self.root
        for joint, parent in enumerate(self.parents[1:], 1):
            bone = rotate(self.world[:, parent], self.offsets[joint])
            placed[:, joint] = placed[:, parent] + bone
        return placed

    def path(self, joint: int) -> list[int]:
        """Return the joints from the root to this one, both included."""
        way = [joint]
        while self.parents[way[0]] >= 0:
            way.insert(0, self.parents[way[0]])
        return way
