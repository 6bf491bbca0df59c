"""What comes back from Google, by either of its libraries."""

from typing import Any

from claims_env.chat import Answer, Finish, Usage
from claims_env.chats.refusal import Refusal
from claims_env.chats.request import Request
from claims_env.chats.setback import Setback, malformed
from claims_env.chats.spoken_wait import detailed_wait, spoken_wait

FINISHES: dict[str, Finish] = {
    "STOP": "stop",
    "MAX_TOKENS": "length",
    "SAFETY": "blocked",
    "RECITATION": "blocked",
    "BLOCKLIST": "blocked",
    "PROHIBITED_CONTENT": "blocked",
    "SPII": "blocked",
    "IMAGE_SAFETY": "blocked",
}
"""What Google's FinishReason comes to; those not here say that something went wrong."""


def read_reply(reply: Any, request: Request) -> Answer | Setback:
    """Return the answer in a reply.

    Args:
        reply: A GenerateContentResponse of google-genai.
        request: What it replies to.
    """
    served = str(reply.model_version or request.place.model)
    facts, usage = request.facts("google-genai", reply.response_id), _usage(reply.usage_metadata)
    if not reply.candidates:
        reason = label(getattr(reply.prompt_feedback, "block_reason", None))
        return withheld(reason, served, usage, facts)
    candidate = reply.candidates[0]
    parts = getattr(candidate.content, "parts", None) or ()
    text = "".join(part.text for part in parts if part.text and not part.thought)
    return ended(text, label(candidate.finish_reason), served, usage, facts)


def withheld(
    reason: str, served: str, usage: Usage | None, facts: dict[str, Any]
) -> Answer | Setback:
    """Return the answer to a question that was not let through, if a reason is given."""
    if not reason:
        return malformed("The reply holds no answer")
    return Answer("", "blocked", served, usage, facts={**facts, "withheld": reason})


def ended(
    text: str, reason: str, served: str, usage: Usage | None, facts: dict[str, Any]
) -> Answer | Setback:
    """Return an answer that ended for a reason of Google's."""
    finish = FINISHES.get(reason or "STOP")
    if finish is None or (not text and finish == "stop"):
        return malformed("The answer is empty or broke off")
    return Answer(text, finish, served, usage, facts=facts)


def refusal_of(error: Exception) -> Refusal | None:
    """Return the error status an exception of google-genai stands for, or None."""
    status, details = getattr(error, "code", None), getattr(error, "details", None)
    if not isinstance(status, int) or status < 400:
        return None
    wait = spoken_wait(getattr(getattr(error, "response", None), "headers", {}))
    return Refusal(
        status,
        reason_of(details) or str(getattr(error, "status", None) or ""),
        "",
        str(getattr(error, "message", None) or ""),
        detailed_wait(details) if wait is None else wait,
    )


def reason_of(details: Any) -> str:
    """Return the reason Google gives among an error's details, such as 'API_KEY_INVALID', or ''."""
    error = details.get("error", details) if isinstance(details, dict) else {}
    infos = error.get("details") if isinstance(error, dict) else None
    reasons = [str(i["reason"]) for i in infos or () if isinstance(i, dict) and "reason" in i]
    return reasons[0] if reasons else ""


def label(reason: Any) -> str:
    """Return an enum's name, also of one newer than the library, or '' for none."""
    return str(getattr(reason, "name", None) or reason or "")


def _usage(usage: Any) -> Usage | None:
    if usage is None or usage.prompt_token_count is None:
        return None
    thought = usage.thoughts_token_count or 0
    return Usage(
        input=usage.prompt_token_count,
        output=(usage.candidates_token_count or 0) + thought,
        cached=usage.cached_content_token_count or 0,
        thought=thought,
    )
