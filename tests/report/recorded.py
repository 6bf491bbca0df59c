"""Writes small runs to disk, as the loop itself would."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from toys import LOST, TRACKED, swaying

from claims_env.examination import pooled
from claims_env.judge import Alignment, Difficulty, Missing
from claims_env.ledger import RunLedger
from claims_env.prompt import Phrase, Prompt
from claims_env.rounds import PromptSet, Round, SuiteResult
from claims_env.tracking_metrics import pool

PHYSICS: dict[str, Any] = {"kind": "physics", "name": "mujoco", "body": "lite", "assist": 0.35}


def prompt(base: str) -> Prompt:
    phrases = [
        Phrase(text, tier, "any") for text, tier in ((base, 1), ("b", 2), ("c", 3), ("d", 4))
    ]
    template = "Do {base_action}, {combo_action}, {detail}, {speed_rhythm}."
    return Prompt("dance", template, *phrases)


def entry(clip: str, **changes: Any) -> PromptSet:
    """Return a set as it looks after a round, changed as asked."""
    usual = PromptSet(
        clip=clip,
        prompt=prompt("a step"),
        seed=7,
        rejected=None,
        warnings=(),
        measures={"root_high [m]": 1.2},
        mean_speed=0.5,
        alignments={"kinematic (offline)": Alignment(0.8, "aligned", "steps seen")},
        difficulties={
            "kinematic (offline)": Difficulty(4, "slow", {"continuity": "smooth"}),
            "posture (offline)": Missing("too short"),
        },
        metrics=TRACKED,
        untrained=LOST,
        random=LOST,
        before=LOST,
    )
    return replace(usual, **changes)


def rejected(clip: str, why: str) -> PromptSet:
    unseen = dict.fromkeys(("metrics", "untrained", "random", "before"))
    return entry(clip, rejected=why, difficulties={}, **unseen)


def finished(index: int, sets: Sequence[PromptSet], **changes: Any) -> Round:
    """Return a round of these sets, changed as asked."""
    metrics = [s.metrics for s in sets if s.metrics] or [LOST]
    untrained = pooled([s.untrained for s in sets if s.untrained])
    random = pooled([s.random for s in sets if s.random])
    clips = {"jump": TRACKED, "spin": LOST}
    suite = SuiteResult(
        name="held-out",
        kind="composed, held out",
        metrics=pool([TRACKED, LOST]),
        untrained=pool([LOST, LOST]),
        clips=clips,
        refused={},
        random=pool([LOST, LOST]),
    )
    usual = Round(
        index=index,
        seed=3 + index,
        scheduler="rule" if index else "opening",
        sets=tuple(sets),
        trained=pool(metrics),
        untrained=untrained,
        corpus=pool(metrics),
        corpus_untrained=untrained,
        suites=(suite,),
        training={"samples": 1000, "clips": len(sets)},
        reward=0.25,
        random=random,
        corpus_random=random,
        before=pooled([s.before for s in sets if s.before]),
    )
    return replace(usual, **changes)


@dataclass
class RunWriter:
    """Writes runs below a folder."""

    folder: Path
    tracker: dict[str, Any] = field(default_factory=lambda: dict(PHYSICS))
    generator: str = "composer"
    generator_data: Any = None

    def write(self, *rounds: Round, frames: int = 60, config: str = "rounds: 2\n") -> Path:
        facts = {"claims_env": "0.1.0", "versions": {"numpy": "2.0"}, "seed": 11}
        with RunLedger.create(self.folder, config, facts) as ledger:
            parts = {
                "tracker": self.tracker,
                "generator": self.generator,
                "generator_data": self.generator_data,
            }
            ledger.stage(-1, "parts", lambda: parts)
            for played in rounds:
                self._keep(ledger, played, frames)
        return self.folder

    def _keep(self, ledger: RunLedger, played: Round, frames: int) -> None:
        motions = [swaying(1.0 + 0.1 * i, s.clip, frames) for i, s in enumerate(played.sets)]
        for motion in motions:
            ledger.keep_motion(played.index, motion)
        if self.tracker.get("kind") == "physics":
            kept = [m for m, s in zip(motions, played.sets, strict=True) if s.metrics]
            ledger.keep_arrays(played.index, "tracked", trajectories([(m.name, m) for m in kept]))
            held_out = [
                (f"{suite.name}/{clip}", swaying(1.5 + i))
                for i, suite in enumerate(played.suites)
                for clip in suite.clips
            ]
            ledger.keep_arrays(played.index, "suite_tracked", trajectories(held_out))
        ledger.stage(played.index, "close", lambda: {"round": played})


def trajectories(clips: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    arrays: dict[str, Any] = {}
    for name, motion in clips:
        asked = motion.joints[1:].astype(np.float32)
        drift = np.linspace(0, 0.4, len(asked), dtype=np.float32)[:, None, None]
        arrays |= {f"{name}.reference": asked, f"{name}.tracked": asked + drift}
    return arrays
