"""The environments of a double: each performs one clip, and starts it anew when it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from . import skill as law

if TYPE_CHECKING:
    from .library import Library

EVALUATED = (0, 1, 2, 3, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19, 20, 21, 22)
"""The bodies by whose mean distance a clip is given up: all but toes and hands."""

GIVEN_UP = 0.5
"""The mean distance at which a clip is given up [m]."""


class Task:
    """Environments that perform the clips of a library, a batch at a time.

    Attributes:
        num_envs: How many.
        start_idx: The first clip of the batch.
        ids: Which clip each environment performs; they begin again where the library ends.
        steps: How many control steps each of those has, its first frame counted.
    """

    def __init__(self, library: Library, num_envs: int, skill: float) -> None:
        self._motion_lib, self.num_envs, self._skill = library, num_envs, skill
        self._speeds = library.speeds()
        self._cache: dict[int, Any] = {}
        self.start_idx = 0
        self._load()

    def forward_motion_samples(self) -> None:
        """Go on to the next batch."""
        self.start_idx += self.num_envs
        self._load()

    def reset(self, which: Any) -> None:
        """Start clips anew.

        Args:
            which: The environments' indices.
        """
        self._progress[which] = 0

    def step(self) -> tuple[dict[str, Any], Any]:
        """Go one step on; return what PHC tells of it, and which clips are over."""
        self._progress += 1
        at = np.minimum(self._progress, self.steps - 1)
        joints = np.stack([self._runs(int(i))[0][k] for i, k in zip(self.ids, at)])
        wanted = np.stack([self._runs(int(i))[1][k] for i, k in zip(self.ids, at)])
        apart = np.linalg.norm(joints[:, EVALUATED] - wanted[:, EVALUATED], axis=-1).mean(-1)
        given_up = (apart > GIVEN_UP) & (self._progress > 1)
        told = {
            "terminate": given_up,
            "mpjpe": np.linalg.norm(joints - wanted, axis=-1).mean(-1),
            "body_pos": joints,
            "body_pos_gt": wanted,
        }
        return told, given_up | (self._progress >= self.steps - 1)

    def spoil(self, share: float) -> None:
        """Let the first clip of the batch be performed in numbers that are none.

        Args:
            share: From which part of it on, 0 for all of it.
        """
        joints, _ = self._runs(int(self.ids[0]))
        joints[int(share * len(joints)) :] = np.nan

    def _load(self) -> None:
        count = self._motion_lib._num_unique_motions
        self.ids = (np.arange(self.num_envs) + self.start_idx) % count
        self.steps = self._motion_lib.frames()[self.ids]
        self._progress = np.zeros(self.num_envs, dtype=np.int64)

    def _runs(self, clip: int) -> Any:
        if clip not in self._cache:
            wanted = self._motion_lib.reference[clip]
            joints = law.performed(wanted, float(self._speeds[clip]), self._skill)
            self._cache[clip] = (joints.astype(np.float32), wanted.astype(np.float32))
        return self._cache[clip]
