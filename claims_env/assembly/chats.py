"""Language models by name: vendor and model, counted, kept within a budget, and recorded."""

import importlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from claims_env.chat import Chat
from claims_env.chat_config import ChatConfig
from claims_env.errors import ConfigError, UnknownName

VENDORS = {
    "openai": "claims_env.chats.openai_chat:OpenAIChat",
    "dashscope": "claims_env.chats.dashscope_chat:DashScopeChat",
    "gemini": "claims_env.chats.gemini_chat:GeminiChat",
    "gemini-legacy": "claims_env.chats.gemini_legacy_chat:GeminiLegacyChat",
    "compatible": "claims_env.chats.openai_chat:OpenAIChat",
}
"""Whom a model may be asked from, as VENDOR:MODEL."""

PAPERS_CHATS = {"gpt-4o": "openai:gpt-4o", "qwen-vl-max": "dashscope:qwen-vl-max"}
"""The paper's judges by their short names."""


@dataclass(frozen=True, slots=True)
class Account:
    """What the chats of a run share. See `ChatAccount`.

    Attributes:
        meter: Counts what they are asked and what it costs.
        budget: Stops them before a cap is exceeded.
    """

    meter: Any
    budget: Any

    def usage(self) -> Mapping[str, Any]:
        """See `ChatAccount`."""
        facts: Mapping[str, Any] = self.meter.facts
        return facts

    def charge(self, entries: Iterable[Mapping[str, Any]]) -> None:
        """See `ChatAccount`; an unknown cost is taken for none."""
        spending = _room("budget").Spending
        for entry in entries:
            tokens = entry["tokens"]["input"] + entry["tokens"]["output"]
            took = spending(max(entry["attempts"], entry["calls"]), tokens, entry["usd"] or 0.0)
            self.budget.settle(spending(), took)


def open_account(config: ChatConfig) -> Account:
    """Return a meter at nothing, and a budget of the configured caps.

    Raises:
        ConfigError: The file of prices cannot be used.
    """
    prices = _room("prices").load_prices(config.prices)
    budget = _room("budget").Budget(config.calls, config.tokens, config.usd)
    return Account(_room("meter").Meter(prices), budget)


def known_chats() -> list[str]:
    """Return the names a chat may have, as people are told them."""
    return [*PAPERS_CHATS, *(f"{vendor}:MODEL" for vendor in VENDORS)]


def is_chat(name: str) -> bool:
    """Return whether a name is that of a language model."""
    return name in PAPERS_CHATS or name.partition(":")[0] in VENDORS


def split_name(name: str) -> tuple[str, str]:
    """Return a chat's vendor and model.

    Raises:
        UnknownName: It has neither a vendor's name nor a short one.
        ConfigError: It has no model.
    """
    vendor, _, model = PAPERS_CHATS.get(name, name).partition(":")
    if vendor not in VENDORS:
        raise UnknownName("chat", name, known_chats())
    if not model:
        raise ConfigError(f"'{name}' names no model. Write {vendor}:MODEL.")
    return vendor, model


def build_chat(name: str, config: ChatConfig, account: Account | None = None) -> Chat:
    """Return a chat: within its budget where it asks, with a cassette around it if there is one.

    Args:
        name: Vendor and model, or one of the paper's short names.
        config: How it is asked.
        account: Shared with other chats; None opens one for this chat alone.

    Raises:
        UnknownName: There is no such vendor.
        ConfigError: It lacks its model or its address, or its price where money is capped.
        ChatError: Its key is missing, or its cassette cannot be used.
        MissingDependency: The vendor's library is not installed.
    """
    vendor, model = split_name(name)
    if config.cassette is None:
        return _metered(vendor, model, config, account)
    path, mode = config.cassette.expanduser(), config.cassette_mode
    # who only replays needs neither a key nor a library
    asked = None if mode == "replay" else _metered(vendor, model, config, account)
    recorded = _room("cassette_chat").CassetteChat(
        asked, path, mode, name=recorded_name(name), variant=_variant(vendor, config)
    )
    return cast(Chat, recorded)


def _variant(vendor: str, config: ChatConfig) -> str:
    """Return what of the settings changes the answers, beside vendor and model."""
    if vendor == "compatible":
        return f"at {config.base_url}"
    return "in high resolution" if vendor == "dashscope" and config.high_resolution else ""


def recorded_name(name: str) -> str:
    """Return the name under which a chat's answers are recorded.

    Raises:
        UnknownName: There is no such vendor.
        ConfigError: It names no model.
    """
    vendor, model = split_name(name)
    return f"{'openai' if vendor == 'compatible' else vendor}:{model}"


def _metered(vendor: str, model: str, config: ChatConfig, account: Account | None) -> Chat:
    account = account or open_account(config)
    module, _, kind = VENDORS[vendor].partition(":")
    chat = getattr(importlib.import_module(module), kind)(model, **_options(vendor, model, config))
    metered = _room("metered_chat").MeteredChat(
        chat, account.meter, account.budget, config.concurrency
    )
    return cast(Chat, metered)


def _options(vendor: str, model: str, config: ChatConfig) -> dict[str, Any]:
    options: dict[str, Any] = {"timeout_s": config.timeout_s}
    if vendor == "dashscope":
        options["high_resolution"] = config.high_resolution
    if vendor == "compatible":
        if config.base_url is None:
            raise ConfigError(
                f"Where is 'compatible:{model}'? Give its server's address with --chat.base-url, "
                "such as http://localhost:11434/v1."
            )
        options |= {"base_url": config.base_url, "key_from": config.key_from}
    return options


def _room(module: str) -> Any:
    return importlib.import_module(f"claims_env.chats.{module}")
