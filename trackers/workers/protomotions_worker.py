"""Trains or evaluates ProtoMotions, the program of MaskedMimic, as one job asks.

`python protomotions_worker.py FOLDER` does the job of a folder; with `--check REPOSITORY SIMULATOR`
instead it says what ProtoMotions would be missing, as JSON. Runs in ProtoMotions' own Python, 3.8
or later, with numpy and torch, beside its siblings.

Settings of a job: `repository` (a checkout of version 3), `stage` ('tracker' or 'masked'),
`simulator`, `batch_size`, `distillation` (share of the iterations that teach the masked stage),
`overrides` (for 'tracker', 'masked' and 'evaluate'), `stall_seconds`,
`grace_seconds` (how long a script may say nothing, and how long it has to end after each signal).
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import job_files
import protomotions_bundle
import protomotions_evaluation
import protomotions_preflight
import protomotions_tensors
from protomotions_library import make_library
from protomotions_program import Program
from protomotions_training import NO_STEP, STEPS, train_stage

if TYPE_CHECKING:
    from collections.abc import Callable

CHECKPOINT = "learned.zip"
"""The bundle a training job writes."""

NEAR_THRESHOLD = 0.005
"""How near to its threshold a clip's worst error may be for rounding to decide [m]."""


def run(
    job: dict[str, Any], folder: Path, start: Callable[..., int] = job_files.run_program
) -> dict[str, Any]:
    """Do a job; see `job_files.main`, and `Program` for what starts its scripts."""
    settings = job["settings"]
    repository = Path(settings["repository"])
    if job["kind"] not in ("train", "evaluate"):
        raise job_files.WorkerError(
            "invalid_input",
            "import",
            "kind is {!r}; expected train or evaluate.".format(job["kind"]),
        )
    protomotions_preflight.require(repository)
    grace = settings.get("grace_seconds", 10.0)
    program = Program(repository, folder, settings.get("stall_seconds"), start, grace)
    library = make_library(program, job, folder)
    held = _unpacked(job, folder)
    act = _train if job["kind"] == "train" else _evaluate
    found = act(program, job, folder, library, held)
    for bulky in ("parent", "experiment", "motions"):
        shutil.rmtree(str(folder / bulky), ignore_errors=True)
    return {**found, "versions": protomotions_preflight.versions(repository)}


def _unpacked(job: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Unpack the job's checkpoint; return what it says of itself, nothing if there is none."""
    job_files.beat(folder, "load", None, "checkpoint")
    if job["checkpoint"] is None:
        return {"epoch": 0, "samples": 0, "stages": []}
    try:
        return protomotions_bundle.unpack(folder / job["checkpoint"]["file"], folder / "parent")
    except protomotions_bundle.NoBundle as error:
        raise job_files.WorkerError("invalid_input", "load", str(error)) from error


def _train(
    program: Program, job: dict[str, Any], folder: Path, library: Path, held: dict[str, Any]
) -> dict[str, Any]:
    stages = {name: folder / "parent" / name for name in held["stages"]}
    total, problem = 0, None
    for stage, iterations in _plan(job):
        expert = stages["tracker"] / protomotions_bundle.LEARNED if stage == "masked" else None
        parent = _learned(stages.get(stage))
        experiment, done, problem = train_stage(
            program, job, folder, library, stage, iterations, parent=parent, expert=expert
        )
        stages[stage], total = experiment, total + done
        if problem is not None:
            break
    if job["settings"]["stage"] not in stages and problem is not None:
        raise problem
    checkpoint = _packed(job, folder, stages, held, total)
    return {
        "status": "ok" if problem is None else "partial",
        "error": problem and {
            "phase": problem.phase, "kind": problem.kind, "message": problem.message
        },
        "checkpoint": checkpoint,
    }  # fmt: skip


def _plan(job: dict[str, Any]) -> list[tuple[str, int]]:
    """Return the stages to train, in order, and the iterations of each."""
    total, settings = job["epochs"], job["settings"]
    if settings["stage"] == "tracker":
        return [("tracker", total)]
    masked = max(1, round(total * settings["distillation"]))
    plan = [("tracker", total - masked), ("masked", masked)]
    if job["checkpoint"] is None and plan[0][1] < 1:
        plan[0] = ("tracker", 1)  # nobody could teach it otherwise
    return [(stage, iterations) for stage, iterations in plan if iterations > 0]


def _learned(folder: Path | None) -> Path | None:
    return None if folder is None else folder / protomotions_bundle.LEARNED


def _packed(
    job: dict[str, Any], folder: Path, stages: dict[str, Path], held: dict[str, Any], done: int
) -> dict[str, Any]:
    job_files.beat(folder, "write", None, "checkpoint")
    epoch = held["epoch"] + done
    samples = done * job["num_envs"] * STEPS
    facts = {"epoch": epoch, "samples": held["samples"] + samples}
    path = folder / CHECKPOINT
    try:
        protomotions_bundle.pack(path, stages, facts)
    except protomotions_bundle.NoBundle as error:
        raise job_files.WorkerError("bad_output", "write", str(error)) from error
    return {
        "file": CHECKPOINT,
        "sha256": job_files.sha256(path),
        "epoch": epoch,
        "parent_epoch": held["epoch"],
        "samples": samples,
    }


def _evaluate(
    program: Program, job: dict[str, Any], folder: Path, library: Path, held: dict[str, Any]
) -> dict[str, Any]:
    import protomotions_trajectories  # needs numpy, which a check does not

    experiment = _experiment(program, job, folder, library, held)
    predicted, printed = protomotions_evaluation.evaluate(program, job, folder, library, experiment)
    job_files.beat(folder, "write", None, "trajectories")
    arrays, ours = protomotions_trajectories.performed(
        protomotions_tensors.read_tensors(predicted, "evaluate"),
        protomotions_tensors.read_tensors(library, "evaluate"),
        job["clips"],
        protomotions_evaluation.THRESHOLD[experiment.name],
    )
    _agree(printed, ours)
    protomotions_trajectories.write(folder / "trajectories.npz", arrays)
    return {"returned": [clip["id"] for clip in job["clips"]], "printed": {**printed, **ours}}


def _experiment(
    program: Program, job: dict[str, Any], folder: Path, library: Path, held: dict[str, Any]
) -> Path:
    """Return the folder of what is to be evaluated; without a checkpoint, of random weights."""
    stage = str(job["settings"]["stage"])
    if job["checkpoint"] is None:
        # the program cannot be asked for none: one iteration, under which no weight changes
        whole = {**job["settings"], "batch_size": job["num_envs"] * STEPS}
        stage, job = "tracker", {**job, "settings": whole}
        experiment, _, problem = train_stage(
            program, job, folder, library, stage, 1, overrides=NO_STEP
        )
        if problem is not None:
            raise problem
        return experiment
    if stage not in held["stages"]:
        raise job_files.WorkerError(
            "invalid_input", "load", f"The checkpoint holds no stage '{stage}'. Train it first."
        )
    return folder / "parent" / stage


def _agree(printed: dict[str, Any], ours: dict[str, Any]) -> None:
    """Make sure that the trajectories are those that the program judged.

    Raises:
        job_files.WorkerError: Its mean error, or its verdict on a clip, is another.
    """
    theirs, mine = printed.get("eval/gt_error/mean"), ours["mean_error"]
    if theirs is not None and mine is not None and abs(theirs - mine) > 0.01 + 0.02 * abs(theirs):
        told = "ProtoMotions speaks of a mean error of %.4f m, what it saved gives %.4f m."
        raise job_files.WorkerError("bad_output", "evaluate", told % (theirs, mine))
    failed = printed.get("program_failed")
    if failed is None:
        return
    odd = [
        number
        for number, worst in enumerate(ours["worst_errors"])
        if worst is not None
        and (worst > ours["threshold"]) != (number in failed)
        and abs(worst - ours["threshold"]) > NEAR_THRESHOLD
    ]
    if odd:
        told = "ProtoMotions judges %d clips otherwise than what it saved tells, number %d first."
        raise job_files.WorkerError("bad_output", "evaluate", told % (len(odd), odd[0]))


if __name__ == "__main__":
    if len(sys.argv) > 2 and sys.argv[1] == "--check":
        protomotions_preflight.main(Path(sys.argv[2]), *sys.argv[3:4])
    else:
        job_files.main(run)
