"""The ensemble of judges, and the rule by which a clip is kept."""

import pytest

from claims_env.judge import (
    Alignment,
    Difficulty,
    Missing,
    Verdict,
    consensus,
    disagreement,
    mismatched_by,
)

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
