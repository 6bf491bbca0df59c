"""The double of `train_agent.py`: fresh, warm-started or resumed training of one experiment.

Runs under Python 3.8 with numpy and torch; copied into every checkout that the double writes.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path
from typing import Any

import torch

from .. import faults
from . import packager, settings, skill
from .terminal import say

CHECKOUT = Path()
"""The scripts run in their checkout, and find nothing elsewhere."""


def main(arguments: list[str] | None = None) -> None:
    """Train what the command line asks for, or what an earlier one asked for."""
    asked = _parser().parse_args(arguments)
    if faults.strikes("slow_start", CHECKOUT):
        faults.start_slowly()
    save_dir = Path("results") / asked.experiment_name
    if (save_dir / "last.ckpt").exists():
        say("INFO:__main__:RESUME: Found checkpoint in save_dir")
        saved = json.loads((save_dir / "config.yaml").read_text("utf-8"))
        for name, value in saved.items():
            setattr(asked, name, value)
        configs = torch.load(str(save_dir / "resolved_configs.pt"), weights_only=False)
        _fit(asked, save_dir, configs, save_dir / "last.ckpt", resumed=True)
    else:
        _begin(asked, save_dir)


def _begin(asked: argparse.Namespace, save_dir: Path) -> None:
    mode = "WARM START" if asked.checkpoint else "FRESH START"
    say(f"INFO:__main__:{mode}")
    configs = {
        "stage": _stage(asked.experiment_path),
        "simulator": asked.simulator,
        "motion_file": asked.motion_file,
        "settings": settings.overridden(
            settings.DEFAULTS[_stage(asked.experiment_path)], asked.overrides
        ),
    }
    _require_gpu(asked.simulator)
    checkpoint = Path(asked.checkpoint) if asked.checkpoint else None
    save_dir.mkdir(parents=True, exist_ok=True)
    (save_dir / "config.yaml").write_text(json.dumps(vars(asked), indent=2), "utf-8")
    for name in ("resolved_configs.pt", "resolved_configs_inference.pt"):
        torch.save(configs, str(save_dir / name))
    shutil.copy(asked.experiment_path, str(save_dir / "experiment_config.py"))
    _fit(asked, save_dir, configs, checkpoint, resumed=False)


def _fit(
    asked: argparse.Namespace,
    save_dir: Path,
    configs: dict[str, Any],
    checkpoint: Path | None,
    *,
    resumed: bool,
) -> None:
    library = packager.load(asked.motion_file)
    if configs["stage"] == "tracker" and library.get("contacts") is None:
        raise TypeError("'NoneType' object is not subscriptable")
    if faults.strikes("gpu_oom", CHECKOUT):
        faults.run_out_of_memory()
    samples = asked.num_envs * configs["settings"]["agent.num_steps"]
    assert samples % asked.batch_size == 0, f"{samples} {asked.batch_size}"
    state = _state(checkpoint, asked, resumed=resumed)
    learn = _lesson(asked, configs, library)
    every = configs["settings"]["agent.save_last_checkpoint_every"]
    limit = _limit(asked)
    while state["epoch"] < limit:
        # rich's bar, as it looks where no terminal is
        say(f"Epoch {state['epoch']}, collecting data... {'━' * 40} 100% 0:00:00")
        state["model"]["skill"] = learn(float(state["model"]["skill"]))
        state["epoch"] += 1
        state["step_count"] += samples
        if state["epoch"] >= limit / 2:
            _half_way()
        if state["epoch"] % every == 0:
            torch.save(state, str(save_dir / "last.ckpt"))
    _finish(state, save_dir)


def _half_way() -> None:
    if faults.strikes("hang", CHECKOUT):
        faults.hang()
    if faults.strikes("segfault", CHECKOUT):
        faults.segfault()


def _finish(state: dict[str, Any], save_dir: Path) -> None:
    last = save_dir / "last.ckpt"
    if faults.strikes("crash_before_write", CHECKOUT):
        faults.crash("before it wrote last.ckpt")
    if faults.strikes("full_disk", CHECKOUT):
        faults.run_out_of_disk(last)
    if faults.strikes("nan", CHECKOUT):
        state["model"]["skill"] = torch.tensor(float("nan"))
    torch.save(state, str(last))
    if faults.strikes("truncated", CHECKOUT):
        faults.cut(last)
    if faults.strikes("crash_after_write", CHECKOUT):
        faults.crash("after it wrote last.ckpt")


def _state(checkpoint: Path | None, asked: argparse.Namespace, *, resumed: bool) -> dict[str, Any]:
    fresh: dict[str, Any] = {
        "model": {"skill": torch.tensor(skill.beginner(asked.seed))},
        "epoch": 0,
        "step_count": 0,
        "best_evaluated_score": None,
        "running_reward_norm": {"mean": torch.zeros(1)},
        "evaluator": {"eval_count": 0},
    }
    if checkpoint is None:
        return fresh
    say(f"Loading model from checkpoint: {checkpoint.resolve()}")
    old: dict[str, Any] = torch.load(str(checkpoint), weights_only=False)
    return old if resumed else {**fresh, "model": old["model"]}


def _lesson(asked: argparse.Namespace, configs: dict[str, Any], library: dict[str, Any]) -> Any:
    """Return what one iteration makes of a skill."""
    speeds, chosen = skill.mean_speeds(library), configs["settings"]
    if configs["stage"] == "tracker":
        step = chosen["agent.model.actor_optimizer.lr"]
        return lambda before: torch.tensor(skill.practised(before, speeds, step))
    if not asked.expert_model_path:
        raise ValueError("No expert: set expert_model_path for an external expert")
    path = Path(asked.expert_model_path)
    assert path.exists(), f"Could not find expert model at {path}"
    assert (path.parent / "resolved_configs.pt").exists(), "Resolved configs not found"
    expert = float(torch.load(str(path), weights_only=False)["model"]["skill"])
    step = chosen["agent.model.optimizer.lr"]
    return lambda before: torch.tensor(skill.taught(before, expert, step))


def _limit(asked: argparse.Namespace) -> int:
    if asked.training_max_iterations is not None:
        return int(asked.training_max_iterations)
    steps: int = asked.training_max_steps // asked.num_envs // 32
    return steps


def _stage(experiment_path: str) -> str:
    path = Path(experiment_path)
    if not path.exists():
        raise FileNotFoundError(f"Experiment file not found: {path}")
    return "masked" if path.parent.name == "masked_mimic" else "tracker"


def _require_gpu(simulator: str) -> None:
    if simulator not in settings.GPU_SIMULATORS:
        raise RuntimeError("No supported gpu backend found!")


def _positive(text: str) -> int:
    if int(text) <= 0:
        raise argparse.ArgumentTypeError("must be greater than zero")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    for name in ("robot-name", "simulator", "motion-file", "experiment-path", "experiment-name"):
        parser.add_argument("--" + name, required=True)
    for name in ("num-envs", "batch-size"):
        parser.add_argument("--" + name, type=int, required=True)
    for name in ("checkpoint", "scenes-file", "wandb-project", "expert-model-path"):
        parser.add_argument("--" + name)
    for name in ("use-wandb", "use-slurm", "torch-deterministic", "create-config-only"):
        parser.add_argument("--" + name, action="store_true")
    for name, number in (("ngpu", 1), ("nodes", 1), ("seed", 0)):
        parser.add_argument("--" + name, type=int, default=number)
    parser.add_argument("--headless", nargs="?", const=True, default=True)
    limits = parser.add_mutually_exclusive_group()
    limits.add_argument("--training-max-steps", type=int, default=10**13)
    limits.add_argument("--training-max-iterations", type=_positive)
    parser.add_argument("--overrides", nargs="*", default=[])
    return parser
