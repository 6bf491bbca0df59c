"""What comes back from DashScope, where refusals are returned and not raised."""

from collections.abc import Mapping
from typing import Any

from claims_env.chat import Answer, Finish, Usage
from claims_env.chats.refusal import Refusal
from claims_env.chats.request import Request
from claims_env.chats.setback import Setback, malformed
from claims_env.chats.spoken_wait import spoken_wait

_FINISHES: dict[str, Finish] = {"length": "length", "content_filter": "blocked"}


def read_reply(outcome: Any, request: Request) -> Answer | Refusal | Setback:
    """Return the answer or the refusal in a reply.

    Args:
        outcome: A MultiModalConversationResponse of the library, and the headers it came with.
        request: What it replies to.
    """
    reply, headers = outcome
    if reply["status_code"] != 200:
        return _refusal(reply, headers)
    if not reply["output"]["choices"]:
        return malformed("The reply holds no answer")
    choice = reply["output"]["choices"][0]
    text, finish = _text(choice), _FINISHES.get(str(choice.get("finish_reason")), "stop")
    if not text and finish == "stop":
        return malformed("The answer is empty")
    facts = request.facts("dashscope", reply["request_id"])
    return Answer(text, finish, request.place.model, _usage(reply.get("usage")), facts=facts)


def _text(choice: Mapping[str, Any]) -> str:
    content = choice["message"]["content"] or ""
    if isinstance(content, str):
        return content
    return "".join(str(part["text"]) for part in content if part.get("text"))


def _usage(usage: Any) -> Usage | None:
    # where the provider says nothing, the library says 0
    if not usage or not usage.get("input_tokens"):
        return None
    asked = usage.get("prompt_tokens_details") or usage.get("input_tokens_details") or {}
    answered = usage.get("output_tokens_details") or {}
    return Usage(
        input=int(usage["input_tokens"]),
        output=int(usage.get("output_tokens") or 0),
        cached=int(asked.get("cached_tokens") or 0),
        thought=int(answered.get("reasoning_tokens") or 0),
    )


def _refusal(reply: Mapping[str, Any], headers: Mapping[str, str]) -> Refusal:
    # the page of some gateway arrives as the message of an unknown refusal; nobody wants to read it
    code = str(reply.get("code") or "")
    message = "" if code == "Unknown" else str(reply.get("message") or "")
    return Refusal(int(reply["status_code"]), code, "", message, spoken_wait(headers))
