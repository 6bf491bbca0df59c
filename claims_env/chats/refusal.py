"""A provider's answer that is an error: what it says, and what that means."""

from collections.abc import Callable
from dataclasses import dataclass

from claims_env.chat import Question
from claims_env.chats.provider_words import quoted, shown_code
from claims_env.chats.setback import Setback

_NO_MONEY = {
    "insufficient_quota",
    "billing_not_active",
    "Arrearage",
    "AllocationQuota.FreeTierOnly",
}
_BAD_KEY = {"API_KEY_INVALID", "InvalidApiKey", "invalid_api_key"}
_WITHHELD = {"content_policy_violation", "content_filter", "DataInspectionFailed"}
_WITHHELD |= {"data_inspection_failed"}
"""Codes as the providers' own pages of errors list them."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a provider says when it answers with an error.

    Attributes:
        status: The HTTP status.
        code: Its own name for the error, or ''.
        parameter: The field of the request it objects to, or ''.
        message: Its explanation, not fit to be shown as it is: it may repeat the request.
        wait_s: How long it asks us to stay away [s].
    """

    status: int
    code: str = ""
    parameter: str = ""
    message: str = ""
    wait_s: float | None = None

    @property
    def withholds(self) -> bool:
        """Whether it is the content that is refused, which is an answer of a kind."""
        return self.status < 500 and self.code in _WITHHELD


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question goes: what an error names.

    Attributes:
        model: Who is asked.
        endpoint: The host, without path or credentials.
        key_from: The environment variable that holds the key; None where none is sent.
    """

    model: str
    endpoint: str
    key_from: str | None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one sort of refusal comes to.

    Attributes:
        fits: Whether a refusal is of the sort.
        kind: As in `ChatError`.
        problem: As a sentence, with the place and the refusal's sign to be put in.
        cure: Likewise.
    """

    fits: Callable[[Refusal, Place], bool]
    kind: str
    problem: str
    cure: str = ""


MEANINGS = (
    Meaning(
        lambda refusal, place: refusal.code in _NO_MONEY,
        "auth",
        "The account behind {key_from} has no quota left {sign}.",
        "Top it up, or put another account's key into {key_from}.",
    ),
    Meaning(
        lambda refusal, place: place.key_from is None and refusal.status in (401, 403),
        "auth",
        "{endpoint} asks for a key {sign}.",
        "Put one into the environment, and name its variable: key_from.",
    ),
    Meaning(
        lambda refusal, place: refusal.status == 401 or refusal.code in _BAD_KEY,
        "auth",
        "{endpoint} refuses the key in {key_from} {sign}.",
        "Put a valid key for it into {key_from}.",
    ),
    Meaning(
        lambda refusal, place: refusal.status == 403,
        "auth",
        "The key in {key_from} may not use this model or region {sign}.",
        "Ask the provider for access, or choose another model or base_url.",
    ),
    Meaning(lambda refusal, place: refusal.status == 429, "rate", "Too many requests {sign}."),
    Meaning(
        lambda refusal, place: refusal.status in (408, 504),
        "timeout",
        "The provider gave up waiting {sign}.",
    ),
    Meaning(
        lambda refusal, place: refusal.status >= 500 or refusal.status == 409,
        "unavailable",
        "It is out of order {sign}.",
    ),
    Meaning(
        lambda refusal, place: refusal.status == 404,
        "request",
        "{endpoint} knows no model '{model}', or no such path {sign}.",
        "Check the model's name and the base_url.",
    ),
    Meaning(
        lambda refusal, place: True,
        "request",
        "The request is refused {sign}{quoted}.",
        "Change what it objects to; asking again would not help.",
    ),
)
"""The first that fits counts."""


def refused(refusal: Refusal, place: Place, question: Question) -> Setback:
    """Return what a refusal means.

    Args:
        refusal: What the provider says.
        place: Where it was asked.
        question: What it was asked, of which nothing may be shown.
    """
    meaning = next(meaning for meaning in MEANINGS if meaning.fits(refusal, place))
    words = {
        "sign": f"({refusal.status} {shown_code(refusal.code)})".replace(" )", ")"),
        "quoted": quoted(refusal.message, question),
        "endpoint": place.endpoint,
        "model": place.model,
        "key_from": place.key_from or "no variable",
    }
    problem, cure = meaning.problem.format(**words), meaning.cure.format(**words)
    return Setback(meaning.kind, problem, cure, wait_s=refusal.wait_s)
