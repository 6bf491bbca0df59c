"""How a tracker does on a whole suite: every clip with its policy, with none, and at random."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, get_args

from claims_env.errors import MotionError, SuiteError
from claims_env.motion import Motion
from claims_env.suite import Refusal, Suite
from claims_env.suite_digest import suite_digest
from claims_env.tracker import HasBaseline, TrackedClip, Tracker
from claims_env.tracking_metrics import (
    FailedFrames,
    SuiteMetrics,
    TrackingMetrics,
    measure,
    pool,
)

Policy = Literal["trained", "zero", "random"]
POLICIES: dict[Policy, str] = {
    "trained": "trained",
    "zero": "zero action",
    "random": "random actions",
}
"""Who performs, and what they are called; the last two are what comes without any learning."""

VARIANTS: tuple[FailedFrames, ...] = get_args(FailedFrames)
"""The ways to count the frames of failed clips; all are measured, one is shown."""

BATCH = 32
"""Clips performed side by side: enough to keep the cores busy, few enough to show progress."""

WHOLE = 1 << 30
"""A batch that takes any suite whole, for trackers that cut it themselves."""

Perform = Callable[[Sequence[Motion]], list[TrackedClip]]
Keep = Callable[[str, TrackedClip], None]
"""Told a suite's name and a clip as it was performed by the first of the policies."""


@dataclass(frozen=True, slots=True)
class EvaluatedClip:
    """One clip of a suite.

    Attributes:
        name: Unique within its suite.
        seconds: How long it lasts [s].
        metrics: How each policy tracked it, for each way to count the frames of a failed clip.
    """

    name: str
    seconds: float
    metrics: Mapping[Policy, Mapping[FailedFrames, TrackingMetrics]]


@dataclass(frozen=True, slots=True)
class EvaluatedSuite:
    """One suite.

    Attributes:
        name: As in records and reports.
        kind: What its clips are, such as 'real'.
        digest: A hash of its motions (see `suite_digest`).
        clips: In the suite's order; at least one.
        refused: Clips that could not be used.
    """

    name: str
    kind: str
    digest: str
    clips: tuple[EvaluatedClip, ...]
    refused: tuple[Refusal, ...]

    @property
    def policies(self) -> tuple[Policy, ...]:
        """Who performed."""
        return tuple(self.clips[0].metrics)


def pooled(
    suites: Sequence[EvaluatedSuite], policy: Policy, failed_frames: FailedFrames
) -> SuiteMetrics:
    """Return the metrics of one suite or of several taken as one.

    Every clip counts once for success, whatever its suite: the paper's 'Avg' (its Tab. 1, where
    58.3 is 1282 of 2201 clips). Errors are pooled over frames, as within a suite (see `pool`).

    Raises:
        ValueError: There is no suite.
    """
    clips = [clip for suite in suites for clip in suite.clips]
    return pool([clip.metrics[policy][failed_frames] for clip in clips])


def performers(tracker: Tracker, *, is_trained: bool = True) -> dict[Policy, Perform]:
    """Return how each policy performs: the tracker's own if it learned any, then the baselines."""
    found: dict[Policy, Perform] = {"trained": tracker.evaluate} if is_trained else {}
    if isinstance(tracker, HasBaseline):
        found["zero"] = partial(tracker.evaluate_untrained, action="zero")
        found["random"] = partial(tracker.evaluate_untrained, action="random")
    return found


def evaluate_suite(
    suite: Suite,
    performers: Mapping[Policy, Perform],
    *,
    keep: Keep = lambda suite, clip: None,
    after_each: Callable[[], None] = lambda: None,
    batch: int = BATCH,
) -> EvaluatedSuite:
    """Return how every policy tracks every clip.

    Args:
        suite: What is performed.
        performers: Who performs it.
        keep: Told each clip as the first policy performed it, in no particular order.
        after_each: Called once for each clip and policy.
        batch: Clips performed side by side.

    Raises:
        SuiteError: None of its clips can be performed.
    """
    done: dict[str, EvaluatedClip] = {}
    refused = list(suite.refused)
    for motions in _batches(suite.motions, batch):
        for motion, performed in _performed(motions, performers, refused):
            keep(suite.name, next(iter(performed.values())))
            done[motion.name] = _evaluated(motion, performed)
        for _ in range(len(motions) * len(performers)):
            after_each()
    if not done:
        raise SuiteError(
            f"None of the {len(refused)} clip(s) of {suite.name} can be performed. "
            f"The first: {refused[0].reason if refused else 'there is none'}"
        )
    ordered = tuple(done[motion.name] for motion in suite.motions if motion.name in done)
    digest = suite_digest(suite.motions)
    return EvaluatedSuite(suite.name, suite.kind, digest, ordered, tuple(refused))


def _batches(motions: Sequence[Motion], size: int) -> Iterator[list[Motion]]:
    """Yield the motions in batches of like length: a batch lasts as long as its longest clip."""
    ordered = sorted(motions, key=lambda motion: motion.seconds)
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]


def _performed(
    motions: Sequence[Motion], performers: Mapping[Policy, Perform], refused: list[Refusal]
) -> list[tuple[Motion, dict[Policy, TrackedClip]]]:
    """Return each motion with its performances; what cannot be performed goes to `refused`."""
    try:
        columns: dict[Policy, list[TrackedClip]] = {
            policy: perform(motions) for policy, perform in performers.items()
        }
    except MotionError as error:
        if len(motions) > 1:
            # by halves: few tries where one clip of many is at fault
            half = len(motions) // 2
            parts = (motions[:half], motions[half:])
            return [row for part in parts for row in _performed(part, performers, refused)]
        refused.append(Refusal(motions[0].name, str(error)))
        return []
    rows: list[dict[Policy, TrackedClip]] = [
        {policy: column[i] for policy, column in columns.items()} for i in range(len(motions))
    ]
    return list(zip(motions, rows, strict=True))


def _evaluated(motion: Motion, performed: Mapping[Policy, TrackedClip]) -> EvaluatedClip:
    metrics: dict[Policy, dict[FailedFrames, TrackingMetrics]] = {
        policy: _variants(clip) for policy, clip in performed.items()
    }
    return EvaluatedClip(motion.name, motion.seconds, metrics)


def _variants(clip: TrackedClip) -> dict[FailedFrames, TrackingMetrics]:
    """Return the metrics under each way to count; where nothing was simulated, all are the same."""
    if clip.joints is None or clip.reference is None:
        return dict.fromkeys(VARIANTS, clip.metrics)
    return {way: measure(clip.joints, clip.reference, failed_frames=way) for way in VARIANTS}
