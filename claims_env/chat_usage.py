"""What language models were asked and what it cost: counts of a run, and of a part of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol, runtime_checkable

Entry = Mapping[str, Any]
"""The counts of one purpose and model, in values JSON knows; see `chats.meter`."""


@runtime_checkable
class KeepsUsage(Protocol):
    """A ledger that also keeps account of language models."""

    def keep_usage(self, round_index: int, name: str, usage: Mapping[str, Any]) -> None:
        """Record what was asked and spent in a stage, be it finished or broken off."""
        ...


class ChatAccount(Protocol):
    """What the language models of a run share: counts, and caps on them."""

    def usage(self) -> Mapping[str, Any]:
        """Return the counts so far: under 'chats', an entry per purpose and model."""
        ...

    def charge(self, entries: Iterable[Entry]) -> None:
        """Take off the caps what was spent before, as by a run that is resumed."""
        ...


@contextmanager
def accounted(
    account: ChatAccount | None, ledger: object, round_index: int, name: str
) -> Iterator[None]:
    """Have a ledger keep what language models are asked meanwhile.

    Args:
        account: Theirs; None where there are no models.
        ledger: Keeps them, if it can.
        round_index: Whose stage it is.
        name: The stage.
    """
    if account is None or not isinstance(ledger, KeepsUsage):
        yield
        return
    before = account.usage()
    try:
        yield
    finally:  # what is spent is spent, even where the stage is broken off
        if grown := usage_since(before, account.usage()):
            ledger.keep_usage(round_index, name, grown)


def told_usage(entries: Iterable[Entry]) -> list[str]:
    """Return one sentence per model: how often it answered, its tokens, and what that cost.

    Questions without an answer are told by the kind of their errors, and who answered is named
    where the provider says another name.
    """
    by_model: dict[str, list[Entry]] = {}
    for entry in entries:
        by_model.setdefault(entry["model"], []).append(entry)
    return [_told(model, counted) for model, counted in sorted(by_model.items())]


def _told(model: str, counted: list[Entry]) -> str:
    calls, answers = (sum(entry[name] for entry in counted) for name in ("calls", "answers"))
    tokens = sum(entry["tokens"]["input"] + entry["tokens"]["output"] for entry in counted)
    costs = [entry["usd"] for entry in counted]
    cost = "at a price nobody knows" if None in costs else f"for {sum(costs):.4f} USD"
    told = f"{model} answered {answers} of {calls} questions, with {tokens} tokens, {cost}."
    return " ".join([told, *_unanswered(counted), *_served(model, counted)])


def _served(model: str, counted: list[Entry]) -> list[str]:
    served = {name for entry in counted for name in entry.get("served", {})}
    others = sorted(served - {model, model.partition(":")[2], ""})
    return [f"It was answered by {', '.join(others)}."] if others else []


def _unanswered(counted: list[Entry]) -> list[str]:
    errors = Counter[str]()
    for entry in counted:
        errors.update(entry.get("errors", {}))
    is_capped = errors.pop("budget", 0) > 0
    kinds = [f"{number} x {kind}" for kind, number in sorted(errors.items())]
    told = [f"Without an answer: {', '.join(kinds)}."] if kinds else []
    # who meets a cap is not asked the rest, so that a count would say too little
    return told + (["A cap stopped further questions."] if is_capped else [])


def usage_since(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Return what came to the counts in the meantime; empty if nothing did.

    Args:
        before: Counts of earlier: a mapping whose 'chats' holds an entry per purpose and model.
        after: Counts of now, of the same meter.
    """
    earlier = {_key(entry): entry for entry in before["chats"]}
    grown = [_grown(earlier.get(_key(entry), {}), entry) for entry in after["chats"]]
    asked = [entry for entry in grown if entry["calls"] or entry["errors"]]
    return {"chats": asked} if asked else {}


def _key(entry: Entry) -> tuple[str, str]:
    return entry["purpose"], entry["model"]


def _grown(before: Entry, after: Entry) -> dict[str, Any]:
    return {
        name: value if name in ("purpose", "model") else _difference(before.get(name), value)
        for name, value in after.items()
    }


def _difference(before: Any, after: Any) -> Any:
    """Return how much a count grew; None where it is, or was, unknown."""
    if isinstance(after, Mapping):
        earlier: Mapping[str, Any] = before or {}
        grown = {name: _difference(earlier.get(name), value) for name, value in after.items()}
        # what did not happen is not listed, as in the counts themselves
        return grown if "input" in grown else {k: v for k, v in grown.items() if v}
    if after is None:
        return None
    grew = after - (before or 0)
    return round(grew, 9) if isinstance(grew, float) else grew
