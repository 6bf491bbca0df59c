"""Pairs of composed clips of which anyone would say which is harder: the offline judges agree.

Three takes of each, so that no judge is right by the luck of a seed. Every word is one the composer
understands; a pair it misread would say nothing about judges.
"""

from functools import cache

import pytest

from claims_env.generators.composer import Composer
from claims_env.judge import Difficulty, Judge
from claims_env.judges.key_poses import look_at
from claims_env.judges.kinematic_judge import KinematicJudge
from claims_env.judges.posture_judge import PostureJudge
from claims_env.motion import Motion
from claims_env.understanding import understanding_of

JUDGES: list[Judge] = [KinematicJudge(), PostureJudge()]
TAKES = (0, 1, 2)
each_judge = pytest.mark.parametrize("judge", JUDGES, ids=lambda judge: judge.name)

PAIRS = (
    # gymnastics
    ("a backflip", "a walk"),
    ("a cartwheel", "a side step"),
    ("a front handspring", "a forward step"),
    ("a side flip", "a tuck jump"),
    ("a somersault vault", "a squat"),
    ("a forward roll", "standing still"),
    ("a kip-up", "sitting down"),
    # martial arts
    ("a spin kick", "a guard stance"),
    ("a jumping side kick", "a low front kick"),
    ("a tornado kick", "a jab"),
    ("a spinning hook kick", "a rising block"),
    ("an axe kick", "a forearm block"),
    ("a butterfly twist", "a slow turn"),
    # combat
    ("a flying knee", "a light clinch"),
    ("a double-leg takedown", "a level change"),
    # dance
    ("a double pirouette", "a plie"),
    ("a grand jete", "a tendu"),
    # sport
    ("a sprint", "a slow walk"),
    ("a jump shot", "a chest pass"),
    ("a standing long jump", "a lunge"),
)


@cache
def composed(text: str, take: int) -> Motion:
    (motion,) = Composer().generate([text], [take])
    return motion


def score(judge: Judge, text: str, take: int) -> int:
    (answer,) = judge.rate([composed(text, take)])
    assert isinstance(answer, Difficulty)
    return answer.score


@each_judge
@pytest.mark.parametrize(("harder", "easier"), PAIRS)
def test_the_harder_one_of_two_rates_higher_in_every_take(
    judge: Judge, harder: str, easier: str
) -> None:
    for take in TAKES:
        assert score(judge, harder, take) > score(judge, easier, take)


@pytest.mark.parametrize("text", sorted({text for pair in PAIRS for text in pair}))
def test_the_composer_understands_every_word_of_the_pairs(text: str) -> None:
    heard = understanding_of(composed(text, 0))
    assert not heard.not_understood
    assert heard.remark == ""


def test_there_are_twenty_pairs() -> None:
    assert len(set(PAIRS)) == 20


def test_hands_on_the_floor_are_no_flight() -> None:
    assert look_at(composed("a handstand", 0)).aloft == 0
    assert look_at(composed("a cartwheel", 0)).aloft == 0
    assert look_at(composed("a backflip", 0)).aloft > 0.1
    assert look_at(composed("a tuck jump", 0)).aloft > 0.1
