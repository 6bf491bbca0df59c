"""A hash of a suite's motions, by which two evaluations know that they saw the same clips."""

import hashlib
import json
from collections.abc import Iterable

import numpy as np

from claims_env.motion import Motion


def suite_digest(motions: Iterable[Motion]) -> str:
    """Return 16 hex digits that follow from names, frame rates and motions.

    Motions are rounded to what no processor computes differently.
    """
    content = hashlib.sha256()
    for motion in motions:
        content.update(json.dumps([motion.name, motion.fps, len(motion.root)]).encode())
        for array in (motion.rotations, motion.root):
            content.update((np.round(array, 4) + 0.0).tobytes())  # -0.0 + 0.0 is 0.0
    return content.hexdigest()[:16]
