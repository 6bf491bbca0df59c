"""The data sheet of a generator: what its clips are like, in one page of Markdown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims_env import __version__
from claims_env.analysis.feature_map import NEIGHBOURS, FeatureMap
from claims_env.analysis.markdown import interval, percent, picture, spread, table
from claims_env.analysis.measured_clip import MeasuredClip
from claims_env.analysis.physics_table import spreads
from claims_env.analysis.recognition import Recognition, section
from claims_env.analysis.spread import Estimate
from claims_env.analysis.summary_table import summary
from claims_env.analysis.tier_table import TREND, TierRow


@dataclass(frozen=True, slots=True)
class DataSheet:
    """Everything the page tells.

    Attributes:
        stem: What the names of the page's files begin with.
        generator: The generator's name and version.
        library: The digest of the words.
        seed: What everything was drawn with.
        tiers: One row per tier.
        trends: Rank correlation with the tier, by figure.
        columns: Clips by the heading of their column: the generator's first, then real ones.
        real: What the real clips are, in words; empty if there are none.
        distinct: How well base actions are told apart, the easiest way of looking first.
        domains: The map of the domains.
        shown: Share of clips of whole sentences that tell when their base action is performed.
        made: How many clips were made in all.
    """

    stem: str
    generator: str
    library: str
    seed: int
    tiers: Sequence[TierRow]
    trends: Mapping[str, Estimate]
    columns: Mapping[str, Sequence[MeasuredClip]]
    real: str
    distinct: Sequence[Recognition]
    domains: FeatureMap
    shown: float
    made: int


def written(sheet: DataSheet) -> str:
    """Return the page."""
    distinct = section(sheet.distinct, sheet.shown)
    parts = (_opening(sheet), _tiers(sheet), _physics(sheet), distinct, _domains(sheet))
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _opening(sheet: DataSheet) -> list[str]:
    return [
        f"# What the clips of {sheet.generator} are like",
        "",
        f"{sheet.made} clips were made and measured from seed {sheet.seed}, by claims-env "
        f"{__version__} with the library of digest `{sheet.library}`. "
        "`scripts/describe_composer.py` wrote this page, and would write it again; nothing was "
        "left out or chosen by hand. "
        "Square brackets hold 95 % intervals.",
        "",
        _real(sheet),
        "",
        *table(["claim", "measured", "real clips"], _summary(sheet)),
    ]


def _summary(sheet: DataSheet) -> list[list[str]]:
    found = sheet.domains.recognised
    return summary(sheet.columns, sheet.tiers, sheet.trends, sheet.distinct, found)


def _real(sheet: DataSheet) -> str:
    if len(sheet.columns) == 1:
        return "No folder of real clips was named (`--mocap`), so none are compared."
    clips = len(list(sheet.columns.values())[1])
    about = f": {sheet.real}" if sheet.real else ""
    return (
        f"*Real* are {clips} recorded clips{about}. They do not come with the package, are no "
        "answer to these prompts, and were at hand when the filter's limits were set: compare how "
        "plausible they are, not how fast, and take their pass rate for a check of the limits."
    )


def _tiers(sheet: DataSheet) -> list[str]:
    figures = [figure for figure in TREND if figure.name in sheet.trends]
    rows = [
        [
            f"{row.tier}",
            f"{row.clips}",
            percent(row.passed),
            percent(row.whole),
            *(interval(row.means[figure.name]) for figure in figures),
            ", ".join(f"{reason} {count}" for reason, count in row.refused_for) or "-",
        ]
        for row in sheet.tiers
    ]
    correlations = [interval(sheet.trends[figure.name]) for figure in figures]
    rows.append(["Spearman with the tier", "", "", "", *correlations, ""])
    return [
        "## Tiers",
        "",
        "Prompts whose four phrases are all of one tier. Spearman's correlation is taken clip by "
        "clip.",
        "",
        *table(
            [
                "tier",
                "clips",
                "pass the filter",
                "show every move",
                *(f"{figure.label} [{figure.unit}]" for figure in figures),
                "refused for",
            ],
            rows,
        ),
        "",
        picture(f"{sheet.stem}-tiers.svg", "Mean joint speed of the clips of each tier"),
    ]


def _physics(sheet: DataSheet) -> list[str]:
    rows = [
        [figure.label, figure.unit, *(spread(cells[name]) for name in sheet.columns)]
        for figure, cells in spreads(sheet.columns)
    ]
    return [
        "## Plausibility",
        "",
        "5th percentile, **median** and 95th percentile over clips; `MotionFeatures` in "
        "`claims_env/kinematics.py` defines each figure. What concerns flights is taken over clips "
        "that have one.",
        "",
        *table(
            ["figure", "unit", *(f"{name} ({len(c)})" for name, c in sheet.columns.items())], rows
        ),
    ]


def _domains(sheet: DataSheet) -> list[str]:
    found = sheet.domains
    return [
        "## Domains",
        "",
        f"Of {len(found.labels)} held-out clips {found.recognised:.0%} have a majority of their "
        f"own domain among their {NEIGHBOURS} nearest learnt clips ({found.recognised_along:.0%} "
        "along the discriminants of the domains; the most frequent domain would give "
        f"{_largest_share(found.labels):.0%}). In the map below the mean silhouette is "
        f"{found.silhouette:.2f}.",
        "",
        picture(
            f"{sheet.stem}-domains.svg",
            "Held-out clips by the two directions that tell the domains apart best",
        ),
    ]


def _largest_share(labels: Sequence[str]) -> float:
    return max(labels.count(label) for label in set(labels)) / len(labels)
