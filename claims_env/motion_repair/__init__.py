"""Motion repair: the clean-up every generator's clips pass."""

from claims_env.motion_repair.chain import repair, settle
from claims_env.motion_repair.clamping import TURN_RATE, clamp
from claims_env.motion_repair.grounding import ground
from claims_env.motion_repair.limiting import limit
from claims_env.motion_repair.smoothing import smooth

__all__ = ["TURN_RATE", "clamp", "ground", "limit", "repair", "settle", "smooth"]
