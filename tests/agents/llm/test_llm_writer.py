"""The arm without variables: the model's own sentences, checked, and the memory of what failed."""

import json

import pytest
from scripted_model import said, shown_sets
from toys import LOST, TRACKED, Toy

from claims_env.agents.llm.llm_scheduler import LlmScheduler
from claims_env.agents.llm.llm_writer import LlmWriter
from claims_env.agents.llm.memory import failures
from claims_env.briefing import Sight
from claims_env.chat import Question
from claims_env.chats.scripted_chat import ScriptedChat
from claims_env.decision_record import decision_from_json
from claims_env.llm_config import LlmConfig
from claims_env.run import run


def free(question: Question) -> str:
    sets = [
        {
            "set": told["set"],
            "prompt": f"The person turns {len(told['prompt'])} times from {told['prompt'][:90]}",
        }
        for told in shown_sets(question)
    ]
    return json.dumps({"sets": sets})


def test_a_writer_shows_no_word_of_the_library_and_no_tier(toy: Toy) -> None:
    chat = ScriptedChat(free)
    rounds = run(LlmWriter(chat, toy.library), toy.env(sets=6), seed=0)
    text = chat.history[0].messages[0].text + chat.history[0].messages[1].text
    assert "tier" not in text and "templates" not in text and "[5]" not in text
    assert all(s.prompt.is_free for played in rounds[1:] for s in played.sets)
    for before, after in zip(rounds[0].sets, rounds[1].sets, strict=True):
        assert before.prompt.domain == after.prompt.domain
        assert before.prompt.text[:90] in after.prompt.text


def test_a_sentence_that_is_none_is_refused_and_in_the_end_written_by_the_rule(toy: Toy) -> None:
    def two(question: Question) -> str:
        sets = [
            {"set": told["set"], "prompt": "He runs. Then he falls."}
            for told in shown_sets(question)
        ]
        return json.dumps({"sets": sets})

    scheduler = LlmWriter(ScriptedChat(two), toy.library)
    rounds = run(scheduler, toy.env(sets=4, rounds=2), seed=0)
    decision = decision_from_json(scheduler.explanation())
    assert decision.rungs == {"rule": 4} and len({s.prompt for s in rounds[1].sets}) == 4
    assert "more than one sentence" in decision.changes[0].outcome
    assert decision.changes[0].strictly_harder is None


def test_what_failed_is_remembered_as_long_as_asked(toy: Toy) -> None:
    toy.refuse = {"r000_s000", "r001_s002"}
    env = toy.env(sets=4, rounds=3)
    rounds = run(LlmScheduler(ScriptedChat(said), toy.library), env, seed=0)
    unusable = [("unusable", rounds[i].sets[2 * i].prompt.text) for i in (0, 1)]
    told = failures(rounds[:2], 2, "dance", Sight(metrics=False))
    assert told == unusable
    assert failures(rounds[:2], 1, "dance", Sight(metrics=False)) == unusable[1:]
    assert failures(rounds[:2], 0, "dance", Sight()) == []
    everything = failures(rounds, 9, "dance", Sight())
    lost = [s for r in rounds for s in r.sets if s.metrics and not s.metrics.success]
    assert sum(kind == "lost" for kind, _ in everything) == sum(
        s.prompt.domain == "dance" for s in lost
    )
    assert LOST.success is False and TRACKED.success is True


@pytest.mark.parametrize("remember", [0, 2])
def test_the_model_is_told_what_failed_only_when_it_may_remember(toy: Toy, remember: int) -> None:
    toy.refuse = {"r000_s000"}
    chat = ScriptedChat(said)
    run(LlmScheduler(chat, toy.library, LlmConfig(remember=remember)), toy.env(rounds=2), seed=0)
    told = [question for question in chat.history if '{"unusable": ' in question.messages[1].text]
    assert bool(told) == (remember > 0)
