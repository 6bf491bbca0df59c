"""A chat that is counted, kept within a budget and asked by a few threads at a time."""

import threading

from claims_env.chat import Answer, Chat, Question, Usage
from claims_env.chats.budget import Budget, Spending
from claims_env.chats.meter import Meter
from claims_env.chats.prices import OWN_PRICES
from claims_env.chats.retries import AsksWithLeave
from claims_env.chats.sendings import Sendings
from claims_env.chats.token_estimate import input_tokens, text_tokens
from claims_env.errors import ChatError, ConfigError


class MeteredChat:
    """Asks another chat, counts, and stops before the budget is exceeded. See `Chat`.

    A chat that repeats its requests (see `AsksWithLeave`) is held to the budget at each of them;
    how often another one did is known, and counted, only afterwards.

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
        sendings = Sendings(self._budget, most, self.name)
        try:
            sendings.begin()
            answer = self._answer(question, sendings)
            sendings.end(self._counted(question, answer, asked, most, sendings.sent))
        except ChatError as error:
            sendings.fail(error.kind)
            self._meter.count_error(self.name, question, error, max(error.attempts, sendings.sent))
            raise
        finally:
            sendings.end()  # where nobody says otherwise, a provider may have billed it all
        return answer

    def _answer(self, question: Question, sendings: Sendings) -> Answer:
        if not isinstance(self._chat, AsksWithLeave):
            return self._chat.ask(question)
        return self._chat.ask_with_leave(question, sendings.repeat)

    def _counted(
        self, question: Question, answer: Answer, asked: int, most: Spending, sent: int
    ) -> Spending:
        usage = answer.usage or Usage(asked, text_tokens(answer.text))
        cost = self._meter.count_answer(self.name, question, answer, usage)
        usd = most.usd if cost is None else cost
        # those before the last one are booked already, where they were asked leave for
        return Spending(max(1, answer.attempts - sent + 1), usage.input + usage.output, usd)

    def _spending(self, usage: Usage) -> Spending:
        usd = 0.0 if self._price is None else self._price.of(usage)
        return Spending(1, usage.input + usage.output, usd)
