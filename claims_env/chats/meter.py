"""Counts what chats were asked, what they answered, and what it cost, per purpose and model."""

import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from claims_env.chat import Answer, Question, Usage
from claims_env.chats.prices import Prices, load_prices
from claims_env.errors import ChatError


@dataclass(slots=True)
class Tally:
    """The counts of one purpose and model.

    Attributes:
        calls: Questions that went out; those the budget stopped are errors alone.
        answers: Of them, those answered.
        attempts: Requests sent, as far as the chat tells of them; those that failed count in.
        input: Tokens, pictures included.
        output: Tokens, thinking included.
        cached: Of the input tokens, those the provider had in store.
        thought: Of the output tokens, those nobody sees.
        estimated: Answers without usage, whose tokens are an estimate.
        unpriced: Answers whose price nobody knows.
        usd: What the others cost [USD].
        errors: How often a question went unanswered, by the error's kind.
        served: How often each model answered, as the provider says.
    """

    calls: int = 0
    answers: int = 0
    attempts: int = 0
    input: int = 0
    output: int = 0
    cached: int = 0
    thought: int = 0
    estimated: int = 0
    unpriced: int = 0
    usd: float = 0.0
    errors: Counter[str] = field(default_factory=Counter[str])
    served: Counter[str] = field(default_factory=Counter[str])

    @property
    def cost(self) -> float | None:
        """All that was paid [USD], or None where an answer's price is unknown."""
        return None if self.unpriced else self.usd


class Meter:
    """Counts for any number of chats and threads.

    Attributes:
        prices: What tokens cost.
    """

    def __init__(self, prices: Prices | None = None) -> None:
        """Start at nothing; without prices, with the package's own."""
        self.prices = load_prices() if prices is None else prices
        self._tallies: dict[tuple[str, str], Tally] = {}
        self._lock = threading.Lock()

    def count_answer(
        self, asked: str, question: Question, answer: Answer, estimate: Usage
    ) -> float | None:
        """Count an answer; returns its cost [USD], None if unknown.

        Args:
            asked: The chat's name.
            question: What was asked.
            answer: What came back.
            estimate: Stands for the usage where the answer has none.
        """
        usage = answer.usage or estimate
        price = self.prices.of(_server(asked, answer))
        cost = None if price is None else price.of(usage)
        with self._lock:
            tally = self._tally(question, asked)
            tally.calls += 1
            tally.answers += 1
            tally.attempts += answer.attempts
            tally.served[answer.served_model] += 1
            _add_tokens(tally, usage)
            tally.estimated += answer.usage is None
            tally.unpriced += cost is None
            tally.usd += cost or 0.0
        return cost

    def count_error(
        self, asked: str, question: Question, error: ChatError, attempts: int = 1
    ) -> None:
        """Count a question that went unanswered.

        Args:
            asked: The chat's name.
            question: What was asked.
            error: Why there is no answer.
            attempts: Requests sent; none where the budget stopped the first already.
        """
        with self._lock:
            tally = self._tally(question, asked)
            tally.calls += attempts > 0
            tally.attempts += attempts
            tally.errors[error.kind] += 1

    @property
    def facts(self) -> dict[str, Any]:
        """Everything counted, in values JSON knows: one entry per purpose and model, sorted."""
        with self._lock:
            return {"chats": [_facts(*key, tally) for key, tally in sorted(self._tallies.items())]}

    def _tally(self, question: Question, asked: str) -> Tally:
        return self._tallies.setdefault((question.purpose, asked), Tally())


def _server(asked: str, answer: Answer) -> str:
    """Return who answered, with the vendor: the same model is dearer at one than at another."""
    vendor = asked.partition(":")[0]
    served = answer.served_model.removeprefix(f"{vendor}:")
    return f"{vendor}:{served}" if served else asked


def _add_tokens(tally: Tally, usage: Usage) -> None:
    tally.input += usage.input
    tally.output += usage.output
    tally.cached += usage.cached
    tally.thought += usage.thought


def _facts(purpose: str, asked: str, tally: Tally) -> dict[str, Any]:
    return {
        "purpose": purpose,
        "model": asked,
        "calls": tally.calls,
        "answers": tally.answers,
        "errors": dict(sorted(tally.errors.items())),
        "attempts": tally.attempts,
        "tokens": {
            "input": tally.input,
            "output": tally.output,
            "cached": tally.cached,
            "thought": tally.thought,
        },
        "estimated": tally.estimated,
        "unpriced": tally.unpriced,
        "usd": None if tally.cost is None else round(tally.cost, 9),
        "served": dict(sorted(tally.served.items())),
    }
