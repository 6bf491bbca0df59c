"""The shipped trackers by name."""

from collections.abc import Callable
from typing import Any

from claims_env.assembly.by_name import create
from claims_env.assembly.worlds import WORLDS
from claims_env.config import TrackerConfig
from claims_env.errors import ConfigError
from claims_env.external_config import ExternalConfig
from claims_env.records import from_json
from claims_env.tracker import Tracker


def build_tracker(config: TrackerConfig, external: ExternalConfig | None = None) -> Tracker:
    """Return the tracker a configuration names.

    Args:
        config: Names it.
        external: Where and how a tracker outside this package runs, where it is one.

    Raises:
        UnknownName: Nobody registered that name.
        ConfigError: An option is unknown or does not fit, or it is not said where an outside
            tracker is installed.
        MissingDependency: mujoco or torch is not installed.
        CheckpointError: A checkpoint to start from cannot be used.
    """
    if config.name in TRACKERS:
        return TRACKERS[config.name](config)
    if config.name in EXTERNAL:
        return _external(config, external or ExternalConfig())
    known = dict.fromkeys([*TRACKERS, *EXTERNAL], "")
    tracker: Tracker = create("tracker", config.name, known, **config.options)
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


def _simulated(config: TrackerConfig) -> Tracker:
    from claims_env.library import load_library
    from claims_env.trackers.simulated.family import build
    from claims_env.trackers.simulated.simulated_tracker import SimulatedTracker

    return SimulatedTracker(build(config.name, **config.options), load_library())


TRACKERS: dict[str, Callable[[TrackerConfig], Tracker]] = {
    "mujoco": _mujoco,
    "skill": _skill,
    **dict.fromkeys(WORLDS, _simulated),
}
"""How each shipped tracker is made; others are named as module:Class and get `tracker.options`."""


def _external(config: TrackerConfig, external: ExternalConfig) -> Tracker:
    if config.assist:
        raise ConfigError(
            f"'tracker.assist' is {config.assist}. {config.name} has no helping wrench: expected "
            "0, with --tracker.assist 0."
        )
    from claims_env.trackers.external.installation import require_installation

    require_installation(external, config.name)
    return EXTERNAL[config.name](config, external)


def _phc(config: TrackerConfig, external: ExternalConfig) -> Tracker:
    from claims_env.trackers.phc import PhcSettings, PhcTracker

    settings = from_json(PhcSettings, dict(config.options), "tracker.options")
    tracker: Tracker = PhcTracker(external, settings, preset=config.preset)
    return tracker


def _masked_mimic(config: TrackerConfig, external: ExternalConfig) -> Tracker:
    from claims_env.trackers.masked_mimic import MaskedMimicSettings, MaskedMimicTracker

    settings = from_json(MaskedMimicSettings, dict(config.options), "tracker.options")
    tracker: Tracker = MaskedMimicTracker(external, settings)
    return tracker


EXTERNAL: dict[str, Callable[[TrackerConfig, ExternalConfig], Tracker]] = {
    "phc": _phc,
    "masked_mimic": _masked_mimic,
}
"""Those that run in a Python of their own, the paper's."""
