"""Google's generateContent as a server sees it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from chats.stub_wire import Asked, BadRequest, Tokens, Wire, opened, parsed, refuse

_GEMINI_KNOWN = {"contents", "systemInstruction", "generationConfig"}
_GEMINI_CONFIG = {"temperature", "maxOutputTokens", "seed", "responseMimeType"}
_GEMINI_CONFIG |= {"responseJsonSchema", "thinkingConfig", "topK"}


def _parse_gemini(
    path: str, headers: dict[str, str], body: bytes, key: str, refuses: Sequence[str]
) -> Asked:
    said = {name.lower(): value for name, value in headers.items()}
    if said.get("x-goog-api-key") != key or "authorization" in said:
        raise BadRequest(400, "API_KEY_INVALID", f"API key not valid: {said.get('x-goog-api-key')}")
    request = parsed(body, {"contents", "generationConfig"}, _GEMINI_KNOWN | {"model"})
    if unknown := set(request["generationConfig"]) - _GEMINI_CONFIG:
        raise BadRequest(400, "INVALID_ARGUMENT", f"unknown {sorted(unknown)}")
    refuse(request["generationConfig"], refuses)
    if [c["role"] for c in request["contents"]] != ["user"]:
        raise BadRequest(400, "INVALID_ARGUMENT", "one turn of the user")
    system = request.get("systemInstruction", {}).get("parts", [])
    parts = [*system, *request["contents"][0]["parts"]]
    texts = [part["text"] for part in parts if "text" in part]
    inline = [part["inlineData"] for part in parts if "inlineData" in part]
    pictures = [_inline(data) for data in inline]
    (model,) = re.findall(r"/models/([^/]+):generateContent", unquote(urlsplit(path).path))
    return Asked("gemini", model, tuple(texts), tuple(pictures), request, headers)


def _inline(data: Mapping[str, str]) -> bytes:
    """Return a picture; one library spells fields and letters in one way, one in another."""
    kind, text = data.get("mimeType") or data["mime_type"], data["data"]
    return opened(text, kind, urlsafe="-" in text or "_" in text)


def _gemini_success(asked: Asked, text: str, tokens: Tokens, model: str, fault: str) -> Any:
    finish = {"length": "MAX_TOKENS", "refusal": "SAFETY", "other": "OTHER"}.get(fault, "STOP")
    parts: list[dict[str, Any]] = [] if fault in ("refusal", "empty") else [{"text": text}]
    thought = 5 if fault == "thoughts" else 0
    if thought:
        parts.insert(0, {"text": "Hm.", "thought": True})
    usage = {
        "promptTokenCount": tokens.input,
        "candidatesTokenCount": tokens.output - thought,
        "thoughtsTokenCount": thought,
        "cachedContentTokenCount": 3,
        "totalTokenCount": tokens.input + tokens.output,
    }
    body: dict[str, Any] = {"modelVersion": model, "responseId": "resp-1"}
    candidate = {"content": {"role": "model", "parts": parts}, "finishReason": finish, "index": 0}
    if fault == "blocked":
        body["promptFeedback"] = {"blockReason": "SAFETY"}
    elif fault != "empty-choices":
        body["candidates"] = [candidate]
    return body if fault == "no-usage" else body | {"usageMetadata": usage}


_GOOGLE_STATUS = {400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED"}
_GOOGLE_STATUS |= {404: "NOT_FOUND", 429: "RESOURCE_EXHAUSTED", 500: "INTERNAL"}
_GOOGLE_STATUS |= {503: "UNAVAILABLE"}


def _gemini_error(status: int, code: str, message: str, parameter: str) -> Any:
    info = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": code}
    info |= {"domain": "googleapis.com"}
    error = {"code": status, "message": message, "status": _GOOGLE_STATUS[status]}
    return {"error": error | {"details": [info]}}


GEMINI = Wire(_parse_gemini, _gemini_success, _gemini_error)
