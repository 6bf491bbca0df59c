"""Standing: an import whose feet are not SMPL's put on the floor again, and told about."""

from claims_env.motion import Motion
from claims_env.motion_repair.grounding import ground


def standing(motion: Motion) -> Motion:
    """Return the motion with its lowest point, over all frames, on the floor.

    Another body's ankles are another height above its soles, which a scale for its legs leaves
    wrong by some centimetres. The provenance says by how much the clip was moved.
    """
    grounded = ground(motion)
    raised = float(grounded.root[0, 2] - motion.root[0, 2])
    return grounded.with_provenance(raised_m=round(raised, 4))
