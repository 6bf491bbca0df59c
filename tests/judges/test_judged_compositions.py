"""The offline judges on composed clips: what is harder rates higher, what was asked is seen."""

from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest
from scipy.stats import spearmanr

from claims_env.generators.composer import Composer
from claims_env.judge import Alignment, Difficulty, Judge
from claims_env.judges.kinematic_judge import KinematicJudge
from claims_env.judges.posture_judge import PostureJudge
from claims_env.library import load_library
from claims_env.motion import Motion
from claims_env.prompt import UNSAID, Phrase, Prompt

JUDGES: list[Judge] = [KinematicJudge(), PostureJudge()]
PER_TIER = 12
each_judge = pytest.mark.parametrize("judge", JUDGES, ids=lambda judge: judge.name)


@cache
def composed(text: str) -> Motion:
    (motion,) = Composer().generate([text], [0])
    return motion


@pytest.fixture(scope="module")
def drawn() -> list[tuple[int, Prompt, Motion]]:
    library = load_library()
    tiers = [tier for tier in range(1, 6) for _ in range(PER_TIER)]
    prompts = [
        library.sample(np.random.default_rng([5, i]), tier=tier) for i, tier in enumerate(tiers)
    ]
    motions = Composer().generate(prompts, range(len(prompts)))
    return list(zip(tiers, prompts, motions, strict=True))


def score(judge: Judge, motion: Motion) -> int:
    (answer,) = judge.rate([motion])
    assert isinstance(answer, Difficulty)
    return answer.score


def alignments(
    judge: Judge, motions: Sequence[Motion], prompts: Sequence[Prompt]
) -> list[Alignment]:
    answers = judge.align(motions, prompts)
    return [answer for answer in answers if isinstance(answer, Alignment)]


def foreign_to(i: int, drawn: list[tuple[int, Prompt, Motion]]) -> Prompt:
    tier, prompt, _ = drawn[i]
    far = [p for t, p, _ in drawn if abs(t - tier) >= 2 and p.domain != prompt.domain]
    return far[np.random.default_rng(i).integers(len(far))]


def only(text: str) -> Prompt:
    return Prompt("any", "{base_action}.", Phrase(text, 3, "any"), UNSAID, UNSAID, UNSAID)


@each_judge
@pytest.mark.parametrize(
    ("harder", "easier"),
    [
        ("a backflip", "a relaxed walk"),
        ("a backflip", "a tuck jump"),
        ("a spin kick", "a fighting stance"),
        ("a spin kick", "a low front kick at shin height"),
        ("a tornado kick", "a front kick"),
        ("a jumping side kick", "a forearm block"),
        ("a round-off into a back handspring", "a small hop"),
        ("a cartwheel", "a slow arm circle"),
        ("a handspring vault", "a short step"),
        ("a soaring split leap", "a slow releve"),
        ("a triple pirouette", "a quarter pivot"),
        ("a floor spin", "a port de bras"),
        ("a double-leg takedown", "a light collar tie"),
        ("a flying knee strike", "a jab"),
        ("an explosive sprawl", "a small side step"),
        ("a high tuck jump", "a shallow squat"),
        ("a full sprint", "a relaxed walk"),
        ("a diving save", "a light pass"),
    ],
)
def test_what_anyone_would_call_harder_rates_higher(judge: Judge, harder: str, easier: str) -> None:
    assert score(judge, composed(harder)) > score(judge, composed(easier))


@each_judge
def test_difficulty_follows_the_tier_of_the_prompt(
    judge: Judge, drawn: list[tuple[int, Prompt, Motion]]
) -> None:
    scores = [score(judge, motion) for _, _, motion in drawn]
    assert spearmanr(scores, [tier for tier, _, _ in drawn])[0] > 0.65
    assert spearmanr(scores, [motion.mean_speed for _, _, motion in drawn])[0] > 0.75


@each_judge
def test_a_composed_clip_is_hardly_ever_a_mismatch_of_its_own_prompt(
    judge: Judge, drawn: list[tuple[int, Prompt, Motion]]
) -> None:
    _, prompts, motions = zip(*drawn, strict=True)
    verdicts = [answer.verdict for answer in alignments(judge, motions, prompts)]
    assert len(verdicts) == len(drawn)
    assert verdicts.count("mismatch") <= 1
    assert verdicts.count("aligned") > 0.85 * len(drawn)


@each_judge
def test_a_prompt_of_another_domain_and_tier_is_shown_far_less(
    judge: Judge, drawn: list[tuple[int, Prompt, Motion]]
) -> None:
    _, prompts, motions = zip(*drawn, strict=True)
    asked = [foreign_to(i, drawn) for i in range(len(drawn))]
    foreign = alignments(judge, motions, asked)
    own = alignments(judge, motions, prompts)
    assert np.mean([a.score for a in foreign]) < np.mean([a.score for a in own]) - 0.25
    assert np.mean([a.verdict == "aligned" for a in foreign]) < 0.6


@each_judge
@pytest.mark.parametrize(
    "text",
    [
        "a backflip",
        "a back layout",
        "an aerial cartwheel",
        "a kip-up",
        "an l-sit",
        "a hammer fist",
        "a rising elbow",
        "a shoulder throw",
        "a pas de chat",
        "three fouettes",
        "a hinge back over bent knees",
        "an overhead lift of a partner",
        "a counterbalance against a partner",
        "a layup",
        "a serve",
        "a golf swing",
        "a person lies down and gets up",
        "a person picks up a box",
        "a person climbs a ladder",
        "a person waves",
    ],
)
def test_a_move_the_composer_knows_is_seen_by_both(judge: Judge, text: str) -> None:
    (answer,) = judge.align([composed(text)], [only(text)])
    assert isinstance(answer, Alignment)
    assert answer.verdict == "aligned"


@each_judge
def test_a_flip_is_a_mismatch_of_a_walk(judge: Judge) -> None:
    (answer,) = judge.align([composed("a backflip")], [only("a wave of the hand")])
    assert isinstance(answer, Alignment)
    assert answer.verdict == "mismatch"
    assert "unasked" in answer.rationale
