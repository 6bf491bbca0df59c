"""Clips as outside trackers get them: 30 Hz, SMPL's axis-angle poses, the pelvis in the world."""

import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from claims_env.motion import Motion
from claims_env.resampling import resampled
from claims_env.rotation import Floats, to_rotvec

CONTROL_HZ = 30.0
"""Frames per second of PHC's and MaskedMimic's references."""

_LONGEST_NAME = 54
"""Characters of a motion's name that are kept, so that an id has at most 60."""


@dataclass(frozen=True, slots=True, eq=False)
class ExchangeClip:
    """One clip as a file.

    Attributes:
        id: Its place among the job's clips and its name, in letters, digits and underscores.
        name: The motion's own name.
        frames: How many frames it has at 30 Hz.
        content: The file, an npz of `poses` (frames, 72), `trans` (frames, 3) and
            `mocap_framerate`; the same motion gives the same bytes.
        sha256: Of the content.
        pelvis: Where the pelvis is in it, shape (frames, 3) [m].
    """

    id: str
    name: str
    frames: int
    content: bytes = field(repr=False)
    sha256: str
    pelvis: Floats = field(repr=False)

    @property
    def file(self) -> str:
        """Where it lies in a job's folder."""
        return f"clips/{self.id[:4]}.npz"


def exchanged(motions: Sequence[Motion]) -> list[ExchangeClip]:
    """Return motions as outside trackers get them, in order."""
    return [_exchanged(index, motion) for index, motion in enumerate(motions)]


def _exchanged(index: int, motion: Motion) -> ExchangeClip:
    rotations, root = resampled(motion.rotations, motion.root, motion.fps, CONTROL_HZ)
    buffer = io.BytesIO()
    np.savez(
        buffer,
        poses=to_rotvec(rotations).reshape(len(root), -1).astype(np.float64),
        trans=np.asarray(root, dtype=np.float64),
        mocap_framerate=np.array(CONTROL_HZ),
    )
    content = buffer.getvalue()
    safe = re.sub(r"[^A-Za-z0-9_]", "_", motion.name)[:_LONGEST_NAME]
    return ExchangeClip(
        id=f"{index:04d}_{safe}",
        name=motion.name,
        frames=len(root),
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        pelvis=root,
    )
