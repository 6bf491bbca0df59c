from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw
from toys import swaying

from claims_env.rendering.camera import Camera, cameras_for
from claims_env.rendering.floor import POST_GAP, POST_HEIGHT, draw_posts, posts_for
from claims_env.rotation import Floats

STANDING = swaying(1.0).joints
SIZE = (240, 180)


def travelling(metres: float) -> Floats:
    motion = swaying(1.0, frames=60)
    way = np.linspace([0, 0, 0], [0, -metres, 0], 60)
    return replace(motion, root=motion.root + way).joints


@pytest.mark.parametrize("metres", [0.0, 2.0, 15.0])
def test_posts_stand_on_the_floor_behind_every_pose_and_some_are_in_sight(metres: float) -> None:
    joints = travelling(metres)
    cameras = cameras_for(joints, 4 / 3)
    for pose, camera, posts in zip(joints, cameras, posts_for(joints, cameras, 4 / 3), strict=True):
        ahead = camera.axes[2]
        assert posts[:, 2] == pytest.approx(0)
        assert ((posts - camera.target) @ ahead).min() > (
            (pose * [1, 1, 0] - camera.target) @ ahead
        ).max()
        across = camera.project(posts, SIZE)[0][:, 0]
        assert ((across > 0) & (across < SIZE[0])).sum() >= 1


def test_posts_keep_their_places_across_the_picture_while_a_body_passes_them() -> None:
    joints = travelling(15.0)
    cameras = cameras_for(joints, 4 / 3)
    assert cameras[0] is not cameras[-1]
    right = cameras[0].axes[0]
    along = np.concatenate([posts @ right for posts in posts_for(joints, cameras, 4 / 3)])
    places = (along - along[0]) / POST_GAP
    assert places == pytest.approx(np.round(places), abs=1e-6)
    assert len(np.unique(np.round(places))) > 4


def test_a_camera_that_stays_sees_the_same_posts_throughout() -> None:
    cameras = cameras_for(STANDING, 4 / 3)
    first, *others = posts_for(STANDING, cameras, 4 / 3)
    assert all((posts == first).all() for posts in others)


def test_a_post_is_as_high_as_it_says_and_its_lowest_band_is_dark() -> None:
    camera = Camera(np.array([0.0, 0.0, 1.0]), 0.0, 8.0)
    picture = Image.new("RGB", SIZE, "white")
    draw_posts(ImageDraw.Draw(picture), camera, SIZE, np.zeros((1, 3)))
    rows = np.nonzero((np.asarray(picture) < 200).any((1, 2)))[0]
    ends, _ = camera.project(np.array([[0, 0, 0], [0, 0, POST_HEIGHT]]), SIZE)
    assert rows.max() == pytest.approx(ends[0, 1], abs=2)
    assert rows.min() == pytest.approx(ends[1, 1], abs=2)
    band, _ = camera.project(np.array([[0, 0, 0.25], [0, 0, 0.75]]), SIZE)
    dark, pale = (int(np.asarray(picture)[round(float(y)), 120].sum()) for y in band[:, 1])
    assert dark < 450 < 700 < pale
