"""The examination that ends a round's training: every clip so far, the suites, and no policy."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

import numpy as np

from claims_env.motion import Motion
from claims_env.retention import Retention, retained
from claims_env.rounds import SuiteResult
from claims_env.suite import Suite
from claims_env.tracker import BLIND, Blind, HasBaseline, TrackedClip, Tracker
from claims_env.tracking_metrics import SuiteMetrics, TrackingMetrics, pool


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found, as it is recorded.

    Attributes:
        new: Metrics of the round's own clips, in order.
        untrained: The same with the zero action; empty where the tracker cannot show it.
        corpus: Metrics over every clip trained on so far.
        suites: Metrics on held-out clips; what they give without a policy in round 0 only.
        random: As `untrained`, with random actions.
        retention: How the clips of each round fare; None in records that lack it.
    """

    new: tuple[TrackingMetrics, ...]
    untrained: tuple[TrackingMetrics, ...]
    corpus: SuiteMetrics
    suites: tuple[SuiteResult, ...]
    random: tuple[TrackingMetrics, ...] = ()
    retention: Retention | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Performance:
    """What was performed for an examination.

    Attributes:
        rounds: The clips of each round, oldest first.
        suites: The clips of each suite.
    """

    rounds: list[Sequence[TrackedClip]]
    suites: list[Sequence[TrackedClip]]


def perform(
    tracker: Tracker, rounds: Sequence[Sequence[Motion]], suites: Sequence[Suite]
) -> Performance:
    """Return how the tracker performs the clips of all rounds and suites.

    It is asked once: a tracker simulates all clips side by side.
    """
    groups = [*rounds, *(suite.motions for suite in suites)]
    tracked = _parted(tracker.evaluate([m for g in groups for m in g]), map(len, groups))
    return Performance(tracked[: len(rounds)], tracked[len(rounds) :])


def examine(
    tracker: Tracker,
    performance: Performance,
    new: Sequence[Motion],
    suites: Sequence[Suite],
    once: Iterable[str],
) -> Examination:
    """Return what a performance comes to, beside what no policy would have done.

    Args:
        tracker: Asked for its baselines.
        performance: Of every round's clips and of the suites.
        new: The motions of the newest round.
        suites: What the suites' clips belong to.
        once: Names of the clips that were tracked after any earlier round.
    """
    opening = len(performance.rounds) == 1
    # the suites stay the same, so that their baselines are measured once
    groups = [new, *(suite.motions if opening else () for suite in suites)]
    zero, random = (_baseline(tracker, groups, action) for action in BLIND)
    rows = zip(suites, performance.suites, zero[1:], random[1:], strict=True)
    return Examination(
        new=tuple(clip.metrics for clip in performance.rounds[-1]),
        untrained=zero[0],
        corpus=pool([clip.metrics for played in performance.rounds for clip in played]),
        suites=tuple(_result(*row) for row in rows),
        random=random[0],
        retention=retained(performance.rounds, once),
    )


def trajectories(clips: Iterable[tuple[str, TrackedClip]]) -> dict[str, Any]:
    """Return the arrays of the clips that were simulated, under the names given."""
    return {
        f"{name}.{of}": joints.astype(np.float32)
        for name, clip in clips
        if clip.joints is not None and clip.reference is not None
        for of, joints in (("tracked", clip.joints), ("reference", clip.reference))
    }


def pooled(metrics: Sequence[TrackingMetrics]) -> SuiteMetrics | None:
    """Return the metrics of several clips together, None where there are none."""
    return pool(metrics) if metrics else None


def _baseline(
    tracker: Tracker, groups: Sequence[Sequence[Motion]], action: Blind
) -> list[tuple[TrackingMetrics, ...]]:
    if not isinstance(tracker, HasBaseline):
        return [() for _ in groups]
    done = tracker.evaluate_untrained([m for group in groups for m in group], action=action)
    return [tuple(clip.metrics for clip in part) for part in _parted(done, map(len, groups))]


def _parted(clips: Sequence[TrackedClip], sizes: Iterable[int]) -> list[Sequence[TrackedClip]]:
    ends = [0, *accumulate(sizes)]
    return [clips[start:end] for start, end in pairwise(ends)]


def _result(
    suite: Suite,
    tracked: Sequence[TrackedClip],
    zero: Sequence[TrackingMetrics],
    random: Sequence[TrackingMetrics],
) -> SuiteResult:
    clips = {clip.name: clip.metrics for clip in tracked}
    return SuiteResult(
        name=suite.name,
        kind=suite.kind,
        metrics=pool(list(clips.values())),
        untrained=pooled(zero),
        clips=clips,
        refused={refusal.name: refusal.reason for refusal in suite.refused},
        random=pooled(random),
    )
