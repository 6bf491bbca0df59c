"""DashScope's multimodal generation as a server sees it."""

from collections.abc import Sequence
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

_DASHSCOPE_KNOWN = {"result_format", "max_tokens", "temperature", "seed", "response_format"}
_DASHSCOPE_KNOWN |= {"vl_high_resolution_images", "enable_thinking"}


def _parse_dashscope(
    path: str, headers: dict[str, str], body: bytes, key: str, refuses: Sequence[str]
) -> Asked:
    bearer(headers, key)
    said = parsed(body, {"model", "input", "parameters"}, {"model", "input", "parameters"})
    if unknown := set(said["parameters"]) - _DASHSCOPE_KNOWN:
        raise BadRequest(400, "InvalidParameter", f"unknown {sorted(unknown)}")
    refuse(said["parameters"], refuses)
    parts = [part for message in said["input"]["messages"] for part in message["content"]]
    texts = [part["text"] for part in parts if set(part) == {"text"}]
    pictures = [from_url(part["image"]) for part in parts if set(part) == {"image"}]
    if len(texts) + len(pictures) != len(parts):
        raise BadRequest(400, "InvalidParameter", "a part is neither a text nor an image")
    need_json(texts, said["parameters"].get("response_format"))
    return Asked("dashscope", said["model"], tuple(texts), tuple(pictures), said, headers)


def _dashscope_success(asked: Asked, text: str, tokens: Tokens, model: str, fault: str) -> Any:
    finish = {"length": "length", "blocked": "content_filter"}.get(fault, "stop")
    content: Any = [] if fault in ("blocked", "empty") else [{"text": text}]
    choice = {
        "finish_reason": finish,
        "message": {"role": "assistant", "content": content},
    }
    thought = {"output_tokens_details": {"reasoning_tokens": 5}} if fault == "thoughts" else {}
    usage = {
        "input_tokens": tokens.input,
        "output_tokens": tokens.output,
        "total_tokens": tokens.input + tokens.output,
        "image_tokens": 100 * len(asked.pictures),
        "prompt_tokens_details": {"cached_tokens": 3},
        **thought,
    }
    output = {"choices": [] if fault == "empty-choices" else [choice]}
    body = {"output": output, "request_id": "req-1"}
    return body if fault == "no-usage" else body | {"usage": usage}


def _dashscope_error(status: int, code: str, message: str, parameter: str) -> Any:
    return {"code": code, "message": message, "request_id": "req-2"}


DASHSCOPE = Wire(_parse_dashscope, _dashscope_success, _dashscope_error)
