"""Plays the rounds: generate, sift, train, evaluate, rate; each stage recorded before the next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from claims_env.answers import made_alignments, made_motions, made_ratings
from claims_env.chat_usage import ChatAccount, accounted
from claims_env.errors import NoMotionSurvived
from claims_env.examination import Examination, examine, perform, pooled, trajectories
from claims_env.generator import MotionGenerator
from claims_env.held_out import clip_seeds
from claims_env.judge import Difficulty, Judge, Missing
from claims_env.ledger import Ledger
from claims_env.missing_answers import require_aligners
from claims_env.motion import Motion
from claims_env.motion_filter import Verdict
from claims_env.observer import Observer, counts
from claims_env.prompt import Prompt
from claims_env.records import from_json, to_json
from claims_env.retention import once_tracked
from claims_env.reward import RewardWeights, reward
from claims_env.rounds import PromptSet, Round, SuiteResult
from claims_env.sift import sifted
from claims_env.suite import Suite
from claims_env.tracker import Budget, KeepsUnfinished, Progress, Tracker
from claims_env.tracking_metrics import TrackingMetrics, pool
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
        keep_score: The alignment that keeps a clip; None goes by verdicts (see `mismatched_by`).
        account: What its language models share; None where there are none.
    """

    library: VariableLibrary
    generator: MotionGenerator
    check: Callable[[Motion], Verdict]
    tracker: Tracker
    judges: Sequence[Judge]
    suites: Sequence[Suite]
    keep_score: float | None = None
    account: ChatAccount | None = None


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
        self._corpus: list[list[Motion]] = []  # the surviving clips of each round
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
        self._corpus.append(new)
        sets = self._pretest(sets, new)
        training = self._train()
        found = self._evaluate(new)
        sets = self._rate(_with_metrics(sets, found), new)
        return self._close(sets, found, training, seed, scheduler)

    # The stages

    def _generate(self, prompts: Sequence[Prompt], seed: int) -> list[PromptSet]:
        index = self._index
        names = [f"r{index:03d}_s{i:03d}" for i in range(len(prompts))]
        seeds = clip_seeds(seed, len(prompts))
        # generators read free text by its words, slot-filled prompts by their slots
        asked = [prompt.text if prompt.is_free else prompt for prompt in prompts]

        def work() -> dict[str, Any]:
            speeds: list[float] = []

            def tell(done: float) -> None:
                note = f"{len(speeds)} of {len(names)} clips"
                self._observer.progress(Progress(done / len(names), note))

            for motion in made_motions(self._parts.generator, asked, seeds, tell):
                self._ledger.keep_motion(index, motion.renamed(names[len(speeds)]))
                speeds.append(motion.mean_speed)
                tell(len(speeds))
            return {"mean_speeds": speeds}

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
                judge.name: made_alignments(
                    judge, motions, prompts, counts(self._observer, judge.name, len(motions))
                )
                for judge in self._parts.judges
            }
            if self._index == 0:
                require_aligners(answers)
            done: list[PromptSet] = []
            for i, (s, motion) in enumerate(zip(sets, motions, strict=True)):
                alignments = {judge: given[i] for judge, given in answers.items()}
                verdict = self._parts.check(motion)
                done.append(sifted(s, verdict, alignments, self._parts.keep_score))
            return {"sets": done}

        return from_json(list[PromptSet], self._stage("sift", work)["sets"])  # type: ignore[no-any-return]

    def _pretest(self, sets: list[PromptSet], new: Sequence[Motion]) -> list[PromptSet]:
        def work() -> dict[str, Any]:
            self._bring_tracker_to(self._index - 1)
            return {"before": [clip.metrics for clip in self._parts.tracker.evaluate(new)]}

        done = from_json(list[TrackingMetrics], self._stage("pretest", work)["before"])
        before = iter(done)
        return [s if s.rejected is not None else replace(s, before=next(before)) for s in sets]

    def _train(self) -> dict[str, Any]:
        index, tracker = self._index, self._parts.tracker

        def work() -> dict[str, Any]:
            self._bring_tracker_to(index - 1)
            corpus = [motion for new in self._corpus for motion in new]
            try:
                report = tracker.train(corpus, self._budget, self._observer.progress)
            except KeyboardInterrupt:
                if isinstance(tracker, KeepsUnfinished):
                    self._ledger.keep_unfinished(index, tracker.save_unfinished)
                raise
            self._trained_through = index
            self._ledger.keep_checkpoint(index, tracker.save)
            return {"samples": report.samples, "clips": len(corpus), **report.facts}

        return self._stage("train", work)

    def _evaluate(self, new: Sequence[Motion]) -> Examination:
        def work() -> dict[str, Any]:
            self._bring_tracker_to(self._index)
            tracker, suites = self._parts.tracker, self._parts.suites
            performance = perform(tracker, self._corpus, suites)
            own = performance.rounds[-1]
            held_out = zip(suites, performance.suites, strict=True)
            self._keep("tracked", trajectories((clip.name, clip) for clip in own))
            self._keep(
                "suite_tracked",
                trajectories((f"{s.name}/{c.name}", c) for s, clips in held_out for c in clips),
            )
            once = once_tracked(played.retention for played in self.rounds)
            found: dict[str, Any] = to_json(examine(tracker, performance, new, suites, once))
            return found

        found: Examination = from_json(Examination, self._stage("evaluate", work))
        return replace(found, suites=self._with_baseline(found.suites))

    def _rate(self, sets: list[PromptSet], new: Sequence[Motion]) -> list[PromptSet]:
        def work() -> dict[str, Any]:
            return {
                judge.name: made_ratings(judge, new, counts(self._observer, judge.name, len(new)))
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
        found: Examination,
        training: dict[str, Any],
        seed: int,
        scheduler: str,
    ) -> Round:
        ever = [*(s for r in self.rounds for s in r.sets), *sets]
        measured = Round(
            index=self._index,
            seed=seed,
            scheduler=scheduler,
            sets=tuple(sets),
            trained=pool(found.new),
            untrained=pooled(found.untrained),
            corpus=found.corpus,
            corpus_untrained=pooled([s.untrained for s in ever if s.untrained is not None]),
            suites=found.suites,
            training=training,
            reward=0.0,
            random=pooled(found.random),
            corpus_random=pooled([s.random for s in ever if s.random is not None]),
            before=pooled([s.before for s in sets if s.before is not None]),
            retention=found.retention,
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
        with accounted(self._parts.account, self._ledger, self._index, name):
            return self._ledger.stage(self._index, name, work)

    def _bring_tracker_to(self, index: int) -> None:
        """Load a round's checkpoint if the tracker does not already stand there."""
        checkpoint = self._ledger.checkpoint(index) if index >= 0 else None
        if self._trained_through != index and checkpoint is not None:
            self._parts.tracker.load(checkpoint)
            self._trained_through = index

    def _with_baseline(self, suites: tuple[SuiteResult, ...]) -> tuple[SuiteResult, ...]:
        """Carry what no policy achieves, measured once, over from round 0."""
        if not self.rounds:
            return suites
        first = self.rounds[0].suites
        pairs = zip(suites, first, strict=True)
        return tuple(replace(s, untrained=f.untrained, random=f.random) for s, f in pairs)

    def _keep(self, file: str, arrays: dict[str, Any]) -> None:
        if arrays:
            self._ledger.keep_arrays(self._index, file, arrays)


def _with_metrics(sets: Sequence[PromptSet], found: Examination) -> list[PromptSet]:
    """Return the sets with what the examination found of those that were trained on."""
    new, zero, random = iter(found.new), iter(found.untrained), iter(found.random)
    return [
        s
        if s.rejected is not None
        else replace(s, metrics=next(new), untrained=next(zero, None), random=next(random, None))
        for s in sets
    ]
