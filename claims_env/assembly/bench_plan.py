"""Makes the plan of a benchmark from names: everything is made once before anything is played."""

import importlib.metadata
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

import yaml

from claims_env.assembly.bench import agent_of, code_of, is_world, words_of
from claims_env.assembly.chats import open_account
from claims_env.assembly.schedulers import asks_chat
from claims_env.assembly.trackers import TRACKERS, build_tracker
from claims_env.assembly.worlds import WORLDS, build_world
from claims_env.benchmark.asked_part import AskedPart, split_parts
from claims_env.benchmark.plan import Plan
from claims_env.config import RunConfig, to_yaml
from claims_env.errors import ConfigError, UnknownName
from claims_env.records import to_json
from claims_env.scheduler import Scheduler, Writes

VERSIONS_OF_WORLDS = ("claims-env", "numpy")
"""Packages that figures of simulated worlds can depend on."""

VERSIONS_OF_RUNS = (*VERSIONS_OF_WORLDS, "gymnasium", "mujoco", "scipy", "torch")
"""Those that figures of runs can depend on."""


def make_plan(
    *,
    schedulers: str,
    trackers: str,
    seeds: int,
    base_seed: int,
    sets: int,
    rounds: int,
    config: RunConfig,
) -> Plan:
    """Return a plan whose parts can all be made.

    Args:
        schedulers: Names between commas, settings in brackets.
        trackers: Likewise.
        seeds: How many for each pair.
        base_seed: What every cell's seed follows from.
        sets: Prompts per round.
        rounds: Rounds per episode.
        config: Of runs that are no simulated world, and of language models.

    Raises:
        ClaimsError: A name is unknown, or a part cannot be made.
    """
    words = None if config.library is None else str(config.library.expanduser().absolute())
    asked, students = split_parts(schedulers), split_parts(trackers)
    runs = [part for part in students if not is_world(part.name)]
    config = _settled(config)
    needed = runs or [part for part in asked if asks_chat(part.name)]
    only_runs = bool(runs) and len(runs) == len(students)
    agents = {part.label: _tried(part, config, only_runs, words) for part in asked}
    return Plan(
        schedulers=tuple(part.label for part in asked),
        trackers=tuple(part.label for part in students),
        seeds=seeds,
        base_seed=base_seed,
        sets=sets,
        rounds=rounds,
        library=words,
        actions=words_of(words).digest,
        facts={part.label: to_json(_facts(part, config)) for part in students},
        settings=yaml.safe_load(to_yaml(config)) if needed else {},
        code={label: code_of(agent) for label, agent in agents.items()},
        versions=_versions(VERSIONS_OF_RUNS if runs else VERSIONS_OF_WORLDS),
    )


def _settled(config: RunConfig) -> RunConfig:
    """Return the settings with one worker per tracker where nobody says how many.

    What a run comes to depends on its number of workers, and so must not on the machine's cores.
    """
    return replace(config, tracker=replace(config.tracker, workers=config.tracker.workers or 1))


def _facts(part: AskedPart, config: RunConfig) -> dict[str, Any]:
    if is_world(part.name):
        return build_world(part.name, **part.settings).facts
    if part.name not in TRACKERS and ":" not in part.name:
        raise UnknownName("tracker", part.name, dict.fromkeys([*WORLDS, *TRACKERS]))
    options = {**config.tracker.options, **part.settings}
    return build_tracker(replace(config.tracker, name=part.name, options=options)).facts


def _tried(
    part: AskedPart, config: RunConfig, may_write: bool, words: str | None
) -> Scheduler | Writes:
    """Make a scheduler once, so that a plan of which nothing can come is refused at once."""
    account = open_account(config.chat) if asks_chat(part.name) else None
    agent = agent_of(part, replace(config, scheduler=part.name), words_of(words), account)
    if isinstance(agent, Writes) and not may_write:
        raise ConfigError(
            f"'{part.label}' writes sentences, and simulated worlds know only the words of the "
            "library. Compare it on trackers of real clips, such as mujoco."
        )
    return agent


def _versions(packages: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in packages:
        with suppress(importlib.metadata.PackageNotFoundError):
            found[name] = importlib.metadata.version(name)
    return found
