import numpy as np
import pytest

from claims_env.rendering.mesh_raster import NOTHING, facing_the_eye, seen

SQUARE = np.array([[[0, 0], [4, 0], [4, 4]], [[0, 0], [4, 4], [0, 4]]], dtype=float)
"""Two triangles that make a square of 4 px."""


def test_two_triangles_fill_their_square_and_no_more() -> None:
    picture = seen(SQUARE + 1, np.ones((2, 3)), (7, 6))
    expected = np.zeros((6, 7), dtype=bool)
    expected[1:5, 1:5] = True
    assert np.array_equal(picture.triangle != NOTHING, expected)
    assert np.array_equal(np.isfinite(picture.depth), expected)
    assert {0, 1, NOTHING} == set(picture.triangle.ravel().tolist())


def test_the_nearer_triangle_is_seen_whatever_their_order() -> None:
    both = np.concatenate([SQUARE[:1], SQUARE[:1]])
    for depth, nearer in (([1.0, 2.0], 0), ([2.0, 1.0], 1)):
        picture = seen(both, np.repeat(depth, 3).reshape(2, 3), (4, 4))
        assert set(picture.triangle.ravel().tolist()) == {nearer, NOTHING}


def test_triangles_that_pass_through_one_another_part_where_they_meet() -> None:
    corners = np.tile([[0.0, 0.0], [8.0, 0.0], [0.0, 8.0]], (2, 1, 1))
    level, sloping = [4.0, 4.0, 4.0], [0.0, 8.0, 0.0]
    row = seen(corners, np.array([level, sloping]), (8, 8)).triangle[0]
    assert row[:4].tolist() == [1, 1, 1, 1]
    assert row[4:7].tolist() == [0, 0, 0]


def test_depth_runs_evenly_between_corners() -> None:
    corners = np.array([[[0.0, 0.0], [4.0, 0.0], [0.0, 4.0]]])
    depth = seen(corners, np.array([[1.0, 5.0, 1.0]]), (4, 4)).depth
    assert depth[0, :3] == pytest.approx(np.array([1.5, 2.5, 3.5]))
    assert depth[2, 0] == pytest.approx(1.5)


def test_what_lies_outside_or_is_seen_edge_on_or_has_no_depth_is_not_drawn() -> None:
    outside, edge_on = SQUARE[0] + 100, np.array([[0.0, 0], [2, 2], [4, 4]])
    corners = np.stack([outside, outside - 300, edge_on, SQUARE[0]])
    depth = np.ones((4, 3))
    depth[3, 1] = np.inf
    assert (seen(corners, depth, (4, 4)).triangle == NOTHING).all()
    assert (seen(corners[:0], depth[:0], (4, 4)).triangle == NOTHING).all()


def test_a_triangle_larger_than_the_picture_is_cut_to_it() -> None:
    corners = np.array([[[-1e6, -1e6], [1e6, -1e6], [0.0, 1e6]]])
    assert (seen(corners, np.ones((1, 3)), (5, 3)).triangle == 0).all()


def test_counter_clockwise_as_seen_faces_the_eye() -> None:
    # rows run downwards: right, then up, then left is counter-clockwise
    turning = np.array([[[0.0, 0.0], [1.0, 0.0], [1.0, -1.0]]])
    assert facing_the_eye(turning).tolist() == [True]
    assert facing_the_eye(turning[:, ::-1]).tolist() == [False]
