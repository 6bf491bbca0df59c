"""The shipped trackers by name, and those that are announced."""

from collections.abc import Callable
from typing import Any

from claims_env.assembly.by_name import create
from claims_env.config import TrackerConfig
from claims_env.errors import ConfigError
from claims_env.records import from_json
from claims_env.tracker import Tracker

ANNOUNCED = {
    "phc": "PHC in Isaac Gym, the paper's first tracker",
    "masked_mimic": "MaskedMimic in ProtoMotions, the paper's second tracker",
}
"""Trackers that have a preset but no driver yet."""


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


def _skill(config: TrackerConfig) -> Tracker:
    from claims_env.trackers.simulated import SkillTracker
    from claims_env.trackers.simulated.skill_tracker import SkillSettings

    return SkillTracker(from_json(SkillSettings, dict(config.options), "tracker.options"))


def _mujoco(config: TrackerConfig) -> Tracker:
    from claims_env.trackers.mujoco import MujocoTracker
    from claims_env.trackers.mujoco.settings import MujocoSettings, table9

    values: dict[str, Any] = {
        "assist": config.assist,
        "workers": config.workers,
        "base": config.base,
        "teacher": config.teacher,
        "device": config.device,
    }
    if config.preset == "table9":
        values = {**values, **table9(config.workers)}
        # the shipped checkpoint knows another discount
        values["base"] = "none" if config.base == "shipped" else config.base
    tracker: Tracker = MujocoTracker(
        from_json(MujocoSettings, {**values, **config.options}, "tracker.options")
    )
    return tracker


TRACKERS: dict[str, Callable[[TrackerConfig], Tracker]] = {"mujoco": _mujoco, "skill": _skill}
"""How each shipped tracker is made; others are named as module:Class and get `tracker.options`."""
