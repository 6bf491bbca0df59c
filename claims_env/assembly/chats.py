"""Language models by name: vendor and model, counted, kept within a budget, and recorded."""

import importlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from claims_env.chat import Chat
from claims_env.chat_config import ChatConfig
from claims_env.errors import ConfigError, UnknownName

if TYPE_CHECKING:
    from claims_env.chats.budget import Budget
    from claims_env.chats.meter import Meter

VENDORS = {
    "openai": "claims_env.chats.openai_chat:OpenAIChat",
    "dashscope": "claims_env.chats.dashscope_chat:DashScopeChat",
    "gemini": "claims_env.chats.gemini_chat:GeminiChat",
    "gemini-legacy": "claims_env.chats.gemini_legacy_chat:GeminiLegacyChat",
    "compatible": "claims_env.chats.openai_chat:OpenAIChat",
    "offline": "claims_env.agents.offline_model:OfflineModel",
}
"""Whom a model may be asked from, as VENDOR:MODEL."""

ADDRESSES = {
    "openai": "OPENAI_BASE_URL",
    "dashscope": "DASHSCOPE_HTTP_BASE_URL",
    "gemini": "GOOGLE_GEMINI_BASE_URL",
}
"""Environment variables that lead a vendor's questions to another address."""

PAPERS_CHATS = {"gpt-4o": "openai:gpt-4o", "qwen-vl-max": "dashscope:qwen-vl-max"}
"""The paper's judges by their short names."""


@dataclass(frozen=True, slots=True)
class Account:
    """What the chats of a run share. See `ChatAccount`.

    Attributes:
        meter: Counts what they are asked and what it costs.
        budget: Stops them before a cap is exceeded.
    """

    meter: "Meter"
    budget: "Budget"

    def usage(self) -> Mapping[str, Any]:
        """See `ChatAccount`."""
        return self.meter.facts

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
    high = vendor == "dashscope" and config.high_resolution
    told = [_address(vendor), "in high resolution" if high else ""]
    return " ".join(filter(None, told))


def _address(vendor: str) -> str:
    """Return where a vendor's models are asked, if the environment leads to somewhere else."""
    url = os.environ.get(ADDRESSES.get(vendor, ""), "")
    official = importlib.import_module(VENDORS[vendor].partition(":")[0]).OFFICIAL if url else ""
    host_of = _room("endpoint").host_of
    return f"at {host_of(url)}" if host_of(url) != host_of(official) else ""


def recorded_name(name: str) -> str:
    """Return the name under which a chat's answers are recorded.

    Raises:
        UnknownName: There is no such vendor.
        ConfigError: It names no model.
    """
    vendor, model = split_name(name)
    return f"{vendor}:{model}"


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
        options |= {"base_url": config.base_url, "name": f"compatible:{model}"}
        options["key_from"] = _key_from(config)
    return options


def _key_from(config: ChatConfig) -> str | None:
    """Return where the key is, or None where nobody named a place and the usual one is empty."""
    usual = config.key_from == ChatConfig().key_from
    return None if usual and not os.environ.get(config.key_from, "").strip() else config.key_from


def _room(module: str) -> Any:
    return importlib.import_module(f"claims_env.chats.{module}")
