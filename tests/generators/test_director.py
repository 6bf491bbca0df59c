"""A score fills its clip: what gives way when it is too long, and what never does."""

from dataclasses import replace

import numpy as np
import pytest

from claims_env.generators.composer import Move, Score, Style, Timing, compose
from claims_env.generators.composer.director import Take, direct
from claims_env.generators.composer.fitting import (
    FASTEST,
    REPEATS,
    Fit,
    Rehearsal,
    fitted,
)
from claims_env.generators.composer.rhythm import hurried, paces
from claims_env.generators.composer.score import Pattern
from claims_env.motion import Motion
from claims_env.rotation import Floats

LIGHT = ("jab", "squat", "step", "hook")


def rehearsal(*asked: float, least: float = 0.1, still: float = 0.0) -> Rehearsal:
    """Return a run-through of moves of one pose each."""
    moves = len(asked)
    return Rehearsal(
        np.array(asked),
        np.full(moves, least),
        np.arange(moves),
        np.zeros(moves),
        np.zeros(moves),
        np.full(moves, still),
        "steady",
    )


def fit(run: Rehearsal, seconds: float) -> Fit:
    names = [f"move {i}" for i in range(len(run.fixed))]
    return fitted(names, seconds, lambda repeats, flows: run)


def score(*names: str, **timing: float | str) -> Score:
    moves = tuple(Move(name) for name in names)
    return Score(moves, Style(), Timing(**timing))  # type: ignore[arg-type]


def patterned(pattern: Pattern, *names: str, seed: int = 2) -> Motion:
    return compose(Score(tuple(map(Move, names)), Style(), Timing(pattern=pattern)), seed)


def speeds(motion: Motion) -> Floats:
    moved = np.linalg.norm(np.diff(motion.joints, axis=0), axis=-1).mean(1)
    return np.asarray(moved * motion.fps)


def durations(motion: Motion) -> Floats:
    return np.array([m["end"] - m["start"] for m in motion.provenance["timeline"]])


def test_rests_give_way_before_the_tempo_does() -> None:
    # 2 s of movement and 2 s of rest in 3 s: half of the rest stays
    asked = fit(rehearsal(1.0, 1.0, still=1.0), 3.0)
    assert (asked.moves, asked.repeats) == ((0, 1), REPEATS)
    assert asked.patience == pytest.approx(0.5)
    assert asked.haste == pytest.approx(1.0)


def test_then_the_tempo_gives_way() -> None:
    # 4 s of movement in 3.2 s
    asked = fit(rehearsal(2.0, 2.0), 3.2)
    assert asked.haste == pytest.approx(1.25)
    assert asked.moves == (0, 1)


def test_a_tempo_knows_what_a_body_needs_at_least() -> None:
    # one pose stands at its least 0.9 s, so the other has 0.5 s left for its 1 s
    run = Rehearsal(
        np.array([1.0, 1.0]),
        np.array([0.9, 0.1]),
        np.arange(2),
        np.zeros(2),
        np.zeros(2),
        np.zeros(2),
        "steady",
    )
    assert run.haste((0, 1), 1.4, 1.0) == pytest.approx(2.0)
    assert run.haste((0, 1), 0.8, 1.0) == np.inf


def test_in_the_end_the_longest_moves_are_left_out() -> None:
    asked = fit(rehearsal(1.0, 9.0, 1.0, still=1.0), 2.2)
    assert asked.moves == (0, 2)
    assert asked.haste <= FASTEST
    assert asked.patience == pytest.approx(0.1)


def test_of_two_alike_the_second_is_left_out() -> None:
    run = rehearsal(1.5, 1.5, 2.5)
    asked = fitted(["kick", "kick", "jump"], 2.3, lambda repeats, flows: run)
    assert asked.moves == (0, 2)


def test_the_base_action_is_the_last_to_be_left_out() -> None:
    run = replace(rehearsal(1.0, 4.0, 1.0), base=(1,))
    asked = fit(run, 2.2)
    assert asked.moves == (1,)


def test_slow_moves_are_hurried_more_than_fast_ones() -> None:
    # long-short-long at twice the haste, none beyond 1.3: the short one keeps its own 1.35
    np.testing.assert_allclose(hurried("syncopated", 3, 2.0, 1.3), [1.3, 1.35, 1.3])
    np.testing.assert_allclose(hurried("syncopated", 3, 1.5, 3.0), [1.17, 2.025, 1.17])


def test_no_haste_makes_a_move_faster_than_the_swiftest() -> None:
    run = replace(rehearsal(3.0, 3.0), most=1.5)
    assert run.length((0, 1), 2.0, 1.0) == pytest.approx(4.0)
    assert run.haste((0, 1), 3.9, 1.0) == np.inf


def test_coming_to_rest_after_the_last_move_takes_its_time() -> None:
    run = replace(rehearsal(1.0, 1.0), closing=np.array([0.5, 0.25]))
    assert run.length((0, 1), 1.0, 1.0) == pytest.approx(2.25)
    assert run.length((1, 0), 1.0, 1.0) == pytest.approx(2.5)


def test_a_base_action_is_shown_however_crowded_the_clip() -> None:
    names = ("squat", "lunge", "bow", "cartwheel", "sit_down", "stand_up", "step", "crawl", "jump")
    crowded = Score(tuple(map(Move, names)), Style(), Timing(tempo=1.5), base=(8,))
    for seed in range(3):
        provenance = compose(crowded, seed).provenance
        assert "jump" not in provenance["left_out"]
        assert provenance["left_out"]


def test_repetitions_are_left_out_before_moves_are() -> None:
    long, short = rehearsal(4.0, 1.0), rehearsal(2.0, 1.0)
    asked = fitted(["kicks", "jump"], 3.0, lambda repeats, flows: short if repeats <= 2 else long)
    assert (asked.moves, asked.repeats) == ((0, 1), 2)


def test_a_short_score_is_repeated_in_whole_moves_at_nearly_its_own_tempo() -> None:
    # six moves of 1 s in 5.9 s
    run = rehearsal(*[1.0] * 8)
    asked = fitted(["jab"], 5.9, lambda repeats, flows: run)
    assert asked.moves == tuple(range(6))
    assert asked.haste == pytest.approx(6 / 5.9, rel=1e-3)


def test_a_full_clip_still_shows_every_move() -> None:
    for seed in range(6):
        crowded = Score(tuple(map(Move, LIGHT)), Style(hold=0.6), Timing(tempo=0.8, pause=0.45))
        motion = compose(crowded, seed)
        assert motion.provenance["left_out"] == []
        assert {m["primitive"] for m in motion.provenance["timeline"]} == set(LIGHT)


def test_what_does_not_fit_is_named() -> None:
    names = ["run", "cartwheel", "jump_turn", "bound", "forward_roll", "pirouette", "star_jump"]
    provenance = compose(score(*names), 1).provenance
    shown = [m["primitive"] for m in provenance["timeline"]]
    assert provenance["left_out"]
    assert sorted(shown + provenance["left_out"]) == sorted(names)


def test_the_timeline_says_when_each_move_is_performed() -> None:
    motion = compose(score("jab", "squat"), 3)
    timeline = motion.provenance["timeline"]
    starts, ends = ([m[key] for m in timeline] for key in ("start", "end"))
    assert [m["primitive"] for m in timeline[:2]] == ["jab", "squat"]
    assert all(a < b for a, b in zip(starts, ends, strict=True))
    assert all(a <= b + 1e-9 for a, b in zip(ends, starts[1:], strict=False))
    assert 0 < starts[0] < 0.2
    assert motion.seconds - 1.2 < ends[-1] <= motion.seconds


def test_a_squat_is_low_when_the_timeline_says_squat() -> None:
    motion = compose(score("jab", "squat"), 3)
    low = int(motion.root[:, 2].argmin()) / motion.fps
    squats = [m for m in motion.provenance["timeline"] if m["primitive"] == "squat"]
    assert any(m["start"] < low < m["end"] for m in squats)


def test_every_side_of_a_hurried_score_stands_on_its_feet_at_the_end() -> None:
    for side in (1, -1):
        take = Take(side, 0.0, 1.0, 1.0, 7)
        show = direct(score("front_kick", "lunge", "side_kick", "squat", "jab"), take, 5.97)
        assert show.fit.flows
        assert show.stage.now.airborne == [False, False]


def test_a_burst_is_more_uneven_than_a_sustained_line() -> None:
    def unevenness(pattern: Pattern) -> float:
        curves = [speeds(patterned(pattern, "front_kick", seed=s)) for s in range(4)]
        return float(np.mean([curve.max() / np.median(curve) for curve in curves]))

    assert unevenness("burst") > 1.2 * unevenness("sustained")


@pytest.mark.parametrize("pattern", ["slow_fast", "accelerating"])
def test_what_starts_slowly_ends_fast(pattern: Pattern) -> None:
    taken = durations(patterned(pattern, "step"))
    half = len(taken) // 2
    assert taken[-half:].mean() < 0.85 * taken[:half].mean()


def test_a_syncopated_rhythm_is_long_short_long() -> None:
    taken = durations(patterned("syncopated", "step"))
    assert (taken[0:-1:2] > 1.2 * taken[1::2][: len(taken[0:-1:2])]).all()


def test_a_steady_rhythm_is_steady() -> None:
    taken = durations(patterned("steady", "jab"))
    assert taken.max() < 1.15 * taken.min()


def test_pauses_are_still() -> None:
    def stillness(pause: float) -> float:
        timed = Timing(pause=pause)
        motions = [compose(Score((Move("jab"),), Style(), timed), s) for s in range(3)]
        return float(np.mean([(speeds(m) < 0.08).mean() for m in motions]))

    assert stillness(0.45) > stillness(0.0) + 0.1


def test_patterns_have_a_pace_for_every_move() -> None:
    np.testing.assert_allclose(paces("steady", 3), 1.0)
    assert (np.diff(paces("accelerating", 5)) > 0).all()
    assert len(paces("syncopated", 0)) == 0
