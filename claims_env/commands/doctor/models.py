"""Language models: keys that are set, endpoints that answer, cassettes, questions on request."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from claims_env.assembly.chats import build_chat
from claims_env.assembly.diagnosis import cassette_facts, official_address
from claims_env.chat import Message, Question
from claims_env.chat_config import ChatConfig
from claims_env.commands.doctor.check import Check
from claims_env.commands.doctor.endpoint import Endpoint, knock
from claims_env.errors import ChatError, ClaimsError

QUESTION = Question(
    (Message("user", "Answer with the one word: yes."),), "doctor", "doctor 1", max_tokens=1000
)
"""The smallest there is; models that think aloud need the room."""

_NAMELESS = "its address"
"""Of an endpoint whose host cannot be told."""


def endpoints(chat: ChatConfig) -> list[Endpoint]:
    """Return the vendors' endpoints as the environment has them, and the configured one."""
    dashscope = _address("dashscope", "DASHSCOPE_HTTP_BASE_URL")
    gemini = _address("gemini", "GOOGLE_GEMINI_BASE_URL")
    found = [
        Endpoint("openai", "OPENAI_API_KEY", _address("openai", "OPENAI_BASE_URL")),
        # DashScope's own protocol lists no models; the same key opens its compatible one
        Endpoint(
            "dashscope",
            "DASHSCOPE_API_KEY",
            dashscope.removesuffix("/api/v1") + "/compatible-mode/v1",
        ),
        Endpoint("gemini", "GEMINI_API_KEY", f"{gemini}/v1beta", "x-goog-api-key", ""),
    ]
    if chat.base_url is not None:
        found.append(Endpoint("compatible", chat.key_from, chat.base_url.rstrip("/"), is_own=True))
    return found


def check_models(chat: ChatConfig, calls: tuple[str, ...], *, network: bool) -> Iterator[Check]:
    """Yield what is known of keys, endpoints, the cassette, and the models that are to be asked.

    Args:
        chat: How language models are asked.
        calls: Models to ask one small question each.
        network: Whether anybody may be asked.
    """
    for endpoint in endpoints(chat):
        yield from _door(endpoint, network=network)
    if chat.cassette is not None:
        yield _cassette(chat.cassette)
    for name in calls:
        yield _asked(name, chat)


def _door(endpoint: Endpoint, *, network: bool) -> Iterator[Check]:
    """Yield whether there is a key, and whether the endpoint takes it."""
    key = os.environ.get(endpoint.key_from, "").strip()
    group, host = "models", _shown(endpoint.base_url)
    if not key and not endpoint.is_own:
        cure = f"export {endpoint.key_from}=... if you use {endpoint.name}."
        yield Check(group, endpoint.key_from, "absent", f"not set; for {host}", cure)
        return
    yield Check(group, endpoint.key_from, "ok", "set" if key else "not set; a server may need none")
    if not network:
        yield Check(group, endpoint.name, "absent", f"{host} was not asked")
        return
    state, found = knock(endpoint, key)
    cure = "" if state == "ok" else "Check key, address and network (proxies too)."
    yield Check(group, endpoint.name, state, f"{host} {found}", cure, asked=endpoint.is_own)


def _cassette(path: Path) -> Check:
    name = f"cassette {path}"
    try:
        found, remarks = cassette_facts(path)
    except ChatError as error:
        return Check("models", name, "broken", error.problem, error.cure, asked=True)
    return Check("models", name, "ok", f"{found} recorded answers", " ".join(remarks), asked=True)


def _asked(name: str, chat: ChatConfig) -> Check:
    """Return what comes of one small question, which no cassette answers."""
    try:
        answer = build_chat(name, replace(chat, cassette=None)).ask(QUESTION)
    except ChatError as error:
        return Check("models", f"call {name}", "broken", error.problem, error.cure, asked=True)
    except ClaimsError as error:
        return Check("models", f"call {name}", "broken", str(error), asked=True)
    tokens = "" if answer.usage is None else f", {answer.usage.input + answer.usage.output} tokens"
    return Check(
        "models", f"call {name}", "ok", f"{answer.served_model} answered{tokens}", asked=True
    )


def _address(vendor: str, variable: str) -> str:
    return (os.environ.get(variable, "").strip() or official_address(vendor)).rstrip("/")


def _shown(url: str) -> str:
    """Return an address without what may be secret in it."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2] or _NAMELESS
    except ValueError:
        return _NAMELESS
