"""The shipped schedulers by name: those that choose words of the library, and those that write."""

import importlib

from claims_env.answers import require_contract
from claims_env.assembly.by_name import create
from claims_env.assembly.chats import Account, build_chat
from claims_env.chat_usage import ChatAccount
from claims_env.config import RunConfig
from claims_env.scheduler import Scheduler, Writes
from claims_env.variable_library import VariableLibrary

SCHEDULERS = {
    "edit": "claims_env.agents.edit_scheduler:EditScheduler",
    "greedy-easiest": "claims_env.agents.greedy_scheduler:EasiestScheduler",
    "greedy-hardest": "claims_env.agents.greedy_scheduler:HardestScheduler",
    "ladder": "claims_env.agents.ladder_scheduler:LadderScheduler",
    "ramp": "claims_env.agents.ramp_scheduler:RampScheduler",
    "random": "claims_env.agents.random_scheduler:RandomScheduler",
    "rule": "claims_env.agents.rule_scheduler:RuleScheduler",
}
"""Those that choose words of the library, and need neither a key nor a network."""

WRITERS = {
    "free-rule": "claims_env.agents.free_rule_scheduler:FreeRuleScheduler",
    "generic": "claims_env.agents.generic_scheduler:GenericScheduler",
}
"""Those that write sentences of their own, likewise."""

ASKING = {
    "free-llm": "claims_env.agents.llm.llm_writer:LlmWriter",
    "generic-llm": "claims_env.agents.generic_llm_scheduler:GenericLlmScheduler",
    "llm": "claims_env.agents.llm.llm_scheduler:LlmScheduler",
}
"""Those that ask a language model; free-llm writes, llm chooses."""


def build_scheduler(name: str, library: VariableLibrary) -> Scheduler:
    """Return the scheduler of that name, for the words of an environment's library.

    Args:
        name: One of `SCHEDULERS`, or 'module:Class'.
        library: The words.

    Raises:
        UnknownName: Nobody registered that name.
        ConfigError: It cannot be imported or made.
        ContractBroken: It has no name, or cannot act.
    """
    scheduler: Scheduler = create("scheduler", name, SCHEDULERS, library)
    require_contract(scheduler, "scheduler", name, "act")
    return scheduler


def build_agent(
    config: RunConfig, library: VariableLibrary, account: ChatAccount | None = None
) -> Scheduler | Writes:
    """Return the scheduler a run is configured with, whether it chooses, writes, or asks.

    Args:
        config: Of the run.
        library: The words.
        account: What the language models of a run share; None opens one for this one alone.

    Raises:
        UnknownName: Nobody registered that name.
        ConfigError: It cannot be imported or made, or a setting does not fit.
        ChatError: The key of its language model is missing, or its cassette cannot be used.
        ContractBroken: It has no name, or can neither act nor write.
        MissingDependency: Its vendor's library is not installed.
    """
    if asks_chat(config.scheduler):
        return _asking(config, library, account)
    table = {**ASKING, **WRITERS, **SCHEDULERS}
    agent: Scheduler | Writes = create("scheduler", config.scheduler, table, library)
    deed = "write" if isinstance(agent, Writes) else "act"
    require_contract(agent, "scheduler", config.scheduler, deed)
    return agent


def asks_chat(name: str) -> bool:
    """Return whether a scheduler asks a language model."""
    return name in ASKING


def _asking(
    config: RunConfig, library: VariableLibrary, account: ChatAccount | None
) -> Scheduler | Writes:
    module, _, kind = ASKING[config.scheduler].partition(":")
    shared = account if isinstance(account, Account) else None
    chat = build_chat(config.llm.model, config.chat, shared)
    agent: Scheduler | Writes = getattr(importlib.import_module(module), kind)(
        chat, library, config.llm, workers=config.chat.concurrency
    )
    return agent
