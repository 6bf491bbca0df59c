"""A request that brought no answer: why, and what it says about asking again."""

from dataclasses import dataclass

_GARBLED = {"ValueError", "ParseError", "DecodeError"}
_LATE = {"TimeoutException", "Timeout", "TimeoutError", "APITimeoutError", "DeadlineExceeded"}
_CUT = {"TransportError", "ConnectionError", "APIConnectionError", "ChunkedEncodingError"}
_CUT |= {"HTTPError", "HTTPException", "RetryError"}
"""Names of classes, since httpx, httpx2 and requests each have their own."""


@dataclass(frozen=True, slots=True)
class Setback:
    """Why a request brought no answer; a value, so that no library's exception lives on in it.

    Attributes:
        kind: As in `ChatError`.
        problem: What happened, as a sentence.
        cure: What to do about it, as a sentence.
        wait_s: How long the provider asks us to stay away [s].
        amended: The next request will be another one, so it can be sent at once.
    """

    kind: str
    problem: str
    cure: str = ""
    wait_s: float | None = None
    amended: bool = False


def broken(error: Exception) -> Setback:
    """Return what an exception that is no error status means; only its kind is kept."""
    names = {ancestor.__name__ for ancestor in type(error).__mro__}
    if names & _LATE:
        return Setback("timeout", "No answer came in time.", "Raise timeout_s if it recurs.")
    if names & _GARBLED:
        return malformed("What came back cannot be read")
    if names & _CUT or isinstance(error, OSError):
        return Setback("unavailable", "The connection failed or was cut.", "Check the base_url.")
    return Setback(
        "request",
        f"The vendor's library broke down with {type(error).__name__}.",
        "Check its version, and the settings given as 'extra'.",
    )


def malformed(problem: str) -> Setback:
    """Return the setback of a reply that is no answer.

    Args:
        problem: What is wrong with it, without a full stop.
    """
    return Setback("malformed", f"{problem}.", "Check that base_url leads to a model's API.")
