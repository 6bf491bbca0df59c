"""Generic sentences by a language model: what is taken, what is asked again, what is filled up."""

import json
from typing import Any

from toys import Toy

from claims_env.agents.generic_llm_scheduler import GenericLlmScheduler
from claims_env.chats.scripted_chat import ScriptedChat
from claims_env.decision_record import decision_from_json
from claims_env.errors import ChatError
from claims_env.run import run
from claims_env.testing import check_scheduler

GOOD = [f"The person takes {n} steps and claps." for n in ("two", "three", "four", "five")]


def said(prompts: list[str]) -> str:
    return json.dumps({"prompts": prompts})


def rungs(scheduler: GenericLlmScheduler) -> dict[str, int]:
    return decision_from_json(scheduler.explanation()).rungs


def test_good_sentences_are_taken_as_they_are(toy: Toy) -> None:
    chat = ScriptedChat([said(GOOD)])
    scheduler = GenericLlmScheduler(chat, toy.library)
    assert scheduler.opening(4, seed=0) == GOOD
    assert rungs(scheduler) == {"llm": 4}
    assert "Write 4 different prompts" in chat.history[0].messages[0].text


def test_more_than_was_asked_for_is_left_out(toy: Toy) -> None:
    scheduler = GenericLlmScheduler(ScriptedChat([said(GOOD)]), toy.library)
    assert scheduler.opening(3, seed=0) == GOOD[:3]


def test_what_repeats_or_begins_otherwise_is_asked_for_again(toy: Toy) -> None:
    first = said([GOOD[0], GOOD[0].upper(), "Somebody walks along.", "The person."])
    chat = ScriptedChat([first, said([GOOD[0], *GOOD[1:]])])
    scheduler = GenericLlmScheduler(chat, toy.library)
    assert scheduler.opening(4, seed=0) == GOOD
    assert rungs(scheduler) == {"llm after correction": 3, "llm": 1}
    assert "Write 3 different prompts" in chat.history[1].messages[0].text


def test_a_model_that_does_not_answer_is_stood_in_for_by_the_grammar(toy: Toy) -> None:
    def silent(question: Any) -> ChatError:
        return ChatError("unavailable", "scripted", "Nobody is there.")

    scheduler = GenericLlmScheduler(ScriptedChat(silent), toy.library)
    assert len(set(scheduler.opening(4, seed=0))) == 4
    assert rungs(scheduler) == {"rule": 4}
    problems = [a.problem for a in decision_from_json(scheduler.explanation()).groups[0].askings]
    assert problems == ["scripted: Nobody is there."] * 2


def test_a_run_of_it_says_nothing_twice(toy: Toy) -> None:
    scheduler = GenericLlmScheduler(ScriptedChat(lambda _: said(GOOD)), toy.library)
    texts = [s.prompt.text for r in run(scheduler, toy.env(), seed=0) for s in r.sets]
    assert texts[:4] == GOOD
    assert len(set(texts)) == 12


def test_it_keeps_the_contract(toy: Toy) -> None:
    check_scheduler(
        lambda library: GenericLlmScheduler(ScriptedChat(lambda _: said(GOOD)), library), toy.env
    )
