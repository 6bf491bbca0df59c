"""The charts of a benchmark: intervals, performance profiles, learning curves."""

from collections.abc import Mapping, Sequence

from claims_env.benchmark_summary import BenchmarkSummary
from claims_env.report.bench_bands import GREY, BandLine, band_chart
from claims_env.report.bench_whiskers import Whisker, whisker_chart
from claims_env.report.markup import Markup
from claims_env.statistics.pool import YARDSTICKS, Pool
from claims_env.statistics.stratified import Band

_HUES = (0, 2, 3, 4, 5)
"""Colours of the page's style that are not grey; more lines than this nobody can tell apart."""


_REFERENCE = 2
"""The hue of who is out of competition."""


def interval_chart(pool: Pool) -> Markup:
    """Return each scheduler's interquartile mean with its interval, best first."""
    rows = [_row(name, pool) for name in pool.aggregates]
    title = (
        f"Interquartile mean of held-out success, {pool.kind}; grey: worse than the best, orange: "
        "out of competition"
    )
    return whisker_chart(title, rows, "success [%], 95 % interval over seeds")


def profile_chart(pool: Pool) -> Markup:
    """Return the share of runs above each level of success."""
    hues = hues_of(list(pool.aggregates))
    lines = _lines({name: pool.profiles[name] for name in pool.aggregates}, hues)
    places = [100 * t for t in pool.thresholds]
    title = f"Runs above a level of held-out success [%], {pool.kind}"
    return band_chart(title, lines, places, "held-out success [%]")


def learning_charts(summary: BenchmarkSummary) -> list[Markup]:
    """Return, for each world, success after each round."""
    order = _order(summary)
    charts: list[Markup] = []
    for facts, world in zip(summary.scores.worlds, summary.worlds, strict=True):
        curves = {name: world.curves[name] for name in order if name in world.curves}
        if not curves:
            continue
        kind = f"{facts.kind}, control" if facts.control else facts.kind
        rounds = [float(r) for r in range(len(next(iter(curves.values())).value))]
        title = f"Held-out success [%] in {facts.name} ({kind})"
        charts.append(band_chart(title, _lines(curves, hues_of(order)), rounds, "round"))
    return charts


def hues_of(best_first: Sequence[str]) -> Mapping[str, int]:
    """Return who is drawn in colour: the yardsticks, then the best, as many as there are hues."""
    chosen = [name for name in YARDSTICKS if name in best_first]
    chosen += [name for name in best_first if name not in chosen]
    shown = chosen[: len(_HUES)]
    return dict(zip([n for n in best_first if n in shown], _HUES, strict=False))


def _row(name: str, pool: Pool) -> Whisker:
    found, decision = pool.aggregates[name]["IQM"], pool.decision
    low, high = (None if bound is None else 100 * bound for bound in (found.low, found.high))
    hue, told = GREY, "worse than the best mean"
    if name not in decision.names:
        hue, told = _REFERENCE, "out of competition"
    elif name in decision.leaders:
        hue, told = _HUES[0], "cannot be told from the best mean"
    return Whisker(name, 100 * found.value, low, high, hue, f"{100 * found.value:.1f} %, {told}")


def _lines(bands: Mapping[str, Band], hues: Mapping[str, int]) -> list[BandLine]:
    return [
        BandLine(
            name,
            _percent(found.value.tolist()),
            None if found.low is None else _percent(found.low.tolist()),
            None if found.high is None else _percent(found.high.tolist()),
            hues.get(name, GREY),
        )
        for name, found in bands.items()
    ]


def _percent(values: Sequence[float]) -> tuple[float, ...]:
    return tuple(100 * value for value in values)


def _order(summary: BenchmarkSummary) -> list[str]:
    """Return everyone, those with figures first, best first."""
    ranked = [name for pool in summary.pools for name in pool.aggregates]
    return list(dict.fromkeys([*ranked, *summary.scores.schedulers]))
