"""Cards of an evaluation: a clip's outcome, key frames and player, some from every suite."""

from collections.abc import Mapping
from itertools import islice, zip_longest
from pathlib import Path

import numpy as np

from claims_env.errors import MotionError
from claims_env.evaluation_record import EvaluationRecord
from claims_env.motion import read_npz
from claims_env.report import cell_values as value
from claims_env.report.film import film, player, step_within
from claims_env.report.markup import Markup, element
from claims_env.report.run_record import Footage
from claims_env.report.strip import strip
from claims_env.suite_evaluation import POLICIES
from claims_env.tracking_metrics import TrackingMetrics

MOST_CARDS = 30
"""Clips shown with pictures, so that the page stays below 3 MB."""

_FILM_BYTES = 1_300_000

Kept = Mapping[tuple[str, str], Path]
"""Files of tracked motions, by suite and clip."""


def evaluation_cards(
    record: EvaluationRecord, kept: Kept, *, most: int = MOST_CARDS
) -> list[Markup]:
    """Return cards of the first clips of every suite, as the first policy performed them."""
    by_suite = [[(suite, clip) for clip in suite.clips] for suite in record.suites]
    in_turn = (pair for row in zip_longest(*by_suite) for pair in row if pair is not None)
    wanted = ((suite, clip) for suite, clip in in_turn if (suite.name, clip.name) in kept)
    policy, shown = record.policies[0], list[tuple[str, TrackingMetrics, Footage]]()
    for suite, clip in islice(wanted, most):
        footage = _footage(kept[suite.name, clip.name])
        if footage is not None:
            metrics = clip.metrics[policy][record.errors]
            shown.append((f"{suite.name}: {clip.name}", metrics, footage))
    step = step_within([footage for _, _, footage in shown], _FILM_BYTES)
    told = f"{POLICIES[policy]}, {record.help}"
    return [_card(name, metrics, footage, step, told) for name, metrics, footage in shown]


def _card(name: str, metrics: TrackingMetrics, footage: Footage, step: int, told: str) -> Markup:
    outcome = value.outcome(metrics)
    error = f"g-MPJPE {value.number(metrics.g_mpjpe).text} mm"
    return element(
        "article",
        element("h3", name),
        element("p", f"{outcome.text} · {error} · {told}", class_=outcome.tone),
        strip(footage, name),
        player(film(footage, step, metrics.failed_at)),
        class_="card",
    )


def _footage(path: Path) -> Footage | None:
    """Return what a file shows, or None where it is damaged or the simulation ended in nothing."""
    try:
        arrays = read_npz(path)
        asked, done = (arrays[name].astype(np.float64) for name in ("reference", "tracked"))
        fps = float(arrays["fps"])
    except (MotionError, KeyError):
        return None
    is_whole = np.isfinite(asked).all() and np.isfinite(done).all()
    return Footage(fps, asked, done, 1) if is_whole else None
