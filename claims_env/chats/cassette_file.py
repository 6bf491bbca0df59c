"""Recorded answers on disk: one JSON line per call, appended whole or not at all."""

import errno
import fcntl
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims_env.chat import Answer
from claims_env.chats.masking import masked_json
from claims_env.errors import ChatError, ConfigError
from claims_env.question_record import Record, key_of
from claims_env.records import from_json, to_json

FORMAT = 1
"""Raised whenever older readers would misread a line."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A recorded call.

    Attributes:
        question: See `question_record`.
        answer: What came back.
        line: Where it stands in the file, from 1.
    """

    question: Record
    answer: Answer
    line: int


class CassetteFile:
    """A file of recorded calls; several threads and processes may write it at once.

    Where a question is recorded twice the first answer counts.

    Attributes:
        path: Where it is.
    """

    def __init__(self, path: Path) -> None:
        """Read what is there; a file that is not there is an empty one.

        Raises:
            ChatError: It cannot be read, or a line before a torn last one is damaged.
        """
        self.path = path
        self._entries: dict[str, Entry] = {}
        self._remarks: list[str] = []
        self._lines = self._offset = 0
        self._lock = threading.RLock()
        if path.exists():
            with self._explained("read"), path.open("rb") as file:
                if self._take_in(file.read()):
                    self._remarks.append("Its last line is torn, and left out.")

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is worth telling about the file: repeated questions, a torn line."""
        with self._lock:
            return tuple(self._remarks)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every recorded call that counts, in the file's order."""
        with self._lock:
            return tuple(self._entries.values())

    def find(self, key: str) -> Entry | None:
        """Return the call recorded under a key, if any."""
        with self._lock:
            return self._entries.get(key)

    def add(self, question: Record, answer: Answer, facts: Record) -> Entry:
        """Record a call; returns what a replay will answer.

        Another process may have recorded the question in the meantime, and then its answer counts.
        A key that the environment holds is masked in the answer.

        Args:
            question: See `question_record`.
            answer: What came back.
            facts: What else to write into the line.

        Raises:
            ChatError: The file cannot be written, and nothing is half-written; or the question
                itself holds a key.
        """
        key = key_of(question)
        if masked_json(json.dumps(question)) != json.dumps(question):
            raise self._error("The question holds a key of the environment.", "Take it out.")
        given = json.loads(masked_json(json.dumps(to_json(answer), default=str)))
        line = {"format": FORMAT, "key": key, "question": question, "answer": given, **facts}
        text = json.dumps(line).encode("ascii") + b"\n"
        with self._lock, self._explained("written"):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
            with os.fdopen(descriptor, "r+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                file.seek(self._offset)
                self._take_in(file.read())
                if key not in self._entries:
                    _append(file.fileno(), self._offset, text)
                    self._take_in(text)
                return self._entries[key]

    def _take_in(self, content: bytes) -> bool:
        """Take in what follows the lines known so far; returns whether a torn line ends it."""
        *whole, torn = content.split(b"\n")
        for line in whole:
            self._keep(*self._read(line, self._lines + 1))
            self._lines += 1
            self._offset += len(line) + 1
        return torn != b""

    def _keep(self, key: str, entry: Entry) -> None:
        first = self._entries.setdefault(key, entry)
        if first is not entry:
            self._remarks.append(
                f"Line {entry.line} repeats the question of line {first.line}, whose answer counts."
            )

    def _read(self, text: bytes, number: int) -> tuple[str, Entry]:
        try:
            line: Any = json.loads(text)
            if line["format"] != FORMAT:
                raise self._damaged(number, f"has format {line['format']!r}, not {FORMAT}")
            if key_of(line["question"]) != line["key"]:
                raise self._damaged(number, "was changed: its question does not have its key")
            answer: Answer = from_json(Answer, line["answer"], "answer")
            return line["key"], Entry(line["question"], answer, number)
        except (ValueError, KeyError, TypeError, ConfigError) as error:
            what = f"is no recorded call ({type(error).__name__}: {error})"
            raise self._damaged(number, what) from None

    def _damaged(self, number: int, problem: str) -> ChatError:
        cure = "Delete that line, restore the file from a backup, or record it anew."
        return self._error(f"Line {number} {problem}.", cure)

    def _error(self, problem: str, cure: str) -> ChatError:
        return ChatError("cassette", str(self.path), problem, cure)

    @contextmanager
    def _explained(self, what: str) -> Iterator[None]:
        """Turn the operating system's refusals into ours."""
        try:
            yield
        except OSError as error:
            problem = f"The cassette cannot be {what} ({error.strerror})."
            raise self._error(problem, "Choose another path.") from None


def _append(descriptor: int, end: int, line: bytes) -> None:
    """Put a line after the last whole one, over a torn one if there is, and wait for the disk."""
    os.truncate(descriptor, end)
    try:
        if os.pwrite(descriptor, line, end) < len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(descriptor)
    except OSError:
        os.truncate(descriptor, end)
        raise
