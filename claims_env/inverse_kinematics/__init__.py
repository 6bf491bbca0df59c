"""Inverse kinematics: joint positions to SMPL rotations, in closed form.

`solve` turns the positions of 22 joints into local rotations whose bones point the same ways, on
SMPL's own skeleton: pelvis and chest from the three joints each carries (`trunk`), everything else
by the `shortest_arc`, and the twist of thighs and upper arms from the planes that knees and elbows
bend in (`limb_twist`), as one calm course over the clip (`twist_course`). Bone lengths do not
matter; where the root goes does, so its path is to be multiplied by the `leg_ratio`. What 22 points
do not show stays quiet: head, wrists, hands and toes keep to their parents, forearms do not roll.
"""

from claims_env.inverse_kinematics.joint_error import joint_error
from claims_env.inverse_kinematics.leg_ratio import leg_ratio
from claims_env.inverse_kinematics.solution import solve

__all__ = ["joint_error", "leg_ratio", "solve"]
