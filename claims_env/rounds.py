"""Everything known about one completed round of the curriculum."""

from dataclasses import dataclass, field
from typing import Any

from claims_env.judge import Alignment, Difficulty, Missing, consensus, disagreement
from claims_env.prompt import Prompt
from claims_env.retention import Retention
from claims_env.tracking_metrics import SuiteMetrics, TrackingMetrics


@dataclass(frozen=True, slots=True)
class PromptSet:
    """One of the prompts of a round, with everything known about it (the paper's 'set').

    Attributes:
        clip: The motion's name: unique in the run, and its file's name.
        prompt: What was asked.
        seed: What the generator drew with.
        rejected: Why the clip was not trained on, or None.
        warnings: What the filter noticed and let pass.
        measures: What the filter measured; names and units are those of `MotionFeatures`.
        mean_speed: Mean joint speed of the clip [m/s].
        alignments: Each judge's verdict before training.
        difficulties: Each judge's rating after training; empty for rejected clips.
        metrics: How it was tracked after training; None for rejected clips.
        untrained: The same with the zero action, where the tracker can show it.
        random: The same with random actions, likewise.
        before: How it was tracked before this round's training; None in records that lack it.
    """

    clip: str
    prompt: Prompt
    seed: int
    rejected: str | None
    warnings: tuple[str, ...]
    measures: dict[str, float]
    mean_speed: float
    alignments: dict[str, Alignment | Missing]
    difficulties: dict[str, Difficulty | Missing] = field(default_factory=dict)
    metrics: TrackingMetrics | None = None
    untrained: TrackingMetrics | None = None
    random: TrackingMetrics | None = None
    before: TrackingMetrics | None = None

    @property
    def difficulty(self) -> float | None:
        """The judges' mean difficulty, 1 to 10, or None if none answered."""
        return consensus(list(self.difficulties.values()))

    @property
    def disagreement(self) -> float | None:
        """The largest gap between two judges, or None if fewer than two answered."""
        return disagreement(list(self.difficulties.values()))


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """One suite after a round: only ever evaluated on, never trained on.

    Attributes:
        name: The suite's name.
        kind: 'real' or 'composed, held out'.
        metrics: Over all its clips.
        untrained: The same with the zero action (measured once, in round 0), or None.
        clips: Each clip's metrics.
        refused: Clips that could not be used, and why.
        random: The same as `untrained` with random actions.
    """

    name: str
    kind: str
    metrics: SuiteMetrics
    untrained: SuiteMetrics | None
    clips: dict[str, TrackingMetrics]
    refused: dict[str, str]
    random: SuiteMetrics | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """One step of the outer loop: what was asked, what came of it, and what was seen.

    Attributes:
        index: 0 for the random opening.
        seed: Everything the round draws follows from it.
        scheduler: Who chose the prompts.
        sets: The prompts and what is known of each, rejected ones included.
        trained: Metrics over this round's surviving clips, after training.
        untrained: The same with the zero action, or None.
        corpus: Metrics over every clip trained on so far, this round's included.
        corpus_untrained: The same with the zero action, or None.
        suites: Metrics on held-out clips.
        training: What the training stage did; free of wall-clock figures.
        reward: What the scheduler got for it; 0 for round 0.
        random: As `untrained`, with random actions.
        corpus_random: As `corpus_untrained`, with random actions.
        before: Metrics over this round's surviving clips before its training; None in records that
            lack it, as with the next.
        retention: How the clips of each round so far fare now.
    """

    index: int
    seed: int
    scheduler: str
    sets: tuple[PromptSet, ...]
    trained: SuiteMetrics
    untrained: SuiteMetrics | None
    corpus: SuiteMetrics
    corpus_untrained: SuiteMetrics | None
    suites: tuple[SuiteResult, ...]
    training: dict[str, Any]
    reward: float
    random: SuiteMetrics | None = None
    corpus_random: SuiteMetrics | None = None
    before: SuiteMetrics | None = None
    retention: Retention | None = None

    @property
    def kept(self) -> tuple[PromptSet, ...]:
        """The sets whose clips were trained on."""
        return tuple(s for s in self.sets if s.rejected is None)

    @property
    def held_out_success(self) -> float | None:
        """Success over all suites, pooled by clips like the paper's averages; None without any."""
        clips = sum(suite.metrics.clips for suite in self.suites)
        won = sum(suite.metrics.clips * suite.metrics.success_rate for suite in self.suites)
        return won / clips if clips else None

    @property
    def difficulty(self) -> float | None:
        """Mean judged difficulty of the kept sets, or None if no judge answered."""
        ratings = [s.difficulty for s in self.kept if s.difficulty is not None]
        return sum(ratings) / len(ratings) if ratings else None

    @property
    def tier(self) -> float | None:
        """Mean prior tier of the prompts, 1 to 5, or None if all of them are free text."""
        tiers = [s.prompt.tier for s in self.sets if not s.prompt.is_free]
        return sum(tiers) / len(tiers) if tiers else None

    @property
    def mean_speed(self) -> float:
        """Mean joint speed over all generated clips [m/s]."""
        return sum(s.mean_speed for s in self.sets) / len(self.sets)
