"""The reward of many instances at once: what `reward` gives for each of their rounds."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from claims_env.reward import RewardWeights
from claims_env.surrogate_observation import held_out_success
from claims_env.world import WorldRound, counted


def rewards(
    before: WorldRound, after: WorldRound, clips: Sequence[int], weights: RewardWeights
) -> npt.NDArray[np.float64]:
    """Return the reward for getting from one round to the next, shape (B,).

    Args:
        before: The round before.
        after: The round played.
        clips: How many clips each suite holds.
        weights: Of the reward.
    """
    gained = held_out_success(after, clips) - held_out_success(before, clips)
    harder = mastered_difficulty(after) - mastered_difficulty(before)
    return weights.held_out_success * gained + weights.mastered_difficulty * harder / 9


def mastered_difficulty(played: WorldRound) -> npt.NDArray[np.float64]:
    """Return the mean judged difficulty of the clips tracked, 1 where there is none, shape (B,)."""
    mastered = played.kept & played.success
    both = played.difficulty[..., 0] + played.difficulty[..., 1]
    count, total = counted(mastered), counted(both / np.float32(2) * mastered)
    return np.where(count > 0, total / np.maximum(count, 1), 1.0)
