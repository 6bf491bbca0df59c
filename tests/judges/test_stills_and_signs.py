"""Stills and signs: what the judges' eyes report, on bodies posed by hand."""

from dataclasses import replace

import numpy as np
import pytest

from claims_env.judge import Alignment
from claims_env.judges.key_poses import STILLS, look_at
from claims_env.judges.sign import Sign, align_signs, level, ramp, visible, words
from claims_env.motion import Motion
from claims_env.prompt import UNSAID, Phrase, Prompt
from claims_env.rotation import about, multiply
from claims_env.skeleton import INDEX, STANDING_HEIGHT, UPRIGHT


def guard(frames: int = 61) -> Motion:
    rotations = np.tile([1.0, 0, 0, 0], (frames, 24, 1))
    rotations[:, 0] = UPRIGHT
    rotations[:, INDEX["L_Shoulder"]] = about("z", -1.3)
    rotations[:, INDEX["R_Shoulder"]] = about("z", 1.3)
    return Motion(rotations, np.tile([0.0, 0, STANDING_HEIGHT], (frames, 1)), 30.0, "guard")


def spinning() -> Motion:
    rest = guard()
    rotations = rest.rotations.copy()
    rotations[:, 0] = multiply(about("z", np.linspace(0, 4 * np.pi, 61)), rotations[:, 0])
    return Motion(rotations, rest.root, 30.0, "spinning")


SIGNS: tuple[Sign[float], ...] = (
    Sign("hop", words("hop|jump"), lambda x: ramp(x, 0.0, 1.0), lambda x: f"{x} m"),
    Sign("turn", words("turn(?!out)"), lambda x: 1.0 - ramp(x, 0.0, 1.0), lambda x: f"{x} m"),
)


def judged(value: float, base: str, detail: str = "as usual") -> Alignment:
    phrases = [Phrase(text, 3, "any") for text in (base, "a pause", detail, "in time")]
    template = "{base_action}, {combo_action}, {detail}, {speed_rhythm}"
    answer = align_signs(Prompt("any", template, *phrases), SIGNS, value)
    assert isinstance(answer, Alignment)
    return answer


def test_words_are_found_at_their_beginnings_in_any_case() -> None:
    assert words("hop").search("Hopping")
    assert not words("hop").search("a shop")
    assert not words("turn(?!out)").search("turnout")


def test_a_score_is_the_mean_evidence_of_what_was_asked() -> None:
    assert judged(1.0, "a hop").score == 1.0
    assert judged(1.0, "a hop and a turn").score == 0.5


def test_a_weak_witness_counts_for_less() -> None:
    strong, weak = SIGNS[0], replace(SIGNS[1], weight=0.25)
    phrases = [Phrase(text, 3, "any") for text in ("a hop and a turn", "a pause", "so", "then")]
    asked = Prompt("any", "{base_action} {combo_action} {detail} {speed_rhythm}", *phrases)
    answer = align_signs(asked, [strong, weak], 1.0)
    assert isinstance(answer, Alignment)
    assert answer.score == pytest.approx(0.8)


def test_moves_count_twice_as_much_as_details() -> None:
    assert judged(1.0, "a hop", "with a turn of the head").score == pytest.approx(2 / 3, abs=1e-4)
    assert judged(1.0, "a turn", "with a hop").score == pytest.approx(1 / 3, abs=1e-4)


@pytest.mark.parametrize(
    ("value", "verdict"), [(0.0, "partial"), (0.1, "partial"), (0.54, "partial"), (0.55, "aligned")]
)
def test_a_single_word_is_never_a_mismatch(value: float, verdict: str) -> None:
    assert judged(value, "a jump").verdict == verdict


def test_a_rationale_names_sign_evidence_and_figure() -> None:
    assert judged(0.5, "a hop").rationale == "hop 0.5 (0.5 m)."


def test_a_slot_that_says_nothing_asks_for_nothing() -> None:
    hop = Phrase("a hop", 3, "any")
    answer = align_signs(Prompt("any", "{base_action}", hop, UNSAID, UNSAID, UNSAID), SIGNS, 1.0)
    assert isinstance(answer, Alignment)
    assert (answer.score, answer.verdict) == (1.0, "aligned")


def test_a_templates_own_words_ask_for_nothing() -> None:
    hop = Phrase("a hop", 3, "any")
    turning = Prompt("any", "In turn comes {base_action}", hop, UNSAID, UNSAID, UNSAID)
    answer = align_signs(turning, SIGNS, 1.0)
    assert isinstance(answer, Alignment)
    assert "turn" not in answer.rationale


@pytest.mark.parametrize(("base", "score"), [("a turn", 0.05), ("a turn and a run", 0.1)])
def test_what_shows_unasked_counts_as_a_move_not_shown(base: str, score: float) -> None:
    surprising = (replace(SIGNS[0], explained=words("run")), SIGNS[1])
    phrases = [Phrase(text, 3, "any") for text in (base, "a pause", "so", "then")]
    asked = Prompt("any", "{base_action} {combo_action} {detail} {speed_rhythm}", *phrases)
    answer = align_signs(asked, surprising, 0.9)
    assert isinstance(answer, Alignment)
    assert answer.score == pytest.approx(score)
    assert ("unasked hop" in answer.rationale) == (base == "a turn")


def test_what_shows_is_told_in_the_tables_order() -> None:
    assert visible(SIGNS, 0.5) == ["hop", "turn"]
    assert visible(SIGNS, 0.9) == ["hop"]


def test_a_third_and_two_thirds_part_low_medium_and_high() -> None:
    assert [level(share) for share in (0.0, 0.3, 0.4, 0.7)] == ["low", "low", "medium", "high"]


def test_a_ramp_is_flat_then_straight_then_flat() -> None:
    assert [ramp(x, 1.0, 3.0) for x in (0.0, 1.0, 2.0, 3.0, 9.0)] == [0, 0, 0.5, 1, 1]


def test_stills_of_a_guard_are_one_pose() -> None:
    found = look_at(guard())
    assert (found.poses, found.change, found.rise, found.faced) == (1, 0, 0, 0)


def test_stills_of_a_double_spin_count_it() -> None:
    assert look_at(spinning()).faced == pytest.approx(2)
    assert look_at(spinning()).poses == 1  # the pose itself never changes


def test_fewer_frames_than_stills_are_looked_at_more_than_once() -> None:
    few = guard(8)
    assert few.frames < STILLS
    assert look_at(few).poses == 1


def test_a_raised_leg_shows_its_height_and_its_side_does_not_matter() -> None:
    heights = []
    for side in ("L", "R"):
        rest = guard()
        rotations = rest.rotations.copy()
        rotations[:, INDEX[f"{side}_Hip"]] = about("x", -np.pi / 2)
        heights.append(look_at(Motion(rotations, rest.root, 30.0, "raised")).raised)
    assert heights[0] == pytest.approx(heights[1], abs=0.05)
    assert heights[0] > 0.6


def test_a_handstand_has_the_head_down_in_every_still() -> None:
    rest = guard()
    rotations = rest.rotations.copy()
    rotations[:, 0] = multiply(about("x", np.pi), rotations[:, 0])
    found = look_at(Motion(rotations, rest.root, 30.0, "handstand"))
    assert (found.head_down, found.off_floor) == (1, 1)
    assert found.lean == pytest.approx(np.pi, abs=0.1)
