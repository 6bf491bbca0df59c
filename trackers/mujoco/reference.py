"""What the humanoid is asked to follow: a motion brought onto its body, at the control rate."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from claims_env.errors import MotionError
from claims_env.motion import Motion
from claims_env.rotation import Floats
from claims_env.trackers.mujoco.grounding import floor_offset, lowest_points
from claims_env.trackers.mujoco.humanoid import CONTROL_HZ, Humanoid
from claims_env.trackers.mujoco.kinematics import Indices
from claims_env.trackers.mujoco.retargeting import resampled, retarget, velocities


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """A clip, or its beginning, as a teacher performs it without help.

    Attributes:
        qpos: States, shape (k, nq), k at most the clip's frames.
        qvel: Velocities, (k, nv).
        actions: What is done at each but the last frame, (k - 1, actuators).
    """

    qpos: Floats
    qvel: Floats
    actions: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """One clip at 30 Hz on the humanoid's body.

    Attributes:
        name: The motion's name.
        qpos: States, shape (frames, nq) [m, quaternion, rad].
        qvel: Velocities, shape (frames, nv).
        retarget_error: Mean distance of the 24 landmarks from the motion's joints [mm], the fit to
            the floor excepted.
        raised: Mean change of height by the fit to the floor [m].
        lesson: How a teacher performs it, if one does.
    """

    name: str
    qpos: Floats
    qvel: Floats
    retarget_error: float
    raised: float
    lesson: Lesson | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """Several references end to end; frame arrays have the total number of frames as first axis.

    Attributes:
        names: One per clip.
        first: Index of each clip's first frame, shape (clips,).
        lengths: Frames of each clip, shape (clips,).
        qpos: States, (total, nq).
        qvel: Velocities, (total, nv).
        coordinates: Joint rotation vectors and angles, (total, actuators) [rad].
        orientations: World orientations of the bodies, (total, bodies, 4).
        landmarks: The 24 landmarks, (total, 24, 3) [m].
        start_qpos: Where practice starts at each frame: the teacher's states, or else the clip's.
        start_qvel: Velocities to start with.
        taught: The teacher's action at each frame, (total, actuators); not a number where there is
            none.
    """

    names: tuple[str, ...]
    first: Indices
    lengths: Indices
    qpos: Floats
    qvel: Floats
    coordinates: Floats
    orientations: Floats
    landmarks: Floats
    start_qpos: Floats
    start_qvel: Floats
    taught: Floats


def refer(motion: Motion, body: Humanoid) -> Reference:
    """Return the reference of a motion.

    Raises:
        MotionError: It is too short to have two frames at the control rate.
    """
    rotations, root = resampled(motion)
    if len(root) < 2:
        raise MotionError(
            motion.name,
            f"it lasts {motion.seconds:.3f} s, {len(root)} frame(s) at {CONTROL_HZ} Hz.",
            "At least 2 are needed.",
        )
    local, pose = retarget(rotations, root, body)
    placement = body.kinematics.place(body.kinematics.qpos(local, root).astype(np.float32))
    error = np.linalg.norm(placement.landmarks - pose.positions, axis=-1).mean() * 1000
    raised = floor_offset(lowest_points(placement, body))
    root = root + raised[:, None] * np.array([0.0, 0, 1])
    return Reference(
        name=motion.name,
        qpos=body.kinematics.qpos(local, root).astype(np.float32),
        qvel=velocities(local, root, body).astype(np.float32),
        retarget_error=float(error),
        raised=float(raised.mean()),
    )


def gather(references: Sequence[Reference], body: Humanoid) -> Corpus:
    """Return the references as one set of arrays."""
    qpos = np.concatenate([reference.qpos for reference in references])
    lengths = np.array([len(reference.qpos) for reference in references], np.intp)
    placement = body.kinematics.place(qpos)
    return Corpus(
        names=tuple(reference.name for reference in references),
        first=np.cumsum(lengths) - lengths,
        lengths=lengths,
        qpos=qpos,
        qvel=np.concatenate([reference.qvel for reference in references]),
        coordinates=body.kinematics.coordinates(qpos),
        orientations=placement.orientations,
        landmarks=placement.landmarks,
        start_qpos=np.concatenate([_taught(r, "qpos", r.qpos) for r in references]),
        start_qvel=np.concatenate([_taught(r, "qvel", r.qvel) for r in references]),
        taught=np.concatenate(
            [_taught(r, "actions", np.full_like(r.qvel[:, 6:], np.nan)) for r in references]
        ),
    )


def _taught(reference: Reference, what: str, otherwise: Floats) -> Floats:
    """Return what a lesson says of each frame, or what holds without one."""
    if reference.lesson is None:
        return otherwise
    told: Floats = getattr(reference.lesson, what).astype(np.float32)
    return np.concatenate([told, otherwise[len(told) :]])
