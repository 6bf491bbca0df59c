"""OpenAI's chat/completions as a server sees it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from chats.stub_wire import (
    Asked,
    BadRequest,
    Tokens,
    Wire,
    bearer,
    from_url,
    need_json,
    parsed,
    refuse,
)

_OPENAI_KNOWN = {"model", "messages", "temperature", "max_tokens", "max_completion_tokens", "seed"}
_OPENAI_KNOWN |= {"response_format", "vl_high_resolution_images", "reasoning_effort"}


def _parse_openai(
    path: str, headers: dict[str, str], body: bytes, key: str, refuses: Sequence[str]
) -> Asked:
    bearer(headers, key)
    said = parsed(body, {"model", "messages"}, _OPENAI_KNOWN)
    refuse(said, refuses)
    texts, pictures = [], []
    for message in said["messages"]:
        if message["role"] not in ("system", "user") or set(message) != {"role", "content"}:
            raise BadRequest(400, "invalid_role", "a role nobody plays")
        content = message["content"]
        parts: list[Any] = (
            [{"type": "text", "text": content}] if isinstance(content, str) else content
        )
        for part in parts:
            if part["type"] == "text":
                texts.append(part["text"])
            else:
                pictures.append(from_url(part["image_url"]["url"]))
    form = said.get("response_format")
    need_json(texts, form)
    if form and form["type"] == "json_schema":
        _check_form(form["json_schema"])
    return Asked("openai", said["model"], tuple(texts), tuple(pictures), said, headers)


def _check_form(form: Mapping[str, Any]) -> None:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", form["name"]) or "schema" not in form:
        raise BadRequest(400, "invalid_schema", "name or schema", "response_format")
    if form["strict"] and form["schema"].get("additionalProperties") is not False:
        raise BadRequest(400, "invalid_schema", "strict schemas are closed", "response_format")


def _openai_success(asked: Asked, text: str, tokens: Tokens, model: str, fault: str) -> Any:
    finish = {"length": "length", "blocked": "content_filter"}.get(fault, "stop")
    message: dict[str, Any] = {"role": "assistant", "content": text, "refusal": None}
    if fault == "refusal":
        message |= {"content": None, "refusal": "I cannot help with that."}
    if fault == "blocked":
        message["content"] = None
    if fault == "empty":
        message["content"] = ""
    if fault == "thoughts":
        message["content"] = f"<think>\nHm.\n</think>\n\n{text}"
    thought = 5 if fault == "thoughts" else 0
    usage = {
        "prompt_tokens": tokens.input,
        "completion_tokens": tokens.output,
        "total_tokens": tokens.input + tokens.output,
        "prompt_tokens_details": {"cached_tokens": 3},
        "completion_tokens_details": {"reasoning_tokens": thought},
    }
    choice = {"index": 0, "message": message, "finish_reason": finish}
    body = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": model}
    body |= {"choices": [] if fault == "empty-choices" else [choice]}
    return body if fault == "no-usage" else body | {"usage": usage}


def _openai_error(status: int, code: str, message: str, parameter: str) -> Any:
    kind = "invalid_request_error"
    return {"error": {"message": message, "type": kind, "param": parameter or None, "code": code}}


OPENAI = Wire(_parse_openai, _openai_success, _openai_error)
