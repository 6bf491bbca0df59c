"""The charts of a run: success, error, judged difficulty and speed over the rounds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle

from claims_env.report.curves import Curve, chart
from claims_env.report.markup import Markup, element
from claims_env.rounds import Round, SuiteResult
from claims_env.tracking_metrics import SuiteMetrics

Series = Sequence[SuiteMetrics | None]

_CORPUS, _NEW, _SUITES = 0, 2, (4, 3, 5, 1)
"""The colours of the corpus, of a round's own clips, and of the suites in turn."""


@dataclass(frozen=True, slots=True)
class _Line:
    """What is followed over the rounds: one entry per round, None where unknown; see `Curve`."""

    label: str
    series: Series
    hue: int
    dashed: bool = False


def loop_charts(rounds: tuple[Round, ...], help_: str) -> Markup:
    """Return four charts; `help_` says under what help success was had."""
    difficulty = Curve("mean of the judges, kept sets", tuple(r.difficulty for r in rounds))
    tiers = tuple(r.tier for r in rounds)
    speed = Curve("all generated clips", tuple(r.mean_speed for r in rounds))
    return element(
        "div",
        chart(f"Success [%], {help_}", _rates(rounds), low=0, high=100),
        chart(f"g-MPJPE [mm], {help_}", _errors(rounds), low=0),
        chart(
            "Judged difficulty [1-10], prior tier [1-5]",
            [difficulty, Curve("mean tier of the prompts", tiers, dashed=True)],
            low=0,
            high=10,
        ),
        chart("Mean joint speed [m/s]", [speed], low=0),
        class_="charts",
    )


def _rates(rounds: tuple[Round, ...]) -> list[Curve]:
    return [_curve(line, _percent) for line in _lines(rounds)]


def _errors(rounds: tuple[Round, ...]) -> list[Curve]:
    return [_curve(line, _error) for line in _lines(rounds)]


def _curve(line: _Line, read: Callable[[SuiteMetrics], float | None]) -> Curve:
    values = tuple(None if m is None else read(m) for m in line.series)
    return Curve(line.label, values, line.dashed, line.hue)


def _percent(metrics: SuiteMetrics) -> float:
    return 100 * metrics.success_rate


def _error(metrics: SuiteMetrics) -> float | None:
    return metrics.all["g_mpjpe"]


def _lines(rounds: tuple[Round, ...]) -> list[_Line]:
    """Return what is followed over the rounds, each beside what it is compared with."""
    found = [
        _Line("corpus", [r.corpus for r in rounds], _CORPUS),
        _Line("corpus, zero action", [r.corpus_untrained for r in rounds], _CORPUS, dashed=True),
        _Line("this round", [r.trained for r in rounds], _NEW),
        _Line("this round, before training", [r.before for r in rounds], _NEW, dashed=True),
    ]
    names = dict.fromkeys(s.name for r in rounds for s in r.suites)
    for name, hue in zip(names, cycle(_SUITES), strict=False):
        results = [_result(r, name) for r in rounds]
        found.append(_Line(name, [s.metrics if s else None for s in results], hue))
        # measured once: the line shows the level to compare with
        level = next((s.untrained for s in results if s and s.untrained), None)
        if level:
            series = [level if s else None for s in results]
            found.append(_Line(f"{name}, zero action", series, hue, dashed=True))
    return found


def _result(r: Round, name: str) -> SuiteResult | None:
    return next((s for s in r.suites if s.name == name), None)
