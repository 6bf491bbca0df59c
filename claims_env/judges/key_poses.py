"""Key poses: what fifteen stills of a motion show, with nothing known of the time between them."""

from dataclasses import dataclass

import numpy as np

from claims_env.centre_of_mass import centre_of_mass
from claims_env.motion import Motion
from claims_env.rotation import Floats, about, heading, multiply, rotate
from claims_env.skeleton import INDEX, UPRIGHT

STILLS = 15
"""How many key frames the paper's judges see when they rate difficulty (App. D.3)."""

DISTINCT = 0.12
"""Two stills differ when their joints lie this far apart on average [m]."""

_AIRBORNE = 0.2
"""Both ankles above this show that the feet are up; on tiptoe they are 0.15 m high [m]."""

_ANKLES = [INDEX["L_Ankle"], INDEX["R_Ankle"]]
_HANDS = [INDEX["L_Hand"], INDEX["R_Hand"]]
_SHOULDERS = [INDEX["L_Shoulder"], INDEX["R_Shoulder"]]


@dataclass(frozen=True, slots=True)
class KeyPoses:
    """Figures of fifteen stills. Shares are 0 to 1 of the stills.

    Attributes:
        poses: How many distinct poses there are.
        change: Mean joint distance between neighbouring stills, seen from the pelvis [m].
        spread: Farthest ankle from ankle [m].
        arm_span: Farthest hand from hand [m].
        arm_stretch: Farthest hand from its shoulder [m].
        hand_range: Farthest a hand gets from where another still has it, seen from the pelvis [m].
        hands_above_head: Share with a hand above the head.
        raised: Highest ankle above the other [m].
        one_leg: Share with one ankle well above the other and that one low.
        off_floor: Share with both ankles off the floor and the pelvis above them.
        aloft: Share with feet, hands and head off the floor: nothing carries the body.
        head_down: Share with the head under the pelvis.
        lean: Farthest lean of the trunk from the vertical [rad].
        low: Lowest pelvis [m].
        rise: Highest pelvis minus lowest [m].
        off_balance: Mean distance of the centre of mass from the middle of the feet [m].
        faced: Turns of the body's facing over 0.3 rad, still to still, added up [turns].
        way: Way of the pelvis over the floor, still to still [m].
    """

    poses: int
    change: float
    spread: float
    arm_span: float
    arm_stretch: float
    hand_range: float
    hands_above_head: float
    raised: float
    one_leg: float
    off_floor: float
    aloft: float
    head_down: float
    lean: float
    low: float
    rise: float
    off_balance: float
    faced: float
    way: float


def look_at(motion: Motion) -> KeyPoses:
    """Return what the stills of a motion show."""
    chosen = np.round(np.linspace(0, motion.frames - 1, STILLS)).astype(int)
    joints = motion.joints[chosen]
    facing = _facing(motion.rotations[chosen, 0])
    seen = _from_pelvis(joints, facing)
    ankles, hands, root = joints[:, _ANKLES], joints[:, _HANDS], joints[:, 0]
    lifted = np.abs(ankles[:, 0, 2] - ankles[:, 1, 2])
    grounded = ankles[:, :, 2].min(1) < 0.2
    head = joints[:, INDEX["Head"], 2]
    away = (centre_of_mass(joints) - ankles.mean(1))[:, :2]
    return KeyPoses(
        poses=_distinct(seen),
        change=float(_apart(seen[1:], seen[:-1]).mean()),
        spread=float(_lengths(ankles[:, 0] - ankles[:, 1]).max()),
        arm_span=float(_lengths(hands[:, 0] - hands[:, 1]).max()),
        arm_stretch=float(_lengths(hands - joints[:, _SHOULDERS]).max()),
        hand_range=_range(seen[:, _HANDS]),
        hands_above_head=float((hands[:, :, 2].max(1) > head).mean()),
        raised=float(lifted.max()),
        one_leg=float(((lifted > 0.2) & grounded).mean()),
        off_floor=float(((ankles[:, :, 2].min(1) > _AIRBORNE) & (root[:, 2] > 0.5)).mean()),
        aloft=float((_touching(joints) > _AIRBORNE).mean()),
        head_down=float((head < root[:, 2]).mean()),
        lean=float(_lean(joints).max()),
        low=float(root[:, 2].min()),
        rise=float(np.ptp(root[:, 2])),
        off_balance=float(_lengths(away).mean()),
        faced=_turned(facing),
        way=float(_lengths(np.diff(root[:, :2], axis=0)).sum()),
    )


def _touching(joints: Floats) -> Floats:
    """Return the height of the lowest part that may carry a body, shape (stills,) [m]."""
    return np.asarray(joints[:, [*_ANKLES, *_HANDS, INDEX["Head"], 0], 2].min(1))


def _facing(root: Floats) -> Floats:
    upright = np.broadcast_to(UPRIGHT * [1, -1, -1, -1], root.shape)
    return heading(multiply(root, upright))


def _from_pelvis(joints: Floats, facing: Floats) -> Floats:
    """Return joints relative to the pelvis and to where the body faces."""
    back = about("z", -facing)[:, None]
    return rotate(back, joints - joints[:, :1])


def _distinct(seen: Floats) -> int:
    """Return how many stills differ from every one kept before them."""
    kept = [seen[0]]
    for pose in seen[1:]:
        if min(float(_apart(pose, other)) for other in kept) > DISTINCT:
            kept.append(pose)
    return len(kept)


def _range(paths: Floats) -> float:
    """Return the widest gap between two stills of one hand [m]; paths (stills, hands, 3)."""
    return float(_lengths(paths[:, None] - paths).max())


def _apart(a: Floats, b: Floats) -> Floats:
    return np.asarray(_lengths(a - b).mean(-1))


def _lean(joints: Floats) -> Floats:
    trunk = joints[:, INDEX["Neck"]] - joints[:, 0]
    return np.asarray(np.arccos(np.clip(trunk[:, 2] / _lengths(trunk), -1, 1)))


def _lengths(vectors: Floats) -> Floats:
    return np.asarray(np.linalg.norm(vectors, axis=-1))


def _turned(facing: Floats) -> float:
    step = np.abs((np.diff(facing) + np.pi) % (2 * np.pi) - np.pi)
    # hips sway with every step and guard; that is no turn
    return float(step[step > 0.3].sum() / (2 * np.pi))
