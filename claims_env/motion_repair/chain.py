"""The repair chain: the doors every generator's clips pass, one after the other."""

from claims_env.motion import Motion
from claims_env.motion_repair.clamping import clamp
from claims_env.motion_repair.grounding import ground
from claims_env.motion_repair.smoothing import smooth


def repair(motion: Motion) -> Motion:
    """Return the motion clamped, lightly smoothed and set on the floor."""
    return ground(smooth(clamp(motion)))
