from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from smpl.synthetic_body import write_synthetic
from toys import swaying

from claims_env.rendering import Caption, cameras_for, filmstrip, paint, save_clip
from claims_env.rendering.mesh import meshes_of
from claims_env.smpl import SmplBody, load_body

MOTION = swaying(1.0, frames=20)


@pytest.fixture(scope="module")
def body(tmp_path_factory: pytest.TempPathFactory) -> SmplBody:
    return load_body(write_synthetic(tmp_path_factory.mktemp("model")))


def test_a_skin_stands_on_the_same_floor_under_the_same_camera(body: SmplBody) -> None:
    camera = cameras_for(MOTION.joints, 4 / 3)[0]
    figure = np.asarray(paint(MOTION.joints[0], camera))
    skin = np.asarray(paint(MOTION.joints[0], camera, mesh=meshes_of(MOTION, body, [0])[0]))
    differs = np.nonzero((figure != skin).any(-1))
    xy, _ = camera.project(MOTION.joints[0], (240, 180))
    assert len(differs[0]) > 500
    assert differs[1].min() > xy[:, 0].min() - 25
    assert differs[1].max() < xy[:, 0].max() + 25


def test_a_strip_shows_the_figure_or_the_skin_in_one_layout(body: SmplBody) -> None:
    plain, fleshed = (filmstrip(MOTION, Caption("x"), count=3, body=b) for b in (None, body))
    assert plain.size == fleshed.size
    assert plain.tobytes() != fleshed.tobytes()
    assert plain.crop((0, 0, plain.width, 20)).tobytes() == (
        fleshed.crop((0, 0, plain.width, 20)).tobytes()
    )


def test_a_clip_shows_the_skin(body: SmplBody, tmp_path: Path) -> None:
    with Image.open(save_clip(MOTION, tmp_path / "clip.webp", fps=5, body=body)) as clip:
        assert getattr(clip, "n_frames", 1) == 4
