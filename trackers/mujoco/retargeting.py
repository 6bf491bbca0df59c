"""Brings a motion of the 24-joint skeleton onto a body, which may have fewer joints.

Ball joints, and joints of three hinges, take over the world orientation of the SMPL joint they
follow, hinges the part of the rotation about their axis (swing-twist), so a limb's end is as far
off as its hinge cannot follow.
"""

import numpy as np

from claims_env.motion import Motion
from claims_env.rotation import Floats, conjugate, continuous, multiply, rotate, slerp, to_rotvec
from claims_env.skeleton import INDEX, OFFSETS, PARENTS, Pose, forward_kinematics
from claims_env.trackers.mujoco.body_plan import MovingJoint
from claims_env.trackers.mujoco.humanoid import CONTROL_HZ, Humanoid


def resampled(motion: Motion, fps: float = CONTROL_HZ) -> tuple[Floats, Floats]:
    """Return local rotations (frames, 24, 4) and root (frames, 3) of the motion at another rate."""
    if motion.fps == fps:
        return motion.rotations, motion.root
    times = np.arange(int(motion.seconds * fps + 1e-6) + 1) / fps * motion.fps
    first = np.minimum(times.astype(int), motion.frames - 2)
    share = times - first
    rotations = slerp(motion.rotations[first], motion.rotations[first + 1], share[:, None])
    step = motion.root[first + 1] - motion.root[first]
    return rotations, motion.root[first] + share[:, None] * step


def retarget(rotations: Floats, root: Floats, body: Humanoid) -> tuple[Floats, Pose]:
    """Return local rotations of the body, (frames, bodies, 4), and the skeleton's pose."""
    pose = forward_kinematics(rotations, root)
    reached: dict[str, Floats] = {}
    local: list[Floats] = []
    for name in body.kinematics.bodies:
        above = body.kinematics.above(name)
        wanted = _wanted(name, body.plan.joints.get(name), pose)
        if body.turned is not None:
            wanted = multiply(wanted, conjugate(body.turned))
        if above is not None:
            wanted = multiply(conjugate(reached[above]), wanted)
            wanted = _on_hinge(wanted, body.plan.joints[name].hinge)
        reached[name] = wanted if above is None else multiply(reached[above], wanted)
        local.append(continuous(wanted))
    return np.stack(local, axis=1), pose


def velocities(local: Floats, root: Floats, body: Humanoid, fps: float = CONTROL_HZ) -> Floats:
    """Return qvel, (frames, nv), by central differences (one-sided at the ends).

    MuJoCo's conventions: the root moves in world axes and turns in its own; a ball joint turns in
    the child's axes.
    """
    before = np.maximum(np.arange(len(root)) - 1, 0)
    after = np.minimum(np.arange(len(root)) + 1, len(root) - 1)
    span = (after - before) / fps
    turning = to_rotvec(multiply(conjugate(local[before]), local[after])) / span[:, None, None]
    linear = (root[after] - root[before]) / span[:, None]
    qvel = body.kinematics.qvel(linear, turning)
    columns = body.kinematics.three_hinges
    if len(columns):
        angles = body.kinematics.coordinates(body.kinematics.qpos(local, root))[:, columns]
        qvel[:, 6 + columns] = (angles[after] - angles[before]) / span[:, None]
    return qvel


def _wanted(name: str, joint: MovingJoint | None, pose: Pose) -> Floats:
    """Return the world orientation, (frames, 4), the body should have."""
    if joint is None:
        return pose.orientations[:, INDEX[name]]
    wanted = pose.orientations[:, INDEX[joint.follows]]
    if joint.aims is None:
        return wanted
    actual = pose.positions[:, INDEX[joint.aims]] - pose.positions[:, INDEX[name]]
    return multiply(_shortest_turn(rotate(wanted, _rest_vector(name, joint.aims)), actual), wanted)


def _on_hinge(rotation: Floats, hinge: tuple[float, float, float] | None) -> Floats:
    """Return the twist of a rotation about a hinge's axis; a ball joint keeps it whole."""
    if hinge is None:
        return rotation
    axis = np.array(hinge, dtype=rotation.dtype)
    sine = (rotation[:, 1:] * axis).sum(-1, keepdims=True)
    twist = np.concatenate([rotation[:, :1], sine * axis], axis=1)
    length = np.linalg.norm(twist, axis=1, keepdims=True)
    # half a turn square to the axis has no twist: leave the joint straight
    return np.where(length > 1e-9, twist / np.maximum(length, 1e-9), np.array([1.0, 0, 0, 0]))


def _rest_vector(start: str, end: str) -> Floats:
    """Return the way from one joint down to another in the rest pose [m]."""
    way, joint = np.zeros(3), INDEX[end]
    while joint != INDEX[start]:
        way = way + OFFSETS[joint]
        joint = PARENTS[joint]
    return way


def _shortest_turn(a: Floats, b: Floats) -> Floats:
    """Return the quaternions, (frames, 4), of the shortest rotation from direction a to b."""
    lengths = np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1)
    turn = np.concatenate([(lengths + (a * b).sum(1))[:, None], np.cross(a, b)], axis=1)
    unit: Floats = turn / np.linalg.norm(turn, axis=1, keepdims=True)
    return unit
