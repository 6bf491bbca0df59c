"""The vision-language judge: what it asks, and what it makes of answers."""

import json
from typing import Any

import pytest
from judges.vlm_script import RATED, clips, judge_of, saying, sentence
from toys import swaying

from claims_env.chat import Answer
from claims_env.errors import ChatError
from claims_env.judge import Alignment, Difficulty, Judge, Missing, StreamsJudgements
from claims_env.judges.difficulty_question import DESCRIPTORS
from claims_env.judges.vlm_judge import FRAMES
from claims_env.testing import check_judge


def test_it_keeps_the_contract() -> None:
    judge, _ = judge_of(saying())
    assert isinstance(judge, StreamsJudgements)
    kept: Judge = judge
    check_judge(kept, clips(5), [sentence(f"sway {i}") for i in range(5)])


def test_an_alignment_is_read_in_full() -> None:
    judge, chat = judge_of(saying())
    (found,) = judge.align([swaying(1.0)], [sentence("a sway")])
    assert found == Alignment(
        score=0.64,
        verdict="partial",
        rationale="seen: The arms swing. as asked: Standing.",
        difficulty=3,
        domain="dance",
    )
    assert chat.history[0].purpose == "alignment"


def test_a_difficulty_is_read_in_full() -> None:
    judge, chat = judge_of(saying())
    (found,) = judge.rate([swaying(1.0)])
    assert isinstance(found, Difficulty)
    assert (found.score, found.rationale) == (2, "Anyone can sway.")
    assert tuple(found.descriptors) == DESCRIPTORS
    assert found.descriptors["continuity"] == "It flows."
    assert chat.history[0].temperature == 0


def test_it_is_named_after_its_chat_and_known_by_the_words_it_uses() -> None:
    judge, _ = judge_of(saying())
    assert judge.name == "openai:gpt-4o"
    assert judge.digest.startswith("alignment 2 (") and "), difficulty 2 (" in judge.digest


def test_every_question_says_which_text_it_was_made_from_and_shows_one_picture() -> None:
    judge, chat = judge_of(saying())
    judge.align([swaying(1.0)], [sentence("a sway")])
    judge.rate([swaying(1.0)])
    assert [q.prompt_version for q in chat.history] == ["alignment 2", "difficulty 2"]
    for question in chat.history:
        system, user = question.messages
        assert (system.role, user.role) == ("system", "user")
        assert len(user.pictures) == 1 and system.pictures == ()
        assert "$" not in system.text + user.text


def test_the_picture_has_as_many_frames_as_the_question_says() -> None:
    assert FRAMES == {"alignment": 60, "difficulty": 15}
    judge, chat = judge_of(saying())
    judge.align([swaying(1.0, frames=40)], [sentence("a sway")])
    judge.rate([swaying(1.0, frames=40)])
    texts = [q.messages[1].text for q in chat.history]
    assert "has 40 frames" in texts[0] and "has 15 frames" in texts[1]
    assert all("lasts 1.3 seconds" in text for text in texts)


# Answers that do not fit


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"difficulty": "7/10"}, "difficulty is '7/10'. Expected an integer from 1 to 10."),
        ({"difficulty": 99}, "difficulty is 99. Expected an integer from 1 to 10."),
        ({"difficulty": 0}, "difficulty is 0. Expected an integer from 1 to 10."),
        ({"difficulty": 6.5}, "difficulty is 6.5. Expected an integer from 1 to 10."),
        ({"difficulty": None}, "difficulty is null. Expected an integer from 1 to 10."),
        ({"continuity": 4}, "continuity is 4. Expected a text."),
        ({"stars": 5}, "stars was not asked for."),
    ],
)
def test_a_rating_that_does_not_fit_is_missing_with_the_reason(
    said: dict[str, Any], told: str
) -> None:
    judge, chat = judge_of(saying(**said))
    (found,) = judge.rate([swaying(1.0)])
    assert isinstance(found, Missing) and told in found.reason
    assert len(chat.history) == 2 and told in chat.history[1].messages[1].text


def test_a_second_answer_that_fits_is_taken() -> None:
    judge, chat = judge_of(["It is a 7.", json.dumps({**RATED, "difficulty": 7})])
    (found,) = judge.rate([swaying(1.0)])
    assert isinstance(found, Difficulty) and found.score == 7
    assert len(chat.history) == 2


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("I would say it is hard.", "holds no JSON object"),
        ("", "It is empty"),
        ("{}", "is missing"),
        (Answer(json.dumps(RATED)[:90], "length", "m"), "cut at max_tokens (3000)"),
        (Answer("", "blocked", "m"), "withheld"),
        (ChatError("timeout", "openai:gpt-4o", "No answer in 60 s."), "No answer in 60 s."),
        (ChatError("malformed", "openai:gpt-4o", "A page came back."), "A page came back."),
    ],
)
def test_no_answer_is_missing_with_the_reason(line: Any, told: str) -> None:
    judge, _ = judge_of(lambda question: line)
    (rated,) = judge.rate([swaying(1.0)])
    (aligned,) = judge.align([swaying(1.0)], [sentence("a sway")])
    for found in (rated, aligned):
        assert isinstance(found, Missing) and told in found.reason


@pytest.mark.parametrize(
    ("verdict", "score", "contradicts"),
    [
        ("mismatch", 90, True),
        ("mismatch", 39, False),
        ("partial", 80, True),
        ("partial", 79, False),
        ("partial", 19, True),
        ("aligned", 59, True),
        ("aligned", 60, False),
    ],
)
def test_a_verdict_its_score_contradicts_stands_and_is_marked(
    verdict: str, score: int, contradicts: bool
) -> None:
    judge, _ = judge_of(saying(verdict=verdict, score=score))
    (found,) = judge.align([swaying(1.0)], [sentence("a sway")])
    assert isinstance(found, Alignment)
    assert (found.verdict, found.score) == (verdict, score / 100)
    assert found.inconsistent is contradicts


def test_a_domain_nobody_named_is_refused_and_those_named_are_taken() -> None:
    judge, _ = judge_of(saying(domain="parkour"))
    (found,) = judge.align([swaying(1.0)], [sentence("a vault")])
    assert isinstance(found, Missing) and "domain is 'parkour'" in found.reason
    judge, _ = judge_of(saying(domain="parkour"), domains=("parkour",))
    (found,) = judge.align([swaying(1.0)], [sentence("a vault")])
    assert isinstance(found, Alignment) and found.domain == "parkour"
