"""A chat that is counted, kept within a budget and asked by a few threads at a time."""

import threading

from claims_env.chat import Answer, Chat, Question, Usage
from claims_env.chats.budget import Budget, Spending
from claims_env.chats.meter import Meter
from claims_env.chats.prices import OWN_PRICES
from claims_env.chats.token_estimate import input_tokens, text_tokens
from claims_env.errors import ChatError, ConfigError

_BILLED = ("timeout", "malformed")
"""Kinds of errors after which a provider may ask for money all the same."""


class MeteredChat:
    """Asks another chat, counts, and stops before the budget is exceeded. See `Chat`.

    A cassette belongs around this chat, not inside: what is replayed costs nothing.

    Attributes:
        name: The other chat's.
    """

    def __init__(
        self, chat: Chat, meter: Meter, budget: Budget | None = None, concurrency: int = 4
    ) -> None:
        """Wrap a chat.

        Args:
            chat: Who is asked.
            meter: Counts; may serve several chats.
            budget: What may be spent, by several chats together if they share it; None is no cap.
            concurrency: Most questions under way at once.

        Raises:
            ConfigError: Money is capped and the model's price unknown, or nobody may ask.
        """
        self.name = chat.name
        self._chat, self._meter, self._budget = chat, meter, budget or Budget()
        self._price = meter.prices.of(chat.name)
        if self._budget.usd is not None and self._price is None:
            raise ConfigError(
                f"Money is capped at {self._budget.usd} USD, but what '{chat.name}' costs is not "
                f"known. Write its price into a YAML file of the form of {OWN_PRICES.name} and "
                "load it, or cap tokens instead."
            )
        if concurrency < 1:
            raise ConfigError(f"The concurrency is {concurrency}. Expected 1 or more.")
        self._slots = threading.BoundedSemaphore(concurrency)

    def ask(self, question: Question) -> Answer:
        """See `Chat`; waits for its turn.

        Raises:
            ChatError: As the other chat does, or the budget is used up (kind 'budget').
        """
        asked = input_tokens(question, self.name)
        most = self._spending(Usage(asked, question.max_tokens))
        with self._slots:
            return self._asked(question, asked, most)

    def _asked(self, question: Question, asked: int, most: Spending) -> Answer:
        took = most  # where no answer says otherwise, a provider may have billed it all
        self._reserve(question, most)
        try:
            answer = self._chat.ask(question)
            took = self._counted(question, answer, asked, most)
        except ChatError as error:
            self._meter.count_error(self.name, question, error)
            took = most if error.kind in _BILLED else Spending(calls=1)
            raise
        finally:
            self._budget.settle(most, took)
        return answer

    def _reserve(self, question: Question, most: Spending) -> None:
        try:
            self._budget.reserve(most, self.name)
        except ChatError as error:
            self._meter.count_error(self.name, question, error)
            raise

    def _counted(self, question: Question, answer: Answer, asked: int, most: Spending) -> Spending:
        usage = answer.usage or Usage(asked, text_tokens(answer.text))
        cost = self._meter.count_answer(self.name, question, answer, usage)
        usd = most.usd if cost is None else cost
        return Spending(max(1, answer.attempts), usage.input + usage.output, usd)

    def _spending(self, usage: Usage) -> Spending:
        usd = 0.0 if self._price is None else self._price.of(usage)
        return Spending(1, usage.input + usage.output, usd)
