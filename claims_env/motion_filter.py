"""The motion filter: which motions a body could perform, and what speaks against the others.

A `Motion` cannot hold NaN and has no changing bones, so what remains are limits on its figures.
Sources of the limits: 0.2 and 2.5 m for the root are the official release's only check; 15 m/s and
40 rad/s are ProtoMotions' motion filter; 0.75 s clear of the floor is a jump that lifts the body by
0.69 m (g t^2 / 8); 0.2 s of clip is PHC's `min_length` with a margin; 3 cm of self-penetration is
ProtoMotions' filter; the rest is ours, set so that real motion capture passes. (Retimed capture of
flips falls at as little as half of gravity, which is why no less than 5.5 m/s^2 off is refused.)
"""

from dataclasses import asdict, dataclass
from math import inf
from typing import Literal

from claims_env.kinematics import MotionFeatures, measure_motion
from claims_env.motion import Motion

SHORTEST_S = 0.2
"""The shortest clip a tracker is given [s]: 7 frames at 30 Hz.

PHC says nothing of a clip under 5 frames and leaves it out; velocities need 2 at the least.
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """How far a figure may go: beyond `warn` it is remarked on, beyond `hard` refused."""

    warn: float
    hard: float


NONE = Limit(inf, inf)
"""No limit."""


@dataclass(frozen=True, slots=True)
class MotionLimits:
    """What counts as physically valid; every figure is explained at `MotionFeatures`.

    Attributes:
        root_high: Highest pelvis [m].
        root_low: Lowest pelvis [m]; here below is beyond.
        deepest: Deepest point under the floor [m].
        sunk: Share of frames over 2 cm under the floor.
        longest_clear_s: Longest time clear of the floor [s].
        floating: Share of frames clear of the floor without falling.
        top_speed: Fastest joint [m/s].
        top_joint_turn_rate: Fastest local joint [rad/s].
        root_acceleration: 99.5th percentile of the pelvis's acceleration [m/s^2].
        skating: Share of planted feet that slide.
        seconds: Length [s]; here below is beyond.
        residual: Mean force and moment no push of the floor explains [body weights].
        gravity_fit: How far a flight's fall is from gravity [m/s^2].
        spin_drift: Change of angular momentum in a flight, as a share of it.
        self_penetration: How deep limbs are in the body in the worst 15 % of frames [m].
        beyond_limits: How far a joint is out of its range [rad].
    """

    root_high: Limit = Limit(1.6, 1.9)
    root_low: Limit = Limit(0.1, 0.07)
    deepest: Limit = Limit(0.03, 0.05)
    sunk: Limit = Limit(0.02, 0.05)
    longest_clear_s: Limit = Limit(0.6, 0.75)
    floating: Limit = Limit(0.1, inf)
    top_speed: Limit = Limit(12.0, 15.0)
    top_joint_turn_rate: Limit = Limit(25.0, 40.0)
    root_acceleration: Limit = Limit(50.0, 80.0)
    skating: Limit = Limit(0.25, inf)
    seconds: Limit = Limit(SHORTEST_S, SHORTEST_S)
    residual: Limit = Limit(0.3, inf)
    gravity_fit: Limit = Limit(2.0, 5.5)
    spin_drift: Limit = Limit(0.5, inf)
    self_penetration: Limit = Limit(0.03, 0.05)
    beyond_limits: Limit = Limit(0.35, 1.0)


def passes(motion: Motion) -> bool:
    """Return whether a motion is within the default limits."""
    return check(motion, MotionLimits()).passed


def official() -> MotionLimits:
    """Return the official release's check: the root between 0.2 and 2.5 m.

    And no clip under `SHORTEST_S`, which its tracker would drop without a word.
    """
    return MotionLimits(
        root_high=Limit(inf, 2.5),
        root_low=Limit(-inf, 0.2),
        deepest=NONE,
        sunk=NONE,
        longest_clear_s=NONE,
        floating=NONE,
        top_speed=NONE,
        top_joint_turn_rate=NONE,
        root_acceleration=NONE,
        skating=NONE,
        residual=NONE,
        gravity_fit=NONE,
        spin_drift=NONE,
        self_penetration=NONE,
        beyond_limits=NONE,
    )


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that is wrong with a motion.

    Attributes:
        name: Which check, such as 'root_too_high'.
        value: What was measured.
        limit: What it broke.
        unit: Of both.
        beginning: How its sentence begins; None where it is one of `CHECKS`.
    """

    name: str
    value: float
    limit: float
    unit: str
    beginning: str | None = None

    @property
    def sentence(self) -> str:
        """The same in words."""
        return f"{self.beginning or _SENTENCES[self.name]} {self._figures}."

    @property
    def _figures(self) -> str:
        return f"{_figure(self.value, self.unit)} (limit {_figure(self.limit, self.unit)})"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the filter says about one motion.

    Attributes:
        reasons: Why it is refused; empty if it passes.
        warnings: What is remarkable about it.
        measures: Every figure measured, by its name in `MotionFeatures`; those of a trial in
            physics begin with trial_.
    """

    reasons: tuple[Reason, ...]
    warnings: tuple[Reason, ...]
    measures: dict[str, float]

    @property
    def passed(self) -> bool:
        """Whether the motion may be trained on."""
        return not self.reasons

    @property
    def sentence(self) -> str:
        """Why it is refused, in words; empty if it passes."""
        return " ".join(reason.sentence for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class _Check:
    name: str
    figure: str
    unit: str
    sentence: str
    below: bool = False


_CHECKS = (
    _Check("root_too_high", "root_high", "m", "The pelvis rises to"),
    _Check("root_too_low", "root_low", "m", "The pelvis sinks to", below=True),
    _Check("below_floor", "deepest", "m", "The body reaches under the floor by"),
    _Check("below_floor_often", "sunk", "%", "The body is 2 cm under the floor in frames:"),
    _Check("floating", "longest_clear_s", "s", "Nothing touches the floor for"),
    _Check("hovering", "floating", "%", "The body hangs in the air without falling in frames:"),
    _Check("body_too_fast", "top_speed", "m/s", "A joint moves at"),
    _Check("joint_too_fast", "top_joint_turn_rate", "rad/s", "A joint turns at"),
    _Check("jerky", "root_acceleration", "m/s^2", "The pelvis is accelerated by"),
    _Check("skating", "skating", "%", "Planted feet slide in frames:"),
    _Check("held_up", "residual", "body weights", "A hidden hand would have to help with"),
    _Check("false_gravity", "gravity_fit", "m/s^2", "A flight's fall is off gravity by"),
    _Check("spin_from_nothing", "spin_drift", "%", "In a flight the angular momentum changes by"),
    _Check("self_penetration", "self_penetration", "m", "A limb reaches into the body by"),
    _Check("dislocated", "beyond_limits", "rad", "A joint is bent out of its range by"),
    _Check("too_short", "seconds", "s", "The clip lasts only", below=True),
)

_SENTENCES = {check.name: check.sentence for check in _CHECKS}

CHECKS = tuple(check.name for check in _CHECKS)
"""The name of every reason there may be; a trial in physics adds one (`feasibility_filter`)."""

DEFAULT = MotionLimits()


def check(motion: Motion, limits: MotionLimits = DEFAULT) -> Verdict:
    """Return whether a motion is physically valid, and what speaks against it."""
    return check_features(measure_motion(motion), limits)


def check_features(features: MotionFeatures, limits: MotionLimits = DEFAULT) -> Verdict:
    """Return the same for a motion already measured."""
    found = examine(features, limits)
    reasons = tuple(m.reason for m in found if m.verdict == "refused")
    warnings = tuple(m.reason for m in found if m.verdict == "remarkable")
    return Verdict(reasons, warnings, asdict(features))


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure of a motion held against its limits.

    Attributes:
        name: Which check, such as 'root_too_high'; one of `CHECKS`.
        value: What was measured.
        limit: How far it may go.
        unit: Of all three; shares are given in percent where they are shown.
        below: Whether here below is beyond.
    """

    name: str
    value: float
    limit: Limit
    unit: str
    below: bool

    @property
    def verdict(self) -> Literal["fine", "remarkable", "refused"]:
        """What the filter makes of it."""
        if _beyond(self.value, self.limit.hard, below=self.below):
            return "refused"
        return "remarkable" if _beyond(self.value, self.limit.warn, below=self.below) else "fine"

    @property
    def reason(self) -> Reason:
        """What to say against it."""
        broken = self.limit.hard if self.verdict == "refused" else self.limit.warn
        return Reason(self.name, self.value, broken, self.unit)


def examine(features: MotionFeatures, limits: MotionLimits = DEFAULT) -> tuple[Measured, ...]:
    """Return every check's figure and limits, whether anything is wrong with it or not."""
    return tuple(
        Measured(
            item.name,
            float(getattr(features, item.figure)),
            getattr(limits, item.figure),
            item.unit,
            item.below,
        )
        for item in _CHECKS
    )


def _beyond(value: float, limit: float, *, below: bool) -> bool:
    return value < limit if below else value > limit


def _figure(value: float, unit: str) -> str:
    return f"{value:.0%}" if unit == "%" else f"{value:.3g} {unit}".rstrip()
