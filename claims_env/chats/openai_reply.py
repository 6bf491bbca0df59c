"""What comes back over chat/completions; the library checks none of it."""

from typing import Any

from claims_env.chat import Answer, Finish, Usage
from claims_env.chats.refusal import Refusal
from claims_env.chats.reply_form import without_thoughts
from claims_env.chats.request import Request
from claims_env.chats.setback import Setback, malformed
from claims_env.chats.spoken_wait import spoken_wait

_FINISHES: dict[str, Finish] = {"length": "length", "content_filter": "blocked"}


def read_reply(reply: Any, request: Request) -> Answer | Setback:
    """Return the answer in a reply.

    Args:
        reply: A ChatCompletion of the library, or the text of a page.
        request: What it replies to.
    """
    if isinstance(reply, str):
        return malformed("A page came back instead of an answer")
    if not reply.choices:
        return malformed("The reply holds no answer")
    message, text = reply.choices[0].message, _text(reply.choices[0].message)
    refusal = getattr(message, "refusal", None)
    finish = "blocked" if refusal else _FINISHES.get(str(reply.choices[0].finish_reason), "stop")
    if not text and finish == "stop":
        return malformed("The answer is empty")
    facts = request.facts("openai", reply.id)
    served = str(reply.model or request.place.model)
    return Answer(text, finish, served, _usage(reply.usage), facts=facts)


def refusal_of(error: Exception) -> Refusal | None:
    """Return the error status an exception of the library stands for, or None."""
    status, body = getattr(error, "status_code", None), getattr(error, "body", None)
    if not isinstance(status, int) or status < 400:
        return None
    said = body if isinstance(body, dict) else {}
    return Refusal(
        status,
        str(said.get("code") or said.get("type") or ""),
        str(said.get("param") or ""),
        str(said.get("message") or ""),
        spoken_wait(getattr(getattr(error, "response", None), "headers", {})),
    )


def _text(message: Any) -> str:
    """Return the answer without thoughts; some servers send it in parts."""
    content = message.content or ""
    if isinstance(content, list):
        content = "".join(str(part["text"]) for part in content if part.get("text"))
    return without_thoughts(str(content))


def _usage(usage: Any) -> Usage | None:
    if usage is None or usage.prompt_tokens is None:
        return None
    asked = getattr(usage, "prompt_tokens_details", None)
    answered = getattr(usage, "completion_tokens_details", None)
    return Usage(
        input=int(usage.prompt_tokens),
        output=int(usage.completion_tokens or 0),
        cached=int(getattr(asked, "cached_tokens", None) or 0),
        thought=int(getattr(answered, "reasoning_tokens", None) or 0),
    )
