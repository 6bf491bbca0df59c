"""A chat that keeps its answers on disk and gives them again, so that a run can be repeated."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Literal, get_args

from claims_env.chat import Answer, Chat, Question
from claims_env.chats.cassette_file import CassetteFile
from claims_env.chats.cassette_miss import explain_miss
from claims_env.errors import ChatError, ConfigError
from claims_env.question_record import Record, key_of, question_record

Mode = Literal["record", "replay", "auto"]

_PACKAGES = {
    "claims_env": "claims-env",
    "PIL": "pillow",
    "openai": "openai",
    "dashscope": "dashscope",
    "google.genai": "google-genai",
    "google.generativeai": "google-generativeai",
}
"""Modules whose version an answer may depend on, if they are in use, and how they are installed."""


class _Turn:
    """One question under way, and how many threads ask it."""

    def __init__(self) -> None:
        self.lock, self.threads = threading.Lock(), 0


class CassetteChat:
    """Records another chat's answers and replays them, bit for bit. See `Chat`.

    Answers are known by everything they depend on (`question_record`): a changed picture, text,
    prompt version, setting or model is another question. Errors are not recorded. Within a
    recording a question asked again gets the first answer again, as it will in a replay.

    Attributes:
        name: The recorded chat's.
        mode: 'record' asks and starts a new cassette, 'replay' never asks, 'auto' asks what is not
            recorded.
    """

    def __init__(
        self,
        chat: Chat | None,
        path: Path | str,
        mode: Mode = "auto",
        *,
        name: str | None = None,
        variant: str = "",
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Open a cassette.

        Args:
            chat: Who is asked; None replays only.
            path: The cassette's file; several chats may share one.
            mode: See above.
            name: Whose answers to replay without a chat; the only one's in the cassette if None.
            variant: What else tells apart whom is asked and how, such as another address; answers
                of one variant are none of another's.
            clock: Seconds since 1970; written beside each answer, never part of it.

        Raises:
            ConfigError: There is no such mode, or no chat to record.
            ChatError: The cassette is missing, damaged, or already holds what is to be recorded.
        """
        if mode not in get_args(Mode):
            known = ", ".join(get_args(Mode))
            raise ConfigError(f"The cassette's mode is {mode!r}. Expected one of {known}.")
        if chat is None and mode != "replay":
            raise ConfigError(f"The mode '{mode}' asks a chat, and there is none. Use 'replay'.")
        self.mode: Mode = mode
        self._chat, self._clock = chat, clock
        self._file = CassetteFile(Path(path))
        self.name = name or (chat.name if chat is not None else self._only_name())
        self._variant = variant
        self._asking: dict[str, _Turn] = {}
        self._lock = threading.Lock()
        self._check_start()

    def ask(self, question: Question) -> Answer:
        """See `Chat`.

        Raises:
            ChatError: The answer is not recorded and may not be asked for (kind 'cassette'), or as
                the other chat says.
        """
        record = question_record(self._recorded, question)
        key = key_of(record)
        with self._turn(key):
            if (entry := self._file.find(key)) is not None:
                return entry.answer
            if self._chat is None or self.mode == "replay":
                raise self._missing(record)
            answer = self._chat.ask(question)
            return self._file.add(record, answer, self._facts(question)).answer

    @property
    def _recorded(self) -> str:
        return f"{self.name} {self._variant}".rstrip()

    @contextmanager
    def _turn(self, key: str) -> Iterator[None]:
        """Wait for whoever asks the same: two threads that do pay for it once."""
        with self._lock:
            turn = self._asking.setdefault(key, _Turn())
            turn.threads += 1
        try:
            with turn.lock:
                yield
        finally:
            with self._lock:
                turn.threads -= 1
                if not turn.threads:
                    del self._asking[key]

    def _facts(self, question: Question) -> Record:
        now = datetime.fromtimestamp(self._clock(), UTC)
        return {
            "purpose": question.purpose,
            "time": now.isoformat(timespec="seconds"),
            "versions": _versions(),
        }

    def _missing(self, record: Record) -> ChatError:
        recorded = {entry.line: entry.question for entry in self._file.entries}
        return self._error(
            f"The cassette {self._file.path} has no answer to this question. "
            f"{explain_miss(record, recorded)}",
            "Ask what was recorded, or record this with the mode 'auto'.",
        )

    def _check_start(self) -> None:
        path, names = self._file.path, {entry.question["chat"] for entry in self._file.entries}
        if self.mode == "replay" and not path.exists():
            raise self._error(f"There is no cassette {path}.", "Record one with the mode 'auto'.")
        if self.mode == "record" and self._recorded in names:
            raise self._error(
                f"The cassette {path} holds answers of '{self._recorded}' already.",
                "Continue it with the mode 'auto', delete it, or choose another path.",
            )

    def _only_name(self) -> str:
        names = sorted({entry.question["chat"] for entry in self._file.entries})
        if len(names) == 1:
            return str(names[0])
        if names:
            held = f"answers of {', '.join(names)}"
            problem, cure = f"The cassette holds {held}.", "Name whose to replay."
        else:
            problem, cure = "The cassette holds no answer.", "Record one with the mode 'auto'."
        raise ChatError("cassette", str(self._file.path), problem, cure)

    def _error(self, problem: str, cure: str) -> ChatError:
        return ChatError("cassette", self.name, problem, cure)


def _versions() -> dict[str, Any]:
    """Return the versions of the packages in use that an answer may depend on."""
    found: dict[str, Any] = {"python": ".".join(map(str, sys.version_info[:3]))}
    for module, package in _PACKAGES.items():
        if module in sys.modules:
            try:
                found[package] = version(package)
            except PackageNotFoundError:  # a checkout that is not installed
                found[package] = None
    return found
