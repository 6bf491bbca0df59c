"""What a double does with a command line: PHC's `run_hydra.py`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from .. import faults
from . import checkpoint, settings
from .library import Library
from .player import say
from .task import Task
from .training import Training

_CHECKOUT = Path(__file__).resolve().parents[2]


def follow(players: Any, flavour: str) -> None:
    """Train or evaluate, as the command line says.

    Args:
        players: The module whose `IMAMPPlayerContinuous` performs an evaluation.
        flavour: Whose PHC this is a double of.
    """
    if faults.strikes("slow_start", _CHECKOUT):
        faults.start_slowly()
    given = settings.composed(settings.without_path(sys.argv[1:], flavour), flavour)
    _keep_configuration(given)
    start = _start(given)
    Path(given["output_path"]).mkdir(parents=True, exist_ok=True)
    library = _opened(given)
    if given["test"]:
        _evaluate(players, library, given, start)
    else:
        _train(library, given, start)


def _evaluate(players: Any, library: Library, given: dict[str, Any], start: Path | None) -> None:
    if start is None:
        raise ValueError("A double performs nothing without a checkpoint.")
    skill, _ = checkpoint.load(start)
    task = Task(library, given["env.num_envs"], skill)
    player = players.IMAMPPlayerContinuous(players, task, given, _CHECKOUT)
    if faults.strikes("nan", _CHECKOUT):
        task.spoil(0.0)
    if faults.strikes("divergence", _CHECKOUT):
        task.spoil(0.5)
    if faults.strikes("segfault", _CHECKOUT):
        faults.segfault()
    if faults.strikes("hang", _CHECKOUT):
        faults.hang()
    player.run()


def _train(library: Library, given: dict[str, Any], start: Path | None) -> None:
    training = Training(library, given, _CHECKOUT)
    if start is not None:
        training.restore(start)
    training.train()


def _start(given: dict[str, Any]) -> Path | None:
    """Return the checkpoint to go on from, or None; missing ones are refused as PHC does."""
    epoch, output = given["epoch"], Path(given["output_path"])
    if epoch == 0:
        return None
    path = output / ("Humanoid.pth" if epoch == -1 else f"Humanoid_{epoch:08d}.pth")
    if path.exists():
        return path
    if epoch != -1:
        raise RuntimeError(f"Exceptions in loading {path}")
    say(str(path))
    raise Exception("no file to resume!!!!")


def _opened(given: dict[str, Any]) -> Library:
    """Return the motion library, the simulation being up."""
    say("Setting seed: {}\nPhysics Engine: PhysX\nPhysics Device: cuda:0".format(given["seed"]))
    if faults.strikes("gpu_oom", _CHECKOUT):
        faults.run_out_of_memory()
    say("SIM FPS: 30.0")
    training = not given["test"]
    library = Library(given["env.motion_file"], shortest=given["env.min_length"], training=training)
    seconds = (library.frames() - 1).sum() / 30
    count, frames = given["env.num_envs"], library.frames().sum()
    say(f"Loaded {count} motions with a total length of {seconds:.3f}s and {frames} frames.")
    return library


def _keep_configuration(given: dict[str, Any]) -> None:
    """Write what Hydra leaves in its folder."""
    folder = Path(given["hydra.run.dir"]) / ".hydra"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "overrides.yaml").write_text(json.dumps(sys.argv[1:], indent=1), "utf-8")
