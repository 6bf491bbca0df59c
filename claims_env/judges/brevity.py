"""Brevity: the clip that is over before it shows anything, which no offline judge reads."""

from claims_env.judge import Missing
from claims_env.motion import Motion

SHORTEST_S = 0.5
"""Under this a clip shows no action, and its stills are one and the same [s]."""


def too_short(motion: Motion) -> Missing | None:
    """Return why a clip is too short to be judged, or None if it is not."""
    if motion.seconds >= SHORTEST_S:
        return None
    return Missing(f"{motion.name} lasts {motion.seconds:.2f} s; judging takes {SHORTEST_S} s")
