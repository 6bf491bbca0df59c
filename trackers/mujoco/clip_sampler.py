"""Which clip an episode starts on: more often one that fails often, never one hardly at all."""

import numpy as np
import numpy.typing as npt

from claims_env.rotation import Floats
from claims_env.trackers.mujoco.kinematics import Indices

FLOOR = 0.3
"""Share of episodes drawn without regard to failures."""

_MEMORY = 0.98
"""Weight of the past per episode that ended on a clip."""


class ClipSampler:
    """Remembers how often episodes on each clip fail.

    Args:
        lengths: Frames of each clip, shape (clips,); long clips hold more to learn.
    """

    def __init__(self, lengths: Indices) -> None:
        self._size: npt.NDArray[np.float64] = np.sqrt(lengths)
        self.failure: npt.NDArray[np.float64] = np.full(len(lengths), 0.5)
        """Running share of episodes that ended in failure, shape (clips,), 0 to 1."""

    @property
    def probabilities(self) -> npt.NDArray[np.float64]:
        """Share of episodes each clip gets, shape (clips,)."""
        hard: npt.NDArray[np.float64] = self.failure * self._size
        total = hard.sum()
        even: npt.NDArray[np.float64] = self._size / self._size.sum()
        aimed: npt.NDArray[np.float64] = hard / total if total > 0 else even
        return FLOOR * even + (1 - FLOOR) * aimed

    def learn(self, ended: Floats, failed: Floats) -> None:
        """Take in how many episodes ended, and how many of them in failure, on each clip."""
        past = _MEMORY**ended
        share = failed / np.maximum(ended, 1)
        self.failure = past * self.failure + (1 - past) * share
