"""The chat for Gemini models over Google's own protocol."""

import os
from collections.abc import Mapping
from functools import partial
from typing import Any

from claims_env.chat import Answer, Message, Question
from claims_env.chats.abilities import Abilities
from claims_env.chats.asking import Asking, Wire
from claims_env.chats.endpoint import checked_url, host_of, is_loopback
from claims_env.chats.extra_fields import checked_extra
from claims_env.chats.gemini_reply import read_reply, refusal_of
from claims_env.chats.keys import read_key
from claims_env.chats.lasting_client import LastingClient
from claims_env.chats.refusal import Place
from claims_env.chats.reply_form import messages_for
from claims_env.chats.request import Request
from claims_env.chats.retries import Clock, Leave, Patience, always
from claims_env.chats.vendor_library import vendor_library

PACKAGE = "google-genai>=1.47,<4"
OFFICIAL = "https://generativelanguage.googleapis.com"
API_VERSION = "v1beta"
"""Named in every request: version 3 of the library took another one than those before it."""

_OURS = {"http_options", "system_instruction", "candidate_count", "tools"}


class GeminiChat:
    """Asks over generateContent. See `Chat`.

    Args:
        model: Such as 'gemini-3.8-flash'.
        base_url: The endpoint, without a version; None is Google's, or what
            GOOGLE_GEMINI_BASE_URL says.
        key_from: The environment variable that holds the key.
        timeout_s: Longest one request may take [s].
        abilities: What the model takes; None goes by its name.
        extra: More fields of its GenerateContentConfig, such as
            {'thinking_config': {'thinking_level': 'low'}}.
        patience: When to give up; None is the usual.
        clock: Whose time counts between requests; None is the computer's.

    Raises:
        ChatError: The key is missing.
        ConfigError: `base_url` is no address, or `extra` holds a field that is the question's.
        MissingDependency: The library google-genai is not installed.
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
        self._name = f"gemini:{model}"
        url = checked_url(base_url or os.environ.get("GOOGLE_GEMINI_BASE_URL") or OFFICIAL)
        self._asking = Asking(
            self._name,
            Place(model, host_of(url), key_from),
            abilities=abilities,
            extra=checked_extra(extra, _OURS),
            timeout_s=timeout_s,
            patience=patience,
            clock=clock,
        )
        self._client = LastingClient(partial(_client, url, key_from, self._name))
        self._client.get()

    def __repr__(self) -> str:
        return f"GeminiChat({self._asking.place.model!r} at {self._asking.place.endpoint})"

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
        wire = Wire(send, read_reply, refusal_of, "google-genai")
        return self._asking.ask(question, wire, leave)

    def _send(self, client: Any, request: Request, seconds: float) -> Any:
        types = vendor_library("google.genai.types", PACKAGE, self._name)
        messages = messages_for(request.question, request.abilities)
        config = {
            **_generation(request),
            "automatic_function_calling": {"disable": True},
            "http_options": {"timeout": max(1, round(1000 * seconds))},
            "system_instruction": next((m.text for m in messages if m.role == "system"), None),
            **request.extra,
        }
        return client.models.generate_content(
            model=request.place.model,
            contents=[_content(types, m) for m in messages if m.role == "user"],
            config=types.GenerateContentConfig(**config),
        )


def _client(url: str, key_from: str, who: str) -> Any:
    genai = vendor_library("google.genai", PACKAGE, who)
    options: dict[str, Any] = {"base_url": url, "api_version": API_VERSION}
    if is_loopback(url):
        options["client_args"] = {"trust_env": False}
    key = read_key(key_from, who)
    return genai.Client(api_key=key, vertexai=False, http_options=options)


def _generation(request: Request) -> dict[str, Any]:
    question, abilities = request.question, request.abilities
    fields: dict[str, Any] = {
        "max_output_tokens": question.max_tokens,
        "temperature": request.temperature,
        "seed": request.seed,
    }
    if question.schema is not None and abilities.structured:
        fields["response_mime_type"] = "application/json"
        if abilities.structured[0] == "json_schema":
            fields["response_json_schema"] = dict(question.schema)
    return fields


def _content(types: Any, message: Message) -> Any:
    pictures = [
        types.Part.from_bytes(data=picture.data, mime_type=picture.media_type)
        for picture in message.pictures
    ]
    return types.Content(role="user", parts=[types.Part.from_text(text=message.text), *pictures])
