"""Generic sentences: what is told of those that cannot be used, and when nobody asks again."""

import json

import pytest
from toys import Toy

from claims_env.agents.generic_llm_scheduler import GenericLlmScheduler
from claims_env.chats.scripted_chat import ScriptedChat
from claims_env.decision_record import Asking, decision_from_json
from claims_env.errors import ChatError

GOOD = [f"The person takes {n} steps and claps." for n in ("two", "three", "four", "five")]


def said(prompts: list[str]) -> str:
    return json.dumps({"prompts": prompts})


def askings(scheduler: GenericLlmScheduler) -> tuple[Asking, ...]:
    return decision_from_json(scheduler.explanation()).groups[0].askings


def test_lines_that_cannot_be_used_are_recorded_and_told(toy: Toy) -> None:
    first = said([GOOD[0], "Somebody walks.", GOOD[0], "He runs around."])
    chat = ScriptedChat([first, said(GOOD[1:])])
    scheduler = GenericLlmScheduler(chat, toy.library)
    assert scheduler.opening(4, seed=0) == GOOD
    problem = (
        "Prompts 2, 4: It does not begin with 'The person'. Prompt 3: It was there before. "
        "1 of 4 prompts can be used."
    )
    assert [asking.problem for asking in askings(scheduler)] == [problem, ""]
    assert problem in chat.history[1].messages[0].text


def test_an_answer_that_is_none_is_not_asked_for_in_the_same_words(toy: Toy) -> None:
    chat = ScriptedChat(["Let me think.", said(GOOD)])
    scheduler = GenericLlmScheduler(chat, toy.library)
    assert scheduler.opening(4, seed=0) == GOOD
    first, second = chat.history
    assert askings(scheduler)[0].problem in second.messages[0].text
    assert (first.sample, second.sample) == (0, 1)


@pytest.mark.parametrize("kind", ["auth", "budget"])
def test_an_error_that_no_question_escapes_is_met_once(toy: Toy, kind: str) -> None:
    chat = ScriptedChat(lambda _: ChatError(kind, "scripted", "No more."))
    scheduler = GenericLlmScheduler(chat, toy.library)
    assert len(set(scheduler.opening(4, seed=0))) == 4
    assert [asking.problem for asking in askings(scheduler)] == ["scripted: No more."]
