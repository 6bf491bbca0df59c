"""Evaluates ProtoMotions: every clip performed once, and what the program itself said of it.

Runs under Python 3.8 with numpy and torch. Facts: `inference_agent.py` and `mimic_evaluator.py` of
ProtoMotions 3 (commit 607ca7a).
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import job_files
import protomotions_bundle
import protomotions_program

if TYPE_CHECKING:
    from protomotions_program import Program

LONGEST = 600
"""Steps after which an evaluation stops without a word, unless told otherwise (`config.py`)."""

PREDICTED = "results/predicted_motion_lib_epoch_0.pt"
"""What was performed, beside the checkpoint; the epoch is 0, since counters are not loaded."""

FAILED = "failed_motions/failed_motions_epoch_0_rank_0.txt"
"""The numbers of the clips that the program calls failed."""

THRESHOLD = {"tracker": 0.5, "masked": 0.25}
"""Mean distance of all 24 bodies beyond which the program itself calls a clip failed [m]."""

# figures that are not finite are left out; JSON has none
_FIGURE = re.compile(r"^ {2}(\S.*): (-?\d+\.\d+)$")
_BATCH = re.compile(r"Evaluating motions (\d+) to (\d+), out of total (\d+)")


def evaluate(
    program: Program, job: dict[str, Any], folder: Path, library: Path, experiment: Path
) -> tuple[Path, dict[str, Any]]:
    """Have a checkpoint perform a library.

    Args:
        program: ProtoMotions.
        job: The job.
        folder: Its folder.
        library: The clips.
        experiment: Holds the checkpoint and its settings.

    Returns:
        The file of what was performed, and the figures the program printed.

    Raises:
        job_files.WorkerError: Nothing came of it.
    """
    for left in ("results", "failed_motions"):
        shutil.rmtree(str(experiment / left), ignore_errors=True)
    printed: dict[str, Any] = {}
    job_files.beat(folder, "sim", None, "starting the simulator")
    status = program.run(
        protomotions_program.EVALUATOR,
        _arguments(job, library, experiment),
        "evaluate",
        _listener(folder, printed),
    )
    predicted = experiment / PREDICTED
    if not predicted.is_file():
        lacking = "there are no performed motions"
        raise program.failure(protomotions_program.EVALUATOR, status, "evaluate", lacking)
    failed = failed_numbers(experiment)
    if failed is not None:
        printed["program_failed"] = failed
    return predicted, printed


def failed_numbers(experiment: Path) -> list[int] | None:
    """Return the numbers of the clips that the program calls failed, None where it did not say."""
    try:
        return [int(line) for line in (experiment / FAILED).read_text("utf-8").split()]
    except (OSError, ValueError):
        return None


def _arguments(job: dict[str, Any], library: Path, experiment: Path) -> list[str]:
    settings = job["settings"]
    steps = max(LONGEST, max(clip["frames"] for clip in job["clips"]) + 1)
    return [
        "--checkpoint", str(experiment / protomotions_bundle.LEARNED),
        "--simulator", settings["simulator"],
        "--num-envs", str(job["num_envs"]),
        "--headless",
        "--full-eval",
        "--motion-file", str(library),
        "--overrides", f"agent.evaluator.max_eval_steps={steps}",
        *settings["overrides"].get("evaluate", ()),
    ]  # fmt: skip


def _listener(folder: Path, printed: dict[str, Any]) -> Any:
    def hear(line: str) -> None:
        batch, figure = _BATCH.search(line), _FIGURE.match(line)
        if batch:
            start, _, total = (int(number) for number in batch.groups())
            note = f"from clip {start + 1} of {total}"
            job_files.beat(folder, "evaluate", start / max(total, 1), note)
        elif figure:
            printed[figure.group(1)] = float(figure.group(2))

    return hear
