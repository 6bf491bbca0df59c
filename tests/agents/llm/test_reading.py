"""What is made of an answer whose numbers or slots are not those that were asked about."""

import json

import numpy as np
from scripted_model import good, said, shown_sets
from toys import Toy, curt_library

from claims_env.agents.llm.llm_scheduler import LlmScheduler
from claims_env.chat import Question
from claims_env.chats.scripted_chat import Script, ScriptedChat
from claims_env.decision_record import Decision, decision_from_json
from claims_env.prompt import Prompt


def decided(
    toy: Toy, say: Script, sets: int = 8
) -> tuple[tuple[Prompt, ...], Decision, ScriptedChat]:
    env, chat = toy.env(sets=sets), ScriptedChat(say)
    scheduler = LlmScheduler(chat, env.parts.library, workers=1)
    _, info = env.reset(seed=0)
    action = scheduler.act(np.zeros(1, np.float32), info)
    return env.parts.library.decode(action), decision_from_json(scheduler.explanation()), chat


def test_an_answer_numbered_from_0_is_trusted_for_no_set(toy: Toy) -> None:
    def from_0(question: Question) -> str:
        answer = good(question)
        if "An earlier answer" not in question.messages[1].text:
            for entry in answer["sets"]:
                entry["set"] -= 1
        return json.dumps(answer)

    prompts, decision, chat = decided(toy, from_0)
    told = "Sets are numbered 1 to 4; you numbered 0 to 3."
    assert decision.rungs == {"llm after correction": 8}
    assert told in chat.history[1].messages[1].text
    assert decision.groups[0].askings[0].problem == f"Sets 1, 2, 3, 4: {told}"
    assert prompts == decided(toy, said)[0]


def test_numbers_that_are_written_as_texts_are_numbers(toy: Toy) -> None:
    def quoted(question: Question) -> str:
        answer = good(question)
        for entry in answer["sets"]:
            entry["set"] = str(entry["set"])
        return json.dumps(answer)

    prompts, decision, _ = decided(toy, quoted)
    assert decision.rungs == {"llm": 8}
    assert prompts == decided(toy, said)[0]


def test_a_correction_names_entries_that_are_of_no_set(toy: Toy) -> None:
    def named(question: Question) -> str:
        answer = good(question)
        if "An earlier answer" not in question.messages[1].text:
            answer["sets"][0]["set"] = "the first"
        return json.dumps(answer)

    _, decision, chat = decided(toy, named)
    assert decision.rungs == {"llm": 6, "llm after correction": 2}
    told = (
        "Set 1: There is no entry for it in 'sets'. "
        "Left out: 'set' is 'the first'. Expected one of 1, 2, 3, 4."
    )
    assert told in chat.history[1].messages[1].text


def test_a_phrase_in_a_slot_that_the_template_does_not_name_is_told_of(toy: Toy) -> None:
    def too_much(question: Question) -> str:
        ids = {"base_action": "B3", "combo_action": "C1", "detail": "none", "speed_rhythm": "none"}
        return json.dumps(
            {"sets": [{"set": t["set"], "template": "T3", **ids} for t in shown_sets(question)]}
        )

    toy.library = curt_library()
    prompts, decision, _ = decided(toy, too_much, sets=2)
    assert decision.rungs == {"llm": 2} and prompts[0].said == ("base_action",)
    assert decision.groups[0].askings[0].problem == (
        "Left out: combo_action of set 1, which its template does not name."
    )
