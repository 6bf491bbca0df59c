"""How hard the planner looks for a way to perform a clip."""

from dataclasses import dataclass

from claims_env.errors import ConfigError


@dataclass(frozen=True, slots=True)
class PlanningSettings:
    """The sizes of one search; where it fails, another may follow with settings of its own.

    The form is that of SAMCON (Liu et al. 2010, "Sampling-based contact-rich motion control"); the
    values come from our own measurements on 46 real clips.
    """

    samples: int = 512
    """Humanoids that try something in each window; twice as many after every second retreat."""

    survivors: int = 64
    """How many of them the next window starts from."""

    window: int = 3
    """Control steps of 1/30 s over which an action is held."""

    spread: float = 0.375
    """Standard deviation of the actions, in units of the action (0.4 rad)."""

    habits: tuple[float, ...] = (0.6, 0.0)
    """How much of its parent's action a sample keeps, before any retreat, after one, and so on in
    turn. What balances now is much like what did before, except where it is not."""

    memory: float = 0.9
    """How much of what a lineage has cost so far counts beside the present window."""

    balance: float = 10.0
    """Cost of a metre by which the centre of mass is elsewhere over the feet than in the clip."""

    most_steps: int = 60_000
    """Control steps of a single humanoid to spend per second of clip before giving up."""

    retreats: bool = True
    """Whether to go back and try again where every sample is lost."""

    def __post_init__(self) -> None:
        for name in ("samples", "survivors", "window", "most_steps"):
            _require(getattr(self, name) >= 1, name, getattr(self, name), "at least 1")
        _require(self.spread > 0, "spread", self.spread, "positive")
        _require(0 <= self.memory <= 1, "memory", self.memory, "a fraction from 0 to 1")
        sound = bool(self.habits) and all(0 <= habit <= 1 for habit in self.habits)
        _require(sound, "habits", self.habits, "fractions from 0 to 1, one or more")
        _require(self.balance >= 0, "balance", self.balance, "0 or more")
        _require(
            self.survivors <= self.samples, "survivors", self.survivors, "no more than samples"
        )


def _require(holds: bool, name: str, value: object, expected: str) -> None:
    if not holds:
        raise ConfigError(f"{name} is {value}. Expected {expected}.")


THOROUGH = (
    PlanningSettings(),
    PlanningSettings(spread=0.4, balance=0.0, habits=(0.0,), most_steps=90_000),
    PlanningSettings(samples=1024, survivors=128, habits=(0.0,), most_steps=100_000),
)
"""Searches one after the other, until one gets to the end. Starting afresh finds more than going on
where a search is stuck, and what one set of weights cannot do another often can."""
