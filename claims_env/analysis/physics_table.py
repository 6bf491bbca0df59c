"""Which figures the data sheet shows, in which unit, and how they are spread over clips."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import pi

from claims_env.analysis.measured_clip import MeasuredClip
from claims_env.analysis.spread import Spread, spread_of


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table.

    Attributes:
        name: Its name in `MotionFeatures`; what is not measured there is left out.
        label: What it is called.
        unit: What it is shown in.
        factor: That unit's number per unit of `MotionFeatures`.
        among: A figure without which this one says nothing: clips where it is 0 are left out.
    """

    name: str
    label: str
    unit: str
    factor: float = 1.0
    among: str = ""


FIGURES = (
    Figure("slip", "slip of planted feet", "cm per frame at 30 Hz", 100 / 30),
    Figure("skating", "planted feet faster than 0.5 m/s", "% of frames", 100),
    Figure("deepest", "deepest point under the floor", "cm", 100),
    Figure("sunk", "2 cm under the floor", "% of frames", 100),
    Figure("floating", "clear of the floor without falling", "% of frames", 100),
    Figure("gravity_fit", "fall off gravity, worst flight", "m/s2", among="flights"),
    Figure("spin_drift", "angular momentum changed in flight", "%", 100, among="flights"),
    Figure("beyond_limits", "worst joint beyond its range", "deg", 180 / pi),
    Figure("self_penetration", "limbs inside the body, worst 15 % of frames", "cm", 100),
    Figure("tangled", "limbs 3 cm inside the body", "% of frames", 100),
    Figure("residual", "force and moment no contact explains, mean", "body weights"),
    Figure("residual_p95", "the same, 95 % of frames", "body weights"),
    Figure("ground_force", "push of the floor, 99 % of frames", "body weights"),
    Figure("friction", "friction needed, 95 % of frames", ""),
    Figure("joint_load", "hardest worked joint, 99 % of frames", "strong person's most"),
    Figure("effort", "mechanical power of the joints", "W/kg"),
    Figure("mean_speed", "mean joint speed", "m/s"),
    Figure("top_speed", "fastest joint", "m/s"),
    Figure("top_joint_turn_rate", "fastest joint rotation", "rad/s"),
    Figure("root_acceleration", "pelvis acceleration, 99.5 % of frames", "m/s2"),
    Figure("airborne", "in flight", "% of the time", 100),
    Figure("longest_flight_s", "longest flight", "s", among="flights"),
)
"""Plausibility first, then effort, then size and speed."""


def shown(clips: Sequence[MeasuredClip], figures: Sequence[Figure] = FIGURES) -> list[Figure]:
    """Return the figures that these clips were measured by."""
    return [figure for figure in figures if figure.name in clips[0].figures]


def spreads(
    columns: Mapping[str, Sequence[MeasuredClip]], figures: Sequence[Figure] = FIGURES
) -> list[tuple[Figure, dict[str, Spread | None]]]:
    """Return for each figure its spread over each column's clips, in the figure's unit.

    None stands where no clip of a column has anything to say.
    """
    rows: list[tuple[Figure, dict[str, Spread | None]]] = []
    for figure in shown(next(iter(columns.values())), figures):
        rows.append((figure, {name: _spread(figure, clips) for name, clips in columns.items()}))
    return rows


def _spread(figure: Figure, clips: Sequence[MeasuredClip]) -> Spread | None:
    telling = [clip for clip in clips if not figure.among or clip.figures[figure.among] > 0]
    values = [clip.figures[figure.name] * figure.factor for clip in telling]
    return spread_of(values) if values else None
