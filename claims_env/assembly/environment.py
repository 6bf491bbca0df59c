"""The environment of a preset or of parts."""

from collections.abc import Mapping
from typing import Any

from claims_env.assembly.parts import build_parts
from claims_env.config import RunConfig
from claims_env.curriculum import Parts
from claims_env.env import CurriculumEnv
from claims_env.ledger import Ledger
from claims_env.observer import Observer
from claims_env.presets import preset
from claims_env.records import from_json, to_json
from claims_env.tracker import Budget


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
        values[key] = {**values[key], **to_json(value)} if nested else to_json(value)
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
