"""The motion filters by name: limits alone, or limits and then a trial in physics."""

import importlib
from collections.abc import Callable
from functools import partial

from claims_env.assembly.extras import require_mujoco
from claims_env.assembly.planning import assess_clips
from claims_env.errors import UnknownName
from claims_env.feasibility_filter import after_trial
from claims_env.motion import Motion
from claims_env.motion_filter import MotionLimits, Verdict, check, official

MotionCheck = Callable[[Motion], Verdict]

_BODY, _SEED = "lite", 0
"""Who tries, and how: as `claims-env feasible` does unless told otherwise. So a verdict depends on
neither the run's seed nor its tracker, and the score's tolerances were measured with this body."""


def build_filter(name: str) -> MotionCheck:
    """Return the filter of that name.

    Raises:
        UnknownName: There is none.
        MissingDependency: It tries clips in physics, and mujoco is not installed.
    """
    if name not in FILTERS:
        raise UnknownName("filter", name, FILTERS)
    return FILTERS[name]()


def _default() -> MotionCheck:
    return partial(check, limits=MotionLimits())


def _official() -> MotionCheck:
    return partial(check, limits=official())


def _feasible() -> MotionCheck:
    require_mujoco("The filter 'feasible'")
    return _tried


def _tried(motion: Motion) -> Verdict:
    """Return what the default limits say and, of a clip within them, a humanoid's trial."""
    verdict = check(motion, MotionLimits())
    if not verdict.passed:
        return verdict
    (tried,) = assess_clips([motion], body=_BODY, seed=_SEED, correct=False, threads=1)
    room = importlib.import_module("claims_env.trackers.mujoco.planning.feasibility")
    return after_trial(verdict, tried.feasibility, room.TOLERANCE)


FILTERS: dict[str, Callable[[], MotionCheck]] = {
    "default": _default,
    "official": _official,
    "feasible": _feasible,
}
"""How each filter is made."""
