"""What counts as progress: the scheduler's reward for a round."""

from dataclasses import dataclass

from claims_env.rounds import Round


@dataclass(frozen=True, slots=True)
class RewardWeights:
    """How the terms of the reward are weighed.

    Attributes:
        held_out_success: For each point of success gained on the suites, 0 to 1.
        mastered_difficulty: For the rise in judged difficulty, scaled to 0..1, of the mastered.
    """

    held_out_success: float = 1.0
    mastered_difficulty: float = 0.1


def reward(before: Round, after: Round, weights: RewardWeights) -> float:
    """Return the reward for getting from one round to the next.

    Only measurements enter, never what a scheduler claims; a term that could not be measured in
    both rounds pays nothing.
    """
    gained = _change(before.held_out_success, after.held_out_success)
    harder = _change(mastered_difficulty(before), mastered_difficulty(after))
    return weights.held_out_success * gained + weights.mastered_difficulty * harder / 9


def mastered_difficulty(played: Round) -> float | None:
    """Return the mean judged difficulty of the clips tracked successfully, 1 to 10.

    1, the bottom of the scale, where nothing was mastered; None where no judge answered.
    """
    if played.difficulty is None:
        return None
    mastered = [s.difficulty for s in played.kept if s.metrics is not None and s.metrics.success]
    rated = [d for d in mastered if d is not None]
    return sum(rated) / len(rated) if rated else 1.0


def _change(before: float | None, after: float | None) -> float:
    return 0.0 if before is None or after is None else after - before
