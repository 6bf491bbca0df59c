from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from smpl.synthetic_body import write_synthetic
from toys import swaying

from claims_env.body_mesh import grounded
from claims_env.rendering.camera import Camera, cameras_for
from claims_env.rendering.figure import LEFT, RIGHT, TRUNK
from claims_env.rendering.mesh import Mesh, meshes_of, side_colours
from claims_env.rendering.mesh_painter import draw_mesh
from claims_env.rotation import Floats
from claims_env.smpl import SmplBody, load_body

FLOOR = (226, 232, 238)
CAMERA = Camera(np.array([0.0, 0.0, 0.5]), 0.0, 6.0)
"""Looks along world x, so that the picture's right is -y."""


@pytest.fixture(scope="module")
def body(tmp_path_factory: pytest.TempPathFactory) -> SmplBody:
    return load_body(write_synthetic(tmp_path_factory.mktemp("model")))


def plate(height: float, at: float = 0.0, tint: tuple[int, int, int] = (200, 100, 100)) -> Mesh:
    """Return a square of 0.4 m that stands before the camera, its lower edge at a height."""
    corners = [(at, 0.2, 0.0), (at, -0.2, 0.0), (at, -0.2, 0.4), (at, 0.2, 0.4)]
    vertices = np.array(corners) + [0, 0, height]
    return Mesh(vertices, np.array([(0, 1, 2), (0, 2, 3)]), np.array([tint, tint], dtype=float))


def lying(height: float) -> Mesh:
    """Return a square of 0.4 m that lies level and looks up, at a height."""
    corners = [(-0.2, 0.2), (-0.2, -0.2), (0.2, -0.2), (0.2, 0.2)]
    vertices = np.column_stack([np.array(corners), np.full(4, height)])
    return Mesh(vertices, plate(0.0).faces, plate(0.0).colours)


def drawn(mesh: Mesh, camera: Camera = CAMERA, size: tuple[int, int] = (240, 180)) -> Floats:
    picture = Image.new("RGB", size, FLOOR)
    draw_mesh(picture, mesh, camera)
    return np.asarray(picture).astype(float)


def reddish(pixels: Floats) -> np.ndarray:
    return pixels[..., 0] - pixels[..., 2] > 60


def test_a_plate_is_seen_where_the_camera_projects_it_and_not_from_behind() -> None:
    mesh = plate(0.3)
    rows, columns = np.nonzero(reddish(drawn(mesh)))
    xy, _ = CAMERA.project(mesh.vertices, (240, 180))
    assert columns.min() == pytest.approx(xy[:, 0].min(), abs=1)
    # points are counted from their upper left corners
    assert columns.max() + 1 == pytest.approx(xy[:, 0].max(), abs=1)
    assert rows.min() == pytest.approx(xy[:, 1].min(), abs=1)
    behind = Mesh(mesh.vertices, mesh.faces[:, ::-1], mesh.colours)
    assert not reddish(drawn(behind)).any()


def test_a_dark_edge_surrounds_the_skin() -> None:
    pixels = drawn(plate(0.3))
    shown = np.nonzero(reddish(pixels))
    row, left = int(np.median(shown[0])), int(shown[1].min())
    assert pixels[row, left - 1].max() < 0.5 * min(FLOOR)


def test_one_face_has_one_shade_and_facing_the_light_is_brighter() -> None:
    pixels = drawn(plate(0.3))
    assert len(np.unique(pixels[reddish(pixels)], axis=0)) == 1
    upright, leaning = plate(0.3), plate(0.3)
    leaning.vertices[2:, 0] += 0.4
    shades = [drawn(mesh)[reddish(drawn(mesh))].max() for mesh in (upright, leaning)]
    assert shades[1] > shades[0] + 5


def test_the_shadow_pales_with_height_and_a_touching_skin_has_a_rim() -> None:
    low, high = lying(0.3), lying(0.9)
    # 0.3 m and 0.9 m of the 1.2 m over which a shadow fades from 104 to 200 red
    for mesh, red in ((low, 128), (high, 176)):
        assert (drawn(mesh)[..., 0] == red).sum() > 50
    teal = [(p[..., 1] - p[..., 0] > 80).any() for p in (drawn(plate(0.0)), drawn(low))]
    assert teal == [True, False]


def test_a_skin_that_is_not_finite_leaves_the_picture_empty() -> None:
    mesh = plate(0.3)
    lost = Mesh(mesh.vertices * np.nan, mesh.faces, mesh.colours)
    assert (drawn(lost) == FLOOR).all()


def test_a_skin_behind_the_camera_is_not_drawn() -> None:
    assert (drawn(plate(0.3, at=-8.0)) == FLOOR).all()


def test_left_is_blue_and_right_is_red_and_the_trunk_is_neither(body: SmplBody) -> None:
    colours = {tuple(map(int, colour)) for colour in side_colours(body).tolist()}
    assert {LEFT, RIGHT, TRUNK} <= colours
    assert len(side_colours(body)) == len(body.faces)


def test_a_body_seen_from_its_front_is_mirrored(body: SmplBody) -> None:
    motion = grounded(swaying(1.0), body)
    camera = cameras_for(motion.joints, 4 / 3)[0]
    pixels = drawn(meshes_of(motion, body, [0])[0], camera)
    right = np.nonzero(pixels[..., 0] - pixels[..., 2] > 80)[1]
    left = np.nonzero(pixels[..., 2] - pixels[..., 0] > 80)[1]
    assert min(len(left), len(right)) > 300
    assert left.mean() > right.mean() + 10


def test_the_same_skin_gives_the_same_picture(body: SmplBody) -> None:
    motion = swaying(1.0)
    camera = cameras_for(motion.joints, 4 / 3)[0]
    one, two = (drawn(meshes_of(motion, body, [7])[0], camera) for _ in range(2))
    assert np.array_equal(one, two)


def test_frames_are_meshed_in_the_order_asked_for(body: SmplBody, tmp_path: Path) -> None:
    motion = swaying(1.0)
    late, early = meshes_of(motion, body, [9, 2])
    assert late.vertices == pytest.approx(body.vertices(motion, [9])[0], abs=1e-6)
    assert early.vertices == pytest.approx(body.vertices(motion, [2])[0], abs=1e-6)
