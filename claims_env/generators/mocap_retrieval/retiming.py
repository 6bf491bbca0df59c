"""Retiming: a strip of motion is played faster or slower, except in the air.

Gravity does not follow a tempo, so that flights keep the time they took, and the rest gives or
takes what is needed.
"""

from dataclasses import dataclass

import numpy as np

from claims_env.contact import CLEARANCE, Mask, lowest, soles
from claims_env.generators.mocap_retrieval.recording import sample
from claims_env.rotation import Floats, conjugate, from_rotvec, multiply, to_rotvec
from claims_env.skeleton import forward_kinematics

SLOWEST, FASTEST = 0.8, 1.25
"""How far a recording may be stretched or squeezed before it looks wrong."""

TOP_SPEED = 13.5
"""No joint is made faster than this by squeezing [m/s]; the motion filter refuses 15."""

SETTLING_S = 0.3
"""How long a motion takes to come to rest where it has to be held [s]."""


@dataclass(frozen=True, slots=True, eq=False)
class Retimed:
    """A strip fitted to a number of frames.

    Attributes:
        rotations: Local rotations, shape (frames, 24, 4).
        root: World position of the pelvis, shape (frames, 3) [m].
        at: Which frame of the strip each frame shows, shape (frames,).
        tempo: How fast the grounded part is played, 1 as recorded.
        held_s: How long the last pose is held at the end [s].
    """

    rotations: Floats
    root: Floats
    at: Floats
    tempo: float
    held_s: float


def retime(rotations: Floats, root: Floats, frames: int, fps: float) -> Retimed:
    """Return a strip stretched or squeezed to so many frames, within `SLOWEST` and `FASTEST`.

    A strip too long is cut at the end, one too short comes to rest there.
    """
    pose = forward_kinematics(rotations, root)
    flying = _grown(lowest(pose, soles(pose)) > CLEARANCE)[1:]
    steps = len(root) - 1
    flown = int(flying.sum())
    tempo = (steps - flown) / max(frames - 1 - flown, 1e-9)
    tempo = float(np.clip(tempo, SLOWEST, _fastest(pose.positions, fps)))
    clock = np.concatenate([[0.0], np.cumsum(np.where(flying, 1.0, 1 / tempo))])
    at = np.interp(np.arange(frames), clock, np.arange(len(root)))
    shown, way = sample(rotations, root, at)
    held = max(0, int(np.ceil(frames - 1 - clock[-1] - 1e-6)))
    if held:
        _come_to_rest(shown, way, held, fps)
    return Retimed(shown, way, at, tempo, held / fps)


def _fastest(joints: Floats, fps: float) -> float:
    """Return how far these joints may be hurried, 1 to `FASTEST`."""
    top = float(np.linalg.norm(np.diff(joints, axis=0), axis=-1).max()) * fps
    return min(max(TOP_SPEED / max(top, 1e-9), 1.0), FASTEST)


def _grown(mask: Mask, by: int = 2) -> Mask:
    """Return the mask with a few frames more at either end of each run."""
    kernel = np.ones(2 * by + 1)
    return np.asarray(np.convolve(mask, kernel, mode="same") > 0)


def _come_to_rest(rotations: Floats, root: Floats, held: int, fps: float) -> None:
    """Let the last frames, which stand still, run out from the speed before them, in place."""
    start = len(root) - held - 1
    if start < 1:
        return
    settling = SETTLING_S * fps
    t = np.minimum(np.arange(1, held + 1), settling)
    run_out = t - t * t / (2 * settling)
    turn = to_rotvec(multiply(conjugate(rotations[start - 1]), rotations[start]))
    drift = root[start] - root[start - 1]
    rotations[start + 1 :] = multiply(rotations[start], from_rotvec(run_out[:, None, None] * turn))
    root[start + 1 :] = root[start] + run_out[:, None] * drift
