"""An evaluation as JSON and CSV: its summary, and every clip under every way to count."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from claims_env.evaluation_record import EvaluationRecord, successes
from claims_env.proportion import wilson_interval
from claims_env.records import to_json
from claims_env.suite_evaluation import (
    POLICIES,
    VARIANTS,
    EvaluatedClip,
    EvaluatedSuite,
    Policy,
)
from claims_env.tracking_metrics import ERRORS, FailedFrames

FORMAT = "claims_env evaluation 1"

Files = Mapping[tuple[str, str], str]
"""Where each clip's tracked motion lies, by suite and clip."""

_TOLD = ("suite", "kind", "clip", "seconds", "policy", "body", "assist", "success", "failed_at")
_MEASURED: tuple[tuple[FailedFrames, str], ...] = tuple(
    (way, name) for way in VARIANTS for name in ("frames", *ERRORS)
)


def summary_json(record: EvaluationRecord) -> str:
    """Return everything but the single clips."""
    summary = {
        **_conditions(record),
        "what_was_real": record.reality,
        "suites": [_suite(record, suite) for suite in record.suites],
        "pooled_by_clips": {
            "clips": record.clips,
            "results": _results(record, next(reversed(record.groups))),
        },
    }
    return _json(summary)


def clips_json(record: EvaluationRecord, files: Files) -> str:
    """Return every clip with every policy and every way to count."""
    clips = [
        {
            "suite": suite.name,
            "kind": suite.kind,
            "clip": clip.name,
            "seconds": clip.seconds,
            "tracked": files.get((suite.name, clip.name)),
            "results": clip.metrics,
        }
        for suite, clip in _every(record)
    ]
    return _json({**_conditions(record), "clips": clips})


def clips_csv(record: EvaluationRecord) -> str:
    """Return one row per clip and policy; where there is no figure, the cell is empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*_TOLD, *(f"{name}_{way}" for way, name in _MEASURED)])
    for suite, clip in _every(record):
        for policy in record.policies:
            writer.writerow(_row(record, suite, clip, policy))
    return text.getvalue()


def _conditions(record: EvaluationRecord) -> dict[str, Any]:
    """Return what every figure depends on."""
    return {
        "format": FORMAT,
        "checkpoint": record.checkpoint,
        "assist": record.assist,
        "body": record.tracker.get("body"),
        "errors_shown": record.errors,
        "asked": record.asked,
        "policies": {policy: POLICIES[policy] for policy in record.policies},
        "tracker": record.tracker,
        "versions": record.versions,
    }


def _suite(record: EvaluationRecord, suite: EvaluatedSuite) -> dict[str, Any]:
    return {
        "name": suite.name,
        "kind": suite.kind,
        "digest": suite.digest,
        "clips": len(suite.clips),
        "refused": {refusal.name: refusal.reason for refusal in suite.refused},
        "results": _results(record, suite.name),
    }


def _results(record: EvaluationRecord, group: str) -> dict[str, Any]:
    """Return what each policy achieves on a group of suites."""
    found: dict[str, Any] = {}
    for policy in record.policies:
        ways = {way: record.metrics(group, policy, way) for way in VARIANTS}
        shown = ways[record.errors]
        found[policy] = {
            "clips": shown.clips,
            "succeeded": successes(shown),
            "success_rate": shown.success_rate,
            "interval_95": wilson_interval(successes(shown), shown.clips),
            "errors": {way: {"all": m.all, "succeeded": m.succeeded} for way, m in ways.items()},
        }
    return found


def _every(record: EvaluationRecord) -> Iterator[tuple[EvaluatedSuite, EvaluatedClip]]:
    for suite in record.suites:
        for clip in suite.clips:
            yield suite, clip


def _row(
    record: EvaluationRecord, suite: EvaluatedSuite, clip: EvaluatedClip, policy: Policy
) -> list[Any]:
    metrics = clip.metrics[policy]
    shown = metrics[record.errors]
    measured = [to_json(getattr(metrics[way], name)) for way, name in _MEASURED]
    return [
        suite.name,
        suite.kind,
        clip.name,
        round(clip.seconds, 3),
        policy,
        record.tracker.get("body"),
        record.assist,
        int(shown.success),
        shown.failed_at,
        *measured,
    ]


def _json(content: Mapping[str, Any]) -> str:
    return json.dumps(to_json(content), indent=1) + "\n"
