"""Builds an environment from names. The one place where the core meets the rooms."""

import importlib
import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from claims_env.answers import require_contract
from claims_env.checked_library import CheckedLibrary
from claims_env.config import RunConfig, TrackerConfig
from claims_env.curriculum import Parts
from claims_env.env import CurriculumEnv
from claims_env.errors import ConfigError, SuiteError, UnknownName
from claims_env.generator import MotionGenerator
from claims_env.held_out import compose_suite, split_library
from claims_env.judge import Judge
from claims_env.ledger import Ledger
from claims_env.motion import Motion
from claims_env.motion_filter import MotionLimits, check, official
from claims_env.observer import Observer
from claims_env.presets import preset
from claims_env.records import from_json, to_json
from claims_env.scheduler import Scheduler
from claims_env.suite import Suite
from claims_env.tracker import Budget, Tracker
from claims_env.variable_library import VariableLibrary
from claims_env.word_file import WordFile

GENERATORS = {"composer": "claims_env.generators.composer:Composer"}
JUDGES = {
    "kinematic": "claims_env.judges.kinematic_judge:KinematicJudge",
    "posture": "claims_env.judges.posture_judge:PostureJudge",
}
SCHEDULERS = {
    "edit": "claims_env.agents.edit_scheduler:EditScheduler",
    "ladder": "claims_env.agents.ladder_scheduler:LadderScheduler",
    "random": "claims_env.agents.random_scheduler:RandomScheduler",
    "rule": "claims_env.agents.rule_scheduler:RuleScheduler",
}
ANNOUNCED = {
    "phc": "PHC in Isaac Gym, the paper's first tracker",
    "masked_mimic": "MaskedMimic in ProtoMotions, the paper's second tracker",
}
"""Trackers that have a preset but no driver yet."""


def build_env(preset_name: str = "quick", **overrides: Any) -> CurriculumEnv:
    """Return the environment of a preset, with fields of `RunConfig` overridden.

    This is what `gymnasium.make("claims_env/Curriculum-v0", ...)` calls. Nested settings are
    mappings: `tracker={"name": "skill"}`.

    Raises:
        ConfigError: A setting is unknown or does not fit.
        UnknownName: A part is asked for by a name nobody registered.
    """
    values = to_json(preset(preset_name))
    for key, value in overrides.items():
        nested = isinstance(values.get(key), dict) and isinstance(value, Mapping)
        values[key] = {**values[key], **value} if nested else to_json(value)
    config: RunConfig = from_json(RunConfig, values)
    return env_of(build_parts(config), config)


def env_of(
    parts: Parts,
    config: RunConfig,
    *,
    ledger: Ledger | None = None,
    observer: Observer | None = None,
) -> CurriculumEnv:
    """Return an environment of these parts, with the sizes and budgets of a configuration."""
    return CurriculumEnv(
        parts,
        sets=config.sets,
        rounds=config.rounds,
        budget=Budget(config.tracker.samples, config.tracker.seconds),
        weights=config.reward,
        ledger=ledger,
        observer=observer,
    )


def build_parts(config: RunConfig) -> Parts:
    """Return the parts a configuration names, imported only now.

    Raises:
        UnknownName: A part is asked for by a name nobody registered.
        MissingDependency: A part needs an optional package that is absent.
        SuiteError: A suite holds no usable clip, or the built-in one is asked for, the library has
            no words to reserve for it, and no other is named.
        ContractBroken: A part has no name or lacks a method.
    """
    library, reserved = split_library(whole_library(config.library))
    limits = official() if config.filter == "official" else MotionLimits()
    generator = build_generator(config.generator)
    judges = [_build_judge(name) for name in config.judges]
    _require_different("judge", [judge.name for judge in judges])
    suites = _build_suites(config, reserved, generator)
    _require_different("suite", [suite.name for suite in suites])
    return Parts(
        library=library,
        generator=generator,
        check=partial(check, limits=limits),
        tracker=build_tracker(config.tracker),
        judges=judges,
        suites=suites,
    )


def build_tracker(config: TrackerConfig) -> Tracker:
    """Return the tracker a configuration names.

    Raises:
        UnknownName: Nobody registered that name.
        ConfigError: The tracker is announced but not part of this version, or an option is unknown.
        MissingDependency: mujoco or torch is not installed.
    """
    if config.name in ANNOUNCED:
        raise ConfigError(
            f"The tracker '{config.name}' ({ANNOUNCED[config.name]}) comes with a later version. "
            "Until then run with --tracker.name mujoco, the embedded one."
        )
    if config.name in TRACKERS:
        return TRACKERS[config.name](config)
    known = [*TRACKERS, *ANNOUNCED]
    tracker: Tracker = create("tracker", config.name, dict.fromkeys(known, ""), **config.options)
    return tracker


def build_scheduler(name: str, library: VariableLibrary) -> Scheduler:
    """Return the scheduler of that name, for the words of an environment's library."""
    scheduler: Scheduler = create("scheduler", name, SCHEDULERS, library)
    require_contract(scheduler, "scheduler", name, "act")
    return scheduler


def whole_library(path: Path | None = None) -> VariableLibrary:
    """Return the library of a folder or file, or the shipped one; reserved phrases included.

    Raises:
        LibraryError: It is missing or malformed.
    """
    library: VariableLibrary = importlib.import_module("claims_env.library").load_library(path)
    return library


def official_words(clone: Path) -> tuple[WordFile, ...]:
    """Return the words of a clone of the official release, read without running any of it.

    Raises:
        LibraryError: It holds none, or they are no plain lists.
    """
    formats = importlib.import_module("claims_env.formats.official_library")
    found: tuple[WordFile, ...] = formats.read_official_library(clone)
    return found


def check_words(path: Path | None = None) -> CheckedLibrary:
    """Return what a check of a library's files finds.

    Raises:
        LibraryError: There is no file to check.
    """
    room = importlib.import_module("claims_env.library.check")
    checked: CheckedLibrary = room.check_library(path)
    return checked


def shipped_evidence() -> Path | None:
    """Return the folder of what was measured of the shipped words; None where it was left out."""
    folder: Path | None = importlib.import_module("claims_env.library").shipped_evidence()
    return folder


def build_generator(name: str) -> MotionGenerator:
    """Return the generator of that name; those of `FOLDER_GENERATORS` are named 'name:FOLDER'.

    Raises:
        UnknownName: Nobody registered that name.
        ConfigError: It cannot be made, or lacks its folder.
        MotionError: Its folder holds nothing it can use.
        ContractBroken: It has no name, or no method `generate`.
    """
    if _looks_up(name):
        kind, _, folder = name.partition(":")
        if not folder:
            raise ConfigError(f"'{kind}' needs a folder. Write {kind}:FOLDER.")
        return FOLDER_GENERATORS[kind](Path(folder).expanduser())
    known = {**GENERATORS, **{f"{kind}:FOLDER": "" for kind in FOLDER_GENERATORS}}
    generator: MotionGenerator = create("generator", name, known)
    require_contract(generator, "generator", name, "generate")
    return generator


def create(kind: str, name: str, table: Mapping[str, str], *arguments: Any, **options: Any) -> Any:
    """Import and construct what is registered under a name, or what 'module:Class' points at.

    Raises:
        UnknownName: Neither is there.
        ConfigError: It cannot be imported, or not be constructed from these arguments.
    """
    module, _, attribute = table.get(name, name).partition(":")
    if not module or not attribute:
        raise UnknownName(kind, name, table)
    try:
        made = getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError) as error:
        raise ConfigError(f"The {kind} '{name}' cannot be imported: {error}.") from error
    try:
        return made(*arguments, **options)
    except TypeError as error:
        raise ConfigError(f"The {kind} '{name}' cannot be made: {error}.") from error


def _build_judge(name: str) -> Judge:
    judge: Judge = create("judge", name, JUDGES)
    require_contract(judge, "judge", name, "align", "rate")
    return judge


def _build_suites(
    config: RunConfig, reserved: VariableLibrary | None, generator: MotionGenerator
) -> list[Suite]:
    formats = importlib.import_module("claims_env.formats.suite_folder")
    suites: list[Suite] = [formats.load_suite(path) for path in config.suite]
    if config.held_out and reserved is None and not suites:
        raise SuiteError(
            "No domain of the library has two base actions of one tier, of which one could be kept "
            "for the built-in suite. Add phrases, name a suite with --suite DIR, or do without: "
            "--held-out 0."
        )
    if config.held_out and reserved is not None:
        # the suite is the same whatever the run's filter, so that runs can be compared
        maker = build_generator("composer") if _looks_up(config.generator) else generator
        suites.insert(0, compose_suite(reserved, maker, _passes, clips=config.held_out))
    return suites


def _looks_up(generator: str) -> bool:
    """Return whether a generator plays recordings: those of its folder are not held out."""
    return generator.partition(":")[0] in FOLDER_GENERATORS


def _passes(motion: Motion) -> bool:
    return check(motion, MotionLimits()).passed


def _require_different(kind: str, names: Sequence[str]) -> None:
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise ConfigError(
            f"Two of the {kind}s are called {', '.join(map(repr, repeated))}. Results are kept by "
            "name: leave one out, or rename it (a suite is named in its manifest)."
        )


def _skill(config: TrackerConfig) -> Tracker:
    from claims_env.trackers.simulated import SkillTracker
    from claims_env.trackers.simulated.skill_tracker import SkillSettings

    return SkillTracker(from_json(SkillSettings, dict(config.options), "tracker.options"))


def _mujoco(config: TrackerConfig) -> Tracker:
    from claims_env.trackers.mujoco import MujocoTracker
    from claims_env.trackers.mujoco.settings import MujocoSettings

    named = {"assist": config.assist, "workers": config.workers}
    tracker: Tracker = MujocoTracker(
        from_json(MujocoSettings, {**named, **config.options}, "tracker.options")
    )
    return tracker


def _mocap_retrieval(folder: Path) -> MotionGenerator:
    captioned = importlib.import_module("claims_env.formats.captioned_folder").load_captioned(
        folder
    )
    if captioned.refused:
        told = "; ".join(refusal.reason for refusal in captioned.refused[:3])
        # where nobody configures logging, this is one plain line on the error stream
        logging.getLogger(__name__).warning(
            "%d thing(s) in %s cannot be used: %s", len(captioned.refused), folder, told
        )
    room = importlib.import_module("claims_env.generators.mocap_retrieval")
    generator: MotionGenerator = room.MocapRetrieval(captioned)
    return generator


FOLDER_GENERATORS: dict[str, Callable[[Path], MotionGenerator]] = {
    "mocap_retrieval": _mocap_retrieval
}
"""Generators that answer from a folder, named as name:FOLDER."""

TRACKERS: dict[str, Callable[[TrackerConfig], Tracker]] = {"mujoco": _mujoco, "skill": _skill}
"""How each shipped tracker is made; others are named as module:Class and get `tracker.options`."""
