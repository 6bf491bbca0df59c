"""Acrobatics obey physics: true flights, momentum kept, hands that stay, sizes that show."""

from functools import cache

import numpy as np
import pytest

from claims_env.centre_of_mass import centre_of_mass
from claims_env.generators.composer import PRIMITIVES, Move, Score, Style, Timing, compose
from claims_env.generators.composer.lexicon import read_text
from claims_env.generators.composer.poses import Leg
from claims_env.generators.composer.primitives import (
    aerials,
    agility,
    balances,
    court_skills,
    flips,
    handsprings,
    jumps,
    running,
    sport_skills,
    sport_swings,
    swings,
    tumbling,
    vaults,
)
from claims_env.generators.composer.somersault import STRETCHED, TUCKED, fold, somersault
from claims_env.kinematics import MotionFeatures, measure_motion
from claims_env.library import load_library
from claims_env.motion import Motion
from claims_env.motion_filter import check
from claims_env.rotation import Floats, conjugate, multiply, rotate, to_rotvec
from claims_env.skeleton import INDEX

FAMILIES = (
    *(aerials, agility, balances, court_skills, flips, handsprings, jumps),
    *(running, sport_skills, sport_swings, swings, tumbling, vaults),
)
MINE = sorted(name for family in FAMILIES for name in family.MOVES)
FLIPS = ["backflip", "back_layout", "front_flip", "side_flip", "vault_tuck"]
OVER_HANDS = ["cartwheel", "back_handspring", "front_handspring", "round_off", "handspring_vault"]
WRISTS = [INDEX["L_Wrist"], INDEX["R_Wrist"]]


@cache
def perform(name: str, size: float = 1.0, side: int = 1, **parameters: float) -> Motion:
    move = Move(name, {"side": side, **parameters})
    return compose(Score((move,), Style(amplitude=size), Timing()), 1)


@cache
def figures(name: str, size: float = 1.0) -> MotionFeatures:
    return measure_motion(perform(name, size))


def longest_flight(motion: Motion) -> tuple[int, int]:
    """Return the first and last frame in which the feet and hands are well off the floor."""
    low = motion.joints[..., 2].min(1) > 0.12
    edges = np.flatnonzero(np.diff(np.concatenate([[0], low.astype(int), [0]])))
    return max(zip(edges[::2], edges[1::2], strict=True), key=lambda s: s[1] - s[0])


def turn_rates(motion: Motion) -> Floats:
    """Return how fast the pelvis turns, shape (frames - 1,) [deg/s]."""
    q = motion.rotations[:, 0]
    step = to_rotvec(multiply(q[1:], conjugate(q[:-1])))
    return np.asarray(np.degrees(np.linalg.norm(step, axis=1)) * motion.fps)


# the somersault by itself


def test_a_body_that_keeps_its_shape_turns_evenly() -> None:
    tilt = somersault(0.0, 0.0, 0.5, 0.5).tilt(2 * np.pi)
    np.testing.assert_allclose(np.diff(tilt), tilt[-1] / (len(tilt) - 1), rtol=1e-9)


def test_a_tight_tuck_turns_as_much_faster_as_its_inertia_is_smaller() -> None:
    rate = np.diff(somersault(1.0, 0.0, 0.4, 0.6).eased)
    assert rate.max() / rate[0] == pytest.approx(STRETCHED / TUCKED, rel=0.01)


def test_legs_swung_forward_push_the_trunk_forward() -> None:
    turn = somersault(0.0, 1.5, 0.5, 0.5)
    assert turn.kicked.max() > 0.2
    assert turn.tilt(-5.0)[-1] == pytest.approx(-5.0)


def test_a_tuck_is_small_and_a_layout_is_not() -> None:
    assert fold(Leg(72, 6, 0.46)) > 0.9
    assert fold(Leg(0, 3, 1.0)) == 0.0
    assert 0.3 < fold(Leg(90, 3, 1.0)) < 0.8


# the flips


@pytest.mark.parametrize("name", FLIPS)
def test_a_flip_is_upside_down_clear_of_the_floor(name: str) -> None:
    motion = perform(name)
    first, last = longest_flight(motion)
    up = rotate(motion.rotations[first:last, 0], np.array([0.0, 1.0, 0.0]))[:, 2]
    assert up.min() < -0.6
    assert 0.3 < (last - first) / motion.fps < 0.7


@pytest.mark.parametrize("name", FLIPS)
def test_the_mass_of_a_flipping_body_falls_at_9_81(name: str) -> None:
    motion = perform(name)
    first, last = longest_flight(motion)
    height = centre_of_mass(motion.joints)[first + 2 : last - 2, 2]
    time = np.arange(len(height)) / motion.fps
    assert 2 * np.polyfit(time, height, 2)[0] == pytest.approx(-9.81, abs=1.2)


def flight_rate(motion: Motion) -> float:
    """Return how fast the pelvis turns on average while it is well off the floor [deg/s]."""
    first, last = longest_flight(motion)
    return float(turn_rates(motion)[first:last].mean())


def test_a_tuck_turns_faster_than_a_layout_and_both_as_fast_as_people() -> None:
    # people's back somersaults: 440 deg/s on average (DeepMimic's backflip)
    tuck, layout = (flight_rate(perform(name)) for name in ("backflip", "back_layout"))
    assert 300 < layout < tuck < 500


@pytest.mark.parametrize("name", FLIPS)
def test_no_flip_spins_faster_than_people_do(name: str) -> None:
    assert turn_rates(perform(name)).max() < 680


@pytest.mark.parametrize("twists", [0.5, 1.0])
def test_a_twist_in_the_air_is_as_many_turns_as_asked(twists: float) -> None:
    start, end = (
        rotate(q, np.array([0.0, 0.0, 1.0]))
        for q in perform("back_layout", turns=twists).rotations[[0, 75], 0]
    )
    faces = float(start[:2] @ end[:2]) / float(np.linalg.norm(start[:2]) * np.linalg.norm(end[:2]))
    assert faces == pytest.approx(-1.0 if twists == 0.5 else 1.0, abs=0.2)


def test_a_round_off_lands_facing_where_it_came_from() -> None:
    motion = perform("round_off", links=1)
    facing = rotate(motion.rotations[:, 0], np.array([0.0, 0.0, 1.0]))[:, :2]
    assert (facing @ facing[0]).min() < -0.9


# over the hands


@pytest.mark.parametrize("name", OVER_HANDS)
def test_hands_on_the_floor_stay_where_they_are_set(name: str) -> None:
    motion = perform(name)
    head_down = motion.joints[:, 0, 2] > motion.joints[:, INDEX["Neck"], 2] + 0.35
    wrist = motion.joints[:, WRISTS]
    down = head_down[:, None] & (wrist[..., 2] < 0.1)  # fingers first: the wrist is a palm up
    assert down.any()
    slip = np.linalg.norm(np.diff(wrist[..., :2], axis=0), axis=-1) * motion.fps
    assert np.median(slip[down[1:] & down[:-1]]) < 0.2


def test_a_handstand_walker_gets_somewhere_on_the_hands() -> None:
    motion = perform("handstand_walk")
    head_down = np.flatnonzero(motion.joints[:, 0, 2] > motion.joints[:, INDEX["Head"], 2] + 0.4)
    way = motion.root[head_down[-8], :2] - motion.root[head_down[8], :2]
    assert np.linalg.norm(way) > 0.2


def test_linked_moves_follow_without_standing_up_between_them() -> None:
    apart = compose(Score((Move("round_off"), Move("backflip")), Style(), Timing()), 1)
    assert apart.frames == 180
    linked = read_text("a round-off into a back handspring and a backflip").moves
    assert [m.primitive for m in linked] == ["round_off", "back_handspring", "backflip"]
    assert [m.parameters.get("links", 0) for m in linked] == [1, 1, 0]
    assert [m.parameters.get("linked", 0) for m in linked] == [0, 1, 1]


# every primitive of these families


@pytest.mark.parametrize("name", MINE)
def test_a_larger_move_reaches_farther_or_is_faster(name: str) -> None:
    small, large = figures(name, 0.7), figures(name, 1.3)
    grows = ("mean_speed", "hand_speed", "foot_speed", "root_drop", "travel", "foot_height",
             "hand_height", "longest_flight_s", "root_high", "displacement")  # fmt: skip
    gains = [getattr(large, f) / max(getattr(small, f), 0.05) for f in grows]
    assert max(gains) > 1.08
    assert np.abs(perform(name, 1.3).joints - perform(name, 0.7).joints).max() > 0.05


@pytest.mark.parametrize("name", MINE)
def test_the_other_side_is_the_mirror_image(name: str) -> None:
    left, right = (perform(name, side=side) for side in (1, -1))
    # a body sways the same way whichever side leads, so landings differ by a centimetre or two
    assert np.abs(left.root[:, 2] - right.root[:, 2]).mean() < 0.02
    hands = [INDEX["L_Hand"], INDEX["R_Hand"]]
    a, b = left.joints[:, hands, 2], right.joints[:, hands[::-1], 2]
    assert np.abs(a - b).mean() < 0.04


@pytest.mark.parametrize("name", MINE)
@pytest.mark.parametrize("size", [0.75, 1.25])
def test_the_filter_passes_small_and_large_ones(name: str, size: float) -> None:
    verdict = check(perform(name, size))
    assert verdict.passed, verdict.sentence


# the words


def test_hard_gymnastics_promises_acrobatics_and_the_words_mean_them() -> None:
    phrases = load_library().words("gymnastics").phrases["base_action"]
    moves = {m.primitive for p in phrases if p.tier >= 4 for m in read_text(p.text).moves}
    assert moves >= {
        "cartwheel",
        "aerial",
        "backflip",
        "front_flip",
        "back_handspring",
        "round_off",
    }
    assert moves <= set(PRIMITIVES)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a back handspring", ["back_handspring"]),
        ("he does a backflip", ["backflip"]),
        ("a full-twisting layout", ["back_layout"]),
        ("a side aerial and a side flip", ["aerial", "side_flip"]),
        ("a handspring vault, then a dive roll", ["handspring_vault", "dive_roll"]),
        ("he walks on his hands", ["handstand_walk"]),
        ("a golf swing and a block jump", ["golf_swing", "block_jump"]),
        ("she kips up", ["kip_up"]),
        ("a tumbling pass", ["round_off", "back_handspring", "backflip"]),
    ],
)
def test_acrobatic_words_name_their_moves(text: str, names: list[str]) -> None:
    assert [move.primitive for move in read_text(text).moves] == names
