"""The charts of a run: success, error, judged difficulty and speed over the rounds."""

from collections.abc import Sequence

from claims_env.report.curves import Curve, chart
from claims_env.report.markup import Markup, element
from claims_env.rounds import Round, SuiteResult
from claims_env.tracking_metrics import SuiteMetrics

Series = Sequence[SuiteMetrics | None]


def loop_charts(rounds: tuple[Round, ...], help_: str) -> Markup:
    """Return four charts; `help_` says under what help success was had."""
    difficulty = Curve("mean of the judges, kept sets", tuple(r.difficulty for r in rounds))
    tiers = [sum(s.prompt.tier for s in r.sets) / len(r.sets) for r in rounds]
    speed = Curve("all generated clips", tuple(r.mean_speed for r in rounds))
    return element(
        "div",
        chart(f"Success [%], {help_}", _rates(rounds), low=0, high=100),
        chart(f"g-MPJPE [mm], {help_}", _errors(rounds), low=0),
        chart(
            "Judged difficulty [1-10], prior tier [1-5]",
            [difficulty, Curve("mean tier of the prompts", tuple(tiers), dashed=True)],
            low=0,
            high=10,
        ),
        chart("Mean joint speed [m/s]", [speed], low=0),
        class_="charts",
    )


def _rates(rounds: tuple[Round, ...]) -> list[Curve]:
    return [_rate(label, series, label.endswith("untrained")) for label, series in _series(rounds)]


def _errors(rounds: tuple[Round, ...]) -> list[Curve]:
    return [
        Curve(label, tuple(None if m is None else m.all["g_mpjpe"] for m in series), dashed)
        for label, series in _series(rounds)
        for dashed in [label.endswith("untrained")]
    ]


def _rate(label: str, series: Series, dashed: bool) -> Curve:
    values = tuple(None if m is None else 100 * m.success_rate for m in series)
    return Curve(label, values, dashed)


def _series(rounds: tuple[Round, ...]) -> list[tuple[str, Series]]:
    """Return what is followed over the rounds, under its label."""
    found: list[tuple[str, Series]] = [
        ("corpus", [r.corpus for r in rounds]),
        ("corpus, untrained", [r.corpus_untrained for r in rounds]),
        ("this round", [r.trained for r in rounds]),
    ]
    for name in dict.fromkeys(s.name for r in rounds for s in r.suites):
        results = [_result(r, name) for r in rounds]
        found.append((name, [s.metrics if s else None for s in results]))
        # measured once: the line shows the level to compare with
        level = next((s.untrained for s in results if s and s.untrained), None)
        if level:
            found.append((f"{name}, untrained", [level if s else None for s in results]))
    return found


def _result(r: Round, name: str) -> SuiteResult | None:
    return next((s for s in r.suites if s.name == name), None)
