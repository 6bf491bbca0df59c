"""What the vendors' protocols have in common, as a server sees them."""

import base64
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PIL import Image

PAGE = "<html><body><h1>502 Bad Gateway</h1>" + "nginx " * 40 + "</body></html>"


class BadRequest(Exception):
    """A request a vendor would refuse."""

    def __init__(self, status: int, code: str, message: str, parameter: str = "") -> None:
        self.status, self.code, self.message, self.parameter = status, code, message, parameter
        super().__init__(message)


@dataclass(frozen=True)
class Asked:
    """What a request says, whoever's protocol it came by."""

    vendor: str
    model: str
    texts: tuple[str, ...]
    pictures: tuple[bytes, ...]
    body: Mapping[str, Any]
    headers: Mapping[str, str]

    @property
    def text(self) -> str:
        return "\n".join(self.texts)


@dataclass(frozen=True)
class Tokens:
    """What an answer costs: a token per 4 letters asked and per letter said, 100 per picture."""

    input: int
    output: int

    @classmethod
    def of(cls, asked: Asked, answer: str) -> "Tokens":
        return cls(len(asked.text) // 4 + 100 * len(asked.pictures), len(answer))


@dataclass(frozen=True)
class Reply:
    status: int
    body: Any
    media_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    cut_after: int | None = None

    @property
    def data(self) -> bytes:
        text = self.body if isinstance(self.body, str) else json.dumps(self.body)
        return text.encode()[: self.cut_after]


@dataclass(frozen=True)
class Wire:
    """One vendor's protocol.

    Attributes:
        parse: Reads a request, or raises BadRequest.
        success: Dresses an answer: text, tokens, model and which of the special ends it has.
        error: Dresses an error: status, code, message, parameter.
    """

    parse: Callable[[str, dict[str, str], bytes, str, Sequence[str]], Asked]
    success: Callable[[Asked, str, Tokens, str, str], Any]
    error: Callable[[int, str, str, str], Any]

    def refusal(self, problem: BadRequest) -> Reply:
        body = self.error(problem.status, problem.code, problem.message, problem.parameter)
        return Reply(problem.status, body)

    def reply(self, asked: Asked, fault: str, text: str, model: str, wait_s: str) -> Reply:
        """Return the reply a fault calls for."""
        if fault in ERRORS:
            status, code, message = ERRORS[fault]
            headers = {"retry-after": wait_s} if fault == "429-after" else {}
            return Reply(status, self.error(status, code, message, ""), headers=headers)
        if fault in ("html", "html-502"):
            return Reply(200 if fault == "html" else 502, PAGE, "text/html")
        if fault == "list":
            return Reply(200, ["not", "an", "answer"])
        if fault == "prose":
            text = f"Sure! Here it is:\n```json\n{text}\n```\nAnything else?"
        body = self.success(asked, text, Tokens.of(asked, text), model, fault)
        return Reply(200, body, cut_after=40 if fault == "truncated" else None)


ERRORS = {
    "400": (400, "invalid_request_error", "the picture is too large"),
    "401": (401, "invalid_api_key", "the key sk-test-0123456789abcdef0123456789abcdef is wrong"),
    "403": (403, "permission_denied", "not in your region"),
    "404": (404, "model_not_found", "no such model"),
    "429": (429, "rate_limit_exceeded", "slow down"),
    "429-after": (429, "rate_limit_exceeded", "slow down"),
    "429-quota": (429, "insufficient_quota", "you have no money left"),
    "withheld": (400, "content_filter", "the question breaks our rules"),
    "500": (500, "server_error", "we are sorry"),
    "503": (503, "overloaded", "come back later"),
}
"""Status, code and message of each fault that is an error."""


def parsed(body: bytes, required: set[str], known: set[str]) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except ValueError:
        raise BadRequest(400, "invalid_json", "the body is no JSON") from None
    if missing := required - set(said):
        raise BadRequest(400, "missing_parameter", f"missing {missing}", min(missing))
    if unknown := set(said) - known:
        raise BadRequest(400, "unknown_parameter", f"unknown {sorted(unknown)}", min(unknown))
    return said


def refuse(parameters: Mapping[str, Any], refuses: Sequence[str]) -> None:
    for name in refuses:
        if name in parameters:
            message = f"Unsupported parameter: '{name}' is not supported with this model."
            raise BadRequest(400, "unsupported_parameter", message, name)


def bearer(headers: Mapping[str, str], key: str) -> None:
    said = {name.lower(): value for name, value in headers.items()}
    if said.get("authorization") != f"Bearer {key}" or "x-goog-api-key" in said:
        raise BadRequest(401, "invalid_api_key", f"wrong key {said.get('authorization')}")


def opened(data: str, media_type: str, *, urlsafe: bool = False) -> bytes:
    """Return a picture's bytes once it has been seen to open and to be what it says."""
    try:
        raw = base64.b64decode(data, altchars=b"-_" if urlsafe else None, validate=True)
        with Image.open(io.BytesIO(raw)) as picture:
            picture.verify()
            if Image.MIME[picture.format or ""] != media_type:
                raise ValueError
    except (ValueError, OSError, KeyError, SyntaxError):
        raise BadRequest(400, "invalid_image", "a picture cannot be opened") from None
    return raw


def from_url(url: str) -> bytes:
    found = re.fullmatch(r"data:(image/\w+);base64,(.+)", url)
    if not found:
        raise BadRequest(400, "invalid_image_url", "pictures come as data URLs")
    return opened(found[2], found[1])


def need_json(texts: Sequence[str], form: Any) -> None:
    kind = form.get("type") if isinstance(form, dict) else None
    if kind == "json_object" and "json" not in " ".join(texts).lower():
        message = "'messages' must contain the word 'json' to use response_format json_object"
        raise BadRequest(400, "invalid_parameter_error", message)
