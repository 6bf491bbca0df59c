"""A chat asked for another answer to the same question: who is asked twice must not be replayed."""

from dataclasses import replace

from claims_env.chat import Answer, Chat, Question


class OtherSample:
    """Asks another chat for a sample of its own, as cassettes tell them apart. See `Chat`.

    Attributes:
        name: The other chat's.
    """

    def __init__(self, chat: Chat, sample: int) -> None:
        """Wrap a chat.

        Args:
            chat: Who is asked, its cassette included.
            sample: Added to the number of the sample that is asked for.
        """
        self.name = chat.name
        self._chat, self._sample = chat, sample

    def ask(self, question: Question) -> Answer:
        """See `Chat`.

        Raises:
            ChatError: As the other chat does.
        """
        return self._chat.ask(replace(question, sample=question.sample + self._sample))
