"""The vision-language judge over many motions: in order, at once, and stopping in time."""

import json
import threading
from dataclasses import replace

import pytest
from judges.vlm_script import RATED, clips, judge_of, pictured, saying, seconds_of, sentence
from toys import swaying

from claims_env.answers import made_alignments, made_ratings
from claims_env.chat import Picture, Question
from claims_env.chats.scripted_chat import ScriptedChat
from claims_env.errors import ChatError, ContractBroken
from claims_env.judge import ABSTAINED, Difficulty, Missing
from claims_env.judges.vlm_judge import VlmJudge
from claims_env.motion import Motion


def test_no_failure_shifts_another_motions_answer() -> None:
    def script(question: Question) -> str | ChatError:
        frames = round(float(seconds_of(question)) * 30) + 1
        if frames % 7 == 0:
            return ChatError("unavailable", "openai:gpt-4o", f"No answer for {frames}.")
        return json.dumps({**RATED, "rationale": f"{seconds_of(question)} s"})

    judge, chat = judge_of(script, workers=8)
    motions = clips(60)
    found = judge.rate(motions)
    assert len(chat.history) == 60
    for motion, answer in zip(motions, found, strict=True):
        if isinstance(answer, Difficulty):
            assert answer.rationale == f"{motion.seconds:.1f} s"
    missing = [answer for answer in found if isinstance(answer, Missing)]
    assert 0 < len(missing) < 20
    assert found == VlmJudge(ScriptedChat(script, "openai:gpt-4o"), pictured, workers=1).rate(
        motions
    )


def test_answers_come_as_soon_as_they_are_there_and_in_order() -> None:
    last = threading.Event()

    def script(question: Question) -> str:
        if seconds_of(question) == f"{clips(4)[3].seconds:.1f}":
            assert last.wait(10), "the first answer was not handed out before the last was there"
        return json.dumps({**RATED, "rationale": seconds_of(question)})

    judge, _ = judge_of(script, workers=2)
    stream = judge.stream_ratings(clips(4))
    first = next(stream)
    assert isinstance(first, Difficulty) and first.rationale == "0.6"
    last.set()
    assert [a.rationale for a in stream if isinstance(a, Difficulty)] == ["0.7", "0.8", "0.9"]


def test_who_watches_hears_of_every_answer() -> None:
    judge, _ = judge_of(saying())
    heard: list[int] = []
    rated = made_ratings(judge, clips(3), heard.append)
    assert [type(answer) for answer in rated] == [Difficulty] * 3 and heard == [1, 2, 3]
    aligned = made_alignments(judge, clips(2), [sentence("a sway")] * 2, heard.append)
    assert len(aligned) == 2 and heard == [1, 2, 3, 1, 2]


@pytest.mark.parametrize("kind", ["budget", "auth"])
def test_where_the_rest_is_hopeless_nobody_is_asked_about_it(kind: str) -> None:
    lines = [json.dumps(RATED)] * 3 + [ChatError(kind, "openai:gpt-4o", "That is all.")]
    judge, chat = judge_of(lines, workers=1)
    found = judge.rate(clips(100))
    assert len(chat.history) == 4
    assert [type(answer) for answer in found[:3]] == [Difficulty] * 3
    assert found[3] == Missing("openai:gpt-4o: That is all.")
    assert found[4:] == [Missing("not asked any more: openai:gpt-4o: That is all.")] * 96


def test_it_does_not_give_up_for_one_motions_sake() -> None:
    lines = [ChatError("request", "openai:gpt-4o", "Too large."), json.dumps(RATED)]
    judge, _ = judge_of(lines, workers=1)
    found = judge.rate(clips(2))
    assert [type(answer) for answer in found] == [Missing, Difficulty]


def test_ten_failures_in_a_row_are_enough() -> None:
    down = ChatError("timeout", "openai:gpt-4o", "No answer in 60 s.")
    judge, chat = judge_of([json.dumps(RATED)] + [down] * 10, workers=1)
    found = judge.rate(clips(100))
    assert len(chat.history) == 11
    assert found[10] == Missing("openai:gpt-4o: No answer in 60 s.")
    told = "not asked any more after 10 failures in a row: openai:gpt-4o: No answer in 60 s."
    assert found[11:] == [Missing(told)] * 89


def test_an_answer_between_them_makes_failures_count_anew() -> None:
    down = ChatError("timeout", "openai:gpt-4o", "No answer in 60 s.")
    lines = [*[down] * 9, json.dumps(RATED), *[down] * 9, json.dumps(RATED)]
    judge, _ = judge_of(lines, workers=1)
    assert [type(a) for a in judge.rate(clips(20))] == [*[Missing] * 9, Difficulty] * 2


def test_who_gave_up_is_tried_with_one_question_the_next_time() -> None:
    down = ChatError("timeout", "openai:gpt-4o", "No answer in 60 s.")
    lines = [*[down] * 10, down, *[json.dumps(RATED)] * 4]
    judge, chat = judge_of(lines, workers=1)
    assert len(judge.rate(clips(30))) == 30 and len(chat.history) == 10
    found = judge.rate(clips(30))
    assert len(chat.history) == 11
    assert isinstance(found[1], Missing) and found[1].kind == "timeout"
    assert "not asked any more, as it failed before and again" in found[1].reason
    assert all(isinstance(answer, Difficulty) for answer in judge.rate(clips(4)))
    assert len(chat.history) == 15


def test_a_missing_answer_tells_what_kind_of_error_it_was() -> None:
    late = ChatError("timeout", "openai:gpt-4o", "No answer in 60 s.")
    judge, _ = judge_of([late, "no JSON", "nor this"], workers=1)
    assert [a.kind for a in judge.rate(clips(2)) if isinstance(a, Missing)] == ["timeout", "answer"]
    quiet, _ = judge_of([], aligns=False)
    (abstains,) = quiet.align(clips(1), [sentence("a sway")])
    assert isinstance(abstains, Missing) and abstains.kind == ABSTAINED


def test_a_cassette_is_searched_to_the_end() -> None:
    miss = ChatError("cassette", "openai:gpt-4o", "Not recorded.")
    judge, chat = judge_of(lambda question: miss)
    judge.rate(clips(30))
    assert len(chat.history) == 30


def test_ctrl_c_ends_the_questions_at_once() -> None:
    held = threading.Event()

    def script(question: Question) -> str:
        if seconds_of(question) != "0.6":  # every clip but the first
            assert held.wait(10)
        return json.dumps(RATED)

    judge, chat = judge_of(script, workers=2)
    stream = judge.stream_ratings(clips(50))
    next(stream)
    stream.close()  # type: ignore[attr-defined]  # what an interrupt does to a generator
    held.set()
    assert len(chat.history) <= 3


def test_a_fault_of_our_own_is_no_missing_answer() -> None:
    def broken(motion: Motion, purpose: str) -> Picture:
        raise ContractBroken("The painter lacks a brush.")

    with pytest.raises(ContractBroken, match="brush"):
        VlmJudge(ScriptedChat(saying()), broken).rate(clips(3))


def test_a_clip_too_short_to_show_anything_costs_no_question() -> None:
    judge, chat = judge_of(saying())
    found = judge.rate([swaying(1.0, "blink", 8), swaying(1.0)])
    assert isinstance(found[0], Missing) and "lasts 0.23 s" in found[0].reason
    assert isinstance(found[1], Difficulty) and len(chat.history) == 1


def test_a_judge_abstains_from_what_it_is_not_asked() -> None:
    judge, chat = judge_of(saying(), aligns=False)
    aligned = judge.align(clips(2), [sentence("a sway")] * 2)
    assert aligned == [Missing("this judge is not asked about alignment")] * 2
    judge = VlmJudge(chat, pictured, rates=False)
    assert judge.rate(clips(1)) == [Missing("this judge is not asked about difficulty")]
    assert chat.history == ()


def test_motions_and_prompts_must_be_as_many() -> None:
    judge, _ = judge_of(saying())
    with pytest.raises(ValueError, match="zip"):
        judge.align(clips(2), [sentence("a sway")])


def test_a_motion_is_left_as_it_was() -> None:
    judge, _ = judge_of(saying())
    motion = swaying(1.0).with_provenance(seed=4)
    judge.rate([motion])
    assert replace(motion).provenance == {"seed": 4} and motion.name == "swaying"
