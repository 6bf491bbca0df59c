"""The tables of an evaluation: every suite with every policy, and each suite's clips."""

from collections.abc import Iterator

from claims_env.evaluation_record import POOLED, EvaluationRecord, successes
from claims_env.proportion import wilson_interval
from claims_env.report import cell_values as value
from claims_env.report.table import NONE, Cell, Table
from claims_env.suite_evaluation import POLICIES, EvaluatedClip, EvaluatedSuite, Policy
from claims_env.tracking_metrics import ERRORS, TrackingMetrics

_HEADINGS = (
    "g-MPJPE [mm]", "l-MPJPE [mm]", "PA-MPJPE [mm]", "vel-dist [mm/frame]", "acc-dist [mm/frame²]",
)  # fmt: skip


def results_table(record: EvaluationRecord) -> Table:
    """Return a row for each suite, and for all of them, with each policy."""
    headings = (
        "suite", "policy", "success", "95 % interval", "errors over", *_HEADINGS,
    )  # fmt: skip
    rows = tuple(
        row
        for g in record.groups
        for policy in record.policies
        for row in _result(record, g, policy)
    )
    caption = f"Success and errors, {record.help}; errors of failed clips: {record.errors}"
    return Table(caption, headings, rows)


def clips_table(record: EvaluationRecord, suite: EvaluatedSuite) -> Table:
    """Return a row for each clip of a suite, those that could not be used last."""
    who = record.policies
    shown = POLICIES[who[0]]
    headings = (
        "clip", "length [s]", *(POLICIES[policy] for policy in who),
        *(f"{heading}, {shown}" for heading in _HEADINGS),
    )  # fmt: skip
    rows = tuple(_clip(record, clip) for clip in suite.clips)
    unusable = tuple(
        (
            Cell(refusal.name, hint=refusal.reason),
            Cell("refused", tone="bad"),
            *[Cell(NONE)] * (len(headings) - 2),
        )
        for refusal in suite.refused
    )
    return Table(f"{suite.name} ({suite.kind}), {record.help}", headings, rows + unusable)


def _result(record: EvaluationRecord, group: str, policy: Policy) -> Iterator[tuple[Cell, ...]]:
    """Yield a policy's row over all clips of a group, and the one over its successes."""
    metrics = record.metrics(group, policy, record.errors)
    low, high = wilson_interval(successes(metrics), metrics.clips)
    first = (
        Cell(f"{group}, pooled by clips" if group == POOLED else group),
        Cell(POLICIES[policy]),
        value.success(metrics),
        Cell(f"{100 * low:.0f} to {100 * high:.0f}%", sort=low),
    )
    for over, errors in (("all clips", metrics.all), ("successes", metrics.succeeded)):
        yield (*first, Cell(over), *(value.number(errors[name], 1) for name in ERRORS))


def _clip(record: EvaluationRecord, clip: EvaluatedClip) -> tuple[Cell, ...]:
    by_policy = [clip.metrics[policy][record.errors] for policy in record.policies]
    return (
        Cell(clip.name),
        value.number(clip.seconds, 1),
        *(value.outcome(metrics) for metrics in by_policy),
        *_errors(by_policy[0]),
    )


def _errors(metrics: TrackingMetrics) -> list[Cell]:
    return [value.number(getattr(metrics, name), 1) for name in ERRORS]
