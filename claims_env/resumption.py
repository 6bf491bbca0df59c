"""What must not change while a run is stopped: what it is made of, told part by part."""

from typing import Any

from claims_env.errors import LedgerError

_ROOM = 80
"""Characters a value may take in a refusal that tells of several."""


def require_same(recorded: dict[str, Any], now: dict[str, Any]) -> None:
    """Refuse to continue a run with other parts than it began with.

    Raises:
        LedgerError: Something differs; it is named.
    """
    if differs := changes(recorded, now):
        raise LedgerError(
            f"This run began with something else: {'; '.join(differs)}. "
            "Restore that to resume it, or start a new run from its config.yaml with "
            "`claims-env run --from`."
        )


def changes(recorded: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """Return what is not as it was recorded, a sentence for each part."""
    changed = sorted(key for key in now if recorded.get(key) != now[key])
    return [told for key in changed for told in _differences(key, recorded.get(key), now[key])]


def _differences(name: str, before: Any, after: Any) -> list[str]:
    """Return what differs between two facts, a sentence for each part that does."""
    before, after = _parts(before), _parts(after)
    if isinstance(before, dict) and isinstance(after, dict):
        return [
            told
            for key in sorted({*before, *after})
            if before.get(key) != after.get(key)
            for told in _differences(f"{name}.{key}", before.get(key), after.get(key))
        ]
    return [f"{name} was {_short(before)} and is {_short(after)}"]


def _parts(fact: Any) -> Any:
    """Return a fact by name of its parts, where they have names: a run's suites do."""
    if isinstance(fact, list) and fact and all(isinstance(p, dict) and "name" in p for p in fact):
        return {str(part["name"]): part for part in fact}
    return fact


def _short(value: Any) -> str:
    """Return a value in words that leave room for others."""
    text = "not on record" if value is None else str(value)
    return text if len(text) <= _ROOM else f"{text[: _ROOM - 1]}…"
