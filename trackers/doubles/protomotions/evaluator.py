"""The double of `inference_agent.py --full-eval`: every clip of a library performed once.

Runs under Python 3.8 with numpy and torch; copied into every checkout that the double writes.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import torch

from .. import faults
from . import packager, settings, skill
from .terminal import say

CHECKOUT = Path()
"""The scripts run in their checkout, and find nothing elsewhere."""

_TERRAIN = (400, 2400)
"""Points of the terrain's grid, 0.1 m apart, on which a body may be set down."""


def main(arguments: list[str] | None = None) -> None:
    """Evaluate what the command line names."""
    asked = _parser().parse_args(arguments)
    if not asked.full_eval:
        raise SystemExit("The double only knows --full-eval; the real program would run for ever.")
    if faults.strikes("slow_start", CHECKOUT):
        faults.start_slowly()
    checkpoint = Path(asked.checkpoint)
    resolved = checkpoint.parent / "resolved_configs_inference.pt"
    assert resolved.exists(), f"Could not find resolved configs at {resolved}"
    configs = torch.load(str(resolved), weights_only=False)
    chosen = settings.overridden(configs["settings"], asked.overrides)
    if asked.simulator not in (*settings.GPU_SIMULATORS, "mujoco"):
        raise ValueError(f"Unknown simulator '{asked.simulator}'")
    step = 1 / 50 if asked.simulator == "mujoco" else 1 / 30
    library = packager.load(asked.motion_file or configs["motion_file"])
    if configs["stage"] == "tracker" and library.get("contacts") is None:
        raise TypeError("'NoneType' object is not subscriptable")
    if faults.strikes("gpu_oom", CHECKOUT):
        faults.run_out_of_memory()
    learned = torch.load(str(checkpoint), weights_only=False)["model"]
    _announce(len(library["motion_files"]), asked.num_envs)
    found = _perform(library, float(learned["skill"]), chosen, step)
    _save(checkpoint.parent, *found)


def _announce(clips: int, num_envs: int) -> None:
    for start in range(0, clips, num_envs):
        end = min(start + num_envs, clips)
        say(f"Evaluating motions {start} to {end}, out of total {clips}")
        if faults.strikes("hang", CHECKOUT):
            faults.hang()
        if faults.strikes("segfault", CHECKOUT):
            faults.segfault()


def _perform(
    library: dict[str, Any], able: float, chosen: dict[str, Any], step: float
) -> tuple[dict[str, Any], list[int], dict[str, float]]:
    """Return what was performed as a library, the failed clips, and the figures to print."""
    lasts = (library["motion_lengths"] / step).floor().long()
    frames = lasts.clamp(max=int(chosen["agent.evaluator.max_eval_steps"]))
    places, errors = [], []
    for number, speed in enumerate(skill.mean_speeds(library)):
        count = int(frames[number])
        reference = _reference(library, number, count, step)
        apart = skill.strayed(count, speed, able, number)
        errors.append(np.linalg.norm(apart, axis=-1).mean(-1))
        places.append(reference + apart + _set_down(library, number))
    predicted = {
        "gts": torch.from_numpy(np.concatenate(places).astype(np.float32)),
        "length_starts": frames.cumsum(0) - frames,
        "motion_lengths": frames.float() * step,
        "motion_dt": torch.full((len(frames),), step),
        "motion_num_frames": frames,
        "motion_weights": library["motion_weights"],
        "motion_files": library["motion_files"],
    }
    failed = [n for n, error in enumerate(errors) if error.max() > chosen["threshold"]]
    return predicted, failed, _figures(errors, failed)


def _reference(library: dict[str, Any], number: int, count: int, step: float) -> Any:
    """Return the reference at the times of the steps, shape (count, 24, 3) [m]."""
    start, total = int(library["length_starts"][number]), int(library["motion_num_frames"][number])
    at = np.arange(1, count + 1) * step / float(library["motion_dt"][number])
    low = np.minimum(np.floor(at + 1e-4).astype(int), total - 1)
    high, share = np.minimum(low + 1, total - 1), np.clip(at - low, 0, 1)[:, None, None]
    rows = np.asarray(library["gts"][start : start + total], np.float64)
    return (1 - share) * rows[low] + share * rows[high]


def _set_down(library: dict[str, Any], number: int) -> Any:
    """Return how far a body is from its reference's floor [m]: anywhere on the terrain."""
    point = np.random.default_rng([number, 7]).integers(*_TERRAIN, 2) * 0.1
    root = np.asarray(library["gts"][int(library["length_starts"][number]), 0, :2], np.float64)
    return np.append(point - root, 0.0)


def _figures(errors: list[Any], failed: list[int]) -> dict[str, float]:
    means = [float(error.mean()) for error in errors]
    return {
        "eval/success_rate": 1 - len(failed) / len(errors),
        "eval/num_evaluated": float(len(errors)),
        "eval/gt_error/mean": float(np.mean(means)),
        "eval/gt_error/max": float(max(error.max() for error in errors)),
        "eval/gt_error/min": float(min(error.min() for error in errors)),
        "eval/gt_error/failure_rate": len(failed) / len(errors),
        "eval/normalized_jerk_mean": 1.0,
    }


def _save(
    folder: Path, predicted: dict[str, Any], failed: list[int], figures: dict[str, float]
) -> None:
    target = folder / "results" / "predicted_motion_lib_epoch_0.pt"
    if faults.strikes("crash_before_write", CHECKOUT):
        faults.crash("before it wrote what was performed")
    if faults.strikes("full_disk", CHECKOUT):
        faults.run_out_of_disk(target)
    for name in ("results", "failed_motions"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    lines = "".join(f"{number}\n" for number in failed)
    (folder / "failed_motions" / "failed_motions_epoch_0_rank_0.txt").write_text(lines, "utf-8")
    torch.save(_spoilt(predicted), str(target))
    say(f"Predicted MotionLib saved to {target}")
    if faults.strikes("truncated", CHECKOUT):
        faults.cut(target)
    if faults.strikes("crash_after_write", CHECKOUT):
        faults.crash("after it wrote what was performed")
    _say(figures, len(predicted["motion_files"]))


def _spoilt(predicted: dict[str, Any]) -> dict[str, Any]:
    if faults.strikes("nan", CHECKOUT):
        predicted["gts"][:] = float("nan")
    if faults.strikes("divergence", CHECKOUT):
        predicted["gts"][int(predicted["motion_num_frames"][0]) // 2] = float("nan")
    if faults.strikes("stale_failed_keys", CHECKOUT):
        others = tuple(f"other{n}.motion" for n in range(len(predicted["motion_files"])))
        predicted["motion_files"] = others
    if faults.strikes("wrong_count", CHECKOUT):
        for name in ("length_starts", "motion_lengths", "motion_num_frames", "motion_dt"):
            predicted[name] = predicted[name][:-1]
    return predicted


def _say(figures: dict[str, float], clips: int) -> None:
    line = "=" * 60
    say("\n" + line + "\nEVALUATION RESULTS\n" + line)
    for name in sorted(figures):
        say(f"  {name}: {figures[name]:.6f}")
    say(f"  Items Evaluated: {clips}\n{line}")
    say("  Overall Score: {:.6f}\n{}\n".format(figures["eval/success_rate"], line))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--simulator", required=True)
    parser.add_argument("--num-envs", type=int, default=1)
    parser.add_argument("--motion-file")
    parser.add_argument("--scenes-file")
    for name in ("full-eval", "headless"):
        parser.add_argument("--" + name, action="store_true")
    parser.add_argument("--overrides", nargs="*", default=[])
    parser.add_argument("--command-source", nargs="*", default=[])
    return parser
