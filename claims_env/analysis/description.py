"""Measures a generator over a census of the library, and writes its data sheet and drawings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims_env.analysis.census import Take, at_random, by_action, by_action_alone, by_tier
from claims_env.analysis.data_sheet import DataSheet, written
from claims_env.analysis.distinctness import Distinctness, distinctness
from claims_env.analysis.drawing import box_of, boxes, scatter
from claims_env.analysis.feature_map import feature_map
from claims_env.analysis.measured_clip import Draw, MeasuredClip, measure_all, measured
from claims_env.analysis.recognition import Recognition
from claims_env.analysis.tier_table import tier_rows, trends
from claims_env.generator import MotionGenerator
from claims_env.motion import Motion
from claims_env.variable_library import TIERS, VariableLibrary


@dataclass(frozen=True, slots=True)
class CensusSize:
    """How many clips are made.

    Attributes:
        clips: Prompts drawn from the whole library.
        per_tier: Prompts of each tier.
        takes: Takes of each base action to learn from.
        tried: Takes of each base action to try.
        alone: Takes of each base action said alone to learn from; one more is tried.
    """

    clips: int = 500
    per_tier: int = 200
    takes: int = 5
    tried: int = 3
    alone: int = 2


def describe(
    generator: MotionGenerator,
    library: VariableLibrary,
    *,
    label: str,
    size: CensusSize,
    seed: int = 0,
    real: Sequence[Motion] = (),
    about_real: str = "",
    processes: int = 2,
) -> dict[str, str]:
    """Return the data sheet and the SVG drawings it shows, by file name.

    Args:
        generator: Whose clips; must survive pickling if there are several processes.
        library: The words they are made of.
        label: What the page calls the generator.
        size: How many clips.
        seed: What all of them are drawn with.
        real: Clips to compare with.
        about_real: What they are, in words.
        processes: How many work at it; they change nothing but the time.
    """
    random, tiers = at_random(library, size.clips, seed), by_tier(library, size.per_tier, seed)
    takes = list(by_action(library, size.takes + size.tried, seed))
    alone = list(by_action_alone(library, size.alone + 1, seed))
    said = measure_all(generator, [take.draw for take in alone], processes=processes)
    taken_alone = list(zip(alone, said, strict=True))
    draws = [*random, *(draw for _, draw in tiers), *_windowed(takes, taken_alone)]
    clips = iter(measure_all(generator, draws, processes=processes))
    columns = {generator.name: [next(clips) for _ in random]}
    ranked = [(tier, next(clips)) for tier, _ in tiers]
    taken = [(take, next(clips)) for take in takes]
    if real:
        columns["real"] = [measured(motion) for motion in real]
    sheet = DataSheet(
        stem=generator.name,
        generator=label,
        library=library.digest,
        seed=seed,
        tiers=tier_rows(ranked),
        trends=trends(ranked),
        columns=columns,
        real=about_real,
        distinct=_rows(size, taken, taken_alone),
        domains=feature_map(
            [(take.domain, clip) for take, clip in taken if take.number < size.takes],
            [(take.domain, clip) for take, clip in taken if take.number >= size.takes],
        ),
        shown=sum(clip.own is not None for _, clip in taken) / len(taken),
        made=len(alone) + len(draws),
    )
    return {f"{sheet.stem}.md": written(sheet), **_drawings(sheet, ranked)}


def _windowed(takes: Sequence[Take], alone: Sequence[tuple[Take, MeasuredClip]]) -> list[Draw]:
    """Return the draws of whole sentences, each told how many moves its base action has alone."""
    moves = {(take.domain, take.action): clip.moves for take, clip in alone}
    return [replace(take.draw, base_moves=moves[take.domain, take.action]) for take in takes]


def _rows(
    size: CensusSize,
    taken: Sequence[tuple[Take, MeasuredClip]],
    alone: Sequence[tuple[Take, MeasuredClip]],
) -> list[Recognition]:
    """Return how well base actions are told apart: alone, in their window, in the whole clip."""
    windows = [(take, clip.own or clip) for take, clip in taken]
    rows = [
        Recognition("said alone", (size.alone, 1), _distinct(alone, size.alone)),
        Recognition(
            "in a whole sentence, its own window",
            (size.takes, size.tried),
            _distinct(windows, size.takes),
        ),
        Recognition(
            "in a whole sentence, the whole clip",
            (size.takes, size.tried),
            _distinct(taken, size.takes),
        ),
    ]
    # a generator that does not tell when it does what has no windows
    return rows if any(clip.own for _, clip in taken) else [rows[0], rows[2]]


def _distinct(taken: Sequence[tuple[Take, MeasuredClip]], learnt: int) -> dict[str, Distinctness]:
    """Return how well base actions are told apart within each domain."""
    found: dict[str, Distinctness] = {}
    for domain in dict.fromkeys(take.domain for take, _ in taken):
        own = [(take, clip) for take, clip in taken if take.domain == domain]
        found[domain] = distinctness(
            [(take.action, clip) for take, clip in own if take.number < learnt],
            [(take.action, clip) for take, clip in own if take.number >= learnt],
        )
    return found


def _drawings(sheet: DataSheet, ranked: Sequence[tuple[int, MeasuredClip]]) -> dict[str, str]:
    speeds = [
        box_of(f"tier {tier}", [c.figures["mean_speed"] for t, c in ranked if t == tier])
        for tier in TIERS
    ]
    return {
        f"{sheet.stem}-tiers.svg": boxes(
            "Mean joint speed of the clips of each tier [m/s]", speeds
        ),
        f"{sheet.stem}-domains.svg": scatter(
            "Held-out clips by the two directions that tell the domains apart best",
            sheet.domains.places,
            sheet.domains.labels,
        ),
    }
