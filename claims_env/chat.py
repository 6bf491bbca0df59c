"""What judges and schedulers need from a language model: one question with pictures, one answer."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, Protocol

Finish = Literal["stop", "length", "blocked"]
"""Why an answer ended: it was complete, its tokens ran out, or the provider withheld it."""


@dataclass(frozen=True, eq=False)
class Picture:
    """An encoded picture.

    Attributes:
        data: The file's bytes.
        media_type: 'image/jpeg', 'image/png' or 'image/webp'.
        width: In pixels.
        height: In pixels.
    """

    data: bytes
    media_type: str
    width: int
    height: int

    @cached_property
    def digest(self) -> str:
        """The sha256 of the bytes, by which records know the picture."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of the question.

    Attributes:
        role: 'system' for standing instructions, 'user' for everything else.
        text: What is said.
        pictures: Shown after the text.
    """

    role: Literal["system", "user"]
    text: str
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """Everything an answer depends on, beside the model.

    Attributes:
        messages: At most one of the system, first; then one of the user. Portable everywhere.
        purpose: Who asks, such as 'alignment', 'difficulty' or 'scheduler': tokens and costs are
            counted per purpose.
        prompt_version: Of the text the messages were made from, such as 'alignment 1'.
        schema: JSON schema the answer must meet, or None for free text.
        max_tokens: Most the answer may have; thinking counts in.
        temperature: Or None for the model's own; models that do not take one go without.
        seed: Or None; providers promise little.
        sample: Which of several answers to the same question this is to be.
    """

    messages: tuple[Message, ...]
    purpose: str
    prompt_version: str
    schema: Mapping[str, Any] | None = None
    max_tokens: int = 3000
    temperature: float | None = 0.0
    seed: int | None = None
    sample: int = 0


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one answer, as the provider counts them.

    Attributes:
        input: Of the question, pictures included.
        output: Of the answer, thinking included.
        cached: Of the question, those the provider had in store.
        thought: Of the answer, those nobody sees.
    """

    input: int = 0
    output: int = 0
    cached: int = 0
    thought: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.

    Attributes:
        text: The answer, without thoughts.
        finish: Why it ended.
        served_model: Who answered, as the provider says; not always who was asked.
        usage: Tokens, or None where the provider does not say.
        attempts: How often it was asked, this answer included.
        facts: What else is worth a record (response id, cassette, library versions); no key.
    """

    text: str
    finish: Finish
    served_model: str
    usage: Usage | None = None
    attempts: int = 1
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])


class Chat(Protocol):
    """A language model that answers; safe to call from several threads."""

    @property
    def name(self) -> str:
        """Vendor and model, such as 'openai:gpt-4o': in records and cassette keys."""
        ...

    def ask(self, question: Question) -> Answer:
        """Return the answer.

        Raises:
            ChatError: There is none; its kind says whether asking again can help.
        """
        ...
