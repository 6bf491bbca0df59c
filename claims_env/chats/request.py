"""One request: where it goes, what it asks, and what the model is taken to take."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from claims_env.chat import Question
from claims_env.chats.abilities import Abilities
from claims_env.chats.refusal import Place
from claims_env.chats.reply_form import form_of, left_out
from claims_env.chats.vendor_library import installed


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent, before a vendor's words are found for it.

    Attributes:
        place: Where it goes.
        question: What it asks.
        abilities: Parameters it may hold.
        extra: Fields the user adds to every request.
    """

    place: Place
    question: Question
    abilities: Abilities
    extra: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def temperature(self) -> float | None:
        """The temperature to send, or None to leave it out."""
        return self.question.temperature if self.abilities.temperature else None

    @property
    def seed(self) -> int | None:
        """The seed to send, or None to leave it out."""
        return self.question.seed if self.abilities.seed else None

    def facts(self, distribution: str, response_id: Any = None) -> dict[str, Any]:
        """Return what is worth a record of the answer to this.

        Args:
            distribution: The vendor's library, as it is installed by.
            response_id: The provider's own name for the answer, if it gives one.
        """
        facts = {
            "endpoint": self.place.endpoint,
            "form": form_of(self.question, self.abilities),
            "left_out": left_out(self.question, self.abilities),
            "library": installed(distribution),
            "response_id": None if response_id is None else str(response_id),
        }
        return facts | ({"extra": dict(self.extra)} if self.extra else {})
