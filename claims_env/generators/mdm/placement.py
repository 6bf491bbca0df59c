"""Where a sampled motion stands: on the floor and repaired, or as the official release puts it."""

from dataclasses import replace

from claims_env.body_mesh import BodyMesh, grounded
from claims_env.motion import Motion
from claims_env.motion_repair import repair

OFFICIAL_HEIGHT = 0.92
"""Height of the pelvis in the first frame [m], whatever the pose (official release, after PHC)."""


def placed(motion: Motion, body: BodyMesh | None) -> Motion:
    """Return the motion on the floor, repaired as every generator's clips are.

    Args:
        motion: Any motion.
        body: Whose lowest vertex touches the floor; None takes the soles of our own body.
    """
    if body is None:
        return repair(motion)
    return repair(grounded(motion, body), grounded=True)


def officially_placed(motion: Motion) -> Motion:
    """Return the motion moved so that its first pelvis is 0.92 m high; nothing else is changed."""
    root = motion.root.copy()
    root[:, 2] += OFFICIAL_HEIGHT - root[0, 2]
    return replace(motion, root=root)
