"""Import notes: what a reader of a clip should know is told, and of a sound clip nothing."""

import numpy as np
from toys import swaying

from claims_env.import_notes import notes_on
from claims_env.motion import Motion
from claims_env.rotation import about, multiply


def test_a_body_that_lies_along_one_axis_throughout_is_told() -> None:
    motion = swaying(1.0)
    assert not any("trunk" in note for note in notes_on(motion))
    rotations = motion.rotations.copy()
    rotations[:, 0] = multiply(about("x", np.array(-np.pi / 2)), rotations[:, 0])
    lying = Motion(rotations, motion.root, motion.fps, "y up")
    (note,) = [note for note in notes_on(lying) if "trunk" in note]
    assert note.startswith("Its trunk points along y throughout") and "not z up" in note
