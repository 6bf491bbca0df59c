"""The chat for OpenAI, and for whoever speaks its protocol: vLLM, Ollama, Model Studio, Gemini."""

import os
from collections.abc import Mapping
from functools import partial
from typing import Any, Literal

from claims_env.chat import Answer, Message, Question
from claims_env.chats.abilities import Abilities
from claims_env.chats.asking import Asking, Wire
from claims_env.chats.endpoint import checked_url, host_of, is_loopback
from claims_env.chats.extra_fields import checked_extra
from claims_env.chats.keys import read_key
from claims_env.chats.lasting_client import LastingClient
from claims_env.chats.openai_reply import read_reply, refusal_of
from claims_env.chats.picture_url import data_url
from claims_env.chats.refusal import Place
from claims_env.chats.reply_form import is_strict, messages_for, schema_name
from claims_env.chats.request import Request
from claims_env.chats.retries import Clock, Leave, Patience, always
from claims_env.chats.vendor_library import vendor_library

PACKAGE = "openai>=1.109,<4"
OFFICIAL = "https://api.openai.com/v1"
"""Where questions go when neither base_url nor OPENAI_BASE_URL says otherwise."""

_OURS = {"model", "messages", "stream", "n", "timeout"}


class OpenAIChat:
    """Asks over chat/completions, which every compatible server speaks. See `Chat`.

    Args:
        model: Its name at the endpoint.
        name: What records know it by; None is 'openai:' and the model.
        base_url: The endpoint, such as 'http://localhost:11434/v1'; None is OpenAI's own, or
            what OPENAI_BASE_URL says.
        key_from: The environment variable that holds the key; None sends none worth the name, for
            servers of one's own that ask for none.
        timeout_s: Longest one request may take [s].
        detail: How closely OpenAI's models look at pictures; None leaves it unsaid, as other
            servers may not know it.
        abilities: What the model takes; None goes by its name.
        extra: More fields of the request, such as {'vl_high_resolution_images': True}.
        patience: When to give up; None is the usual.
        clock: Whose time counts between requests; None is the computer's.

    Raises:
        ChatError: The key is missing.
        ConfigError: `base_url` is no address, or `extra` holds a field that is the question's.
        MissingDependency: The library openai is not installed.
    """

    def __init__(
        self,
        model: str,
        *,
        name: str | None = None,
        base_url: str | None = None,
        key_from: str | None = "OPENAI_API_KEY",
        timeout_s: float = 60.0,
        detail: Literal["auto", "low", "high"] | None = None,
        abilities: Abilities | None = None,
        extra: Mapping[str, Any] | None = None,
        patience: Patience | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._name, self._detail = name or f"openai:{model}", detail
        url = checked_url(base_url or os.environ.get("OPENAI_BASE_URL") or OFFICIAL)
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
        return f"OpenAIChat({self._asking.place.model!r} at {self._asking.place.endpoint})"

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
        wire = Wire(send, read_reply, refusal_of, "openai")
        return self._asking.ask(question, wire, leave)

    def _send(self, client: Any, request: Request, seconds: float) -> Any:
        return client.chat.completions.create(**self._body(request), timeout=seconds)

    def _body(self, request: Request) -> dict[str, Any]:
        question, abilities = request.question, request.abilities
        messages = messages_for(question, abilities)
        body: dict[str, Any] = {
            "model": request.place.model,
            "messages": [{"role": m.role, "content": self._content(m)} for m in messages],
        }
        body |= {cap: question.max_tokens for cap in abilities.caps[:1]}
        if request.temperature is not None:
            body["temperature"] = request.temperature
        if request.seed is not None:
            body["seed"] = request.seed
        if question.schema is not None and abilities.structured:
            body["response_format"] = _response_format(request)
        return body | ({"extra_body": dict(request.extra)} if request.extra else {})

    def _content(self, message: Message) -> str | list[dict[str, Any]]:
        if not message.pictures:
            return message.text
        detail = {"detail": self._detail} if self._detail else {}
        urls = [{"url": data_url(picture), **detail} for picture in message.pictures]
        pictures = [{"type": "image_url", "image_url": url} for url in urls]
        return [{"type": "text", "text": message.text}, *pictures]


def _client(url: str, key_from: str | None, who: str) -> Any:
    openai = vendor_library("openai", PACKAGE, who)
    key = "none" if key_from is None else read_key(key_from, who)
    direct = {"http_client": openai.DefaultHttpxClient(trust_env=False)} if is_loopback(url) else {}
    client = openai.OpenAI(api_key=key, base_url=url, max_retries=0, **direct)
    _ = client.chat.completions  # loads the rest of the library, outside the first request's time
    return client


def _response_format(request: Request) -> dict[str, Any]:
    if request.abilities.structured[0] == "json_object":
        return {"type": "json_object"}
    schema = dict(request.question.schema or {})
    named = {"name": schema_name(request.question), "schema": schema, "strict": is_strict(schema)}
    return {"type": "json_schema", "json_schema": named}
