"""The stand-in for a language model: the rule, read off the very questions a model is sent."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from toys import Toy, curt_library

from claims_env.agents.generic_llm_scheduler import GenericLlmScheduler
from claims_env.agents.llm.llm_scheduler import LlmScheduler
from claims_env.agents.llm.llm_writer import LlmWriter
from claims_env.agents.offline_model import SERVED, OfflineModel
from claims_env.assembly import build_chat, open_account, whole_library
from claims_env.chat import Answer, Message, Question
from claims_env.chat_config import ChatConfig
from claims_env.env import CurriculumEnv
from claims_env.errors import ChatError, UnknownName
from claims_env.llm_config import LlmConfig
from claims_env.run import run
from claims_env.scheduler import Explains
from claims_env.testing import check_scheduler

SETS = """<data>
{"set": 1, "prompt": "The person bows.", "tracker": TRACKED, "judges": {"a": {"difficulty": 2}}}
{"set": 2, "prompt": "The person bows.", "tracker": null, "judges": {"a": {"difficulty": 8}}}
</data>"""
EASY = '{"success": "yes", "global_mpjpe_mm": 40.0}'
LOST = '{"success": "no", "global_mpjpe_mm": 40.0}'


def question(sets: str, **more: Any) -> Question:
    text = {"type": "string"}
    entry = {"type": "object", "properties": {"set": {}, "harder": text, "prompt": text}}
    items = {"type": "array", "items": entry}
    schema = {"type": "object", "properties": {"tracker": text, "sets": items}}
    return Question((Message("user", sets),), "scheduler", "test 1", schema=schema, **more)


def steps(answer: Answer) -> list[str]:
    return [word for word in ("significant", "moderate", "slight") if word in answer.text]


def outcomes(scheduler: Explains) -> list[dict[str, Any]]:
    return [c for group in scheduler.explanation()["groups"] for c in group["changes"]]


def test_easy_for_both_is_a_significant_step_and_hard_for_both_a_slight_one() -> None:
    answer = OfflineModel().ask(question(SETS.replace("TRACKED", EASY)))
    # the second set has no figures and is judged hard
    assert steps(answer) == ["significant", "slight"]


def test_what_was_lost_is_not_easy_however_small_its_error() -> None:
    assert steps(OfflineModel().ask(question(SETS.replace("TRACKED", LOST)))) == [
        "moderate",
        "slight",
    ]


def test_where_nothing_is_shown_every_step_is_moderate() -> None:
    bare = '<data>\n{"set": 1, "prompt": "The person bows."}\n</data>'
    assert steps(OfflineModel().ask(question(bare))) == ["moderate"]


def test_equal_questions_get_equal_answers_and_another_sample_another_one() -> None:
    asked = question(SETS.replace("TRACKED", EASY))
    first = OfflineModel().ask(asked)
    assert OfflineModel().ask(asked) == first
    assert OfflineModel().ask(replace(asked, sample=1)).text != first.text


def test_it_says_that_it_is_no_language_model_and_spends_nothing() -> None:
    answer = OfflineModel().ask(question(SETS.replace("TRACKED", EASY)))
    assert answer.served_model == SERVED
    assert answer.usage is not None
    assert (answer.usage.input, answer.usage.output) == (0, 0)


def test_it_is_no_judge() -> None:
    with pytest.raises(ChatError, match="answers schedulers alone"):
        OfflineModel().ask(Question((Message("user", "How hard is this?"),), "difficulty", "1"))


def test_it_writes_generic_prompts_too(toy: Toy) -> None:
    scheduler = GenericLlmScheduler(OfflineModel(), toy.library)
    assert len(set(scheduler.opening(4, seed=0))) == 4
    assert {c["outcome"] for c in outcomes(scheduler)} == {"llm"}


def test_there_is_one_model_only() -> None:
    with pytest.raises(UnknownName, match="Known: rule"):
        OfflineModel("large")


def test_it_is_reached_by_name_without_a_key() -> None:
    chat = build_chat("offline:rule", ChatConfig(), open_account(ChatConfig()))
    assert chat.ask(question(SETS.replace("TRACKED", EASY))).served_model == SERVED


@pytest.mark.parametrize("form", ["ids", "sentences"])
def test_every_answer_is_taken_at_once_and_is_strictly_harder(form: Any) -> None:
    toy = Toy(whole_library())
    env = toy.env(sets=10)
    scheduler = LlmScheduler(OfflineModel(), toy.library, LlmConfig(format=form))
    run(scheduler, env, seed=0)
    told = [(c["outcome"], c["strictly_harder"]) for c in outcomes(scheduler)]
    assert told == [("llm", True)] * 10


def test_it_reads_listings_with_slots_left_out() -> None:
    toy = Toy(curt_library())
    scheduler = LlmScheduler(OfflineModel(), toy.library)
    run(scheduler, toy.env(sets=8), seed=0)
    # with so few words some prompts are there already, and the rule takes over
    told = [c["outcome"] for c in outcomes(scheduler)]
    assert len(told) == 8
    assert all(outcome.startswith("llm") or "prompt" in outcome for outcome in told), told


def test_in_free_text_it_writes_sentences_of_the_grammar(toy: Toy) -> None:
    scheduler = LlmWriter(OfflineModel(), toy.library)
    rounds = run(scheduler, toy.env(sets=8), seed=0)
    assert {c["outcome"] for c in outcomes(scheduler)} == {"llm"}
    assert all(s.prompt.text.startswith("The person ") for s in rounds[-1].sets)


def test_a_scheduler_that_asks_it_keeps_the_contract(make_env: Callable[[], CurriculumEnv]) -> None:
    check_scheduler(lambda library: LlmScheduler(OfflineModel(), library), make_env)
