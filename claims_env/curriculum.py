"""Plays the rounds: generate, sift, train, evaluate, rate; each stage recorded before the next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from claims_env.answers import valid_alignments, valid_motions, valid_ratings
from claims_env.errors import NoMotionSurvived
from claims_env.generator import MotionGenerator
from claims_env.held_out import clip_seeds
from claims_env.judge import Difficulty, Judge, Missing
from claims_env.ledger import Ledger
from claims_env.motion import Motion
from claims_env.motion_filter import Verdict
from claims_env.observer import Observer
from claims_env.prompt import Prompt
from claims_env.records import from_json
from claims_env.reward import RewardWeights, reward
from claims_env.rounds import PromptSet, Round, SuiteResult
from claims_env.sift import sifted
from claims_env.suite import Suite
from claims_env.tracker import Budget, HasBaseline, TrackedClip, Tracker
from claims_env.tracking_metrics import SuiteMetrics, TrackingMetrics, pool
from claims_env.variable_library import VariableLibrary


@dataclass(frozen=True, slots=True)
class Parts:
    """What a curriculum is made of.

    Attributes:
        library: Defines the actions.
        generator: Turns prompts into motions.
        check: Says whether a motion is physically valid.
        tracker: Trained on what passes.
        judges: Rule out mismatches before training, rate difficulty after it.
        suites: Only ever evaluated on.
    """

    library: VariableLibrary
    generator: MotionGenerator
    check: Callable[[Motion], Verdict]
    tracker: Tracker
    judges: Sequence[Judge]
    suites: Sequence[Suite]


class Curriculum:
    """One run of the loop, from the untrained tracker on.

    Args:
        parts: What it is made of.
        budget: For the training stage of each round.
        weights: Of the reward.
        ledger: Finished stages are read from it, new ones written to it.
        observer: Told what is going on.
        seed: The tracker's.
    """

    def __init__(
        self,
        parts: Parts,
        budget: Budget,
        weights: RewardWeights,
        ledger: Ledger,
        observer: Observer,
        *,
        seed: int,
    ) -> None:
        self._parts, self._budget, self._weights = parts, budget, weights
        self._ledger, self._observer = ledger, observer
        self.rounds: list[Round] = []
        self._corpus: list[Motion] = []
        parts.tracker.reset(seed=seed)
        self._trained_through = -1  # the round whose training the tracker has behind it

    def play(self, prompts: Sequence[Prompt], *, seed: int, scheduler: str) -> Round:
        """Play the next round.

        Raises:
            NoMotionSurvived: Every clip was rejected; what was generated is in the ledger.
            TrackerFailed: Training broke down; what came before is in the ledger.
        """
        sets = self._sift(self._generate(prompts, seed))
        kept = [s for s in sets if s.rejected is None]
        if not kept:
            raise NoMotionSurvived(
                f"All {len(sets)} clips of round {self._index} were rejected, the first because: "
                f"{sets[0].rejected} Take more sets, another seed, or a looser filter."
            )
        new = [self._ledger.motion(self._index, s.clip) for s in kept]
        self._corpus += new
        training = self._train()
        sets, corpus, suites = self._evaluate(sets, new)
        sets = self._rate(sets, new)
        return self._close(sets, corpus, suites, training, seed, scheduler)

    # The stages

    def _generate(self, prompts: Sequence[Prompt], seed: int) -> list[PromptSet]:
        index = self._index
        names = [f"r{index:03d}_s{i:03d}" for i in range(len(prompts))]
        seeds = clip_seeds(seed, len(prompts))

        def work() -> dict[str, Any]:
            generator = self._parts.generator
            given = generator.generate(prompts, seeds)
            motions = valid_motions(given, len(prompts), generator.name)
            for name, motion in zip(names, motions, strict=True):
                self._ledger.keep_motion(index, motion.renamed(name))
            return {"mean_speeds": [motion.mean_speed for motion in motions]}

        speeds = self._stage("generate", work)["mean_speeds"]
        rows = zip(names, prompts, seeds, speeds, strict=True)
        return [
            PromptSet(name, prompt, s, None, (), {}, speed, {}) for name, prompt, s, speed in rows
        ]

    def _sift(self, sets: list[PromptSet]) -> list[PromptSet]:
        def work() -> dict[str, Any]:
            motions = [self._ledger.motion(self._index, s.clip) for s in sets]
            prompts = [s.prompt for s in sets]
            answers = {
                judge.name: valid_alignments(judge.align(motions, prompts), len(motions), judge)
                for judge in self._parts.judges
            }
            done: list[PromptSet] = []
            for i, (s, motion) in enumerate(zip(sets, motions, strict=True)):
                alignments = {judge: given[i] for judge, given in answers.items()}
                done.append(sifted(s, self._parts.check(motion), alignments))
            return {"sets": done}

        return from_json(list[PromptSet], self._stage("sift", work)["sets"])  # type: ignore[no-any-return]

    def _train(self) -> dict[str, Any]:
        index, tracker = self._index, self._parts.tracker

        def work() -> dict[str, Any]:
            self._bring_tracker_to(index - 1)
            report = tracker.train(self._corpus, self._budget, self._observer.progress)
            self._trained_through = index
            self._ledger.keep_checkpoint(index, tracker.save)
            return {"samples": report.samples, "clips": len(self._corpus), **report.facts}

        return self._stage("train", work)

    def _evaluate(
        self, sets: list[PromptSet], new: Sequence[Motion]
    ) -> tuple[list[PromptSet], SuiteMetrics, tuple[SuiteResult, ...]]:
        def work() -> dict[str, Any]:
            self._bring_tracker_to(self._index)
            suites = self._parts.suites
            held_out = [motion for suite in suites for motion in suite.motions]
            # one pass over everything: a tracker simulates all clips side by side
            tracked = self._parts.tracker.evaluate([*self._corpus, *held_out])
            corpus, rest = tracked[: len(self._corpus)], tracked[len(self._corpus) :]
            self._keep_trajectories("tracked", corpus[-len(new) :], [m.name for m in new])
            names = [f"{suite.name}/{motion.name}" for suite in suites for motion in suite.motions]
            self._keep_trajectories("suite_tracked", rest, names)
            untrained = self._untrained([*new, *(held_out if self._index == 0 else [])])
            return {
                "new": [clip.metrics for clip in corpus[-len(new) :]],
                "untrained": untrained[: len(new)],
                "corpus": pool([clip.metrics for clip in corpus]),
                "suites": _suite_results(suites, rest, untrained[len(new) :]),
            }

        done = self._stage("evaluate", work)
        metrics = iter(from_json(list[TrackingMetrics], done["new"]))
        untrained = iter(from_json(list[TrackingMetrics], done["untrained"]))
        sets = [
            s
            if s.rejected is not None
            else replace(s, metrics=next(metrics), untrained=next(untrained, None))
            for s in sets
        ]
        suites = from_json(tuple[SuiteResult, ...], done["suites"])
        return sets, from_json(SuiteMetrics, done["corpus"]), self._with_baseline(suites)

    def _rate(self, sets: list[PromptSet], new: Sequence[Motion]) -> list[PromptSet]:
        def work() -> dict[str, Any]:
            return {
                judge.name: valid_ratings(judge.rate(new), len(new), judge)
                for judge in self._parts.judges
            }

        done = self._stage("rate", work)
        ratings = {
            judge: iter(from_json(list[Difficulty | Missing], given))
            for judge, given in done.items()
        }
        return [
            s
            if s.rejected is not None
            else replace(s, difficulties={judge: next(given) for judge, given in ratings.items()})
            for s in sets
        ]

    def _close(
        self,
        sets: list[PromptSet],
        corpus: SuiteMetrics,
        suites: tuple[SuiteResult, ...],
        training: dict[str, Any],
        seed: int,
        scheduler: str,
    ) -> Round:
        untrained = _zero_action(sets)
        ever = [*_zero_action([s for r in self.rounds for s in r.sets]), *untrained]
        measured = Round(
            index=self._index,
            seed=seed,
            scheduler=scheduler,
            sets=tuple(sets),
            trained=pool([s.metrics for s in sets if s.metrics is not None]),
            untrained=pool(untrained) if untrained else None,
            corpus=corpus,
            corpus_untrained=pool(ever) if ever else None,
            suites=suites,
            training=training,
            reward=0.0,
        )
        if self.rounds:
            earned = reward(self.rounds[-1], measured, self._weights)
            measured = replace(measured, reward=earned)
        done = self._stage("close", lambda: {"round": measured})
        played: Round = from_json(Round, done["round"])
        self.rounds.append(played)
        self._observer.round_done(played)
        return played

    # What the stages share

    @property
    def _index(self) -> int:
        return len(self.rounds)

    def _stage(self, name: str, work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        self._observer.stage(self._index, name)
        return self._ledger.stage(self._index, name, work)

    def _bring_tracker_to(self, index: int) -> None:
        """Load a round's checkpoint if the tracker does not already stand there."""
        checkpoint = self._ledger.checkpoint(index) if index >= 0 else None
        if self._trained_through != index and checkpoint is not None:
            self._parts.tracker.load(checkpoint)
            self._trained_through = index

    def _untrained(self, motions: Sequence[Motion]) -> list[TrackingMetrics]:
        tracker = self._parts.tracker
        if not isinstance(tracker, HasBaseline):
            return []
        return [clip.metrics for clip in tracker.evaluate_untrained(motions)]

    def _with_baseline(self, suites: tuple[SuiteResult, ...]) -> tuple[SuiteResult, ...]:
        """Carry the untrained figures, measured once, over from round 0."""
        if not self.rounds:
            return suites
        measured = [suite.untrained for suite in self.rounds[0].suites]
        return tuple(replace(s, untrained=u) for s, u in zip(suites, measured, strict=True))

    def _keep_trajectories(
        self, file: str, clips: Sequence[TrackedClip], names: Sequence[str]
    ) -> None:
        arrays: dict[str, Any] = {}
        for clip, name in zip(clips, names, strict=True):
            if clip.joints is not None and clip.reference is not None:
                arrays[f"{name}.tracked"] = clip.joints.astype(np.float32)
                arrays[f"{name}.reference"] = clip.reference.astype(np.float32)
        if arrays:
            self._ledger.keep_arrays(self._index, file, arrays)


def _zero_action(sets: Sequence[PromptSet]) -> list[TrackingMetrics]:
    return [s.untrained for s in sets if s.untrained is not None]


def _suite_results(
    suites: Sequence[Suite], tracked: Sequence[TrackedClip], untrained: Sequence[TrackingMetrics]
) -> list[SuiteResult]:
    results: list[SuiteResult] = []
    start = 0
    for suite in suites:
        span = slice(start, start + len(suite.motions))
        start = span.stop
        clips = {clip.name: clip.metrics for clip in tracked[span]}
        results.append(
            SuiteResult(
                name=suite.name,
                kind=suite.kind,
                metrics=pool(list(clips.values())),
                untrained=pool(untrained[span]) if untrained[span] else None,
                clips=clips,
                refused={refusal.name: refusal.reason for refusal in suite.refused},
            )
        )
    return results
