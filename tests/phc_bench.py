"""PHC with a worker that has no tracker behind it: what the tests of PHC build on."""

import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from toys import swaying

from claims_env.external_config import ExternalConfig
from claims_env.motion import Motion
from claims_env.tracker import Budget
from claims_env.trackers.external import ExternalWorker
from claims_env.trackers.phc import PhcTracker

SCRIPTS = Path(__file__).parent / "trackers" / "external"
EPOCH = 32 * 512
MOTIONS = [swaying(0.5 + 0.1 * i, f"clip {i}", 40 + i) for i in range(3)]


def walking(name: str, frames: int = 40, fps: float = 30.0, speed: float = 1.0) -> Motion:
    motion = swaying(1.0, name, frames)
    root = motion.root + np.arange(frames)[:, None] / fps * np.array([speed, 0.0, 0.0])
    return Motion(motion.rotations, root, fps, name)


class Bench:
    """Makes trackers that share a folder of jobs, as the same run has after a restart."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.once = folder / "once"
        self.once.mkdir()

    def tracker(self, *behaviours: str, **other: Any) -> PhcTracker:
        values: dict[str, Any] = {
            "python": sys.executable, "repository": self.once, "num_envs": 512,
            "overrides": behaviours,
        }  # fmt: skip
        config = ExternalConfig(**{**values, **other})
        worker = ExternalWorker(
            config, tracker="PHC", script="outside_worker.py", siblings=[], member="data.pkl",
            scripts=SCRIPTS,
        )  # fmt: skip
        tracker = PhcTracker(config, worker=worker)
        tracker.work_in(self.folder)
        return tracker

    @property
    def jobs(self) -> list[str]:
        return sorted(path.name for path in (self.folder / "jobs").iterdir())


def saved(bench: Bench) -> Path:
    tracker = bench.tracker()
    tracker.train(MOTIONS, Budget(EPOCH))
    tracker.save(bench.folder / "saved.ckpt")
    return bench.folder / "saved.ckpt"


def epoch_in(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        return int(json.loads(archive.read("archive/data.pkl"))["epoch"])
