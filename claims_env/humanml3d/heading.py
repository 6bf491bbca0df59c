"""Where a body looks: across its hips and shoulders, and a quarter turn from that.

Source: HumanML3D's `motion_representation` notebook and `Skeleton.inverse_kinematics_np` (MIT).
"""

import numpy as np

from claims_env.rotation import Floats

_LEFT_HIP, _RIGHT_HIP, _LEFT_SHOULDER, _RIGHT_SHOULDER = 1, 2, 16, 17

_SIGMA = 20
"""Standard deviation of the Gaussian that smooths the encoder's heading [frames]."""

_REACH = 4 * _SIGMA
"""How far it is summed up to either side [frames]."""


def heading(joints: Floats) -> Floats:
    """Return how far each frame of (frames, 22, 3) is turned from +z towards +x, (frames,) [rad].

    In (-pi, pi]; 0 where a body lies on its side and looks nowhere.
    """
    shoulders = joints[:, _RIGHT_SHOULDER] - joints[:, _LEFT_SHOULDER]
    return _looking(joints[:, _RIGHT_HIP] - joints[:, _LEFT_HIP] + shoulders)


def smooth_heading(joints: Floats) -> Floats:
    """Return the heading the features are seen with, (frames,) [rad], without jumps of a turn.

    It keeps two quirks of the original, without which a network trained on its features would be
    shown others. The hips are taken in the wrong order, so that they are subtracted from the
    shoulders, whose direction remains. And the first frame's heading is 0, whatever the smoothed
    one would be; the turn to the second frame makes good for it.

    One quirk is not kept: where a body turns past -z, the original writes that frame's turn with
    the wrong sign (its quaternions jump there), and all that follows is decoded askew.
    """
    shoulders = joints[:, _RIGHT_SHOULDER] - joints[:, _LEFT_SHOULDER]
    across = joints[:, _LEFT_HIP] - joints[:, _RIGHT_HIP] + shoulders
    across /= np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-12)
    out = _looking(_smoothed(across))
    out[0] = 0
    return np.unwrap(out)


def to_body(vectors: Floats, heading: Floats) -> Floats:
    """Return vectors (frames, ..., 3) of the world as seen with the headings (frames,) [rad]."""
    sine = np.sin(heading).reshape(-1, *[1] * (vectors.ndim - 2))
    cosine = np.cos(heading).reshape(sine.shape)
    x, z = vectors[..., 0], vectors[..., 2]
    out = np.empty(vectors.shape)
    out[..., 0] = cosine * x - sine * z
    out[..., 1] = vectors[..., 1]
    out[..., 2] = sine * x + cosine * z
    return out


def to_world(vectors: Floats, heading: Floats) -> Floats:
    """Return in the world what is seen as vectors (frames, ..., 3) with the headings (frames,)."""
    return to_body(vectors, -heading)


def _looking(across: Floats) -> Floats:
    """Return the heading [rad] of ways across the body from left to right, (frames, 3)."""
    # forward = y x across; a body that faces +z has its right side towards -x
    return np.arctan2(across[:, 2], -across[:, 0])


def _smoothed(across: Floats) -> Floats:
    """Return the ways after a Gaussian over the frames, the ends held."""
    weights = np.exp(-0.5 * (np.arange(-_REACH, _REACH + 1) / _SIGMA) ** 2)
    weights /= weights.sum()
    held = np.pad(across, ((_REACH, _REACH), (0, 0)), mode="edge")
    return np.stack([np.convolve(column, weights, mode="valid") for column in held.T], axis=1)
