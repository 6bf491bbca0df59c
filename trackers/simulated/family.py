"""The members of the family by name."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from claims_env.paper_tables import suite_clips
from claims_env.records import from_json, to_json
from claims_env.trackers.simulated.emulator_fit import shipped_emulator
from claims_env.trackers.simulated.parameters import Parameters, shipped_parameters
from claims_env.trackers.simulated.settings import (
    FilterSettings,
    JudgeSettings,
    PhraseSettings,
    WorldSettings,
)
from claims_env.trackers.simulated.simulated_world import SimulatedWorld
from claims_env.trackers.simulated.student import MakesStudent
from claims_env.trackers.simulated.students.emulated import EmulatedSettings
from claims_env.trackers.simulated.students.levels import LevelSettings
from claims_env.trackers.simulated.students.mock import MockSettings
from claims_env.trackers.simulated.students.prerequisites import PrerequisiteSettings
from claims_env.trackers.simulated.students.rasch import RaschSettings
from claims_env.trackers.simulated.students.skills import SkillsSettings
from claims_env.trackers.simulated.students.volume import VolumeSettings
from claims_env.world import SimulatedSuite

LEANING = {
    "Kungfu": {"combat": 1.0, "martial_arts": 1.0},
    "EMDB": {"sport": 1.0},
    "AIST++": {"dance": 1.0},
    "VC": {},
}
"""Which domains each suite leans on: our reading of what the data sets show; none is all alike."""

Design = tuple[MakesStudent, WorldSettings]


def build(name: str, parameters: Parameters | None = None, **options: Any) -> SimulatedWorld:
    """Return a member of the family.

    Args:
        name: One of `FAMILY`.
        parameters: What it is fitted by; None takes what ships.
        options: Fields of its student's settings or of `WorldSettings`, to be changed; nested
            settings are mappings.

    Raises:
        ConfigError: There is no such setting, or the value does not fit.
    """
    make, settings = FAMILY[name](parameters or shipped_parameters())
    own = {key: value for key, value in options.items() if hasattr(make, key) and key != "facts"}
    rest = {key: value for key, value in options.items() if key not in own}
    return SimulatedWorld(
        name, _changed(make, own, name), _changed(settings, rest, f"{name} world")
    )


def _changed(settings: Any, given: Mapping[str, Any], where: str) -> Any:
    values = to_json(settings)
    for key, value in given.items():
        nested = isinstance(values.get(key), dict) and isinstance(value, Mapping)
        values[key] = {**values[key], **value} if nested else to_json(value)
    return from_json(type(settings), values, where)


def _settings(parameters: Parameters, name: str) -> WorldSettings:
    clips = suite_clips()
    suites = tuple(
        SimulatedSuite(suite, clips[suite], difficulty, LEANING.get(suite, {}))
        for suite, difficulty in parameters.suites.items()
    )
    fit = parameters.fits.get(name)
    settings = WorldSettings(PhraseSettings(parameters.tier_effect), suites)
    return settings if fit is None else replace(settings, scale=fit.scale, anchor=fit.anchor)


def _rasch(p: Parameters) -> Design:
    return RaschSettings(p.volume, p.hardness), _settings(p, "rasch")


def _null(p: Parameters) -> Design:
    return VolumeSettings(p.volume), _settings(p, "null")


def _mock(p: Parameters) -> Design:
    settings = replace(
        _settings(p, "mock"),
        phrases=PhraseSettings(1.0, domain_sd=0.0, phrase_sd=0.0, clip_sd=0.0),
        noise=0.0,
        practice=0.0,
        luck=0.0,
        judges=JudgeSettings(reliability=1.0),
        filter=FilterSettings(0.0, 0.0),
    )
    return MockSettings(), settings


def _skilled(p: Parameters, name: str) -> WorldSettings:
    return replace(_settings(p, name), sharpness=1.5)


def _multi_skill(p: Parameters) -> Design:
    return SkillsSettings(), _skilled(p, "multi-skill")


def _forgetting(p: Parameters) -> Design:
    return LevelSettings(), _skilled(p, "forgetting")


def _prerequisites(p: Parameters) -> Design:
    return PrerequisiteSettings(), _skilled(p, "prerequisites")


def _deceptive(p: Parameters) -> Design:
    settings = _skilled(p, "deceptive")
    phrases = replace(
        settings.phrases,
        trap_share=0.3,
        trap_effect=1.5,
        refused_share=0.25,
        refused_chance=0.5,
        blind_share=0.2,
    )
    return SkillsSettings(), replace(settings, phrases=phrases)


def _emulator(p: Parameters) -> Design:
    fit = shipped_emulator()
    suite = SimulatedSuite("held out by the ledgers", fit.clips, 0.0, {})
    phrases = PhraseSettings(fit.tier_effect, clip_sd=0.0)
    settings = WorldSettings(
        phrases,
        (suite,),
        noise=fit.noise,
        noise_memory=0.0,
        sharpness=fit.sharpness,
        ease=fit.ease,
        practice=fit.practice,
        judges=JudgeSettings(fit.reliability, fit.agreement),
        filter=FilterSettings(fit.rejected, fit.rejected_per_tier),
        lost=fit.lost,
        tracked=fit.tracked,
    )
    make = EmulatedSettings(
        fit.start, fit.growth, fit.hardness, fit.openness, fit.ease, fit.sharpness
    )
    return make, settings


FAMILY: dict[str, Callable[[Parameters], Design]] = {
    "deceptive": _deceptive,
    "emulator": _emulator,
    "forgetting": _forgetting,
    "mock": _mock,
    "multi-skill": _multi_skill,
    "null": _null,
    "prerequisites": _prerequisites,
    "rasch": _rasch,
}
"""How each member is designed."""
