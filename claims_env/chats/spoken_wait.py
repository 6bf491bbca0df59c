"""How long a provider asks to be left alone, in the three ways providers say it."""

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any


def spoken_wait(headers: Mapping[str, str]) -> float | None:
    """Return the seconds a reply's headers ask for, or None if they ask for nothing.

    Seconds or a date in 'retry-after' (RFC 9110, 10.2.3), or milliseconds in 'retry-after-ms',
    which OpenAI sends.
    """
    said = {name.lower(): value.strip() for name, value in headers.items()}
    milliseconds = _number(said.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    seconds = _number(said.get("retry-after"))
    return _until(said) if seconds is None else seconds


def detailed_wait(details: Any) -> float | None:
    """Return the seconds Google asks for in an error's body, or None.

    There it stands in 'retryDelay' of a RetryInfo, such as '34s' (google.rpc, error_details).
    """
    error = details.get("error", details) if isinstance(details, dict) else {}
    infos = error.get("details") if isinstance(error, dict) else None
    delays = [
        str(i["retryDelay"]) for i in infos or () if isinstance(i, dict) and "retryDelay" in i
    ]
    return _number(delays[0].removesuffix("s")) if delays else None


def _until(said: Mapping[str, str]) -> float | None:
    """Return the seconds from the reply's own date to the one it names: our clock may differ."""
    now, then = _date(said.get("date")), _date(said.get("retry-after"))
    return max(0.0, (then - now).total_seconds()) if now and then else None


def _date(text: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(text or "")
    except ValueError:
        return None


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None
