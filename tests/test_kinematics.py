"""What a motion does: bodies that stand, glide, spin, fall and hover as told."""

from pathlib import Path

import numpy as np
import pytest

from claims_env.centre_of_mass import MASS, centre_of_mass
from claims_env.contact import LEFT_SOLE, RIGHT_SOLE, lowest, slip, soles, spells
from claims_env.flight import GRAVITY, flights
from claims_env.formats.amass import import_amass
from claims_env.kinematics import measure_motion
from claims_env.motion import Motion
from claims_env.percentile import percentile
from claims_env.rotation import Floats, about, multiply
from claims_env.skeleton import INDEX, OFFSETS, STANDING_HEIGHT, UPRIGHT


def standing(seconds: float = 2.0, fps: float = 30.0) -> Motion:
    frames = round(seconds * fps) + 1
    rotations = np.tile([1.0, 0, 0, 0], (frames, 24, 1))
    rotations[:, 0] = UPRIGHT
    return Motion(rotations, np.tile([0.0, 0, STANDING_HEIGHT], (frames, 1)), fps, "stand")


def moved(x: Floats | float = 0.0, z: Floats | float = 0.0, fps: float = 30.0) -> Motion:
    rest = standing(fps=fps)
    shift = np.zeros_like(rest.root)
    shift[:, 0], shift[:, 2] = x, z
    return Motion(rest.rotations, rest.root + shift, fps, "moved")


def turned(axis: str, angles: Floats) -> Motion:
    rest = standing((len(angles) - 1) / 30)
    rotations = rest.rotations.copy()
    rotations[:, 0] = multiply(about(axis, angles), rotations[:, 0])
    return Motion(rotations, rest.root + np.array([0, 0, 1.0]), 30.0, "turned")


TIME = np.arange(61) / 30


def test_a_standing_body_does_nothing() -> None:
    found = measure_motion(standing())
    assert found.seconds == 2.0
    assert found.mean_speed == found.top_speed == found.travel == found.turned == 0
    assert found.airborne == found.floating == found.slip == found.bursts == 0
    assert found.root_low == found.root_high == pytest.approx(STANDING_HEIGHT)
    assert found.deepest == pytest.approx(0, abs=1e-3)


def test_the_soles_of_a_standing_body_lie_on_the_floor() -> None:
    heights = soles(standing().pose)[0, :, 2]
    np.testing.assert_allclose(heights, 0, atol=2e-3)


def test_left_and_right_soles_lie_under_their_feet() -> None:
    points = soles(standing().pose)[0]
    assert (points[LEFT_SOLE, 0] > 0).all()
    assert (points[RIGHT_SOLE, 0] < 0).all()
    assert points[LEFT_SOLE, 1].argmin() == 2  # the toe leads where the body faces, minus y


def test_a_glide_has_the_speed_it_was_given_and_slips_all_along() -> None:
    found = measure_motion(moved(x=1.5 * TIME))
    assert found.mean_speed == found.root_speed == pytest.approx(1.5)
    assert found.top_root_speed == pytest.approx(1.5)
    assert found.travel == pytest.approx(3.0)
    assert found.slip == pytest.approx(1.5)
    assert found.skating == 1


def test_a_foot_rolling_over_its_toe_does_not_slip() -> None:
    rest = standing(0.2)
    tilt = about("x", np.linspace(0, 0.3, rest.frames))
    rotations = rest.rotations.copy()
    rotations[:, INDEX["L_Ankle"]] = tilt
    toe = soles(Motion(rotations, rest.root, 30.0, "roll").pose)[:, LEFT_SOLE][:, 2]
    rolled = Motion(rotations, rest.root + (toe[0] - toe), 30.0, "roll")
    sliding = slip(soles(rolled.pose), 30.0)
    np.testing.assert_allclose(sliding[:, 0], 0, atol=1e-9)


@pytest.mark.parametrize(("turns", "fps"), [(1.0, 30.0), (-2.0, 30.0)])
def test_turns_about_the_vertical_are_counted(turns: float, fps: float) -> None:
    found = measure_motion(turned("z", 2 * np.pi * turns * TIME / 2))
    assert found.turned == pytest.approx(abs(turns))
    assert found.turn_rate == pytest.approx(abs(turns) * np.pi)
    assert found.inverted == 0


def test_there_and_back_is_one_turn_wide_and_two_turns_in_all() -> None:
    found = measure_motion(turned("z", 2 * np.pi * (1 - np.abs(TIME - 1))))
    assert found.turned == pytest.approx(1)
    assert found.turned_in_all == pytest.approx(2, abs=0.3)


def test_a_somersault_is_an_inversion_and_no_turn() -> None:
    found = measure_motion(turned("x", 2 * np.pi * TIME / 2))
    assert found.inversions == 1
    assert 0.3 < found.inverted < 0.5
    assert found.turned == pytest.approx(0, abs=1e-9)


def test_a_bow_is_no_inversion() -> None:
    found = measure_motion(turned("x", np.pi / 2 * np.sin(np.pi * TIME / 2)))
    assert found.inversions == 0


def test_a_thrown_body_flies_for_as_long_as_gravity_says() -> None:
    airtime = 0.6
    t = np.clip(TIME - 0.7, 0, airtime)
    found = measure_motion(moved(z=GRAVITY / 2 * t * (airtime - t)))
    assert found.flights == 1
    assert found.longest_flight_s == pytest.approx(airtime, abs=0.1)
    assert found.floating == pytest.approx(0, abs=0.04)
    assert found.airborne == pytest.approx(0.3, abs=0.05)


def test_a_body_hanging_in_the_air_floats_and_does_not_fly() -> None:
    found = measure_motion(moved(z=0.3))
    assert (found.floating, found.flights) == (1, 0)
    assert found.longest_clear_s == pytest.approx(61 / 30)


def test_a_body_in_the_floor_is_as_deep_as_it_was_put() -> None:
    found = measure_motion(moved(z=-0.08))
    assert found.deepest == pytest.approx(0.08, abs=1e-3)
    assert found.mean_depth == pytest.approx(0.08, abs=1e-3)
    assert found.sunk == 1


def test_a_body_lying_flat_touches_the_floor_with_its_flesh() -> None:
    flat = turned("x", np.full(31, -np.pi / 2))
    pose = Motion(flat.rotations, flat.root * 0 + np.array([0, 0, 0.1]), 30.0, "flat").pose
    assert -0.03 < float(lowest(pose, soles(pose))[0]) < 0.02


def test_a_knee_lifted_is_a_balance_on_the_other_leg() -> None:
    rest = standing()
    rotations = rest.rotations.copy()
    rotations[:, INDEX["L_Hip"]] = about("x", -1.2)
    rotations[:, INDEX["L_Knee"]] = about("x", 1.2)
    found = measure_motion(Motion(rotations, rest.root, 30.0, "balance"))
    assert found.single_support == 1
    assert found.longest_balance_s == pytest.approx(61 / 30)


def test_an_elbow_turns_at_the_rate_it_was_given() -> None:
    rest = standing()
    rotations = rest.rotations.copy()
    rotations[:, INDEX["L_Elbow"]] = about("y", -5.0 * TIME)
    found = measure_motion(Motion(rotations, rest.root, 30.0, "elbow"))
    assert found.top_joint_turn_rate == pytest.approx(5.0)
    forearm = np.linalg.norm((OFFSETS[INDEX["L_Wrist"]] + OFFSETS[INDEX["L_Hand"]])[[0, 2]])
    assert found.hand_speed == pytest.approx(5.0 * forearm, rel=0.01)


def test_a_pelvis_thrown_about_is_accelerated() -> None:
    found = measure_motion(moved(z=0.5 * 4.0 * TIME**2))
    assert found.root_acceleration == pytest.approx(4.0)


@pytest.mark.parametrize("fps", [15.0, 60.0, 120.0])
def test_the_frame_rate_hardly_matters(fps: float) -> None:
    def hop(rate: float) -> Motion:
        time = np.arange(round(2 * rate) + 1) / rate
        t = np.clip(time - 0.6, 0, 0.8)
        return moved(x=time, z=GRAVITY / 2 * t * (0.8 - t), fps=rate)

    here, there = measure_motion(hop(30.0)), measure_motion(hop(fps))
    assert there.longest_flight_s == pytest.approx(here.longest_flight_s, abs=0.15)
    assert there.mean_speed == pytest.approx(here.mean_speed, rel=0.05)
    assert there.travel == pytest.approx(here.travel, abs=0.15)


@pytest.mark.parametrize("frames", [2, 3, 4])
def test_even_the_shortest_clip_can_be_measured(frames: int) -> None:
    rest = standing()
    brief = Motion(rest.rotations[:frames], rest.root[:frames], 30.0, "brief")
    assert measure_motion(brief).mean_speed == 0


def test_two_bursts_of_movement_are_two() -> None:
    speed = np.exp(-(((TIME - 0.5) / 0.12) ** 2)) + np.exp(-(((TIME - 1.5) / 0.12) ** 2))
    assert measure_motion(moved(x=np.cumsum(speed) / 10)).bursts == 2


def test_the_shares_of_mass_add_up_and_lie_near_the_navel() -> None:
    assert MASS.sum() == pytest.approx(1)
    height = float(centre_of_mass(standing().joints)[0, 2])
    assert height == pytest.approx(1.0, abs=0.05)  # above the pelvis, as on the MJCF


def test_spells_are_runs_of_true() -> None:
    assert list(spells(np.array([1, 1, 0, 1, 0, 0, 1], dtype=bool))) == [(0, 2), (3, 4), (6, 7)]
    assert list(spells(np.zeros(3, dtype=bool))) == []


def test_a_hop_too_short_to_tell_from_noise_is_no_flight() -> None:
    height, falling = np.array([0.0, 0.06, 0.06, 0.0]), np.ones(4, dtype=bool)
    assert flights(height, falling, fps=30.0) == []
    assert flights(height, falling, fps=10.0) == [0.2]


def test_a_standing_body_takes_no_effort_and_its_own_weight() -> None:
    found = measure_motion(standing())
    assert found.effort == pytest.approx(0, abs=1e-6)
    assert found.ground_force == pytest.approx(1, abs=0.01)
    assert found.friction == pytest.approx(0, abs=1e-6)
    assert found.residual < 0.005
    assert found.gravity_fit == found.spin_drift == found.self_penetration == 0
    assert found.beyond_limits == found.tangled == 0


def test_a_push_to_the_side_needs_as_much_friction_as_it_is_of_gravity() -> None:
    found = measure_motion(moved(x=0.5 * 2.0 * TIME**2))
    assert found.friction == pytest.approx(2.0 / GRAVITY, rel=0.01)


@pytest.mark.parametrize("pull", [GRAVITY, 6.0, 13.0])
def test_a_flight_is_weighed_by_how_it_falls(pull: float) -> None:
    t = np.clip(TIME - 0.6, 0, 0.7)
    found = measure_motion(moved(z=pull / 2 * t * (0.7 - t)))
    assert found.gravity_fit == pytest.approx(abs(pull - GRAVITY), abs=0.15)


def test_spin_that_comes_from_nothing_drifts_and_spin_kept_does_not() -> None:
    t = np.clip(TIME - 0.6, 0, 0.7)
    thrown = moved(z=GRAVITY / 2 * t * (0.7 - t))

    def spinning(turn: Floats) -> Motion:
        rotations = thrown.rotations.copy()
        rotations[:, 0] = multiply(about("z", turn), rotations[:, 0])
        return Motion(rotations, thrown.root, 30.0, "spinning")

    kept = measure_motion(spinning(8.0 * TIME)).spin_drift
    made = measure_motion(spinning(6.0 * np.sin(8.0 * (TIME - 0.95)))).spin_drift
    assert kept < 0.05
    assert made > 0.3


def test_limbs_in_the_body_count_for_as_long_as_they_are() -> None:
    rest = standing()
    rotations = rest.rotations.copy()
    rotations[20:, INDEX["L_Hip"]] = about("z", -0.2)
    rotations[20:, INDEX["R_Hip"]] = about("z", 0.2)
    found = measure_motion(Motion(rotations, rest.root, 30.0, "crossed"))
    assert found.self_penetration == pytest.approx(0.08, abs=0.01)
    assert found.tangled == pytest.approx(41 / 61, abs=0.02)


def test_a_percentile_is_numpys() -> None:
    values = np.random.default_rng(0).normal(size=(7, 11))
    for percent in (0, 37.5, 95, 100):
        assert percentile(values, percent) == pytest.approx(np.percentile(values, percent))
    assert percentile(values[:0], 50) == 0


def test_measuring_twice_gives_the_same(mocap_folder: Path) -> None:
    path = min(mocap_folder.glob("*.npz"))
    assert measure_motion(import_amass(path)) == measure_motion(import_amass(path))


@pytest.mark.parametrize(
    ("name", "least_s", "most_s"),
    [("gy_dm_backflip", 0.4, 0.7), ("sp_cmu02_04_jump", 0.4, 0.6), ("lo_cmu02_01_walk", 0.0, 0.0)],
)
def test_real_jumps_fly_and_real_walks_do_not(
    mocap_folder: Path, name: str, least_s: float, most_s: float
) -> None:
    path = mocap_folder / f"{name}.npz"
    if not path.exists():
        pytest.skip(f"no {name} there")
    assert least_s <= measure_motion(import_amass(path)).longest_flight_s <= most_s
