"""The graphics card that warp computes on, and the packages it takes; neither is loaded before."""

import importlib
from typing import Any

from claims_env.errors import ConfigError, MissingDependency

CURE = "Cure: '--tracker.device cpu'."
"""What always helps."""


def packages() -> tuple[Any, Any]:
    """Return the modules warp and mujoco_warp.

    Raises:
        MissingDependency: One of them is not installed.
    """
    try:
        warp = importlib.import_module("warp")
        if warp.config.log_level == warp.LOG_INFO:
            # the level it comes with prints every kernel it compiles
            warp.config.log_level = warp.LOG_WARNING
        return warp, importlib.import_module("mujoco_warp")
    except ModuleNotFoundError as error:
        raise MissingDependency(
            "mujoco_warp", "Physics on a graphics card", "pip install 'claims-env[gpu]'"
        ) from error


def device_of(warp: Any, name: str) -> Any:
    """Return the device of that name, as warp calls it: 'cuda', 'cuda:1', 'cpu'.

    Raises:
        ConfigError: There is none.
    """
    warp.init()
    known = [str(device) for device in warp.get_devices()]
    cards = [other for other in known if other != "cpu"]
    if name in known or (name == "cuda" and cards):
        return warp.get_device(name)
    there = f"There is {', '.join(cards)}." if cards else "There is no CUDA device, or no driver."
    raise ConfigError(f"Physics was asked to run on '{name}'. {there} {CURE}")
