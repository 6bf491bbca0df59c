import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from claims_env.chat import Answer, Message, Picture, Question, Usage
from claims_env.chats.budget import Budget, Spending
from claims_env.chats.cassette_chat import CassetteChat
from claims_env.chats.meter import Meter
from claims_env.chats.metered_chat import MeteredChat
from claims_env.chats.prices import Prices
from claims_env.chats.retries import Leave
from claims_env.chats.scripted_chat import ScriptedChat
from claims_env.errors import ChatError, ConfigError

GPT = "openai:gpt-4o"


def question(purpose: str = "difficulty", max_tokens: int = 100, sample: int = 0) -> Question:
    return Question(
        (Message("user", "a" * 40, (Picture(b"", "image/png", 512, 512),)),),
        purpose,
        "words 1",
        max_tokens=max_tokens,
        sample=sample,
    )


ASKED = 10 + 4 + 255
"""Tokens of the question above by the estimate for GPT-4o."""


def answer(usage: Usage | None, served: str = "gpt-4o", attempts: int = 1) -> Answer:
    return Answer("b" * 20, "stop", served, usage, attempts)


def test_tokens_and_cost_are_counted_by_hand() -> None:
    meter = Meter()
    said = [answer(Usage(1000, 100, 200, 30)), answer(Usage(2000, 50), attempts=3)]
    chat = MeteredChat(ScriptedChat(said, GPT), meter)
    assert [chat.ask(question()) for _ in said] == said
    (facts,) = meter.facts["chats"]
    assert facts == {
        "purpose": "difficulty",
        "model": GPT,
        "calls": 2,
        "answers": 2,
        "errors": {},
        "attempts": 4,
        "tokens": {"input": 3000, "output": 150, "cached": 200, "thought": 30},
        "estimated": 0,
        "unpriced": 0,
        # 3000 x 2.5 + 150 x 10 millionths of a dollar
        "usd": 0.009,
        "served": {"gpt-4o": 2},
    }
    assert json.loads(json.dumps(meter.facts)) == meter.facts
    assert chat.name == GPT


def test_each_purpose_and_model_has_its_entry() -> None:
    meter = Meter()
    gpt = MeteredChat(ScriptedChat(lambda _: answer(Usage(1000, 100)), GPT), meter)
    other = MeteredChat(ScriptedChat(lambda _: answer(Usage(7, 3), "qwen"), "vllm:qwen"), meter)
    gpt.ask(question("alignment"))
    gpt.ask(question())
    other.ask(question())
    told = [(e["purpose"], e["model"], e["usd"]) for e in meter.facts["chats"]]
    assert told == [
        ("alignment", GPT, 0.0035),
        ("difficulty", GPT, 0.0035),
        ("difficulty", "vllm:qwen", None),
    ]


def test_a_model_that_answers_for_another_is_named_and_priced_as_itself() -> None:
    meter = Meter()
    said = answer(Usage(1000, 100), "gemini-3.5-flash-lite")
    MeteredChat(ScriptedChat([said], "gemini:gemini-2.5-flash"), meter).ask(question())
    (facts,) = meter.facts["chats"]
    assert facts["served"] == {"gemini-3.5-flash-lite": 1}
    assert (facts["usd"], facts["unpriced"]) == (None, 1)


def test_tokens_nobody_counted_are_estimated_and_marked() -> None:
    meter, budget = Meter(), Budget()
    MeteredChat(ScriptedChat([answer(None)], GPT), meter, budget).ask(question())
    (facts,) = meter.facts["chats"]
    assert (facts["tokens"]["input"], facts["tokens"]["output"]) == (ASKED, 5)
    assert facts["estimated"] == 1
    assert budget.spent.tokens == ASKED + 5


def test_errors_are_counted_by_kind() -> None:
    meter = Meter()
    script = [ChatError(kind, GPT, "No.") for kind in ("rate", "rate", "timeout")]
    chat = MeteredChat(ScriptedChat(script, GPT), meter)
    for _ in script:
        with pytest.raises(ChatError):
            chat.ask(question())
    (facts,) = meter.facts["chats"]
    assert (facts["calls"], facts["answers"]) == (3, 0)
    assert facts["errors"] == {"rate": 2, "timeout": 1}
    assert facts["attempts"] == 3


@pytest.mark.parametrize(
    ("kind", "spent"),
    [
        ("rate", Spending(1)),
        ("unavailable", Spending(1)),
        ("timeout", Spending(1, ASKED + 100, 0.0016725)),
        ("malformed", Spending(1, ASKED + 100, 0.0016725)),
    ],
)
def test_what_a_provider_may_have_billed_counts_as_billed(kind: str, spent: Spending) -> None:
    budget = Budget(usd=1.0)
    chat = MeteredChat(ScriptedChat([ChatError(kind, GPT, "No.")], GPT), Meter(), budget)
    with pytest.raises(ChatError):
        chat.ask(question())
    assert (budget.spent.calls, budget.spent.tokens) == (spent.calls, spent.tokens)
    assert budget.spent.usd == pytest.approx(spent.usd)


def test_the_call_that_would_exceed_the_budget_is_not_made() -> None:
    inner, meter = ScriptedChat(lambda _: answer(Usage(ASKED, 60)), GPT), Meter()
    # an answer takes 329 tokens, but may take 369
    chat = MeteredChat(inner, meter, Budget(tokens=329 + 369 - 1))
    chat.ask(question())
    with pytest.raises(ChatError, match="up to 698 tokens of 697") as caught:
        chat.ask(question())
    assert caught.value.kind == "budget"
    assert len(inner.history) == 1
    (facts,) = meter.facts["chats"]
    assert (facts["calls"], facts["errors"]) == (1, {"budget": 1})
    chat.ask(question(max_tokens=99))


def test_money_is_capped_by_the_price_of_the_most_a_call_may_take() -> None:
    inner = ScriptedChat(lambda _: answer(Usage(ASKED, 100)), GPT)
    # 269 x 2.5 + 100 x 10 millionths a call
    chat = MeteredChat(inner, Meter(), Budget(usd=0.0016725 * 3))
    for _ in range(3):
        chat.ask(question())
    with pytest.raises(ChatError, match=r"0\.0067 USD of 0\.0050"):
        chat.ask(question())


def test_a_cap_on_money_needs_a_price() -> None:
    chat = ScriptedChat([], "vllm:qwen3-vl")
    with pytest.raises(ConfigError, match=r"what 'vllm:qwen3-vl' costs is not known.*cap tokens"):
        MeteredChat(chat, Meter(), Budget(usd=1.0))
    with pytest.raises(ConfigError, match="not known"):
        MeteredChat(ScriptedChat([], GPT), Meter(Prices()), Budget(usd=1.0))
    MeteredChat(chat, Meter(), Budget(tokens=1000))


def test_attempts_of_the_chat_itself_count_as_calls_once_known() -> None:
    budget = Budget(calls=4)
    chat = MeteredChat(ScriptedChat(lambda _: answer(None, attempts=3), GPT), Meter(), budget)
    chat.ask(question())
    chat.ask(question())
    with pytest.raises(ChatError, match="call 7 of 4"):
        chat.ask(question())


def test_fifty_threads_stay_within_the_budget_and_the_concurrency() -> None:
    lock, gate, three = threading.Lock(), threading.Barrier(50), threading.Barrier(3)
    under_way = [0, 0]

    def slow(_: Question) -> Answer:
        with lock:
            under_way[0] += 1
            under_way[1] = max(under_way)
        three.wait(timeout=30)  # answers only where three are under way
        with lock:
            under_way[0] -= 1
        return answer(Usage(ASKED, 100))

    inner, meter = ScriptedChat(slow, GPT), Meter()
    budget = Budget(tokens=(ASKED + 100) * 120 + 50)
    chat = MeteredChat(inner, meter, budget, concurrency=3)

    def ask(_: int) -> int:
        gate.wait()
        done = 0
        for _ in range(4):
            try:
                chat.ask(question())
            except ChatError as error:
                assert error.kind == "budget"
            else:
                done += 1
        return done

    with ThreadPoolExecutor(50) as pool:
        assert sum(pool.map(ask, range(50))) == 120
    assert len(inner.history) == 120
    assert budget.spent.tokens == (ASKED + 100) * 120
    assert under_way == [0, 3]
    (facts,) = meter.facts["chats"]
    assert (facts["calls"], facts["answers"], facts["errors"]) == (120, 120, {"budget": 80})


def test_nobody_may_ask_a_chat_with_no_slots() -> None:
    with pytest.raises(ConfigError, match="concurrency is 0"):
        MeteredChat(ScriptedChat([]), Meter(), concurrency=0)


def test_a_replay_costs_nothing(tmp_path: Path) -> None:
    meter, budget = Meter(), Budget(calls=1)
    inner = MeteredChat(ScriptedChat(lambda _: answer(Usage(10, 1)), GPT), meter, budget)
    chat = CassetteChat(inner, tmp_path / "c.jsonl")
    assert len({chat.ask(question()).text for _ in range(5)}) == 1
    assert budget.spent.calls == 1
    with pytest.raises(ChatError, match="call 2 of 1"):
        chat.ask(question(sample=1))


def test_a_slot_is_free_again_after_any_failure() -> None:
    def broken(_: Question) -> Answer:
        raise ZeroDivisionError

    chat = MeteredChat(ScriptedChat([broken, "well"], GPT), Meter(), Budget(calls=2), 1)
    with pytest.raises(ZeroDivisionError):
        chat.ask(question())
    assert chat.ask(question()).text == "well"


class Persistent:
    """A chat whose requests all come to an error, and that never gives up. See `AsksWithLeave`."""

    def __init__(self, kind: str) -> None:
        self.name, self.requests, self._kind = GPT, 0, kind
        self._lock = threading.Lock()

    def ask(self, question: Question) -> Answer:
        raise AssertionError("it can be asked with leave")

    def ask_with_leave(self, question: Question, leave: Leave) -> Answer:
        while True:
            with self._lock:
                self.requests += 1
            leave(self._kind)


def test_each_repetition_is_held_to_the_budget() -> None:
    inner, meter, budget = Persistent("unavailable"), Meter(), Budget(calls=5)
    chat = MeteredChat(inner, meter, budget)
    with pytest.raises(ChatError, match="call 6 of 5") as caught:
        chat.ask(question())
    assert (caught.value.kind, inner.requests, budget.spent) == ("budget", 5, Spending(5))
    (facts,) = meter.facts["chats"]
    assert (facts["calls"], facts["attempts"], facts["errors"]) == (1, 5, {"budget": 1})


def test_each_repetition_after_what_may_be_billed_takes_as_much_again() -> None:
    inner, budget = Persistent("timeout"), Budget(tokens=3 * (ASKED + 100))
    with pytest.raises(ChatError, match="tokens of 1107"):
        MeteredChat(inner, Meter(), budget).ask(question())
    assert (inner.requests, budget.spent.tokens) == (3, 1107)


def test_questions_that_repeat_side_by_side_do_not_wait_for_each_other_for_ever() -> None:
    inner, budget = Persistent("rate"), Budget(calls=7)
    meter = Meter()
    chat = MeteredChat(inner, meter, budget, 4)
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(chat.ask, question()) for _ in range(4)]
        assert all(isinstance(one.exception(timeout=30), ChatError) for one in asked)
    assert inner.requests == budget.spent.calls == 7
    assert meter.facts["chats"][0]["attempts"] == 7
