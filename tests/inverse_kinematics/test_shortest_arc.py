"""The shortest arc: quarter turns, half turns and none."""

import numpy as np

from claims_env.inverse_kinematics.shortest_arc import shortest_arc, swung, unit
from claims_env.rotation import about, rotate

X, Y, Z = np.eye(3)


def test_from_x_to_y_is_a_quarter_turn_about_z() -> None:
    np.testing.assert_allclose(shortest_arc(X, Y), about("z", np.pi / 2), atol=1e-12)


def test_from_a_direction_to_itself_is_no_turn() -> None:
    np.testing.assert_allclose(shortest_arc(Z, Z), [1, 0, 0, 0], atol=1e-12)


def test_opposite_directions_are_half_a_turn_apart() -> None:
    for a in (*np.eye(3), unit(np.array([0.3, -0.8, 0.4]))):
        turn = shortest_arc(a, -a)
        np.testing.assert_allclose(np.linalg.norm(turn), 1)
        np.testing.assert_allclose(rotate(turn, a), -a, atol=1e-12)


def test_what_has_no_length_turns_nothing() -> None:
    np.testing.assert_allclose(shortest_arc(X, np.zeros(3)), [1, 0, 0, 0])
    np.testing.assert_allclose(unit(np.zeros(3)), np.zeros(3))


def test_a_swung_frame_points_where_it_should_and_is_not_twisted() -> None:
    frame = about("y", 0.5)
    out = swung(frame, X, Z)
    np.testing.assert_allclose(rotate(out, X), Z, atol=1e-12)
    # x of the frame was in the plane of x and z already, so its y stays up
    np.testing.assert_allclose(rotate(out, Y), Y, atol=1e-12)
