"""The scheduler that asks a model: what it asks, what it takes for an answer, what it mends."""

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scripted_model import FAULTS, HARMLESS, faulty, good, said
from toys import Toy, curt_library, tiny_library

from claims_env.agents.llm.llm_scheduler import LlmScheduler
from claims_env.chat import Answer, Question
from claims_env.chats.cassette_chat import CassetteChat
from claims_env.chats.scripted_chat import ScriptedChat
from claims_env.decision_record import Decision, decision_from_json
from claims_env.env import CurriculumEnv
from claims_env.errors import ChatError, ConfigError
from claims_env.llm_config import LlmConfig
from claims_env.prompt import Prompt
from claims_env.run import run
from claims_env.testing import check_scheduler

Say = Callable[[Question], str | Answer | ChatError]


def decided(
    env: CurriculumEnv, say: Say, config: LlmConfig | None = None, *, seed: int = 0
) -> tuple[tuple[Prompt, ...], Decision, ScriptedChat]:
    chat = ScriptedChat(say)
    scheduler = LlmScheduler(chat, env.parts.library, config, workers=1)
    _, info = env.reset(seed=seed)
    action = scheduler.act(np.zeros(1, np.float32), info)
    decision = decision_from_json(scheduler.explanation())
    return env.parts.library.decode(action), decision, chat


def test_it_keeps_the_contract_of_schedulers(make_env: Callable[[], CurriculumEnv]) -> None:
    check_scheduler(lambda library: LlmScheduler(ScriptedChat(said), library), make_env)


def test_every_set_is_followed_by_what_the_model_chose_for_it(toy: Toy) -> None:
    env = toy.env(sets=12)
    prompts, decision, chat = decided(env, said)
    before = [s.prompt for s in env.rounds[0].sets]
    for old, new in zip(before, prompts, strict=True):
        assert new.domain == old.domain and new.template == old.template
        assert new.tiers == tuple(min(tier + 1, 5) for tier in old.tiers)
    assert len(chat.history) == 4  # six sets of each domain, in two groups of three
    assert decision.rungs == {"llm": 12} and set(decision.changes) == set(range(12))


def test_a_decision_records_reasons_tokens_and_whether_each_prompt_is_harder(toy: Toy) -> None:
    _, decision, chat = decided(toy.env(sets=4), said)
    group = decision.groups[0]
    assert decision.model == "scripted" and decision.prompt_version.startswith("scheduler 1 (")
    assert decision.settings["group"] == "random" and decision.settings["metrics"] == "yes"
    assert group.analysis == {"tracker": "All alike.", "judges": "They agree."}
    assert [asking.problem for asking in group.askings] == [""]
    assert json.loads(group.askings[0].answer) == good(chat.history[0])
    change = group.changes[0]
    assert set(change.reasons) == {"harder", "variables", "template"}
    assert change.strictly_harder and change.check.startswith("strictly harder; tiers: ")


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_an_answer_that_goes_wrong_once_is_mended_by_the_model(toy: Toy, fault: str) -> None:
    def once(question: Question) -> str | Answer:
        mended = "An earlier answer" in question.messages[1].text
        return said(question) if mended else FAULTS[fault](question)

    env = toy.env(sets=8)
    prompts, decision, chat = decided(env, once)
    assert len(set(prompts)) == 8
    if fault == "withheld":  # what a provider withholds it withholds again
        assert decision.rungs == {"rule": 8} and len(chat.history) == 2
        return
    assert set(decision.rungs) <= {"llm", "llm after correction"}
    assert (decision.rungs["llm"] == 8) == (fault in HARMLESS) if "llm" in decision.rungs else True
    assert len(chat.history) == (2 if fault in HARMLESS else 4)


def test_good_sets_stand_where_others_of_the_answer_are_wrong(toy: Toy) -> None:
    def wrong_first(question: Question) -> str:
        answer = good(question)
        if "An earlier answer" not in question.messages[1].text:
            answer["sets"][0]["detail"] = "D99"
        return json.dumps(answer)

    _, decision, chat = decided(toy.env(sets=8), wrong_first)
    assert decision.rungs == {"llm": 6, "llm after correction": 2}
    told = chat.history[-1].messages[1].text
    assert "Set 1: detail is 'D99'. Expected one of 'D1', 'D2'" in told


def test_what_stays_wrong_is_asked_again_alone_and_then_left_to_the_rule(toy: Toy) -> None:
    def never_the_first(question: Question) -> str:
        answer = good(question)
        answer["sets"] = [entry for entry in answer["sets"] if entry["set"] != 1]
        return json.dumps(answer)

    env = toy.env(sets=8)
    prompts, decision, chat = decided(env, never_the_first)
    assert decision.rungs == {"llm": 6, "rule": 2}
    group = decision.groups[0]
    assert [len(asking.sets) for asking in group.askings] == [4, 4, 1]
    (fallen,) = [change for change in group.changes if change.rung == "rule"]
    assert fallen.outcome == "rule: There is no entry for it in 'sets'."
    assert fallen.parent == group.askings[-1].sets[0]
    assert prompts[fallen.parent].tier > env.rounds[0].sets[fallen.parent].prompt.tier
    assert [question.sample for question in chat.history].count(1) == 2


def test_a_set_that_is_asked_again_can_still_be_the_models(toy: Toy) -> None:
    def at_last(question: Question) -> str:
        return said(question) if question.sample else "Let me think."

    _, decision, chat = decided(toy.env(sets=8), at_last)
    assert decision.rungs == {"llm asked again": 8} and len(chat.history) == 6


def test_a_chat_that_gives_no_answer_costs_no_set(toy: Toy) -> None:
    broken = ChatError("timeout", "scripted", "It took too long.")
    prompts, decision, _ = decided(toy.env(sets=8), lambda question: broken)
    assert decision.rungs == {"rule": 8} and len(set(prompts)) == 8
    assert decision.changes[0].outcome == "rule: scripted: It took too long."


def test_a_budget_that_is_used_up_leaves_the_rest_to_the_rule_at_once(toy: Toy) -> None:
    spent = ChatError("budget", "scripted", "The budget is used up.")
    chat = ScriptedChat(lambda question: spent)
    env = toy.env(sets=40)
    scheduler = LlmScheduler(chat, env.parts.library, LlmConfig(group_size=2), workers=1)
    _, info = env.reset(seed=0)
    scheduler.act(np.zeros(1, np.float32), info)
    assert len(chat.history) == 1
    outcomes = {c.outcome for c in decision_from_json(scheduler.explanation()).changes.values()}
    assert sorted(outcomes) == [
        "rule: not asked any more: scripted: The budget is used up.",
        "rule: scripted: The budget is used up.",
    ]


def test_a_set_without_a_clip_is_drawn_anew_and_nobody_is_asked_about_it(toy: Toy) -> None:
    toy.refuse = {"r000_s000", "r000_s003"}
    env = toy.env(sets=8)
    prompts, decision, chat = decided(env, said)
    old = env.rounds[0].sets[0].prompt
    assert prompts[0].tiers == old.tiers
    assert decision.rungs == {"llm": 6, "redrawn": 2}
    assert not any(old.text in question.messages[1].text for question in chat.history)


def test_a_prompt_of_the_run_is_not_taken_again(toy: Toy) -> None:
    def the_same(question: Question) -> str:
        answer = good(question)
        told = {entry["set"]: entry for entry in json.loads("[" + _lines(question) + "]")}
        answer["sets"] = [{**e, **told[e["set"]]["ids"]} for e in answer["sets"]]
        return json.dumps(answer)

    env = toy.env(sets=4)
    prompts, decision, _ = decided(env, the_same)
    assert decision.rungs == {"rule": 4}
    assert "The new prompt is the one before, word by word." in decision.changes[0].outcome
    assert not {s.prompt for s in env.rounds[0].sets} & set(prompts)


def _lines(question: Question) -> str:
    data = question.messages[1].text.split("<data>\n")[1].split("\n</data>")[0]
    return ",".join(data.splitlines())


def test_an_easier_prompt_is_reported_and_refused_only_on_request(toy: Toy) -> None:
    def easier(question: Question) -> str:
        answer = good(question)
        for entry in answer["sets"]:
            entry |= {"base_action": "B1", "detail": "D1"}  # the tiny library's tier 1
        return json.dumps(answer)

    _, decision, _ = decided(toy.env(sets=4), easier)
    assert decision.rungs == {"llm": 4}
    verdicts = [change.strictly_harder for change in decision.changes.values()]
    assert False in verdicts
    _, decision, _ = decided(toy.env(sets=4), easier, LlmConfig(insist_harder=True))
    mended = [change for change in decision.changes.values() if change.rung == "rule"]
    assert len(mended) == verdicts.count(False)
    assert all("not strictly harder" in change.outcome for change in mended)


def test_whole_sentences_are_looked_up_in_the_library(toy: Toy) -> None:
    env = toy.env(sets=4)
    library = env.parts.library

    def sentences(question: Question) -> str:
        domain = good(question)["domain"]
        told = json.loads("[" + _lines(question) + "]")
        tops = [library.sample(np.random.default_rng(i), domain=domain) for i in range(len(told))]
        sets = [
            {"set": t["set"], "prompt": f'"{top.text}"'} for t, top in zip(told, tops, strict=True)
        ]
        return json.dumps({"domain": domain, "sets": sets})

    prompts, decision, chat = decided(env, sentences, LlmConfig(format="sentences"))
    assert decision.rungs == {"llm": 4} and len(set(prompts)) == 4
    assert "B1 [" not in chat.history[0].messages[1].text
    _, decision, _ = decided(toy.env(sets=4), said, LlmConfig(format="sentences"))
    assert "No prompt of this library reads" in decision.changes[0].outcome


def test_a_sentence_of_another_domain_is_none_of_this_one(toy: Toy) -> None:
    env = toy.env(sets=4)
    strange = env.parts.library.sample(np.random.default_rng(0), domain="sport")

    def always_sport(question: Question) -> str:
        told = json.loads("[" + _lines(question) + "]")
        return json.dumps({"sets": [{"set": t["set"], "prompt": strange.text} for t in told]})

    prompts, decision, _ = decided(env, always_sport, LlmConfig(format="sentences"))
    dance = [change for change in decision.changes.values() if change.parent % 2 == 0]
    assert all("The prompt is of sport. Expected 'dance'." in c.outcome for c in dance)
    assert [prompt.domain for prompt in prompts] == ["dance", "sport"] * 2


def test_templates_that_leave_slots_out_are_offered_nothing_for_them(toy: Toy) -> None:
    def first_words(question: Question) -> str:
        answer = good_of(question)
        return json.dumps(answer)

    def good_of(question: Question) -> dict[str, Any]:
        told = json.loads("[" + _lines(question) + "]")
        ids = {"base_action": "B3", "combo_action": "none", "detail": "none"}
        sets = [{"set": t["set"], "template": "T3", **ids, "speed_rhythm": "none"} for t in told]
        sets[0] |= {"template": "T1"}
        return {"sets": sets}

    toy.library = curt_library()
    _, decision, chat = decided(toy.env(sets=4), first_words)
    assert "'none' is the id in a slot" in chat.history[0].messages[1].text
    assert decision.rungs["llm"] == 2
    fallen = [c.outcome for c in decision.changes.values() if c.rung == "rule"]
    assert all("T1 names base_action, detail, speed_rhythm, but detail is" in c for c in fallen)


def test_ten_in_a_hundred_answers_gone_wrong_cost_no_set_in_seven_rounds(toy: Toy) -> None:
    toy.library = tiny_library(phrases=25)
    env = toy.env(sets=30, rounds=7)
    rounds = run(LlmScheduler(ScriptedChat(faulty(0.3)), env.parts.library), env, seed=1)
    assert [len(played.sets) for played in rounds] == [30] * 7
    for before, after in pairwise(rounds):
        pairs = zip(before.sets, after.sets, strict=True)
        assert all(old.prompt.domain == new.prompt.domain for old, new in pairs)
        assert len({s.prompt for s in after.sets}) == 30


def test_a_recorded_run_is_repeated_word_by_word_without_the_model(
    toy: Toy, tmp_path: Path
) -> None:
    tape = tmp_path / "tape.jsonl"
    recording = CassetteChat(ScriptedChat(faulty(0.3)), tape)
    first = run(LlmScheduler(recording, toy.library), toy.env(sets=10), seed=3)
    replaying = CassetteChat(None, tape, "replay")
    again = run(LlmScheduler(replaying, toy.library, workers=1), toy.env(sets=10), seed=3)
    assert first == again


def test_free_text_is_no_choice_of_words(toy: Toy) -> None:
    with pytest.raises(ConfigError, match="scheduler free-llm"):
        LlmScheduler(ScriptedChat([]), toy.library, LlmConfig(format="free"))
