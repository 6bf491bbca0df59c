import numpy as np
import pytest

from claims_env.generators.composer.balance import stiffness, travel
from claims_env.generators.composer.limbs import swing, swing_coordinates
from claims_env.generators.composer.poses import Leg, Plant
from claims_env.generators.composer.score import Style
from claims_env.generators.composer.stage import Stage
from claims_env.generators.composer.stance import astray
from claims_env.generators.composer.track import Track
from claims_env.rotation import rotate
from claims_env.two_bone import ARMS, LEGS, STRAIGHTEST, reach_for


def test_a_track_passes_through_its_keys() -> None:
    track = Track([0.0])
    track.key(1, [2.0])
    track.key(3, [-1.0])
    np.testing.assert_allclose(track.sample(np.array([0.0, 1.0, 3.0]))[:, 0], [0, 2, -1])


def test_a_held_track_does_not_move() -> None:
    track = Track([0.0])
    track.key(1, [5.0])
    track.hold(2)
    track.key(3, [9.0])
    assert set(track.sample(np.linspace(1, 2, 20))[:, 0]) == {5.0}


def test_a_track_never_overshoots() -> None:
    track = Track([0.0])
    for time, value in ((0.1, 1.0), (1.0, 1.1), (1.05, 3.0), (2.0, 0.0)):
        track.key(time, [value])
    curve = track.sample(np.linspace(0, 2, 500))
    assert curve.min() >= 0 and curve.max() <= 3.0


def test_two_keys_with_speeds_make_a_parabola() -> None:
    # 0.5 s in the air from and to 1 m: 9.81 / 4 m/s up, and 9.81 / 32 m high
    track = Track([1.0])
    track.key(0, [1.0], [9.81 / 4])
    track.key(0.5, [1.0], [-9.81 / 4])
    times = np.linspace(0, 0.5, 11)
    expected = 1 + 9.81 / 4 * times - 9.81 / 2 * times**2
    np.testing.assert_allclose(track.sample(times)[:, 0], expected, atol=1e-12)


@pytest.mark.parametrize("limb", [*LEGS, *ARMS])
def test_a_limb_reaches_what_is_in_reach(limb) -> None:
    rng = np.random.default_rng(0)
    target = rng.normal(size=(50, 3))
    distance = rng.uniform(0.5, 0.99, (50, 1)) * limb.length
    target = target / np.linalg.norm(target, axis=1, keepdims=True) * distance
    turned, bend = reach_for(limb, target, rng.normal(size=(50, 3)))
    np.testing.assert_allclose(rotate(turned, limb.reach(bend)), target, atol=1e-9)
    assert bend.min() >= STRAIGHTEST


def test_a_limb_stops_at_its_length() -> None:
    turned, bend = reach_for(LEGS[0], np.array([[0.0, 0.0, -3.0]]), np.array([[1.0, 0.0, 0.0]]))
    end = rotate(turned, LEGS[0].reach(bend))
    np.testing.assert_allclose(end, [[0, 0, -LEGS[0].length]], atol=1e-9)


def test_swing_coordinates_are_the_inverse_of_swing() -> None:
    for forward, out in ((0.5, 0.2), (-0.3, 1.2), (1.5, -0.4)):
        for side in (1.0, -1.0):
            q = swing(np.array(forward), np.array(out), side)
            down = rotate(q, np.array([0.0, -1.0, 0.0]))
            assert swing_coordinates(down, side) == pytest.approx((forward, out))


def test_mass_over_a_standing_foot_stays_there() -> None:
    support = np.tile([0.3, -0.2], (60, 1))
    pull = stiffness(np.full(60, 0.9), np.zeros(60, bool), 30.0)
    com = travel(support, pull, 30.0, np.zeros(60), np.zeros((60, 2)))
    np.testing.assert_allclose(com, support, atol=1e-9)


def test_mass_moves_before_the_support_does() -> None:
    support = np.zeros((90, 2))
    support[45:, 0] = 0.2
    pull = stiffness(np.full(90, 0.9), np.zeros(90, bool), 30.0)
    com = travel(support, pull, 30.0, np.zeros(90), np.zeros((90, 2)))[:, 0]
    assert 0.02 < com[40] < 0.1 < com[50] < 0.18
    # c'' = (c - p) g / z holds inside
    pushed = np.diff(com, n=2) * 900
    np.testing.assert_allclose(pushed, ((com - support[:, 0]) * 9.81 / 0.9)[1:-1], atol=1e-9)


def test_mass_flies_straight_where_nothing_supports_it() -> None:
    support = np.zeros((90, 2))
    support[50:, 0] = 0.5
    aloft = np.zeros(90, bool)
    aloft[40:50] = True
    pull = stiffness(np.full(90, 0.9), aloft, 30.0)
    com = travel(support, pull, 30.0, np.zeros(90), np.zeros((90, 2)))[:, 0]
    np.testing.assert_allclose(np.diff(com[39:51], n=2), 0, atol=1e-12)


def test_a_deep_drop_takes_the_time_it_needs() -> None:
    # 6 x 0.4 m / T^2 = 12 m/s^2 gives T = 0.447 s
    stage = Stage(Style(depth=0), 0.0, 1)
    stage.to(0.01, drop=0.4)
    assert stage.time == pytest.approx(np.sqrt(0.2), abs=1e-9)


def test_tempo_shortens_moves_but_not_flights() -> None:
    stage = Stage(Style(), 0.0, 1)
    stage.rate, stage.sharpness = 2.0, 0.0
    stage.to(1.0, twist=10)
    assert stage.time == pytest.approx(0.5)
    stage.fly(0.4, lead=Leg(), base=Leg(), lead_lands=Plant(), base_lands=Plant())
    assert stage.time == pytest.approx(0.9)


def test_the_lead_side_mirrors_a_turn() -> None:
    left, right = Stage(Style(), 0.0, 1), Stage(Style(), 0.0, -1)
    for stage in (left, right):
        stage.to(1.0, turn=0.25)
    assert left.sheet.yaw.last[0] == pytest.approx(np.pi / 2)
    assert right.sheet.yaw.last[0] == pytest.approx(-np.pi / 2)


def test_nobody_unwinds_a_somersault() -> None:
    stage = Stage(Style(), 0.0, 1)
    for degrees in (90, 180, 270, 360):
        stage.to(0.3, tilt=degrees)
    stage.to(0.3, tilt=0)
    assert stage.sheet.tilt.last[0] == pytest.approx(2 * np.pi)


def test_trying_a_move_on_a_copy_leaves_the_stage_alone() -> None:
    stage = Stage(Style(), 0.0, 1)
    keys = len(stage.sheet.height.times)
    trial = stage.copy()
    trial.to(0.5, drop=0.2)
    assert (stage.time, len(stage.sheet.height.times)) == (0.0, keys)


def test_a_turned_out_foot_turns_about_its_middle() -> None:
    parallel, turned = (Stage(Style(turnout=t), 0.0, 1).now for t in (0.0, 1.0))
    plant = Plant(0.1, 0.2)
    for now in (parallel, turned):
        for i in (0, 1):
            now.sheet.feet[i].key(1, now.foothold(i, plant))
    for i, left in ((0, 0.2), (1, -0.2)):
        # heading 0 looks along -y
        assert parallel.sole(i) == pytest.approx((left, -0.1))
        assert turned.sole(i) == pytest.approx((left, -0.1))


def test_a_stage_is_centred_where_it_stands() -> None:
    stage = Stage(Style(turnout=0.5), 0.7, 1)
    home = stage.now.home
    stage.recentre()
    assert stage.now.home == pytest.approx(home, abs=1e-9)
    assert astray(stage.now) == []


def test_a_deep_style_rests_deep() -> None:
    assert Stage(Style(depth=0.9), 0, 1).ease > Stage(Style(depth=0.3), 0, 1).ease + 0.05
