"""Laws of the physical half of the repair chain: flight, support, footholds, reach."""

from pathlib import Path

import numpy as np
import pytest

from claims_env.contact import soles
from claims_env.dynamics.momentum import centroidal
from claims_env.flight import GRAVITY
from claims_env.formats.amass import import_amass
from claims_env.kinematics import measure_motion
from claims_env.motion import Motion
from claims_env.motion_repair import repair, settle
from claims_env.motion_repair.flight_spin import flight_spin
from claims_env.motion_repair.footholds import footholds
from claims_env.motion_repair.limb_reach import ENDS, reach
from claims_env.motion_repair.mass_path import BREADTH, nearest_in_hull
from claims_env.motion_repair.sinking import sinking
from claims_env.rotation import Floats, about, multiply, rotate
from claims_env.skeleton import INDEX, UPRIGHT, Pose, forward_kinematics

FPS = 30.0
LEFT_FOOT = ENDS.index(INDEX["L_Ankle"])


def posed(root: Floats, yaw: Floats | float = 0.0) -> Motion:
    """Return a body in rest pose carried along a path of the pelvis, shape (frames, 3) [m]."""
    rotations = np.zeros((len(root), 24, 4))
    rotations[..., 0] = 1.0
    rotations[:, 0] = multiply(about("z", np.broadcast_to(yaw, len(root))), UPRIGHT)
    # knees a little bent, so that legs can give way both up and down
    for side in ("L", "R"):
        rotations[:, INDEX[f"{side}_Hip"]] = about("x", -0.3)
        rotations[:, INDEX[f"{side}_Knee"]] = about("x", 0.6)
        rotations[:, INDEX[f"{side}_Ankle"]] = about("x", -0.3)
    sole = soles(forward_kinematics(rotations[:1], np.zeros((1, 3))))[..., 2].min()
    return Motion(rotations, root - np.array([0.0, 0.0, sole]), FPS, "posed")


def standing(frames: int = 60) -> Motion:
    return posed(np.zeros((frames, 3)))


def jumping(gravity: float) -> Motion:
    """Return a hop of 0.5 s whose parabola belongs to another gravity."""
    time = np.arange(90) / FPS - 1.25
    height = np.maximum(0.5 * gravity * (0.25**2 - time**2), 0.0)
    return posed(np.stack([0 * height, 0 * height, height], axis=1))


def flown(motion: Motion) -> Floats:
    """Return the vertical acceleration of the mass in the middle of the hop, shape (n,)."""
    return centroidal(motion.pose, FPS).acceleration[35:41, 2]


def test_a_body_at_rest_stays_where_it_is() -> None:
    np.testing.assert_allclose(settle(standing()).joints, standing().joints, atol=2e-3)


@pytest.mark.parametrize("gravity", [6.0, 14.0])
def test_a_jump_that_floats_or_drops_comes_to_obey_gravity(gravity: float) -> None:
    assert flown(jumping(gravity)) == pytest.approx(-gravity, rel=0.05)
    assert flown(settle(jumping(gravity))) == pytest.approx(-GRAVITY, rel=0.02)


def test_a_jump_that_obeys_gravity_goes_on_obeying_it() -> None:
    assert flown(jumping(GRAVITY)) == pytest.approx(-GRAVITY, rel=1e-6)
    assert flown(settle(jumping(GRAVITY))) == pytest.approx(-GRAVITY, rel=0.01)


def leaning(by: float, frames: int = 90) -> Motion:
    """Return a body whose feet stay where they are while the rest is carried forward [m]."""
    still = standing(frames)
    ahead = posed(np.tile([0.0, -by, -0.03], (frames, 1)))
    feet, facing = still.pose.positions[:, ENDS].copy(), still.pose.orientations[:, ENDS]
    feet[:, 2:] = ahead.pose.positions[:, ENDS[2:]]
    rotations = reach(ahead.rotations, ahead.pose, feet, facing)
    return Motion(rotations, ahead.root, FPS, "leaning")


def test_a_body_leaning_out_of_its_support_is_brought_back_over_its_feet() -> None:
    def beyond_the_toes(motion: Motion) -> float:
        toes = motion.joints[45, INDEX["L_Foot"], 1] - 0.06
        return float(toes - centroidal(motion.pose, FPS).com[45, 1])

    before, after = beyond_the_toes(leaning(0.3)), beyond_the_toes(settle(leaning(0.3)))
    assert before > 0.1
    assert after - BREADTH < 0.6 * (before - BREADTH)


def test_a_sliding_foot_is_stopped_and_lies_on_the_floor() -> None:
    drift = np.zeros((60, 3))
    drift[:, 0] = 0.1 * np.arange(60) / FPS
    drift[:, 2] = 0.012
    still = settle(posed(drift)).joints[:, INDEX["L_Foot"]]
    assert np.abs(np.diff(still[10:-10, :2], axis=0)).max() * FPS < 0.01
    assert still[30, 2] == pytest.approx(standing().joints[30, INDEX["L_Foot"], 2], abs=2e-3)


def test_a_standing_foot_is_a_foothold_and_a_hand_in_the_air_is_none() -> None:
    holds = footholds(standing().pose, FPS)
    assert holds.held[:, :2].all()
    assert not holds.held[:, 2:].any()
    assert np.abs(holds.correction).max() < 1e-3


def test_a_foot_that_flickers_for_a_moment_is_no_foothold() -> None:
    root = np.zeros((60, 3))
    root[:, 2] = 0.3
    root[30, 2] = 0.0
    assert not footholds(posed(root).pose, FPS).held.any()


def test_repair_does_not_care_where_a_motion_stands_and_where_it_faces() -> None:
    here = settle(jumping(7.0))
    turn, shift = about("z", 1.1), np.array([3.0, -2.0, 0.0])
    moved = jumping(7.0)
    rotations = moved.rotations.copy()
    rotations[:, 0] = multiply(turn, rotations[:, 0])
    there = settle(Motion(rotations, rotate(turn, moved.root) + shift, FPS, "there"))
    np.testing.assert_allclose(there.joints, rotate(turn, here.joints) + shift, atol=1e-6)


def test_the_provenance_says_how_far_a_body_was_moved() -> None:
    facts = repair(jumping(7.0)).provenance["repair"]
    assert 0 < facts["moved_mean_m"] < facts["moved_most_m"] < 0.2


def test_a_clip_too_short_for_dynamics_is_only_cleaned() -> None:
    assert "repair" not in repair(standing(4)).provenance


def test_a_limb_whose_end_is_where_it_should_be_is_not_touched() -> None:
    motion = jumping(GRAVITY)
    pose = motion.pose
    same = reach(motion.rotations, pose, pose.positions[:, ENDS], pose.orientations[:, ENDS])
    again = forward_kinematics(same, motion.root)
    np.testing.assert_allclose(again.positions, pose.positions, atol=1e-9)


def test_a_limb_reaches_its_target_with_its_end_turned_as_told() -> None:
    motion = standing(5)
    pose = motion.pose
    targets = pose.positions[:, ENDS] + np.array([0.02, -0.03, 0.05])
    facing = multiply(about("z", np.full((5, 4), 0.2)), pose.orientations[:, ENDS])
    targets[:, 2:] = pose.positions[:, ENDS[2:]] * 0.97
    done = forward_kinematics(reach(motion.rotations, pose, targets, facing), motion.root)
    np.testing.assert_allclose(done.positions[:, ENDS[:2]], targets[:, :2], atol=1e-9)
    same = np.abs((done.orientations[:, ENDS] * facing).sum(-1))
    np.testing.assert_allclose(same, 1.0, atol=1e-9)


def test_a_limb_stretches_towards_what_it_cannot_reach() -> None:
    motion = standing(5)
    pose = motion.pose
    targets = pose.positions[:, ENDS].copy()
    targets[:, LEFT_FOOT, 2] -= 1.0
    rotations = reach(motion.rotations, pose, targets, pose.orientations[:, ENDS])
    joints = forward_kinematics(rotations, motion.root).positions
    length = np.linalg.norm(joints[:, INDEX["L_Ankle"]] - joints[:, INDEX["L_Hip"]], axis=1)
    assert length == pytest.approx(0.78, abs=0.01)


def test_the_nearest_point_of_a_square_is_found() -> None:
    square = np.array([[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]]] * 3)
    spots = np.array([[0.5, 0.5], [2.0, 0.5], [2.0, 3.0]])
    mask = np.ones((3, 4), dtype=bool)
    nearest = nearest_in_hull(spots, square, mask, steps=60)
    np.testing.assert_allclose(nearest, [[0.5, 0.5], [1.0, 0.5], [1.0, 1.0]], atol=0.02)


def test_without_a_point_the_spot_itself_is_nearest() -> None:
    nothing = np.zeros((1, 4), dtype=bool)
    spot = np.array([[2.0, 0.5]])
    np.testing.assert_array_equal(nearest_in_hull(spot, np.ones((1, 4, 2)), nothing), spot)


def test_an_even_spin_in_flight_is_not_touched() -> None:
    angular = np.tile([0.1, 0.0, 0.9], (39, 1))
    inertia = np.tile(np.diag([0.15, 0.15, 0.02]), (39, 1, 1))
    aloft = np.zeros(40, dtype=bool)
    aloft[10:30] = True
    assert np.abs(flight_spin(angular, inertia, aloft, FPS)).max() < 1e-9


def test_an_uneven_spin_in_flight_is_evened_out() -> None:
    inertia = np.tile(0.1 * np.eye(3), (59, 1, 1))
    angular = np.zeros((59, 3))
    angular[:, 0] = 0.5 + 0.2 * np.sin(np.arange(59))
    aloft = np.zeros(60, dtype=bool)
    aloft[20:40] = True
    turn = flight_spin(angular, inertia, aloft, FPS)
    after = angular + 0.1 * np.diff(turn, axis=0) * FPS
    assert np.ptp(angular[20:39, 0]) > 0.35
    assert np.ptp(after[20:39, 0]) < 0.01


def test_a_knee_in_the_floor_raises_the_body_and_a_hand_only_itself() -> None:
    kneeling = standing(40)
    positions = kneeling.joints.copy()
    positions[20, INDEX["L_Knee"], 2] = 0.02
    positions[30, INDEX["R_Hand"], 2] = -0.04
    sunk = sinking(Pose(positions, kneeling.pose.orientations), FPS)
    assert sunk is not None
    assert sunk.body[20, 2] == pytest.approx(0.03, abs=0.005)
    assert sunk.body[30, 2] == pytest.approx(0.0, abs=1e-3)
    assert sunk.limbs[30, 3, 2] == pytest.approx(0.07, abs=0.01)
    assert sinking(kneeling.pose, FPS) is None


def test_no_real_clip_is_pushed_into_the_floor(mocap_folder: Path) -> None:
    flips = sorted(mocap_folder.glob("gy_*.npz"))
    depths = [measure_motion(repair(import_amass(path))).deepest for path in flips]
    assert max(depths) < 0.03
