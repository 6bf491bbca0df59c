"""Limiting: joints that go farther than people's are turned back before anything else is done."""

from dataclasses import replace

from claims_env.joint_limits import within
from claims_env.motion import Motion


def limit(motion: Motion) -> Motion:
    """Return the motion with every joint in its range; one that is already is returned unchanged.

    Feet and hands that this turns or lifts off the floor are set on it again by later doors: a flat
    foot too far ahead of its shin comes up on its ball.
    """
    rotations = within(motion.rotations)
    return motion if rotations is motion.rotations else replace(motion, rotations=rotations)
