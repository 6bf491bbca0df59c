"""Endpoints: whether a provider answers, found out by asking for its list of models."""

import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

from claims_env.commands.doctor.check import State

TIME_LIMIT_S = 5.0
"""How long a provider may take to answer [s]."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A provider's door.

    Attributes:
        name: Whose.
        key_from: The environment variable with its key.
        base_url: Its address; no secret is in it.
        header: Which header holds the key.
        lead: What stands before the key there.
        is_own: Whether it is a server of the user's, which may need no key.
    """

    name: str
    key_from: str
    base_url: str
    header: str = "Authorization"
    lead: str = "Bearer "
    is_own: bool = False


def knock(endpoint: Endpoint, key: str, time_limit_s: float = TIME_LIMIT_S) -> tuple[State, str]:
    """Return how an endpoint is and what it said to a request for its models, which is free.

    A redirection is not followed: the key is for this address alone. Nothing that is returned holds
    the key, a header or what the provider wrote.

    Args:
        endpoint: Whom to ask.
        key: Its key; nothing is no key.
        time_limit_s: For each step of the connection [s].
    """
    if not endpoint.base_url.startswith(("http://", "https://")):
        return "broken", "is no address that begins with http:// or https://"
    headers = {endpoint.header: endpoint.lead + key} if key else {}
    try:
        request = urllib.request.Request(f"{endpoint.base_url}/models", headers=headers)
        with _opener(endpoint.base_url).open(request, timeout=time_limit_s) as reply:
            return "ok", f"answers (HTTP {reply.status})"
    except urllib.error.HTTPError as error:
        with error:
            return "broken", _refusal(error.code)
    except (OSError, HTTPException, ValueError) as error:
        # what the error says may hold the header it would not send
        return "broken", f"does not answer ({_trouble(error)})"


class _StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def _opener(url: str) -> urllib.request.OpenerDirector:
    handlers: list[urllib.request.BaseHandler] = [_StayHere()]
    if url.startswith(("http://127.", "http://localhost", "http://[::1]")):
        # no proxy stands between this computer and itself
        handlers.append(urllib.request.ProxyHandler({}))
    return urllib.request.build_opener(*handlers)


def _refusal(status: int) -> str:
    if status in (401, 403):
        return f"refuses the key (HTTP {status})"
    return f"answers, but not as expected (HTTP {status})"


def _trouble(error: Exception) -> str:
    """Return what the operating system calls it, or else the error's kind; never its message."""
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, TimeoutError):
        return "no answer in time"
    said = reason.strerror if isinstance(reason, OSError) else None
    return said or type(reason).__name__
