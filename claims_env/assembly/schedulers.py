"""The shipped schedulers by name: those that choose words of the library, and those that write."""

import importlib
from collections.abc import Mapping
from typing import Any

from claims_env.answers import require_contract
from claims_env.assembly.by_name import create, with_plugins
from claims_env.assembly.chats import Account, build_chat
from claims_env.chat_usage import ChatAccount
from claims_env.config import RunConfig
from claims_env.scheduler import Scheduler, Writes
from claims_env.variable_library import VariableLibrary

SCHEDULERS = {
    "accel": "claims_env.agents.accel_scheduler:AccelScheduler",
    "alp-gmm": "claims_env.agents.alp_gmm_scheduler:AlpGmmScheduler",
    "edit": "claims_env.agents.edit_scheduler:EditScheduler",
    "exp3s": "claims_env.agents.exp3s_scheduler:Exp3sScheduler",
    "greedy-easiest": "claims_env.agents.greedy_scheduler:EasiestScheduler",
    "greedy-hardest": "claims_env.agents.greedy_scheduler:HardestScheduler",
    "ladder": "claims_env.agents.ladder_scheduler:LadderScheduler",
    "linucb": "claims_env.agents.linucb_scheduler:LinUcbScheduler",
    "map-elites": "claims_env.agents.map_elites_scheduler:MapElitesScheduler",
    "maskable-ppo": "claims_env.agents.maskable_ppo_scheduler:MaskablePpoScheduler",
    "oracle": "claims_env.agents.oracle_scheduler:OracleScheduler",
    "plr": "claims_env.agents.plr_scheduler:PlrScheduler",
    "ppo": "claims_env.agents.ppo_scheduler:PpoScheduler",
    "progress": "claims_env.agents.progress_scheduler:ProgressScheduler",
    "ramp": "claims_env.agents.ramp_scheduler:RampScheduler",
    "random": "claims_env.agents.random_scheduler:RandomScheduler",
    "robust-plr": "claims_env.agents.robust_plr_scheduler:RobustPlrScheduler",
    "rule": "claims_env.agents.rule_scheduler:RuleScheduler",
    "sfl": "claims_env.agents.sfl_scheduler:SflScheduler",
    "staircase": "claims_env.agents.staircase_scheduler:StaircaseScheduler",
    "thompson": "claims_env.agents.thompson_scheduler:ThompsonScheduler",
    "tscl": "claims_env.agents.tscl_scheduler:TsclScheduler",
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

TRAINED = ("maskable-ppo", "ppo")
"""Those that play a trained policy: the one that ships, or with 'ppo:FILE' another."""

PLUGINS = "claims_env.schedulers"
"""The entry points under which other packages name theirs, choosing or writing."""


def build_scheduler(name: str, library: VariableLibrary) -> Scheduler:
    """Return the scheduler of that name, for the words of an environment's library.

    Args:
        name: One of `SCHEDULERS`, what an installed package calls its own, 'module:Class', or one
            of `TRAINED` with the file of its policy, 'ppo:FILE'.
        library: The words.

    Raises:
        UnknownName: Nobody registered that name.
        ConfigError: It cannot be imported or made.
        CheckpointError: The file of its policy cannot be read, or is damaged.
        ContractBroken: It has no name, or cannot act.
    """
    scheduler: Scheduler = _made(name, with_plugins(name, SCHEDULERS, PLUGINS), library)
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
        CheckpointError: The file of its policy cannot be read, or is damaged.
        ChatError: The key of its language model is missing, or its cassette cannot be used.
        ContractBroken: It has no name, or can neither act nor write.
        MissingDependency: Its vendor's library is not installed.
    """
    if asks_chat(config.scheduler):
        return _asking(config, library, account)
    table = with_plugins(config.scheduler, {**ASKING, **WRITERS, **SCHEDULERS}, PLUGINS)
    agent: Scheduler | Writes = _made(config.scheduler, table, library)
    deed = "write" if isinstance(agent, Writes) else "act"
    require_contract(agent, "scheduler", config.scheduler, deed)
    return agent


def asks_chat(name: str) -> bool:
    """Return whether a scheduler asks a language model."""
    return name in ASKING


def _made(name: str, table: Mapping[str, str], library: VariableLibrary) -> Any:
    kind, _, file = name.partition(":")
    if kind in TRAINED and file:
        return create("scheduler", kind, table, library, policy=file)
    return create("scheduler", name, table, library)


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
