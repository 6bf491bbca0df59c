"""The chat for Gemini models over google-generativeai, which Google no longer keeps up."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from claims_env.chat import Answer, Message, Question, Usage
from claims_env.chats.abilities import Abilities, abilities_of
from claims_env.chats.asking import Asking, Wire
from claims_env.chats.endpoint import checked_url, host_of, is_loopback
from claims_env.chats.extra_fields import checked_extra
from claims_env.chats.gemini_chat import OFFICIAL
from claims_env.chats.gemini_reply import ended, label, reason_of, withheld
from claims_env.chats.keys import read_key
from claims_env.chats.lasting_client import LastingClient
from claims_env.chats.refusal import Place, Refusal
from claims_env.chats.reply_form import messages_for
from claims_env.chats.request import Request
from claims_env.chats.retries import Clock, Leave, Patience, always
from claims_env.chats.setback import Setback
from claims_env.chats.spoken_wait import detailed_wait, spoken_wait
from claims_env.chats.vendor_library import vendor_library

PACKAGE = "google-generativeai>=0.8,<0.9"
_OURS = {"candidate_count", "response_schema"}


class GeminiLegacyChat:
    """Asks over generateContent by the library that was Google's until 2025. See `Chat`.

    Prefer `GeminiChat`: this library knows no JSON schemas and no seeds, and cannot tell a model's
    thoughts from its answer.

    Args:
        model: Such as 'gemini-2.5-flash'.
        base_url: The endpoint, with its 'https://'; None is Google's.
        key_from: The environment variable that holds the key.
        timeout_s: Longest one request may take [s].
        abilities: What the model takes; None goes by its name.
        extra: More fields of its GenerationConfig, such as {'top_k': 1}.
        patience: When to give up; None is the usual.
        clock: Whose time counts between requests; None is the computer's.

    Raises:
        ChatError: The key is missing.
        ConfigError: `base_url` is no address, or `extra` holds a field that is the question's.
        MissingDependency: The library google-generativeai is not installed.
    """

    def __init__(
        self,
        model: str,
        *,
        base_url: str | None = None,
        key_from: str = "GEMINI_API_KEY",
        timeout_s: float = 60.0,
        abilities: Abilities | None = None,
        extra: Mapping[str, Any] | None = None,
        patience: Patience | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._name = f"gemini-legacy:{model}"
        known = abilities or abilities_of(model)
        url = checked_url(base_url or OFFICIAL)
        self._asking = Asking(
            self._name,
            Place(model, host_of(url), key_from),
            abilities=replace(known, seed=False, structured=("json_object",)),
            extra=checked_extra(extra, _OURS),
            timeout_s=timeout_s,
            patience=patience,
            clock=clock,
        )
        self._client = LastingClient(partial(_client, url, key_from, self._name))
        self._client.get()

    def __repr__(self) -> str:
        return f"GeminiLegacyChat({self._asking.place.model!r} at {self._asking.place.endpoint})"

    @property
    def name(self) -> str:
        """See `Chat`."""
        return self._name

    def ask(self, question: Question) -> Answer:
        """See `Chat`."""
        return self.ask_with_leave(question, always)

    def ask_with_leave(self, question: Question, leave: Leave) -> Answer:
        """See `AsksWithLeave`."""
        send = partial(self._send, self._client.get())
        wire = Wire(send, _read, _refusal, "google-generativeai")
        return self._asking.ask(question, wire, leave)

    def _send(self, client: Any, request: Request, seconds: float) -> Any:
        messages = messages_for(request.question, request.abilities)
        body: dict[str, Any] = {
            "model": f"models/{request.place.model.removeprefix('models/')}",
            "contents": [_content(m) for m in messages if m.role == "user"],
            "generation_config": {**_generation(request), **request.extra},
        }
        if system := [m.text for m in messages if m.role == "system"]:
            body["system_instruction"] = {"parts": [{"text": system[0]}]}
        # left to itself it asks again for ten minutes, whatever the time limit
        return client.generate_content(body, retry=None, timeout=seconds)


def _client(url: str, key_from: str, who: str) -> Any:
    # the library proper keeps one client for the whole process; the part below it does not
    google = vendor_library("google.ai.generativelanguage", PACKAGE, who)
    options = {"api_key": read_key(key_from, who), "api_endpoint": url}
    client = google.GenerativeServiceClient(transport="rest", client_options=options)
    session = getattr(client.transport, "_session", None)
    if session is not None:
        session.trust_env = not is_loopback(url)
        session._max_refresh_attempts = 0  # a refused key does not get better by being sent again
    client.close = client.transport.close  # it has a name of its own for what others call close
    return client


def _generation(request: Request) -> dict[str, Any]:
    fields: dict[str, Any] = {"max_output_tokens": request.question.max_tokens}
    if request.temperature is not None:
        fields["temperature"] = request.temperature
    if request.question.schema is not None and request.abilities.structured:
        fields["response_mime_type"] = "application/json"
    return fields


def _content(message: Message) -> dict[str, Any]:
    pictures = [
        {"inline_data": {"mime_type": picture.media_type, "data": picture.data}}
        for picture in message.pictures
    ]
    return {"role": "user", "parts": [{"text": message.text}, *pictures]}


def _read(reply: Any, request: Request) -> Answer | Setback:
    served, usage = str(reply.model_version or request.place.model), _usage(reply.usage_metadata)
    facts = request.facts("google-generativeai")
    if not reply.candidates:
        return withheld(label(reply.prompt_feedback.block_reason or None), served, usage, facts)
    candidate = reply.candidates[0]
    text = "".join(part.text for part in candidate.content.parts)
    return ended(text, label(candidate.finish_reason), served, usage, facts)


def _usage(usage: Any) -> Usage | None:
    if not usage.total_token_count:
        return None
    # the library drops the count of thoughts, which the total still holds
    said = usage.total_token_count - usage.prompt_token_count
    thought = said - usage.candidates_token_count
    return Usage(usage.prompt_token_count, said, usage.cached_content_token_count, thought)


def _refusal(error: Exception) -> Refusal | None:
    status = getattr(error, "code", None)
    if not isinstance(status, int) or status < 400:
        return None
    details = {"details": list(getattr(error, "details", None) or ())}
    message = re.sub(r"^[A-Z]+ \S+: ", "", str(getattr(error, "message", None) or ""))
    wait = spoken_wait(getattr(getattr(error, "response", None), "headers", {}))
    wait = detailed_wait(details) if wait is None else wait
    return Refusal(int(status), reason_of(details), "", message, wait)
