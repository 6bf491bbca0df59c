"""What language models were asked: what came to the counts in a stage, and that it is kept."""

from pathlib import Path
from typing import Any

import pytest

from claims_env.chat_usage import ChatAccount, KeepsUsage, accounted, told_usage, usage_since
from claims_env.ledger import MemoryLedger, RunLedger
from claims_env.run_folder import read_usage


def entry(calls: int, **more: Any) -> dict[str, Any]:
    given = {
        "purpose": "difficulty",
        "model": "openai:gpt-4o",
        "calls": calls,
        "answers": calls,
        "errors": {},
        "attempts": calls,
        "tokens": {"input": 100 * calls, "output": 10 * calls, "cached": 0, "thought": 0},
        "usd": 0.1 * calls,
        "served": {"gpt-4o": calls},
    }
    return {**given, **more}


class Counts:
    """An account whose counts grow by hand. See `ChatAccount`."""

    def __init__(self) -> None:
        self.entries: list[dict[str, Any]] = []

    def usage(self) -> dict[str, Any]:
        return {"chats": list(self.entries)}

    def charge(self, entries: Any) -> None:
        raise NotImplementedError


def test_what_was_counted_before_is_taken_off() -> None:
    before = {"chats": [entry(3, errors={"rate": 1})]}
    after = {"chats": [entry(8, errors={"rate": 1, "timeout": 2})]}
    assert usage_since(before, after) == {"chats": [entry(5, errors={"timeout": 2})]}


def test_who_was_not_asked_is_not_listed() -> None:
    quiet, busy = entry(3), entry(2, purpose="alignment")
    assert usage_since({"chats": [quiet]}, {"chats": [quiet, busy]}) == {"chats": [busy]}
    assert usage_since({"chats": [quiet]}, {"chats": [quiet]}) == {}
    assert usage_since({"chats": []}, {"chats": []}) == {}


def test_an_unknown_cost_stays_unknown() -> None:
    (grown,) = usage_since({"chats": [entry(1)]}, {"chats": [entry(2, usd=None)]})["chats"]
    assert grown["usd"] is None


def test_a_stage_that_breaks_off_is_kept_account_of_too(tmp_path: Path) -> None:
    counts = Counts()
    account: ChatAccount = counts
    with RunLedger.create(tmp_path / "run", "", {}) as ledger:
        assert isinstance(ledger, KeepsUsage)
        with accounted(account, ledger, 0, "sift"):
            counts.entries = [entry(2)]
        with pytest.raises(KeyboardInterrupt), accounted(account, ledger, 0, "rate"):
            counts.entries = [entry(7)]
            raise KeyboardInterrupt
        with accounted(account, ledger, 1, "sift"):
            pass
    assert [kept["calls"] for kept in read_usage(tmp_path / "run")] == [2, 5]


def test_a_damaged_account_is_passed_over(tmp_path: Path) -> None:
    assert read_usage(tmp_path) == []
    (tmp_path / "usage.jsonl").write_text('{"chats": 3}\nnothing\n{"chats": [{"calls": 1}]}\n{"ch')
    assert read_usage(tmp_path) == [{"calls": 1}]


def test_where_nobody_keeps_account_nothing_happens() -> None:
    with accounted(None, MemoryLedger(), 0, "sift"), accounted(Counts(), MemoryLedger(), 0, "rate"):
        pass


def test_what_was_spent_is_told_per_model() -> None:
    free = entry(1, model="compatible:llava", answers=0, usd=None, served={})
    free["errors"] = {"timeout": 1, "budget": 2}
    assert told_usage([entry(2), free, entry(3, purpose="alignment")]) == [
        "compatible:llava answered 0 of 1 questions, with 110 tokens, at a price nobody knows. "
        "Without an answer: 1 x timeout. A cap stopped further questions.",
        "openai:gpt-4o answered 5 of 5 questions, with 550 tokens, for 0.5000 USD.",
    ]


def test_who_answers_under_another_name_is_told() -> None:
    (told,) = told_usage([entry(1, served={"gpt-4o-2024-11-20": 1})])
    assert told.endswith("for 0.1000 USD. It was answered by gpt-4o-2024-11-20.")
