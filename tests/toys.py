"""A tiny library and parts that are quick: what several test modules build on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from claims_env.curriculum import Parts
from claims_env.env import CurriculumEnv
from claims_env.judge import Alignment, Difficulty, Missing
from claims_env.ledger import Ledger
from claims_env.motion import Motion
from claims_env.motion_filter import Limit, MotionLimits, Verdict, check
from claims_env.prompt import SLOTS, Phrase, Prompt
from claims_env.rotation import about, multiply
from claims_env.skeleton import JOINTS, STANDING_HEIGHT, UPRIGHT
from claims_env.suite import Suite
from claims_env.tracker import Budget, OnProgress, TrackedClip, Tracker, TrainingReport
from claims_env.trackers.simulated import SkillTracker
from claims_env.tracking_metrics import TrackingMetrics
from claims_env.variable_library import DomainWords, VariableLibrary


def swaying(speed: float, name: str = "swaying", frames: int = 60) -> Motion:
    """Return a standing body whose arms swing, faster with speed."""
    time = np.arange(frames) / 30
    rotations = np.zeros((frames, len(JOINTS), 4))
    rotations[..., 0] = 1
    rotations[:, 0] = UPRIGHT
    for joint in (16, 17):
        swing = about("z", 0.4 * np.sin(2 * np.pi * speed * time))
        rotations[:, joint] = multiply(rotations[:, joint], swing)
    root = np.tile([0.0, 0.0, STANDING_HEIGHT], (frames, 1))
    return Motion(rotations, root, 30.0, name)


@dataclass
class SwayGenerator:
    """Sways faster the harder the prompt, a little differently for each seed."""

    name: str = "sway"

    def generate(self, prompts: Sequence[Prompt | str], seeds: Sequence[int]) -> list[Motion]:
        tiers = [3 if isinstance(p, str) else p.tier for p in prompts]
        pairs = zip(tiers, seeds, strict=True)
        return [swaying(0.5 * tier + 0.01 * (seed % 7), "sway") for tier, seed in pairs]


@dataclass
class SpeedJudge:
    """Rates by speed; can be told to fail on some motions."""

    name: str = "speed"
    silent: bool = False

    def align(
        self, motions: Sequence[Motion], prompts: Sequence[Prompt]
    ) -> list[Alignment | Missing]:
        given = Missing("told to be silent") if self.silent else Alignment(1.0, "aligned", "sways")
        return [given for _ in motions]

    def rate(self, motions: Sequence[Motion]) -> list[Difficulty | Missing]:
        scores = [int(np.clip(round(10 * m.mean_speed), 1, 10)) for m in motions]
        if self.silent:
            return [Missing("told to be silent") for _ in motions]
        return [Difficulty(score, "by its speed", {}) for score in scores]


@dataclass
class ForgetfulTracker:
    """Tracks the clips it heard of last, and no others; knows no baseline."""

    memory: int = 5
    known: list[str] = field(default_factory=list[str])
    performed: list[list[str]] = field(default_factory=list[list[str]])

    @property
    def facts(self) -> dict[str, Any]:
        return {"kind": "simulated", "name": "forgetful", "assist": 0.0}

    def reset(self, *, seed: int) -> None:
        self.known = []

    def train(
        self, motions: Sequence[Motion], budget: Budget, on_progress: OnProgress | None = None
    ) -> TrainingReport:
        self.known = [motion.name for motion in motions][-self.memory :]
        return TrainingReport(samples=len(motions), seconds=0.0)

    def evaluate(self, motions: Sequence[Motion]) -> list[TrackedClip]:
        self.performed.append([motion.name for motion in motions])
        return [TrackedClip(m.name, TRACKED if m.name in self.known else LOST) for m in motions]

    def save(self, path: Path) -> None:
        path.write_text("\n".join(self.known), "utf-8")

    def load(self, path: Path) -> None:
        self.known = path.read_text("utf-8").splitlines()


TRACKED = TrackingMetrics(True, 40.0, 30.0, 25.0, 5.0, 3.0, 59)
LOST = TrackingMetrics(False, 240.0, 130.0, 125.0, 25.0, 13.0, 59, failed_at=20)


@dataclass
class Toy:
    """Everything an environment is made of, quick."""

    library: VariableLibrary
    refuse: set[str] = field(default_factory=set)

    def env(
        self,
        *,
        ledger: Ledger | None = None,
        sets: int = 4,
        rounds: int = 3,
        silent: bool = False,
        tracker: Tracker | None = None,
    ) -> CurriculumEnv:
        parts = Parts(
            library=self.library,
            generator=SwayGenerator(),
            check=self._check,
            tracker=tracker or SkillTracker(),
            judges=[SpeedJudge(), SpeedJudge("second", silent=silent)],
            suites=[Suite("toy", "real", (swaying(1.0, "slow"), swaying(3.0, "fast")))],
        )
        return CurriculumEnv(parts, sets=sets, rounds=rounds, budget=Budget(1), ledger=ledger)

    def _check(self, motion: Motion) -> Verdict:
        return check(motion, NOTHING_PASSES if motion.name in self.refuse else MotionLimits())


NOTHING_PASSES = MotionLimits(root_high=Limit(0.0, 0.0))
"""Limits under which every pelvis is too high."""


def tiny_library(phrases: int = 5) -> VariableLibrary:
    """Return two domains with one phrase per tier in every slot."""
    template = "The {domain} does {{base_action}}, {{combo_action}}, {{detail}}, {{speed_rhythm}}."
    return VariableLibrary(
        {
            domain: DomainWords(
                (template.format(domain=domain), f"{template.format(domain=domain)} Twice."),
                {
                    slot: tuple(
                        Phrase(f"{domain} {slot} {tier}", 1 + tier % 5, "all")
                        for tier in range(phrases)
                    )
                    for slot in SLOTS
                },
            )
            for domain in ("dance", "sport")
        }
    )


def curt_library() -> VariableLibrary:
    """Return two domains of different size, with sentences that leave an action or a detail out."""
    templates = (
        "One goes for {base_action}, {detail}, {speed_rhythm}.",
        "One strings {combo_action}, {detail}, {speed_rhythm}.",
        "One does {base_action}.",
        "One joins {base_action} and {combo_action} with {detail} to {speed_rhythm}.",
    )
    return VariableLibrary(
        {
            domain: DomainWords(
                templates,
                {slot: tuple(_curt(domain, slot, i) for i in range(size)) for slot in SLOTS},
            )
            for domain, size in (("dance", 3), ("sport", 7))
        }
    )


def _curt(domain: str, slot: str, i: int) -> Phrase:
    return Phrase(f"{domain} {slot} {i}", 1 + 2 * (i % 3), "all")
