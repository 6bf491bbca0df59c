"""Trains ProtoMotions: a fresh experiment per stage, begun with what the parent had learned.

Runs under Python 3.8 with torch. Facts: `train_agent.py` and `base_agent/agent.py` of ProtoMotions
3 (commit 607ca7a).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import job_files
import protomotions_bundle
import protomotions_program
import protomotions_tensors

if TYPE_CHECKING:
    from protomotions_program import Program

STEPS = 32
"""Control steps of each environment in one iteration (`base_agent/config.py`, num_steps)."""

KEEP_DISK = "agent.save_epoch_checkpoint_every=None"
"""Override: a further copy of everything every 1000 iterations is of no use here."""

NO_STEP = ("agent.model.actor_optimizer.lr=0.0", "agent.model.critic_optimizer.lr=0.0")
"""Overrides under which an iteration of the full-body tracker changes no weight."""

_EPOCH = re.compile(r"Epoch (\d+), collecting data")


def train_stage(
    program: Program,
    job: dict[str, Any],
    folder: Path,
    library: Path,
    stage: str,
    iterations: int,
    *,
    parent: Path | None = None,
    expert: Path | None = None,
    overrides: tuple[str, ...] = (),
) -> tuple[Path, int, job_files.WorkerError | None]:
    """Train one stage in an experiment of its own.

    An experiment whose `last.ckpt` exists would be resumed under its old settings, clips and limit,
    whatever is asked; so its name is the folder of this job, which nothing was ever trained in. The
    program counts from 0 in every experiment. Of the parent only the weights are carried over, not
    the optimiser, nor the scale of rewards.

    Returns:
        The experiment's folder, the iterations its checkpoint has behind it, and what went wrong
        where these are fewer than asked.

    Raises:
        job_files.WorkerError: No usable checkpoint came of it.
    """
    experiment = folder / "experiment" / stage
    if (experiment / protomotions_bundle.LEARNED).exists():
        raise job_files.WorkerError(
            "invalid_input",
            "train",
            f"{folder} was trained in before; ProtoMotions would resume it and ignore this job.",
        )
    command = _arguments(job, experiment, library, stage, iterations, overrides)
    if parent is not None:
        command += ["--checkpoint", str(parent)]
    if expert is not None:
        command += ["--expert-model-path", str(expert)]
    status, stopped = _run(program, folder, command, iterations, stage)
    lacking = "it left no whole checkpoint"
    failure = stopped or program.failure(protomotions_program.TRAINER, status, "train", lacking)
    done = _iterations_of(experiment, failure)
    if done == iterations:
        return experiment, done, None  # whatever its exit status
    lacking = f"{done} of {iterations} iterations were saved"
    return (
        experiment,
        done,
        stopped or program.failure(protomotions_program.TRAINER, status, "train", lacking),
    )


def _arguments(
    job: dict[str, Any],
    experiment: Path,
    library: Path,
    stage: str,
    iterations: int,
    overrides: tuple[str, ...],
) -> list[str]:
    settings = job["settings"]
    samples = job["num_envs"] * STEPS
    return [
        "--robot-name", "smpl",
        "--simulator", settings["simulator"],
        "--experiment-path", protomotions_program.EXPERIMENTS[stage],
        "--experiment-name", str(experiment),
        "--motion-file", str(library),
        "--num-envs", str(job["num_envs"]),
        "--batch-size", str(min(settings["batch_size"], samples)),
        "--training-max-iterations", str(iterations),
        "--seed", str(job["seed"] % 2**31),
        "--overrides", KEEP_DISK, *settings["overrides"].get(stage, ()), *overrides,
    ]  # fmt: skip


def _run(
    program: Program, folder: Path, command: list[str], iterations: int, stage: str
) -> tuple[int, job_files.WorkerError | None]:
    def hear(line: str) -> None:
        found = _EPOCH.search(line)
        if found:
            done = int(found.group(1))
            note = f"{stage}: iteration {done + 1} of {iterations}"
            job_files.beat(folder, "train", min(1.0, done / iterations), note)

    job_files.beat(folder, "sim", None, stage)
    try:
        return program.run(protomotions_program.TRAINER, command, "train", hear), None
    except job_files.WorkerError as stopped:
        return -1, stopped  # what was saved before may be worth keeping


def _iterations_of(experiment: Path, failure: job_files.WorkerError) -> int:
    """Return what the experiment's checkpoint has behind it.

    Raises:
        job_files.WorkerError: There is none, it is cut off, or holds numbers that are not finite.
    """
    learned = experiment / protomotions_bundle.LEARNED
    if not learned.is_file():
        raise failure
    try:
        state = protomotions_tensors.read_tensors(learned, "train", trusted=True)
    except job_files.WorkerError as unreadable:
        # whatever stopped the program explains a file that is cut off
        raise failure if failure.kind != "bad_output" else unreadable from unreadable
    if not protomotions_tensors.finite(state.get("model", {})):
        raise job_files.WorkerError(
            "bad_output", "train", f"The weights in {learned} are not finite: training diverged."
        )
    return int(state.get("epoch", 0))
