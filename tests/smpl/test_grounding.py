from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from smpl.synthetic_body import write_synthetic
from toys import swaying

from claims_env.body_mesh import PHC_FRAMES, BodyMesh, Indices, grounded, lowest_vertices
from claims_env.motion import Motion
from claims_env.rotation import Floats
from claims_env.smpl import load_body


@dataclass
class Tetrahedron:
    """Hangs 0.9 m below the pelvis, whichever way that is turned; remembers its largest order."""

    most: int = 0
    faces: Indices = field(
        default_factory=lambda: np.array([(0, 2, 1), (0, 1, 3), (0, 3, 2), (1, 2, 3)])
    )
    bones: Indices = field(default_factory=lambda: np.zeros(4, dtype=int))
    facts: Mapping[str, Any] = field(default_factory=lambda: {"body": "tetrahedron"})

    def vertices(self, motion: Motion, frames: Sequence[int] | None = None) -> Floats:
        chosen = range(motion.frames) if frames is None else frames
        self.most = max(self.most, len(chosen))
        corners = np.array([(0, 0, -0.9), (0.1, 0, 0), (0, 0.1, 0), (-0.1, -0.1, 0)])
        return motion.root[list(chosen), None] + corners


def sinking(frames: int = 100) -> Motion:
    """Return a body that comes down by 1 mm per frame."""
    motion = swaying(1.0, frames=frames)
    return replace(motion, root=motion.root - np.outer(np.arange(frames), [0, 0, 0.001]))


def test_the_lowest_vertex_of_every_frame_is_found() -> None:
    motion = sinking()
    heights = lowest_vertices(motion, Tetrahedron())
    assert heights == pytest.approx(motion.root[:, 2] - 0.9)
    assert lowest_vertices(motion, Tetrahedron(), 30) == pytest.approx(heights[:30])


def test_the_lowest_vertex_of_the_clip_comes_to_the_floor() -> None:
    motion, body = sinking(), Tetrahedron()
    stood = grounded(motion, body)
    assert lowest_vertices(stood, body).min() == pytest.approx(0, abs=1e-12)
    assert stood.root[-1, 2] == pytest.approx(0.9)
    assert np.diff(stood.root, axis=0) == pytest.approx(np.diff(motion.root, axis=0))


def test_as_phc_does_it_the_first_frames_stand_and_later_ones_sink() -> None:
    body = Tetrahedron()
    heights = lowest_vertices(grounded(sinking(), body, PHC_FRAMES), body)
    assert heights[:PHC_FRAMES].min() == pytest.approx(0, abs=1e-12)
    assert heights.min() == pytest.approx(-0.07)


def test_the_provenance_says_which_body_stood_on_what() -> None:
    motion = sinking()
    whole = grounded(motion, Tetrahedron()).provenance["grounded_by"]
    assert whole == {
        "lowest_vertex_of": "all frames",
        "lowered_m": round(float(motion.root[-1, 2]) - 0.9, 6),
        "body": "tetrahedron",
    }
    first = grounded(motion, Tetrahedron(), 30).provenance["grounded_by"]
    assert first["lowest_vertex_of"] == "the first 30 frames"


def test_few_frames_are_held_at_once() -> None:
    body = Tetrahedron()
    grounded(sinking(500), body)
    assert body.most <= 32


def test_no_frames_to_look_at_are_refused() -> None:
    with pytest.raises(ValueError, match="0 were asked for"):
        grounded(sinking(), Tetrahedron(), 0)


def test_a_clip_shorter_than_phcs_window_is_looked_at_whole() -> None:
    assert len(lowest_vertices(sinking(10), Tetrahedron(), PHC_FRAMES)) == 10


def test_a_body_of_smpl_stands_on_its_skin(tmp_path: Path) -> None:
    body: BodyMesh = load_body(write_synthetic(tmp_path))
    stood = grounded(swaying(1.0), body)
    assert body.vertices(stood)[..., 2].min() == pytest.approx(0, abs=1e-5)
    assert stood.provenance["grounded_by"]["body"] == "SMPL"
