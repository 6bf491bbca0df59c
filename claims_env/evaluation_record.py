"""What an evaluation found, and under which conditions."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from claims_env.suite import REAL
from claims_env.suite_evaluation import EvaluatedSuite, Policy, pooled
from claims_env.tracking_metrics import FailedFrames, SuiteMetrics

POOLED = "all suites"
"""What the suites are called where they are taken as one."""


@dataclass(frozen=True)
class EvaluationRecord:
    """An evaluation.

    Attributes:
        checkpoint: What was evaluated: as it was `asked` for, the `sha256` of its file or None, and
            whatever else is known of it.
        tracker: What is real about the tracker (see `Tracker.facts`).
        errors: Which frames of failed clips enter the errors shown; all ways are written.
        asked: The `suites` asked for, and `clips`, `seed` and `library` of composed ones.
        versions: Of the packages that matter.
        suites: What was found.
    """

    checkpoint: Mapping[str, Any]
    tracker: Mapping[str, Any]
    errors: FailedFrames
    asked: Mapping[str, Any]
    versions: Mapping[str, str | None]
    suites: tuple[EvaluatedSuite, ...]

    @property
    def assist(self) -> float:
        """The help at the root, as a fraction of body weight."""
        return float(self.tracker["assist"])

    @property
    def help(self) -> str:
        """Under what help every figure was had, to be said beside it."""
        return "assist 0 (unassisted)" if self.assist == 0 else f"assist {self.assist:g} (helped)"

    @property
    def policies(self) -> tuple[Policy, ...]:
        """Who performed."""
        return self.suites[0].policies

    @property
    def clips(self) -> int:
        """How many clips were performed."""
        return sum(len(suite.clips) for suite in self.suites)

    @cached_property
    def groups(self) -> dict[str, tuple[EvaluatedSuite, ...]]:
        """What metrics are given for: each suite, and all of them where there are several."""
        found: dict[str, tuple[EvaluatedSuite, ...]] = {
            suite.name: (suite,) for suite in self.suites
        }
        if len(found) > 1:
            found[POOLED] = self.suites
        return found

    def metrics(self, group: str, policy: Policy, errors: FailedFrames) -> SuiteMetrics:
        """Return the metrics of one of the `groups`."""
        return pooled(self.groups[group], policy, errors)

    @property
    def reality(self) -> list[str]:
        """What was real and what was not, one sentence each."""
        return [
            *_tracker_told(self.tracker, self.assist),
            *(sentence for suite in self.suites for sentence in _suite_told(suite)),
        ]


def successes(metrics: SuiteMetrics) -> int:
    """Return how many clips succeeded."""
    return round(metrics.success_rate * metrics.clips)


def counted(clips: int) -> str:
    """Return a number of clips in words that fit it."""
    return "1 clip" if clips == 1 else f"{clips} clips"


def _tracker_told(facts: Mapping[str, Any], assist: float) -> list[str]:
    if facts.get("kind") != "physics":
        return ["Simulated tracker: no physics. Figures come from a formula, not a body."]
    if facts.get("double"):
        return [
            f"A double stood in for {facts.get('name')}: no physics. Success and errors come from "
            "a formula, not a body."
        ]
    helped = (
        f"Assist {assist:g}: success with a helping wrench of up to {100 * assist:.0f}% of body "
        "weight at the root, not plain tracking success."
    )
    return [
        f"Physics by {facts.get('name')}, body '{facts.get('body')}'.",
        helped if assist > 0 else "Assist 0: nothing helps the humanoid.",
        "Errors are to each clip as brought onto this body, not to its own skeleton.",
        *_evaluations_told(facts),
    ]


def _evaluations_told(facts: Mapping[str, Any]) -> list[str]:
    """Return what an outside tracker's figures need said of them."""
    told = []
    for clips, why in (
        (facts.get("diverged"), "diverged to numbers that are none, twice: lost from there on"),
        (facts.get("judged_otherwise"), f"{facts.get('name')} itself judges otherwise than we do"),
    ):
        if clips:
            first = ", ".join(clips[:3]) + (", ..." if len(clips) > 3 else "")
            told.append(f"{counted(len(clips))} {why}: {first}.")
    return told


def _suite_told(suite: EvaluatedSuite) -> list[str]:
    real = "" if suite.kind == REAL else ", not motion capture"
    told = [f"Suite {suite.name}: {counted(len(suite.clips))} of kind '{suite.kind}'{real}."]
    if suite.refused:
        unusable = counted(len(suite.refused))
        told.append(f"Suite {suite.name} goes without {unusable} that cannot be used.")
    return told
