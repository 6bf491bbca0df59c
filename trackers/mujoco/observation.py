"""What the policy sees: the body, how far it is off its reference, what comes next, its help.

Everything horizontal is relative to the body's own place and heading, so a clip looks the same
wherever in the world it is performed.
"""

import numpy as np

from claims_env.rotation import Floats, conjugate, heading, multiply, rotate, to_rotvec
from claims_env.trackers.mujoco.simulation import Simulation

PREVIEWS = (4, 12)
"""How many frames beyond the present the policy looks, besides the next one: 0.13 and 0.4 s."""


def observe(simulation: Simulation) -> Floats:
    """Return what each humanoid's policy sees, shape (n, `size`)."""
    way = facing(simulation.qpos[:, 3:7], simulation.body.upright)
    parts = [
        *_proprioception(simulation, way),
        *_errors(simulation, way),
        *(part for frames in PREVIEWS for part in _preview(simulation, way, frames)),
        4 * simulation.assist[:, None],
    ]
    return np.concatenate(parts, axis=1, dtype=np.float32)


def size(actuators: int) -> int:
    """Return the length of an observation for a body with that many actuators."""
    present = 1 + 3 * 3 + 2 * actuators + 72
    errors = 72 + 3 * 3 + 2 * actuators
    preview = 3 * 3 + actuators
    return present + errors + len(PREVIEWS) * preview + 1


def facing(root: Floats, upright: Floats) -> Floats:
    """Return cosine and sine of the heading, shape (n, 2), of root orientations (n, 4).

    Measured from the `upright` pose: from the rest frame it would be undefined at a forward bend of
    90 degrees, where rolls and bows pass through.
    """
    yaw = heading(multiply(root, conjugate(upright).astype(root.dtype)))
    return np.stack([np.cos(yaw), np.sin(yaw)], axis=-1)


def _proprioception(s: Simulation, facing: Floats) -> list[Floats]:
    """The body: height, uprightness, velocities, joints, and landmarks about the pelvis."""
    up = rotate(conjugate(s.qpos[:, 3:7]), np.array([0, 0, 1], np.float32))
    about_pelvis = _turned(s.placement.landmarks - s.qpos[:, None, :3], facing[:, None])
    return [
        s.qpos[:, 2:3],
        up,
        0.5 * _turned(s.qvel[:, :3], facing),
        0.2 * s.qvel[:, 3:6],
        s.body.kinematics.coordinates(s.qpos),
        0.1 * s.qvel[:, 6:],
        about_pelvis.reshape(s.n, -1),
    ]


def _errors(s: Simulation, facing: Floats) -> list[Floats]:
    """The next reference frame as seen from the present state."""
    at, c = s.ahead(1), s.corpus
    apart = _turned(c.landmarks[at] - s.placement.landmarks, facing[:, None])
    return [
        4 * apart.reshape(s.n, -1),
        2 * to_rotvec(multiply(conjugate(s.qpos[:, 3:7]), c.qpos[at, 3:7])),
        0.5 * _turned(c.qvel[at, :3] - s.qvel[:, :3], facing),
        0.2 * (c.qvel[at, 3:6] - s.qvel[:, 3:6]),
        2 * (c.coordinates[at] - s.body.kinematics.coordinates(s.qpos)),
        0.1 * (c.qvel[at, 6:] - s.qvel[:, 6:]),
    ]


def _preview(s: Simulation, facing: Floats, frames: int) -> list[Floats]:
    """A later reference frame: where the root will be, and the joints."""
    at, c = s.ahead(frames), s.corpus
    return [
        2 * _turned(c.qpos[at, :3] - s.qpos[:, :3], facing),
        to_rotvec(multiply(conjugate(s.qpos[:, 3:7]), c.qpos[at, 3:7])),
        0.5 * _turned(c.qvel[at, :3], facing),
        c.coordinates[at],
    ]


def _turned(vectors: Floats, facing: Floats) -> Floats:
    """Return world vectors (..., 3) in axes that follow the heading, given as (cos, sin)."""
    cos, sin = facing[..., 0], facing[..., 1]
    x, y = vectors[..., 0], vectors[..., 1]
    return np.stack([cos * x + sin * y, cos * y - sin * x, vectors[..., 2]], axis=-1)
