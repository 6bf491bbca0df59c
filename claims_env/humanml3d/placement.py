"""Where HumanML3D puts a clip: on the floor, its first frame at the origin and facing +z."""

from claims_env.humanml3d.heading import heading, to_body
from claims_env.rotation import Floats


def placed(joints: Floats) -> Floats:
    """Return the positions (frames, 22, 3) moved and turned to where every clip begins.

    The lowest joint of the whole clip touches y = 0: a joint, so that the soles lie below it.
    """
    start = joints[0, 0].copy()
    start[1] = joints[..., 1].min()
    # the same turn for all frames
    return to_body(joints - start, heading(joints[:1]))
