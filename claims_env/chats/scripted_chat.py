"""A chat that says what it was told to say: for tests, demonstrations and dry runs."""

import threading
from collections.abc import Callable, Iterable

from claims_env.chat import Answer, Question
from claims_env.errors import ChatError

Line = str | Answer | ChatError
"""What is said: a text, a whole answer, or an error to raise."""

Script = Callable[[Question], Line]

_SHOWN = 80
"""Characters of a question that an error repeats."""


class ScriptedChat:
    """Answers from a script, in order. See `Chat`.

    Attributes:
        name: What records know it by.
    """

    def __init__(self, answers: Iterable[Line | Script] | Script, name: str = "scripted") -> None:
        """Take the script.

        Args:
            answers: One line per question, each may also be a function of the question; or one
                function that answers them all and never runs dry.
            name: What records are to know it by.
        """
        self.name = name
        self._always = answers if callable(answers) else None
        self._lines = () if callable(answers) else tuple(answers)
        self._history: list[Question] = []
        self._lock = threading.Lock()

    @property
    def history(self) -> tuple[Question, ...]:
        """Every question asked so far, the unanswered included."""
        with self._lock:
            return tuple(self._history)

    def ask(self, question: Question) -> Answer:
        """See `Chat`.

        Raises:
            ChatError: The script says so, or it has run dry (kind 'script').
        """
        with self._lock:
            self._history.append(question)
            number = len(self._history)
        line = self._always or self._line(number, question)
        said = line(question) if callable(line) else line
        if isinstance(said, ChatError):
            # a fresh one, since a raised error keeps the traceback of where it was raised
            raise ChatError(said.kind, said.who, said.problem, said.cure)
        return Answer(said, "stop", self.name) if isinstance(said, str) else said

    def _line(self, number: int, question: Question) -> Line | Script:
        if number <= len(self._lines):
            return self._lines[number - 1]
        said = " ".join(question.messages[-1].text.split()) if question.messages else ""
        raise ChatError(
            "script",
            self.name,
            f"The script has {len(self._lines)} answer(s), and this is question {number}, of "
            f"'{question.purpose}' ({question.prompt_version}): {said[:_SHOWN]!r}.",
            "Give it an answer more, or a function that answers any question.",
        )
