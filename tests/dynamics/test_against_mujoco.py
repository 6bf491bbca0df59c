"""Inverse dynamics agrees with MuJoCo's on the same 24 segments."""

from typing import Any

import numpy as np
import pytest

from claims_env.dynamics.body import BODY_MASS, SEGMENTS
from claims_env.dynamics.inverse_dynamics import joint_moments
from claims_env.dynamics.segment_motion import segment_motion
from claims_env.rotation import Floats, conjugate, from_rotvec, multiply, rotate
from claims_env.skeleton import JOINTS, OFFSETS, PARENTS, UPRIGHT, forward_kinematics

mujoco: Any = pytest.importorskip("mujoco")

FPS = 30.0
TIME = np.arange(91) / FPS
SEEN = np.arange(6, 85, 6)
"""Frames compared; at both ends rates are only repeated."""


def mjcf() -> str:
    """Return the 24 segments with a free root and ball joints, in no contact with anything."""
    return '<mujoco><option gravity="0 0 -9.81"/><worldbody>' + body(0) + "</worldbody></mujoco>"


def body(joint: int) -> str:
    kind = '<freejoint align="false"/>' if joint == 0 else '<joint type="ball"/>'
    children = "".join(body(j) for j in range(len(JOINTS)) if PARENTS[j] == joint)
    return f'<body pos="{text(OFFSETS[joint])}">{kind}{inertial(joint)}{children}</body>'


def inertial(joint: int) -> str:
    i = SEGMENTS.inertia[joint] * BODY_MASS
    full = (i[0, 0], i[1, 1], i[2, 2], i[0, 1], i[0, 2], i[1, 2])
    mass, place = SEGMENTS.mass[joint] * BODY_MASS, text(SEGMENTS.centre[joint])
    return f'<inertial pos="{place}" mass="{mass:.9f}" fullinertia="{text(full)}"/>'


def text(numbers: Any) -> str:
    return " ".join(f"{number:.12f}" for number in numbers)


def swinging(time: Floats) -> tuple[Floats, Floats]:
    """Return rotations and root of a body whose every joint swings at up to 0.35 Hz."""
    rng = np.random.default_rng(3)
    reach = rng.uniform(-0.7, 0.7, (2, len(JOINTS), 3))
    phase = rng.uniform(0, 6, (2, len(JOINTS), 3))
    pace = 2 * np.pi * np.array([0.2, 0.35])[:, None, None]
    swing = (reach * np.sin(pace * time[:, None, None, None] + phase)).sum(1)
    rotations = from_rotvec(swing)
    rotations[:, 0] = multiply(rotations[:, 0], UPRIGHT)
    root = np.array([0.5, 0.3, 0.2]) * np.sin(2 * np.pi * 0.3 * time[:, None] + np.arange(3))
    return rotations, root


def by_mujoco(moment: float) -> Floats:
    """Return the generalised forces of the swinging body at one moment, shape (75,) [N, Nm]."""
    model = mujoco.MjModel.from_xml_string(mjcf())
    data = mujoco.MjData(model)
    step = 1e-4
    rotations, root = swinging(moment + step * np.arange(-1, 2))
    order = [JOINTS.index(name) for name in depth_first(0)]
    states = [np.concatenate([p, q[order].ravel()]) for p, q in zip(root, rotations, strict=True)]
    before, after = np.zeros(model.nv), np.zeros(model.nv)
    mujoco.mj_differentiatePos(model, before, step, states[0], states[1])
    mujoco.mj_differentiatePos(model, after, step, states[1], states[2])
    data.qpos, data.qvel = states[1], (before + after) / 2
    data.qacc = (after - before) / step
    mujoco.mj_inverse(model, data)
    forces = np.empty((len(JOINTS) + 1, 3))
    forces[0] = data.qfrc_inverse[:3]
    forces[1 + np.array(order)] = data.qfrc_inverse[3:].reshape(-1, 3)
    return forces


def depth_first(joint: int) -> list[str]:
    children = [j for j in range(len(JOINTS)) if PARENTS[j] == joint]
    return [JOINTS[joint], *(name for child in children for name in depth_first(child))]


def test_root_wrench_and_joint_moments_are_mujocos_within_a_hundredth() -> None:
    pose = forward_kinematics(*swinging(TIME))
    needed = segment_motion(pose, FPS)
    moments = joint_moments(needed, None)
    # MuJoCo states a ball joint's moment in the axes of what it carries
    own = rotate(conjugate(pose.orientations), moments)
    ours = np.concatenate([needed.force[:, None], own], axis=1)[SEEN] * BODY_MASS
    theirs = np.array([by_mujoco(t) for t in TIME[SEEN]])
    size = np.sqrt((theirs**2).sum(-1).mean(0))
    off = np.sqrt(((ours - theirs) ** 2).sum(-1).mean(0))
    assert (off < 0.01 * size + 1e-3).all(), dict(zip(("push", *JOINTS), off / size, strict=True))


def test_the_segments_weigh_what_mujoco_weighs() -> None:
    model = mujoco.MjModel.from_xml_string(mjcf())
    assert model.body_mass.sum() == pytest.approx(BODY_MASS)
