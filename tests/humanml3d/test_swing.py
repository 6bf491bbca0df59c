"""Swings: the shortest turns that point bones, as six numbers each."""

import numpy as np

from claims_env.humanml3d.swing import REST, swings
from claims_env.rotation import Floats
from claims_env.skeleton import PARENTS

UNTURNED = [1, 0, 0, 0, 1, 0]


def pose(**bones: tuple[float, float, float]) -> Floats:
    """Return one frame in the rest directions, but for the bones ending in the joints named."""
    joints = np.zeros((1, 22, 3))
    for joint in range(1, 22):
        direction = np.array(bones.get(f"joint_{joint}", REST[joint]))
        joints[0, joint] = joints[0, PARENTS[joint]] + 0.3 * direction
    return joints


def swings_of(joints: Floats, heading: float = 0.0) -> Floats:
    return swings(joints, np.array([heading]))[0].reshape(21, 6)


def test_bones_in_their_rest_directions_do_not_turn() -> None:
    np.testing.assert_array_equal(swings_of(pose()), [UNTURNED] * 21)


def test_a_raised_arm_turns_at_the_elbows_joint_and_the_forearm_turns_back() -> None:
    # the left upper arm straight to the side, the forearm hanging
    six = swings_of(pose(joint_18=(1, 0, 0)))
    # -y to +x, a quarter turn about z: x becomes y, y becomes -x
    np.testing.assert_allclose(six[17], [0, 1, 0, -1, 0, 0], atol=1e-12)
    np.testing.assert_allclose(six[19], [0, -1, 0, 1, 0, 0], atol=1e-12)
    others = np.delete(six, [17, 19], axis=0)
    np.testing.assert_allclose(others, [UNTURNED] * 19, atol=1e-12)


def test_an_arm_straight_up_takes_a_half_turn_instead_of_no_number() -> None:
    six = swings_of(pose(joint_18=(0, 1, 0), joint_20=(0, 1, 0)))
    np.testing.assert_allclose(six[17], [-1, 0, 0, 0, -1, 0], atol=1e-12)
    np.testing.assert_allclose(six[19], UNTURNED, atol=1e-12)


def test_only_bones_at_the_root_and_the_collars_know_the_heading() -> None:
    six = swings_of(pose(), heading=0.7)
    turned = {j + 1 for j in range(21) if not np.allclose(six[j], UNTURNED)}
    assert turned == {1, 2, 3, 13, 14}
    # relative to a turn by -0.7 about y, which is undone by one of 0.7: x goes towards -z
    np.testing.assert_allclose(six[0], [np.cos(0.7), 0, -np.sin(0.7), 0, 1, 0], atol=1e-12)
