"""The two offline judges: sane rankings of real clips, honest alignment, and independence."""

from pathlib import Path

import numpy as np
import pytest

from claims_env.formats.amass import import_amass
from claims_env.judge import Alignment, Difficulty, Judge, Missing
from claims_env.judges.kinematic_judge import KinematicJudge
from claims_env.judges.kinematic_signs import KINEMATIC_SIGNS
from claims_env.judges.posture_judge import PostureJudge
from claims_env.judges.posture_signs import POSTURE_SIGNS
from claims_env.library import load_library
from claims_env.motion import Motion
from claims_env.prompt import Phrase, Prompt
from claims_env.rotation import about, multiply
from claims_env.skeleton import INDEX, STANDING_HEIGHT, UPRIGHT

JUDGES: list[Judge] = [KinematicJudge(), PostureJudge()]
DESCRIPTORS = {
    "action_sequence",
    "technical_complexity",
    "movement_intensity",
    "balance_requirement",
    "continuity",
}
each_judge = pytest.mark.parametrize("judge", JUDGES, ids=lambda judge: judge.name)


def prompt(base: str, combo: str = "a pause", detail: str = "as usual") -> Prompt:
    slots = [Phrase(text, 3, "any") for text in (base, combo, detail, "in time")]
    template = "{base_action}, then {combo_action}, {detail}, {speed_rhythm}"
    return Prompt("any", template, *slots)


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


def kicking() -> Motion:
    rest = guard()
    rotations = rest.rotations.copy()
    swing = 1.7 * np.exp(-(((np.arange(61) - 30) / 5) ** 2))
    rotations[:, INDEX["R_Hip"]] = about("x", -swing)
    return Motion(rotations, rest.root, 30.0, "kicking")


def aligned(judge: Judge, motion: Motion, asked: Prompt) -> Alignment:
    (answer,) = judge.align([motion], [asked])
    assert isinstance(answer, Alignment)
    return answer


def rated(judge: Judge, motion: Motion) -> Difficulty:
    (answer,) = judge.rate([motion])
    assert isinstance(answer, Difficulty)
    return answer


# Difficulty


@each_judge
def test_standing_in_guard_is_trivial(judge: Judge) -> None:
    assert rated(judge, guard()).score == 1


@each_judge
def test_a_rating_has_the_papers_five_descriptors_and_measured_figures(judge: Judge) -> None:
    rating = rated(judge, kicking())
    assert set(rating.descriptors) == DESCRIPTORS
    assert all(rating.descriptors.values())
    assert any(character.isdigit() for character in rating.rationale)


@each_judge
def test_ratings_are_whole_numbers_from_one_to_ten(judge: Judge, mocap_folder: Path) -> None:
    clips = [import_amass(path) for path in sorted(mocap_folder.glob("*.npz"))]
    scores = [rated(judge, clip).score for clip in clips]
    assert all(isinstance(score, int) and 1 <= score <= 10 for score in scores)
    if len(clips) > 30:
        assert min(scores) <= 2
        assert max(scores) >= 9
        assert len(set(scores)) >= 8


@each_judge
@pytest.mark.parametrize(
    ("harder", "easier"),
    [
        ("gy_dm_backflip", "lo_cmu02_01_walk"),
        ("gy_dm_sideflip", "lo_dm_run"),
        ("gy_dm_cartwheel", "lo_cmu16_11_walk"),
        ("gy_cmu90_11_handspring", "sp_cmu16_09_jump"),
        ("gy_dm_roll", "co_cmu02_05_punch_a"),
        ("ma_dm_spinkick", "lo_cmu02_01_walk"),
        ("ma_dm_spinkick", "ma_dm_kick"),
        ("ma_cmu90_05_jumpkick", "ma_cmu135_04_frontkick_a"),
        ("ma_cmu135_07_roundhouse", "ma_cmu135_10_blocks"),
        ("da_cmu05_07_jetes", "da_mass_dance"),
        ("da_cmu05_02_pirouette", "lo_cmu16_11_walk"),
        ("sp_dm_jump", "sp_cmu06_02_dribble"),
        ("ma_mass_kick", "co_cmu02_05_punch_a"),
    ],
)
def test_real_clips_rank_as_anyone_would_rank_them(
    judge: Judge, harder: str, easier: str, mocap_folder: Path
) -> None:
    paths = [mocap_folder / f"{name}.npz" for name in (harder, easier)]
    if not all(path.exists() for path in paths):
        pytest.skip("not these clips")
    scores = [rated(judge, import_amass(path)).score for path in paths]
    assert scores[0] > scores[1]


def test_the_judges_agree_in_the_large_and_disagree_in_places(mocap_folder: Path) -> None:
    clips = [import_amass(path) for path in sorted(mocap_folder.glob("*.npz"))]
    a, b = ([rated(judge, clip).score for clip in clips] for judge in JUDGES)
    assert np.corrcoef(a, b)[0, 1] > 0.6
    assert np.mean(np.not_equal(a, b)) > 0.3


@each_judge
def test_the_name_says_that_the_judge_is_offline(judge: Judge) -> None:
    assert "offline" in judge.name


@each_judge
def test_a_motions_past_does_not_matter_to_its_judge(judge: Judge) -> None:
    told = kicking().renamed("backflip").with_provenance(prompt="a backflip", tier=5)
    assert rated(judge, told) == rated(judge, kicking())
    asked = prompt("a front kick")
    assert aligned(judge, told, asked) == aligned(judge, kicking(), asked)


@each_judge
def test_neighbours_in_a_batch_do_not_matter(judge: Judge) -> None:
    together = judge.rate([guard(), spinning(), kicking()])
    assert together == [judge.rate([m])[0] for m in (guard(), spinning(), kicking())]


@each_judge
def test_a_turned_mirror_of_the_room_changes_nothing(judge: Judge) -> None:
    here = kicking()
    rotations = here.rotations.copy()
    rotations[:, 0] = multiply(about("z", 2.0), rotations[:, 0])
    there = Motion(rotations, here.root + np.array([5.0, -3.0, 0.0]), 30.0, "there")
    assert rated(judge, there).score == rated(judge, here).score


# Alignment


@each_judge
def test_a_kick_shows_a_kick_and_no_roll(judge: Judge) -> None:
    assert aligned(judge, kicking(), prompt("a front kick")).verdict == "aligned"
    assert aligned(judge, kicking(), prompt("a full turn into a forward roll")).score < 0.3


@each_judge
def test_a_spin_shows_a_spin(judge: Judge) -> None:
    assert aligned(judge, spinning(), prompt("a turn on the spot")).verdict == "aligned"


@each_judge
def test_a_guard_shows_no_acrobatics_and_that_is_a_mismatch(judge: Judge) -> None:
    answer = aligned(judge, guard(), prompt("a cartwheel", "a spinning back kick and a leap"))
    assert answer.verdict == "mismatch"
    assert answer.score < 0.15


@each_judge
def test_nobody_is_a_mismatch_over_a_single_word(judge: Judge) -> None:
    assert aligned(judge, guard(), prompt("a straight jump")).verdict == "partial"


@each_judge
def test_part_of_a_prompt_is_a_partial_match(judge: Judge) -> None:
    answer = aligned(judge, kicking(), prompt("a front kick", "a cartwheel and a handspring roll"))
    assert 0.15 < answer.score < 1


@each_judge
def test_a_rationale_quotes_what_was_measured(judge: Judge) -> None:
    rationale = aligned(judge, kicking(), prompt("a front kick")).rationale
    assert " m " in rationale
    assert any(character.isdigit() for character in rationale)


@each_judge
def test_words_nobody_can_see_are_not_judged(judge: Judge) -> None:
    (answer,) = judge.align([guard()], [prompt("a thought", "an idea")])
    assert isinstance(answer, Missing)
    assert "names anything" in answer.reason


@each_judge
def test_a_clip_of_a_moment_is_not_judged(judge: Judge) -> None:
    brief = guard(10)
    (rating,) = judge.rate([brief])
    (answer,) = judge.align([brief], [prompt("a front kick")])
    assert isinstance(rating, Missing)
    assert isinstance(answer, Missing)
    assert rating == answer == Missing("guard lasts 0.30 s; judging takes 0.5 s")


def test_a_hook_kick_asks_for_no_hand() -> None:
    (strike,) = [sign for sign in KINEMATIC_SIGNS if sign.name == "hand strike"]
    assert strike.words.search("a hook kick") is None
    assert strike.words.search("a hook, then a kick") is not None


@each_judge
def test_as_many_prompts_as_motions_are_needed(judge: Judge) -> None:
    with pytest.raises(ValueError, match="zip"):
        judge.align([guard(), guard()], [prompt("a kick")])


@each_judge
@pytest.mark.parametrize(
    ("clip", "text"),
    [
        ("gy_dm_backflip", "a high flip"),
        ("gy_dm_cartwheel", "a cartwheel"),
        ("gy_dm_roll", "a forward roll"),
        ("ma_dm_spinkick", "a spinning kick"),
        ("ma_cmu135_07_roundhouse", "a roundhouse kick"),
        ("da_cmu05_02_pirouette", "a pirouette"),
        ("da_cmu05_03_arabesque", "an arabesque"),
        ("lo_dm_run", "a run down the lane"),
        ("lo_cmu02_01_walk", "a walk of many steps"),
        ("sp_cmu02_04_jump", "a straight jump"),
        ("co_dm_punch", "a jab and a cross"),
    ],
)
def test_real_clips_are_aligned_with_what_they_are(
    judge: Judge, clip: str, text: str, mocap_folder: Path
) -> None:
    path = mocap_folder / f"{clip}.npz"
    if not path.exists():
        pytest.skip("not this clip")
    assert aligned(judge, import_amass(path), prompt(text)).verdict == "aligned"


@pytest.mark.parametrize("signs", [KINEMATIC_SIGNS, POSTURE_SIGNS], ids=["kinematic", "posture"])
def test_nearly_every_phrase_of_the_library_names_something_visible(
    signs: tuple[object, ...],
) -> None:
    library = load_library()
    texts = [
        phrase.text
        for domain in library.domains
        for slot in ("base_action", "combo_action")
        for phrase in library.words(domain).phrases[slot]
    ]
    seen = [any(sign.words.search(text) for sign in signs) for text in texts]  # type: ignore[attr-defined]
    assert np.mean(seen) > 0.95


def test_only_the_kinematic_judge_knows_speed() -> None:
    quick = spinning()
    slow = Motion(quick.rotations, quick.root, 10.0, "slow")
    kinematic, posture = JUDGES
    assert rated(kinematic, slow).score < rated(kinematic, quick).score
    assert rated(posture, slow).score == rated(posture, quick).score
