"""Job folders for PHC's worker, and the worker run on them against PHC's double."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toys import swaying

from claims_env.motion import save_motion
from claims_env.trackers.doubles.faults import VARIABLE

WORKERS = Path(__file__).resolve().parents[1] / "trackers" / "workers"
sys.path.insert(0, str(WORKERS))  # workers import one another as siblings

SLOW, BRISK, WILD = 0.5, 4.0, 12.0
"""How often an arm swings a second: at once within an untrained double's skill, soon, and never."""


@dataclass
class Desk:
    """Writes job folders, runs the worker on them, and reads what comes back."""

    folder: Path
    repository: Path
    python: str = sys.executable
    jobs: int = 0
    light: bool = True
    """Whether a stand-in serves as torch, which takes seconds to import."""

    def job(self, kind: str, swings: list[float], frames: int = 40, **facts: Any) -> Path:
        """Write a job on clips that swing so fast; return its folder."""
        self.jobs += 1
        folder = self.folder / f"{kind}-{self.jobs}"
        (folder / "clips").mkdir(parents=True)
        clips = [_clip(folder, i, swing, frames) for i, swing in enumerate(swings)]
        settings = {"repository": str(self.repository), **facts.pop("settings", {})}
        asked: dict[str, Any] = {
            "schema": 1, "id": folder.name, "kind": kind, "tracker": "phc", "seed": 3,
            "clips": clips, "checkpoint": None, "epochs": 5 if kind == "train" else None,
            "num_envs": 512 if kind == "train" else len(swings), "settings": settings, **facts,
        }  # fmt: skip
        parent = asked["checkpoint"]
        if parent is not None:
            asked["checkpoint"] = {"file": "checkpoint/parent.ckpt", "sha256": digest(parent)}
            (folder / "checkpoint").mkdir()
            shutil.copy(parent, folder / "checkpoint" / "parent.ckpt")
        (folder / "job.json").write_text(json.dumps(asked))
        return folder

    def run(self, folder: Path, **faults: int) -> dict[str, Any]:
        """Let the worker do a job; return its result."""
        environment = {**os.environ, VARIABLE: json.dumps(faults), "OMP_NUM_THREADS": "1"}
        if self.light:
            environment["PYTHONPATH"] = str(light_torch(self.folder))
        command = [self.python, str(WORKERS / "phc_worker.py"), str(folder)]
        with (folder / "log").open("w") as log:
            subprocess.run(command, env=environment, stdout=log, stderr=log, timeout=300)
        result: dict[str, Any] = json.loads((folder / "result.json").read_text())
        return result

    def trained(self, swings: list[float], **facts: Any) -> Path:
        """Return the checkpoint of a training."""
        folder = self.job("train", swings, **facts)
        result = self.run(folder)
        assert result["status"] == "ok", result
        return folder / "Humanoid.pth"


def light_torch(folder: Path) -> Path:
    """Put the stand-in for torch into a folder beside others, and return that folder."""
    place = folder / "light"
    place.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(Path(__file__).with_name("light_torch.py"), place / "torch.py")
    return place


def digest(path: Path) -> str:
    """Return a file's SHA-256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _clip(folder: Path, index: int, swing: float, frames: int) -> dict[str, Any]:
    path = folder / "clips" / f"{index:04d}.npz"
    save_motion(swaying(swing, frames=frames), path)
    facts = {"sha256": digest(path), "frames": frames, "fps": 30.0}
    return {"id": f"clip_{index}", "file": f"clips/{path.name}", **facts}
