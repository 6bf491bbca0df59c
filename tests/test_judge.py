"""The ensemble of judges, and the rule by which a clip is kept."""

import numpy as np
import pytest
from toys import NOTHING_PASSES, swaying, tiny_library

from claims_env.judge import (
    Alignment,
    Difficulty,
    Missing,
    Verdict,
    consensus,
    disagreement,
    mismatched_by,
)
from claims_env.motion_filter import check
from claims_env.records import from_json, to_json
from claims_env.rounds import PromptSet
from claims_env.sift import sifted

MISSING = Missing("asleep")


def rated(score: int) -> Difficulty:
    return Difficulty(score, "", {})


def aligned(verdict: Verdict) -> Alignment:
    return Alignment(0.0, verdict, "")


def test_the_consensus_is_the_mean() -> None:
    assert consensus([rated(3), rated(4), rated(8)]) == 5


def test_a_missing_judge_is_no_zero() -> None:
    assert consensus([rated(6), MISSING]) == 6
    assert disagreement([rated(2), MISSING, rated(7)]) == 5


def test_without_an_answer_there_is_no_consensus() -> None:
    assert consensus([MISSING]) is None
    assert consensus([]) is None


@pytest.mark.parametrize("ratings", [[], [MISSING], [rated(5)], [rated(5), MISSING]])
def test_disagreeing_takes_two(ratings: list[Difficulty | Missing]) -> None:
    assert disagreement(ratings) is None


def test_judges_of_one_mind_disagree_by_nothing() -> None:
    assert disagreement([rated(5), rated(5)]) == 0


def test_only_a_mismatch_rules_a_clip_out() -> None:
    assert mismatched_by({"a": aligned("aligned"), "b": aligned("partial"), "c": MISSING}) is None
    assert mismatched_by({"a": aligned("partial"), "b": aligned("mismatch")}) == "b"


def test_the_score_does_not_decide_the_verdict_does() -> None:
    assert mismatched_by({"a": Alignment(0.0, "partial", "")}) is None
    assert mismatched_by({"a": Alignment(1.0, "mismatch", "")}) == "a"


def test_without_judges_every_clip_stays() -> None:
    assert mismatched_by({}) is None


def test_with_a_score_to_reach_the_scores_decide_and_verdicts_count_for_nothing() -> None:
    high, low = Alignment(0.5, "mismatch", ""), Alignment(0.49, "aligned", "")
    assert mismatched_by({"a": high, "b": MISSING}, keep_score=0.5) is None
    assert mismatched_by({"a": high, "b": low}, keep_score=0.5) == "b"
    assert mismatched_by({"a": MISSING}, keep_score=1.0) is None
    assert mismatched_by({"a": Alignment(0.0, "mismatch", "")}, keep_score=0.0) is None


def test_a_rejection_says_who_found_what() -> None:
    prompt = tiny_library().sample(np.random.default_rng(0))
    clip = PromptSet("r000_s000", prompt, 0, None, (), {}, 1.0, {})
    passed = check(swaying(1.0))
    said: dict[str, Alignment | Missing] = {
        "a": MISSING,
        "b": Alignment(0.31, "partial", "No turn."),
    }
    assert sifted(clip, passed, said).rejected is None
    low = sifted(clip, passed, said, keep_score=0.5)
    assert low.rejected == "aligned at 0.31, under the 0.50 to reach, by b: No turn."
    said["b"] = Alignment(0.31, "mismatch", "No turn.")
    assert sifted(clip, passed, said).rejected == "judged a mismatch by b: No turn."
    refused = sifted(clip, check(swaying(1.0), NOTHING_PASSES), said, keep_score=0.5).rejected
    assert refused is not None and "pelvis" in refused


def test_an_alignment_recorded_before_it_had_a_domain_still_reads() -> None:
    old = {"score": 0.5, "verdict": "partial", "rationale": "half"}
    assert from_json(Alignment | Missing, old) == Alignment(0.5, "partial", "half")
    new = Alignment(0.9, "mismatch", "", difficulty=4, domain="dance", inconsistent=True)
    assert from_json(Alignment | Missing, to_json(new)) == new
    assert from_json(Alignment | Missing, to_json(MISSING)) == MISSING
