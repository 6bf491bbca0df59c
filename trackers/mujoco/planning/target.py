"""What a search aims at: a reference with all that states are compared with, frame by frame."""

from dataclasses import dataclass

import numpy as np

from claims_env.rotation import Floats, rotate
from claims_env.trackers.mujoco.humanoid import Humanoid
from claims_env.trackers.mujoco.kinematics import Placement
from claims_env.trackers.mujoco.reference import Reference


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """One clip to be performed; every array has its frames as first axis.

    Attributes:
        qpos: States, (frames, nq).
        qvel: Velocities, (frames, nv).
        commands: Joint targets that lead to each frame when the action is zero, (frames, actuators)
            [rad].
        landmarks: The 24 landmarks, (frames, 24, 3) [m].
        centre: The centre of mass, (frames, 3) [m].
    """

    qpos: Floats
    qvel: Floats
    commands: Floats
    landmarks: Floats
    centre: Floats


def target_of(reference: Reference, body: Humanoid) -> Target:
    """Return what a search for this reference aims at."""
    placement = body.kinematics.place(reference.qpos)
    # the second term makes up for the lag of the joints' damping, as it does for the policy
    lead = body.lag * reference.qvel[:, 6:]
    return Target(
        qpos=reference.qpos,
        qvel=reference.qvel,
        commands=body.kinematics.coordinates(reference.qpos) + lead,
        landmarks=placement.landmarks,
        centre=centre_of_mass(placement, body),
    )


def centre_of_mass(placement: Placement, body: Humanoid) -> Floats:
    """Return the centre of mass of each state, shape (n, 3) [m]."""
    mass = np.array(body.model.body_mass[1:], np.float32)
    inside = np.array(body.model.body_ipos[1:], np.float32)
    places = placement.positions + rotate(placement.orientations, inside)
    centre: Floats = np.einsum("nbi,b->ni", places, mass / mass.sum())
    return centre
