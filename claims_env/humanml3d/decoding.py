"""From features to joint positions.

Only the first 67 channels are read: turn, step, height and positions say where every joint is. The
rotations follow from the positions and add nothing, and the contacts are a guess of the encoder's.
"""

import numpy as np

from claims_env.humanml3d.heading import to_world
from claims_env.humanml3d.layout import (
    BODY_JOINTS,
    HEIGHT,
    POSITIONS,
    STEP,
    TURN,
    VELOCITIES,
    check_features,
)
from claims_env.rotation import Floats


def decode_joints(features: Floats) -> Floats:
    """Return where the joints are, shape (frames, 22, 3) [m], y up.

    The first frame's root stands at x = z = 0, and its heading is +z.

    Args:
        features: Not normalised, shape (frames, 263).

    Raises:
        MotionError: Another shape, no frame, or numbers that are not finite.
    """
    check_features(features)
    heading = _headings(features)
    joints = np.empty((len(features), BODY_JOINTS, 3))
    joints[:, 0] = _root(features, heading)
    joints[:, 1:] = features[:, POSITIONS].reshape(len(features), -1, 3)
    joints[:, 1:] = to_world(joints[:, 1:], heading)
    joints[:, 1:, ::2] += joints[:, :1, ::2]
    return joints


def decode_with_next(features: Floats) -> Floats:
    """Return the joints and one frame more, shape (frames + 1, 22, 3) [m].

    The encoder needs a frame more than it returns, because velocities lead to the next; this takes
    the velocities of the last frame to where they lead, so that encoding again loses nothing.

    Raises:
        MotionError: As `decode_joints`.
    """
    joints = decode_joints(features)
    velocities = features[-1:, VELOCITIES].astype(np.float64).reshape(1, BODY_JOINTS, 3)
    way = to_world(velocities, _headings(features)[-1:])
    return np.concatenate([joints, joints[-1:] + way])


def _headings(features: Floats) -> Floats:
    """Return how far each frame is turned from +z towards +x, (frames,) [rad], from 0 on."""
    turns = np.zeros(len(features))
    np.cumsum(features[:-1, TURN.start], dtype=np.float64, out=turns[1:])
    # a channel holds half the turn, in the sense that undoes it
    return -2 * turns


def _root(features: Floats, heading: Floats) -> Floats:
    """Return the root's positions, (frames, 3) [m]: the steps summed up, the height as it is."""
    steps = np.zeros((len(features), 3))
    steps[1:, ::2] = features[:-1, STEP]
    root = np.cumsum(to_world(steps, heading), axis=0)
    root[:, 1] = features[:, HEIGHT.start]
    return root
