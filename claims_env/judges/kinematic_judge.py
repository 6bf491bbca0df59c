"""The kinematic judge: an offline, physics-minded reading of speeds, flights and turns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod

from claims_env.judge import Alignment, Difficulty, Missing
from claims_env.judges.brevity import too_short
from claims_env.judges.kinematic_signs import KINEMATIC_SIGNS
from claims_env.judges.sign import align_signs, level, ramp, visible
from claims_env.kinematics import MotionFeatures, measure_motion
from claims_env.motion import Motion
from claims_env.prompt import Prompt


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that makes a motion hard.

    Attributes:
        name: What it is.
        weight: How far it alone lifts a motion from trivial (0) to expert (1).
        amount: How much of it a motion has, 0 to 1.
        figure: The measurement, in words.
    """

    name: str
    weight: float
    amount: Callable[[MotionFeatures], float]
    figure: Callable[[MotionFeatures], str]


DEMANDS = (
    Demand(
        "speed",
        0.40,
        lambda f: ramp(f.mean_speed, 0.4, 2.4),
        lambda f: f"joints move at {f.mean_speed:.2f} m/s on average",
    ),
    Demand(
        "quickness",
        0.25,
        lambda f: ramp(f.top_speed, 4.0, 14.0),
        lambda f: f"the fastest joint reaches {f.top_speed:.1f} m/s",
    ),
    Demand(
        "effort",
        0.25,
        lambda f: ramp(f.effort, 3.0, 15.0),
        lambda f: f"the joints work at {f.effort:.1f} W/kg",
    ),
    Demand(
        "flight",
        0.50,
        lambda f: ramp(f.longest_flight_s, 0.05, 0.55),
        lambda f: f"the longest flight lasts {f.longest_flight_s:.2f} s",
    ),
    Demand(
        "turn",
        0.40,
        lambda f: ramp(f.turned, 0.3, 2.0) * ramp(f.turn_rate, 2.0, 8.0),
        lambda f: f"it turns {f.turned:.1f} times at up to {f.turn_rate:.1f} rad/s",
    ),
    Demand(
        "inversion",
        0.60,
        lambda f: ramp(f.inverted, 0.0, 0.15),
        lambda f: f"the body is upside down {f.inverted:.0%} of the time",
    ),
    Demand(
        "high legs",
        0.30,
        lambda f: ramp(f.foot_height, 0.4, 1.5),
        lambda f: f"an ankle rises to {f.foot_height:.2f} m",
    ),
    Demand(
        "levels",
        0.25,
        lambda f: ramp(f.root_high - f.root_low, 0.15, 0.7),
        lambda f: f"the pelvis moves between {f.root_low:.2f} and {f.root_high:.2f} m",
    ),
    Demand(
        "balance",
        0.25,
        lambda f: ramp(f.longest_balance_s, 0.4, 1.6),
        lambda f: f"it stands on one leg for {f.longest_balance_s:.1f} s",
    ),
)
"""What counts, weighted so that real clips from a guard to a backflip spread over the scale."""


class KinematicJudge:
    """Rates from speeds and accelerations alone. See `Judge`."""

    name = "kinematic (offline)"

    def align(
        self, motions: Sequence[Motion], prompts: Sequence[Prompt]
    ) -> list[Alignment | Missing]:
        """See `Judge`."""
        return [_align(motion, prompt) for motion, prompt in zip(motions, prompts, strict=True)]

    def rate(self, motions: Sequence[Motion]) -> list[Difficulty | Missing]:
        """See `Judge`."""
        return [too_short(motion) or difficulty(measure_motion(motion)) for motion in motions]


def difficulty(features: MotionFeatures) -> Difficulty:
    """Return how hard a motion with these figures is.

    Demands combine like independent chances to fail: each takes its share of what the others left.
    """
    shares = {d: d.weight * d.amount(features) for d in DEMANDS}
    raw = 1.0 - prod(1.0 - share for share in shares.values())
    return Difficulty(
        score=min(10, max(1, round(1 + 9.5 * raw))),
        rationale=_rationale(shares, features),
        descriptors=_descriptors(features),
    )


def _rationale(shares: dict[Demand, float], features: MotionFeatures) -> str:
    hardest = sorted(shares, key=lambda d: -shares[d])[:3]
    told = ", ".join(d.figure(features) for d in hardest if shares[d] > 0.02)
    told = told or f"nothing asks much of the body: {DEMANDS[0].figure(features)}"
    return f"{told[0].upper()}{told[1:]}."


def _descriptors(f: MotionFeatures) -> dict[str, str]:
    seen = visible(KINEMATIC_SIGNS, f) or ["hardly any movement"]
    hard = [name for name in ("flight", "inversion", "turn", "kick") if name in seen]
    intensity = level(ramp(f.mean_speed, 0.2, 2.0))
    balance = level(ramp(f.longest_balance_s + f.airborne, 0.1, 1.5))
    return {
        "action_sequence": f"{f.bursts} burst(s) in {f.seconds:.1f} s: {', '.join(seen)}",
        "technical_complexity": f"{level(len(hard) / 3)}: {', '.join(hard) or 'basic moves'}",
        "movement_intensity": f"{intensity}: {f.mean_speed:.2f} m/s mean, {f.top_speed:.1f} peak",
        "balance_requirement": f"{balance}: {f.longest_balance_s:.1f} s on one leg, "
        f"{f.airborne:.0%} airborne",
        "continuity": f"{f.bursts / f.seconds:.1f} bursts per second",
    }


def _align(motion: Motion, prompt: Prompt) -> Alignment | Missing:
    return too_short(motion) or align_signs(prompt, KINEMATIC_SIGNS, measure_motion(motion))
