"""The chat for Qwen models over DashScope's own protocol."""

import os
from collections.abc import Mapping
from functools import partial
from typing import Any

from claims_env.chat import Answer, Message, Question
from claims_env.chats.abilities import Abilities
from claims_env.chats.asking import Asking, Wire
from claims_env.chats.dashscope_reply import read_reply
from claims_env.chats.endpoint import checked_url, host_of, is_loopback
from claims_env.chats.extra_fields import checked_extra
from claims_env.chats.keys import read_key
from claims_env.chats.lasting_client import LastingClient
from claims_env.chats.picture_url import data_url
from claims_env.chats.refusal import Place, Refusal
from claims_env.chats.reply_form import messages_for
from claims_env.chats.request import Request
from claims_env.chats.retries import Clock, Leave, Patience, always
from claims_env.chats.single_post import SinglePost
from claims_env.chats.vendor_library import vendor_library

PACKAGE = "dashscope>=1.25.10,<3"
OFFICIAL = "https://dashscope.aliyuncs.com/api/v1"
"""Beijing. Singapore is https://dashscope-intl.aliyuncs.com/api/v1 and has keys of its own."""

_OURS = {"model", "messages", "api_key", "stream", "n", "base_address", "session", "text"}
_OURS |= {"request_timeout"}


class DashScopeChat:
    """Asks over MultiModalConversation. See `Chat`.

    The reply does not say which model gave it, so the one asked for is recorded.

    Args:
        model: Such as 'qwen-vl-max'.
        base_url: The endpoint; None is Beijing's, or what DASHSCOPE_HTTP_BASE_URL says.
        key_from: The environment variable that holds the key; the library's own key files are not
            looked at.
        timeout_s: Longest one request may take [s].
        high_resolution: Whether pictures may take 16384 tokens each, where 1280 are usual.
        abilities: What the model takes; None goes by its name.
        extra: More parameters of the request, such as {'enable_thinking': False}.
        patience: When to give up; None is the usual.
        clock: Whose time counts between requests; None is the computer's.

    Raises:
        ChatError: The key is missing.
        ConfigError: `base_url` is no address, or `extra` holds a field that is the question's.
        MissingDependency: The library dashscope is not installed.
    """

    def __init__(
        self,
        model: str,
        *,
        base_url: str | None = None,
        key_from: str = "DASHSCOPE_API_KEY",
        timeout_s: float = 60.0,
        high_resolution: bool = False,
        abilities: Abilities | None = None,
        extra: Mapping[str, Any] | None = None,
        patience: Patience | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._name = f"dashscope:{model}"
        high = {"vl_high_resolution_images": True} if high_resolution else {}
        self._url = checked_url(base_url or os.environ.get("DASHSCOPE_HTTP_BASE_URL") or OFFICIAL)
        self._asking = Asking(
            self._name,
            Place(model, host_of(self._url), key_from),
            abilities=abilities,
            extra=high | checked_extra(extra, _OURS),
            timeout_s=timeout_s,
            patience=patience,
            clock=clock,
        )
        self._client = LastingClient(partial(_client, key_from, self._name))
        self._client.get()

    def __repr__(self) -> str:
        return f"DashScopeChat({self._asking.place.model!r} at {self._asking.place.endpoint})"

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
        wire = Wire(send, read_reply, _no_refusal, "dashscope")
        return self._asking.ask(question, wire, leave)

    def _send(self, call: Any, request: Request, seconds: float) -> Any:
        post = SinglePost(through_proxies=not is_loopback(self._url))
        reply = call(
            model=request.place.model,
            messages=[_message(m) for m in messages_for(request.question, request.abilities)],
            base_address=self._url,
            request_timeout=seconds,
            session=post,
            **{**_parameters(request), **request.extra},
        )
        return reply, post.headers


def _client(key_from: str, who: str) -> Any:
    dashscope = vendor_library("dashscope", PACKAGE, who)
    key = read_key(key_from, who)

    def call(**request: Any) -> Any:  # a function shows nobody what it holds; a partial does
        return dashscope.MultiModalConversation.call(api_key=key, **request)

    return call


def _no_refusal(error: Exception) -> Refusal | None:
    """Return None: this library returns refusals, and raises only what is none."""


def _message(message: Message) -> dict[str, Any]:
    pictures = [{"image": data_url(picture)} for picture in message.pictures]
    return {"role": message.role, "content": [{"text": message.text}, *pictures]}


def _parameters(request: Request) -> dict[str, Any]:
    question, abilities = request.question, request.abilities
    parameters: dict[str, Any] = {"result_format": "message"}
    parameters |= {cap: question.max_tokens for cap in abilities.caps[:1]}
    if request.temperature is not None:
        parameters["temperature"] = request.temperature
    if request.seed is not None:
        parameters["seed"] = request.seed
    if question.schema is not None and abilities.structured:
        parameters["response_format"] = {"type": "json_object"}
    return parameters
