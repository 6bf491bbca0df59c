"""Jobs for the worker of ProtoMotions, done in this process against its double, and toy clips."""

import contextlib
import importlib
import io
import json
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt

from claims_env.trackers.doubles.protomotions import converter, evaluator, packager, trainer

WORKERS = Path(__file__).resolve().parents[1] / "trackers" / "workers"
sys.path.insert(0, str(WORKERS))  # scripts find one another as siblings

worker: ModuleType = importlib.import_module("protomotions_worker")
WorkerError: type[Exception] = importlib.import_module("job_files").WorkerError

SCRIPTS = {
    "data/scripts/convert_amass_to_proto.py": converter.main,
    "protomotions/components/motion_lib.py": packager.main,
    "protomotions/train_agent.py": trainer.main,
    "protomotions/inference_agent.py": evaluator.main,
}

Clip = tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]


def gliding(frames: int, speed: float) -> Clip:
    """An upright body that stands still for five frames, then is moved along x [m/s]."""
    poses, trans = np.zeros((frames, 72)), np.zeros((frames, 3))
    poses[:, 0] = np.pi / 2
    trans[:, 2] = 0.94
    trans[:, 0] = np.maximum(np.arange(frames) - 5, 0) / 30 * speed
    return poses, trans


def inside(command: list[str], *, cwd: Path, on_line: Callable[[str], None], **_: Any) -> int:
    """Run a script of the double in this process, as `job_files.run_program` would in another."""
    said, before, status = io.StringIO(), Path.cwd(), 0
    os.chdir(cwd)
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            SCRIPTS[command[2]](command[3:])
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    except Exception:
        said.write(traceback.format_exc())
        status = 1
    finally:
        os.chdir(before)
    for line in said.getvalue().splitlines():
        on_line(line)
    return status


class Desk:
    """Where jobs are written and done."""

    def __init__(self, folder: Path, repository: Path) -> None:
        self.folder, self.repository, self._jobs = folder, repository, 0

    def job(self, kind: str, clips: dict[str, Clip], **more: Any) -> tuple[dict[str, Any], Path]:
        """Write a job; return it and its folder."""
        self._jobs += 1
        folder = self.folder / f"{kind}-{self._jobs}"
        (folder / "clips").mkdir(parents=True)
        settings = {
            "repository": str(self.repository),
            "stage": "tracker",
            "simulator": "isaacgym",
            "batch_size": 1024,
            "distillation": 0.5,
            "overrides": {},
            **more.pop("settings", {}),
        }
        parent = more.pop("parent", None)
        job = {
            "schema": 1, "id": folder.name, "kind": kind, "tracker": "protomotions", "seed": 3,
            "clips": [self._clip(folder, name, clip) for name, clip in clips.items()],
            "checkpoint": None if parent is None else {"file": os.path.relpath(parent, folder)},
            "epochs": 12 if kind == "train" else None, "num_envs": 64, "settings": settings, **more,
        }  # fmt: skip
        (folder / "job.json").write_text(json.dumps(job))
        return job, folder

    def do(self, kind: str, clips: dict[str, Clip], **more: Any) -> tuple[dict[str, Any], Path]:
        """Do a job; return its result and its folder."""
        job, folder = self.job(kind, clips, **more)
        return worker.run(job, folder, inside), folder

    def trained(self, clips: dict[str, Clip], **more: Any) -> Path:
        """Train, and return the checkpoint."""
        result, folder = self.do("train", clips, **more)
        return folder / str(result["checkpoint"]["file"])

    def _clip(self, folder: Path, name: str, clip: Clip) -> dict[str, Any]:
        file = f"clips/{name}.npz"
        np.savez(folder / file, poses=clip[0], trans=clip[1], mocap_framerate=np.array(30.0))
        return {"id": name, "file": file, "frames": len(clip[0]), "fps": 30.0}
