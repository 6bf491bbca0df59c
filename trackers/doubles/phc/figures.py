"""The figures of an evaluation: printed, and in the files of the CLAIMS release's fork."""

from __future__ import annotations

import csv
import json
import pickle
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from .task import Task

_ORDER = ("mpjpe_g", "mpjpe_l", "mpjpe_pa", "accel_dist", "vel_dist")


def printed(failed: Any, every: dict[str, float], good: dict[str, float]) -> str:
    """Return PHC's three lines; the last is empty where nothing succeeded."""
    rate = f"Success Rate: {1 - failed.mean():.10f}"
    return f"{rate}\nAll:  {_in_a_row(every)}\nSucc:  {_in_a_row(good)}"


def dump_keys(folder: Path, keys: Any, failed: Any) -> None:
    """Write failed.pkl and long_succ.pkl beside the checkpoint."""
    for name, chosen in (("failed.pkl", keys[failed]), ("long_succ.pkl", keys[~failed])):
        with (folder / name).open("wb") as file:
            pickle.dump(chosen, file, protocol=4)


def write(
    given: dict[str, Any], task: Task, failed: Any, every: dict[str, float], good: dict[str, float]
) -> Path:
    """Write the fork's summary.json, metrics.csv and key lists; return their folder."""
    folder = folder_of(given)
    folder.mkdir(parents=True, exist_ok=True)
    keys = task._motion_lib._motion_data_keys
    summary = {
        "exp_name": given["exp_name"],
        "motion_file": given["env.motion_file"],
        "checkpoint_dir": given["output_path"],
        "checkpoint_file": str(Path(given["output_path"]) / "Humanoid.pth"),
        "epoch": given["epoch"],
        "num_envs": task.num_envs,
        "num_motions": task._motion_lib._num_unique_motions,
        "success_rate": float(1 - failed.mean()),
        "num_success": int((~failed).sum()),
        "num_failed": int(failed.sum()),
        "metrics_all": every,
        "metrics_success_only": good,
    }
    (folder / "summary.json").write_text(json.dumps(summary, indent=2), "utf-8")
    rows: list[tuple[str, str, float]] = [("all", "success_rate", summary["success_rate"])]
    rows += [("all", name, value) for name, value in every.items()]
    rows += [("success_only", name, value) for name, value in good.items()]
    _write_rows(folder / "metrics.csv", ("split", "metric", "value"), rows)
    for name, chosen in (("failed_keys", keys[failed]), ("success_keys", keys[~failed])):
        (folder / (name + ".txt")).write_text("".join(key + "\n" for key in chosen), "utf-8")
        with (folder / (name + ".pkl")).open("wb") as file:
            pickle.dump(np.array(chosen), file, protocol=4)
    return folder


def write_samples(
    folder: Path, keys: Any, joints: Any, wanted: Any, failed: Any, measure: Callable[..., Any]
) -> None:
    """Write the fork's per_sample_metrics.csv: one line for each clip."""
    header = ("sample_index", "name", "success", "num_frames", *_ORDER)
    rows = []
    for index, (key, pred, gt) in enumerate(zip(keys, joints, wanted)):
        means = {name: float(np.mean(values)) for name, values in measure([pred], [gt]).items()}
        row = (index, key, int(not failed[index]), len(pred), *(means[name] for name in _ORDER))
        rows.append(row)
    _write_rows(folder / "per_sample_metrics.csv", header, rows)


def folder_of(given: dict[str, Any]) -> Path:
    """Return where the fork writes: three levels above the output folder."""
    stem = _safe(Path(given["env.motion_file"]).stem)
    epoch = "latest" if given["epoch"] == -1 else "epoch_{:08d}".format(given["epoch"])
    above = Path(given["output_path"]).resolve().parents[2]
    return above / "outputs" / "eval" / "phc" / _safe(given["exp_name"]) / stem / epoch


def _safe(name: str) -> str:
    return re.sub(r"[^\w.-]", "_", str(name)).strip("._") or "unnamed"


def _in_a_row(means: dict[str, float]) -> str:
    return " \t".join(f"{name}: {means[name]:.3f}" for name in _ORDER if name in means)


def _write_rows(path: Path, header: Any, rows: Any) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
