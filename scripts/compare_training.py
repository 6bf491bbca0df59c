"""Does a tracker learn from composed clips as it does from real ones of the same speed and length?

Pairs real clips with composed ones, trains the embedded tracker on either half from the same start,
and shows its success on what it was trained on. Writes what it found as JSON if --out is given.
"""

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import tyro

from claims_env.assembly import whole_library
from claims_env.formats.suite_folder import load_suite
from claims_env.generators.composer import Composer
from claims_env.motion import Motion
from claims_env.tracker import Budget
from claims_env.trackers.mujoco import MujocoSettings, MujocoTracker


@dataclass(frozen=True, slots=True)
class Options:
    """What to compare."""

    mocap: Path = Path(os.environ.get("CLAIMS_MOCAP_DIR", "../shared/data/mocap_public"))
    """Folder of real clips."""
    pairs: int = 8
    """How many clips of either kind."""
    samples: int = 600_000
    """Control steps of each training."""
    seeds: int = 3
    """How many pairings and trainings."""
    assist: float = 0.35
    """Share of body weight the helping wrench may exert."""
    out: Path | None = None
    """Where to write the figures."""


def cut(motion: Motion, frames: int) -> Motion:
    """Return the first frames of a motion."""
    return replace(motion, rotations=motion.rotations[:frames], root=motion.root[:frames])


def partners(real: list[Motion], seed: int) -> list[Motion]:
    """Return, for every real clip, the composed clip of its length nearest to it in speed."""
    rng, library = np.random.default_rng(seed), whole_library()
    pool = Composer().generate([library.sample(rng) for _ in range(300)], range(300))
    taken: list[Motion] = []
    for clip in real:
        wanted = round(clip.seconds * 30) + 1
        options = [cut(motion, wanted) for motion in pool]
        best = min(range(len(options)), key=lambda i: abs(options[i].mean_speed - clip.mean_speed))
        taken.append(options[best].renamed(f"composed-for-{clip.name}"))
        pool.pop(best)
    return taken


def success(clips: list[Motion], options: Options, seed: int) -> tuple[float, float, float]:
    """Return success before and after training, and the mean error after it [mm]."""
    tracker = MujocoTracker(MujocoSettings(assist=options.assist))
    tracker.reset(seed=seed)
    before = tracker.evaluate_untrained(clips)
    tracker.train(clips, Budget(options.samples))
    after = tracker.evaluate(clips)
    share = [float(np.mean([clip.metrics.success for clip in c])) for c in (before, after)]
    return share[0], share[1], float(np.mean([clip.metrics.g_mpjpe for clip in after]))


def main() -> None:
    """Print one line per training."""
    options = tyro.cli(Options, description=__doc__)
    everything = list(load_suite(options.mocap).motions)
    rows = []
    for seed in range(options.seeds):
        chosen = np.random.default_rng(seed).choice(len(everything), options.pairs, replace=False)
        real = [everything[i] for i in sorted(chosen)]
        for kind, clips in (("real", real), ("composed", partners(real, seed))):
            speed = float(np.mean([clip.mean_speed for clip in clips]))
            before, after, error = success(clips, options, seed)
            rows.append({"seed": seed, "kind": kind, "speed": speed, "before": before})
            rows[-1] |= {"after": after, "g_mpjpe_mm": error, "clips": [c.name for c in clips]}
            done = f"{before:.0%} -> {after:.0%}, {error:.0f} mm"
            print(f"seed {seed} {kind:<9} {speed:.2f} m/s: {done}", flush=True)
    for kind in ("real", "composed"):
        mine = [row["after"] for row in rows if row["kind"] == kind]
        print(f"{kind}: {np.mean(mine):.1%} after training ({options.seeds} trainings)")
    if options.out:
        facts = {"options": {k: str(v) for k, v in asdict(options).items()}, "rows": rows}
        options.out.write_text(json.dumps(facts, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
