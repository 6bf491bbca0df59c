"""Leaving the floor and coming back: forces a floor can give, spins feet can start and stop."""

import numpy as np
import pytest

from claims_env.generators.composer.calm import both, in_one, is_calm, mirrored
from claims_env.generators.composer.cue import Cue
from claims_env.generators.composer.poses import HANG, UP, Arm, Hand, Leg, Plant
from claims_env.generators.composer.score import Style
from claims_env.generators.composer.sheet import STANDING, pelvis_rotation
from claims_env.generators.composer.stage import CUSHION, Stage
from claims_env.generators.composer.takeoff import BRAKING, PUSH, rising
from claims_env.generators.composer.track import Track
from claims_env.rotation import Floats, about, conjugate, multiply, rotate
from claims_env.skeleton import OFFSETS, UPRIGHT
from claims_env.two_bone import BOTH_LEGS, LEGS, reach_for

LANDS = Plant(0, 0.12)


def second_derivative(track: Track, begin: float, end: float) -> Floats:
    """Return a track's acceleration between two times, away from its corners."""
    times = np.linspace(begin, end, 2001)
    step = times[1] - times[0]
    curve = track.sample(times)[:, 0]
    return np.asarray(np.diff(curve, n=2)[5:-5] / step**2)


def jumped(*, drop: float, airtime: float, turn: float = 0.0) -> Stage:
    stage = Stage(Style(depth=0), 0.0, 1)
    stage.to(0.5, drop=drop)
    stage.drive(airtime, HANG)
    stage.fly(airtime, turn=turn, lead_lands=LANDS, base_lands=LANDS)
    return stage


def test_a_flight_of_half_a_second_leaves_at_its_speed() -> None:
    # 9.81 x 0.5 / 2, and 0.05 m lower at the end than at the start over 0.5 s
    assert rising(0.5, 1.0, 0.95) == pytest.approx(2.4525 - 0.1)


@pytest.mark.parametrize("airtime", [0.2, 0.4, 0.6])
def test_legs_push_no_harder_than_legs_can(airtime: float) -> None:
    stage = jumped(drop=0.02, airtime=airtime)
    begin, _ = stage.sheet.flights[0]
    assert second_derivative(stage.sheet.height, begin - 0.15, begin).max() < PUSH * 1.02


def test_who_flies_longer_from_high_up_sinks_first() -> None:
    stage = jumped(drop=0.02, airtime=0.6)
    begin, _ = stage.sheet.flights[0]
    low = stage.sheet.height.sample(np.linspace(0, begin, 200)).min()
    assert low < STANDING - 0.15


def test_a_deep_crouch_needs_no_deeper_one() -> None:
    stage = jumped(drop=0.4, airtime=0.4)
    begin, _ = stage.sheet.flights[0]
    low = stage.sheet.height.sample(np.linspace(0, begin, 200)).min()
    assert low == pytest.approx(STANDING - 0.4, abs=1e-3)


def test_a_high_fall_is_absorbed_deeper_than_asked() -> None:
    stage = jumped(drop=0.4, airtime=0.6)
    end = stage.time
    stage.absorb(0.05)
    landing = second_derivative(stage.sheet.height, end, stage.time)
    assert landing.max() < CUSHION * 1.05
    assert stage.sheet.height.last[0] < STANDING - 0.25


@pytest.mark.parametrize("turn", [0.5, 1.0, 1.5])
def test_a_spin_has_the_turns_asked_for_and_is_stopped_gently(turn: float) -> None:
    stage = jumped(drop=0.3, airtime=0.5, turn=turn)
    begin, end = stage.sheet.flights[0]
    yaw = stage.sheet.yaw
    assert yaw.last[0] == pytest.approx(turn * 2 * np.pi)
    assert yaw.times[-1] == pytest.approx(end + BRAKING)
    rate = float(np.diff(yaw.sample(np.array([begin, end]))[:, 0])[0]) / (end - begin)
    assert np.abs(second_derivative(yaw, end, end + BRAKING)).max() < 1.05 * rate / BRAKING


def test_a_spin_begins_on_the_floor() -> None:
    stage = jumped(drop=0.3, airtime=0.5, turn=1.0)
    begin, _ = stage.sheet.flights[0]
    before, leaving = stage.sheet.yaw.sample(np.array([begin - 0.4, begin]))[:, 0]
    assert before == pytest.approx(0, abs=1e-9)
    assert 0.3 < leaving < 1.0


def test_landed_feet_swivel_with_the_spin() -> None:
    stage = jumped(drop=0.3, airtime=0.5, turn=1.0)
    _, end = stage.sheet.flights[0]
    landed, stopped = stage.sheet.feet[0].sample(np.array([end, end + BRAKING]))
    np.testing.assert_allclose(landed[:2], stopped[:2])
    assert stopped[3] > landed[3] + 0.1


def test_a_half_turn_on_the_floor_takes_the_time_it_needs() -> None:
    # 6 pi / T^2 = 110 rad/s^2
    stage = Stage(Style(), 0.0, 1)
    stage.to(0.01, turn=0.5)
    assert stage.time == pytest.approx(np.sqrt(6 * np.pi / 110))


def test_a_pelvis_turns_about_z_then_tips_then_rolls() -> None:
    yaw, forward, left, roll = np.random.default_rng(0).normal(size=(4, 20))
    tipped = multiply(multiply(about("x", forward), about("z", -left)), about("y", roll))
    expected = multiply(about("z", yaw), multiply(np.broadcast_to(UPRIGHT, (20, 4)), tipped))
    np.testing.assert_allclose(pelvis_rotation(yaw, forward, left, roll), expected, atol=1e-12)


def test_a_standing_leg_is_seen_from_the_pelvis_where_it_stands() -> None:
    stage = Stage(Style(), 0.7, 1)
    stage.to(0.5, drop=0.2, tilt=30, side=12)
    now = stage.now
    tilt = (np.array(v) for v in stage.sheet.tilt.last)
    pelvis = pelvis_rotation(np.array(now.yaw), *tilt)
    x, y, z, yaw, _ = stage.sheet.feet[0].last
    ankle = np.array([x - 0.12 * np.sin(yaw), y + 0.12 * np.cos(yaw), z + 0.055])
    middle = np.array([*now.middle(), stage.sheet.height.last[0]])
    length = np.linalg.norm(rotate(conjugate(pelvis), ankle - middle) - OFFSETS[1])
    assert now.hanging(0)[2] == pytest.approx(min(length / float(LEGS[0].length), 1.0))


def test_both_legs_at_once_are_solved_as_each_alone() -> None:
    rng = np.random.default_rng(1)
    target, hinge = 0.4 * rng.normal(size=(2, 30, 2, 3))
    turned, bend = reach_for(BOTH_LEGS, target, hinge)
    for i, leg in enumerate(LEGS):
        alone, knee = reach_for(leg, target[:, i], hinge[:, i])
        np.testing.assert_allclose(turned[:, i], alone, atol=1e-12)
        np.testing.assert_allclose(bend[:, i], knee, atol=1e-12)


@pytest.mark.parametrize(
    ("cue", "calm"),
    [
        ({"drop": 0.02, "tilt": 0, "arms": HANG}, True),
        ({"lead": Plant(0.1, 0.1), "share": 0.5}, True),
        ({"arms": UP}, False),
        ({"lead": Leg(40)}, False),
        ({"arms": Hand()}, False),
        ({"tilt": 0, "turn": 0.5}, False),
        ({"drop": 0.4, "tilt": 0}, False),
        ({"share": 0.5}, False),
    ],
)
def test_calm_is_what_brings_a_body_back_to_standing(cue: Cue, calm: bool) -> None:
    assert is_calm(cue) == calm


def test_calm_poses_become_one_but_feet_are_set_down_one_after_the_other() -> None:
    right, left = Plant(0.1), Plant(-0.1)
    steps = in_one([{"base": left, "drop": 0.1}, {"lead": right, "drop": 0.0}])
    assert steps == [{"base": left}, {"drop": 0.0, "lead": right}]


def test_of_two_poses_the_second_is_heard() -> None:
    assert both({"lead_arm": UP, "tilt": 3}, {"arms": HANG}) == {"tilt": 3, "arms": HANG}


def test_a_pose_said_from_the_other_side_is_the_same_pose() -> None:
    cue = mirrored({"lead_arm": Arm(5), "share": 0.2, "drop": 0.1})
    assert cue == {"base_arm": Arm(5), "share": 0.8, "drop": 0.1}


def test_short_of_time_a_move_does_not_wait_to_stand_again() -> None:
    def length(flows: bool) -> float:
        stage = Stage(Style(), 0.0, 1)
        stage.flows = flows
        for _ in range(3):
            stage.to(0.4, drop=0.35, tilt=25)
            stage.to(0.4, drop=0.0, tilt=0, arms=stage.rest)
            stage.stand(0.3)
            stage.pass_on()
        return stage.time

    assert length(flows=True) < 0.6 * length(flows=False)
