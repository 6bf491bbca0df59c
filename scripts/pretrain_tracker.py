"""Trains the embedded tracker's base checkpoint on composed clips of all domains and tiers.

Works in stages: after each, the checkpoint is written, the policy performs clips it never saw,
without help, and a line is added to the record. Stopped at any time, even by Ctrl-C, it goes on
from the last stage when called again with the same --out. The best checkpoint is kept apart;
--ship turns it into the file that comes with the package.
"""

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import tyro

from claims_env.assembly import whole_library
from claims_env.composed_tier import compose_tier
from claims_env.formats.suite_folder import load_suite
from claims_env.generators.composer import Composer
from claims_env.generators.composer.composer import VERSION
from claims_env.held_out import RESERVED_SEEDS, split_library
from claims_env.motion import Motion
from claims_env.motion_filter import passes
from claims_env.records import from_json, to_json
from claims_env.tracker import Budget, Progress
from claims_env.trackers.mujoco import MujocoSettings, MujocoTracker
from claims_env.trackers.mujoco.starting_checkpoint import FOLDER
from claims_env.variable_library import TIERS

_EXAM = 1_000_000
"""Added to the seed for clips that choose the best checkpoint: nobody evaluates on these."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to train."""

    out: Path
    """Folder of checkpoints and of the record; an earlier one is continued."""
    hours: float = 2.0
    """Wall-clock time of training, all calls together [h]."""
    stage: float = 600.0
    """Wall-clock time of one stage [s]."""
    clips: int = 300
    """Clips to practise, per tier."""
    exam: int = 40
    """Clips to perform after each stage, per tier; never practised."""
    mocap: Path | None = None
    """A folder of real clips to perform too; never practised."""
    seed: int = 0
    """Decides weights and clips."""
    ship: bool = False
    """Do not train: make the best checkpoint so far the one that comes with the package."""
    settings: MujocoSettings = field(default_factory=lambda: MujocoSettings(base="none"))
    """Body and learning rule."""


def main(options: Options) -> None:
    """Train until the time is over."""
    options = remembered(options)
    record = options.out / "record.jsonl"
    stages = (
        [json.loads(line) for line in record.read_text().splitlines()] if record.exists() else []
    )
    if options.ship:
        ship(options, stages)
        return
    practice = composed(options.clips, options.seed)
    exams = examinations(options)
    tracker = MujocoTracker(options.settings)
    tracker.reset(seed=options.seed)
    if stages:
        tracker.load(options.out / "latest.npz")
    print(f"{sum(map(len, practice))} clips to practise", flush=True)
    everything = [motion for tier in practice for motion in tier]
    while sum(stage["seconds"] for stage in stages) < 3600 * options.hours:
        try:
            stages.append(train(tracker, everything, exams, options, stages))
        except KeyboardInterrupt:
            print("Stopped. The last stage's checkpoint stays; call again to go on.")
            return
        with record.open("a", encoding="utf-8") as file:
            file.write(json.dumps(stages[-1]) + "\n")


def remembered(options: Options) -> Options:
    """Return the options the folder was begun with; what may change is how long to train."""
    path = options.out / "options.json"
    lasting = to_json(replace(options, hours=0.0, ship=False, mocap=None, out=Path()))
    if not path.exists():
        if options.ship:
            raise SystemExit(f"{options.out} holds no training to ship.")
        options.out.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(lasting, indent=1) + "\n", encoding="utf-8")
    begun = json.loads(path.read_text("utf-8"))
    if begun != lasting and not options.ship:
        raise SystemExit(f"{options.out} was begun with other options; they are in {path}.")
    known: Options = from_json(Options, begun)
    return replace(
        known, out=options.out, hours=options.hours, ship=options.ship, mocap=options.mocap
    )


def train(
    tracker: MujocoTracker,
    motions: Sequence[Motion],
    exams: dict[str, Sequence[Motion]],
    options: Options,
    stages: Sequence[dict[str, Any]],
) -> dict[str, Any]:
    """Train one stage, examine, keep the checkpoint, and return the record's line."""
    began = time.time()

    def tell(progress: Progress) -> None:
        if sys.stderr.isatty():
            print(f"\r{progress.fraction:4.0%} {progress.note}    ", end="", file=sys.stderr)

    report = tracker.train(motions, Budget(10**12, options.stage), tell)
    line: dict[str, Any] = {
        "stage": len(stages),
        "seconds": round(report.seconds, 1),
        "samples": report.samples,
        "failure": report.facts["curve"]["failure"][-1],
        "practice_assist": report.facts["curve"]["assist"][-1],
        "diverged": report.facts["diverged"],
    }
    for name, clips in exams.items():
        metrics = [clip.metrics for clip in tracker.evaluate(clips)]
        line[name] = {
            "success": round(float(np.mean([m.success for m in metrics])), 4),
            "g_mpjpe": round(float(np.mean([m.g_mpjpe for m in metrics])), 1),
        }
    line["score"] = round(float(np.mean([line[f"tier {t}"]["success"] for t in TIERS])), 4)
    if line["score"] >= max((stage["score"] for stage in stages), default=0.0):
        tracker.save(options.out / "best.npz")
    tracker.save(options.out / "latest.npz")
    line["wall"] = round(time.time() - began, 1)
    print(json.dumps(line), flush=True)
    return line


def examinations(options: Options) -> dict[str, Sequence[Motion]]:
    """Return the clips performed after each stage, by name."""
    library, _ = split_library(whole_library())
    exams: dict[str, Sequence[Motion]] = {
        f"tier {tier}": compose_tier(
            library, Composer(), passes, tier, clips=options.exam, seed=options.seed + _EXAM
        ).motions
        for tier in TIERS
    }
    if options.mocap is not None:
        exams["mocap"] = load_suite(options.mocap).motions
    return exams


def composed(clips: int, seed: int) -> list[list[Motion]]:
    """Return that many valid clips per tier to practise, the domains in turn."""
    # the words of the built-in suite stay unknown to the base
    library, _ = split_library(whole_library())
    composer = Composer()
    tiers: list[list[Motion]] = []
    for tier in TIERS:
        rng, kept = np.random.default_rng([seed, tier]), list[Motion]()
        while len(kept) < clips:
            domain = library.domains[len(kept) % len(library.domains)]
            prompt = library.sample(rng, domain=domain, tier=tier)
            (motion,) = composer.generate([prompt], [int(rng.integers(RESERVED_SEEDS))])
            if passes(motion):
                kept.append(motion.renamed(f"tier{tier}-{len(kept):04d}"))
        tiers.append(kept)
    return tiers


def ship(options: Options, stages: Sequence[dict[str, Any]]) -> None:
    """Make the best checkpoint, with the record of its training, the package's own."""
    tracker = MujocoTracker(options.settings)
    tracker.load(options.out / "best.npz")
    best = max(range(len(stages)), key=lambda stage: (stages[stage]["score"], stage))
    path = FOLDER / f"{options.settings.body}.npz"
    path.parent.mkdir(exist_ok=True)
    tracker.save_base(path)
    about = {
        "what": "the base checkpoint of claims_env's embedded tracker",
        "licence": "MIT, as the package's",
        "trained_on": f"composed clips only (composer {VERSION}), {options.clips} for each of five "
        "tiers, of all domains; not the built-in suite's words, no motion capture",
        "facts": tracker.facts,
        "settings": to_json(options.settings),
        "seed": options.seed,
        "sha256": sha256(path.read_bytes()).hexdigest(),
        "samples": sum(stage["samples"] for stage in stages[: best + 1]),
        "hours": round(sum(stage["seconds"] for stage in stages[: best + 1]) / 3600, 2),
        "stages": stages[: best + 1],
    }
    path.with_suffix(".json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    print(path)


if __name__ == "__main__":
    main(tyro.cli(Options, description=__doc__))
