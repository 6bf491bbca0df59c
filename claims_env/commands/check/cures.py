"""What to do about a clip that a check finds fault with."""

CURES = {
    "root_too_high": "Lower the clip onto the floor, or correct its unit of length.",
    "root_too_low": "Raise the clip onto the floor: the floor is z = 0.",
    "below_floor": "Raise the clip; or correct --trans, if it is 0.22 m off.",
    "below_floor_often": "Raise the clip by a few centimetres.",
    "floating": "Lower the clip, or cut it before it leaves the floor for good.",
    "hovering": "Have it corrected: claims-env feasible CLIP --out FOLDER.",
    "body_too_fast": "Correct the frame rate; or cut a leap, such as a calibration pose.",
    "joint_too_fast": "Smooth or cut the frames in which a joint flips over.",
    "jerky": "Smooth the root, or correct the frame rate.",
    "skating": "Have it corrected: claims-env feasible CLIP --out FOLDER.",
    "held_up": "Have it corrected: claims-env feasible CLIP --out FOLDER.",
    "false_gravity": "Correct the frame rate: falls tell the true one.",
    "spin_from_nothing": "Correct the frame rate, or cut the flight.",
    "self_penetration": "Move the limb out of the body; bodies of other proportions cause it.",
    "dislocated": "Look at it; retargeting from another rest pose turns joints too far.",
    "too_short": "Give a longer cut: trackers leave such clips out.",
}
"""By the name of the check (see `claims_env.motion_filter.CHECKS`)."""
