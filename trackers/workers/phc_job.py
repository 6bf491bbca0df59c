"""One training or evaluation with PHC: its motion library, the program, and what that leaves.

Runs under Python 3.8 with numpy and torch of PHC's own environment, beside its siblings. Settings
of a job: `repository`, `overrides`, `save_frequency`, `has_eval` (see `phc_command`),
`stall_seconds` and `grace_seconds` (how long PHC may say nothing, and how long it has to end after
each signal).

Every stage has an output folder of its own, into which the parent's Humanoid.pth alone is copied:
PHC would take over the failures of another clip set from files it finds there, and writes over its
checkpoint in place. The folder lies three levels deep, since the fork writes its figures three
levels above it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import job_files
import phc_command
import phc_library
import phc_output
import phc_preflight
import phc_results

LIBRARY = "library.pkl"
"""The motion library, in the job's folder."""

TRAINED = "Humanoid.pth"
"""What training leaves in the job's folder."""

_OUTPUT = Path("program/output/HumanoidIm/claims")


def run(job: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Do a job and return its result; see `job_files.main`."""
    if job.get("kind") not in ("train", "evaluate"):
        raise _refused("kind is {!r}; expected 'train' or 'evaluate'.".format(job.get("kind")))
    repository = Path(job["settings"]["repository"])
    _check_installation(repository)
    kept, dropped = _sorted(job)
    job_files.beat(folder, "convert")
    phc_command.check({**job, "clips": kept}, max(clip["frames"] for clip in kept))
    _write_library(folder, kept)
    do = _train if job["kind"] == "train" else _evaluate
    result = do({**job, "clips": kept}, folder)
    if "error" not in result:
        _tidy(folder)
    common = {"dropped": dropped, "num_envs": job["num_envs"]}
    return {**common, "versions": phc_preflight.versions(repository), **result}


def _train(job: dict[str, Any], folder: Path) -> dict[str, Any]:
    output, first = _fresh_output(job, folder)
    listener = _listener(job, folder, first)
    wanted, error = first + job["epochs"], None
    try:
        status = _run(job, folder, listener, first)
    except job_files.WorkerError as stopped:
        if stopped.kind == "bad_output":
            raise
        status, error = 1, stopped
    job_files.beat(folder, "write")
    final = _final(output, wanted)
    if final is None:
        error = error or _why_unfinished(output, wanted, listener, status)
        return _partial(job, folder, phc_results.newest(output, first), first, error)
    printed = {**listener.printed, "exit_status": status}
    checkpoint = _hand_over(job, folder, final, wanted, first)
    return {"printed": printed, "checkpoint": checkpoint, "returned": _ids(job)}


def _evaluate(job: dict[str, Any], folder: Path) -> dict[str, Any]:
    if not job.get("checkpoint"):
        raise _refused("An evaluation needs a checkpoint: PHC performs nothing without one.")
    _, first = _fresh_output(job, folder)
    listener = _listener(job, folder, first)
    status = _run(job, folder, listener, first)
    record = folder / "program" / "record.npz"
    if not record.exists():
        raise listener.failure(status)
    job_files.beat(folder, "write")
    found = phc_results.write_trajectories(record, job["clips"], folder / "trajectories.npz")
    record.unlink()  # the same again, in another order
    printed = {**listener.printed, **found, "exit_status": status}
    return {"printed": printed, "returned": _ids(job)}


def _run(job: dict[str, Any], folder: Path, listener: phc_output.Listener, first: int) -> int:
    repository = Path(job["settings"]["repository"]).resolve()
    command = phc_command.command(
        {**job, "settings": {**job["settings"], "repository": str(repository)}},
        library=folder / LIBRARY,
        output=folder / _OUTPUT,
        record=folder / "program" / "record.npz",
        first=first,
    )
    job_files.beat(folder, "import", None, "PHC starts")
    return job_files.run_program(
        command,
        folder=folder,
        cwd=repository,
        env=_environment(),
        phase=job["kind"],
        on_line=listener.hear,
        stall_seconds=job["settings"].get("stall_seconds"),
        grace_seconds=job["settings"].get("grace_seconds", 10.0),
    )


def _environment() -> dict[str, str]:
    """Return what PHC finds in its environment: ours, quiet, and with its Python's own library."""
    given = dict(os.environ)
    # Isaac Gym loads libpython, which a conda environment has where the loader does not look
    paths = [os.path.join(sys.base_prefix, "lib"), given.get("LD_LIBRARY_PATH", "")]
    given["LD_LIBRARY_PATH"] = os.pathsep.join(path for path in paths if path)
    return {**given, "WANDB_MODE": "disabled", "PYTHONUNBUFFERED": "1", "HYDRA_FULL_ERROR": "1"}


def _listener(job: dict[str, Any], folder: Path, first: int) -> phc_output.Listener:
    batches = -(-len(job["clips"]) // job["num_envs"])
    return phc_output.Listener(
        lambda phase, share, note: job_files.beat(folder, phase, share, note),
        first=first,
        epochs=job["epochs"] if job["kind"] == "train" else 0,
        steps=batches * max(clip["frames"] for clip in job["clips"]),
    )


def _fresh_output(job: dict[str, Any], folder: Path) -> tuple[Path, int]:
    """Make the output folder, with the parent's checkpoint in it, and return its epochs too."""
    output = folder / _OUTPUT
    if output.exists() and any(output.iterdir()):
        raise _refused(f"{output} is not empty; a stage needs a fresh folder.")
    output.mkdir(parents=True, exist_ok=True)
    given = job.get("checkpoint")
    if not given:
        return output, 0
    source = folder / given["file"]
    if not source.is_file() or job_files.sha256(source) != given["sha256"]:
        raise _refused(f"{source} is missing, or not the checkpoint that was asked for.")
    # a copy, not a link: PHC writes over it in place
    shutil.copyfile(str(source), str(output / "Humanoid.pth"))
    return output, phc_results.epoch_of(source)


def _tidy(folder: Path) -> None:
    """Remove what has served: hundreds of megabytes a job, for weeks."""
    for path in (folder / LIBRARY, folder / _OUTPUT / "Humanoid.pth"):
        with contextlib.suppress(OSError):
            path.unlink()


def _final(output: Path, wanted: int) -> Path | None:
    path = output / "Humanoid.pth"
    try:
        return path if phc_results.epoch_of(path, "write") == wanted else None
    except job_files.WorkerError:
        return None


def _why_unfinished(
    output: Path, wanted: int, listener: phc_output.Listener, status: int
) -> job_files.WorkerError:
    """Return what kept a training from its end."""
    path = output / "Humanoid.pth"
    if status != 0 or not path.exists():
        return listener.failure(status)
    try:
        epoch = phc_results.epoch_of(path, "write")
    except job_files.WorkerError as error:
        return error
    why = f"{path.name} has {epoch} epochs behind it; expected {wanted}."
    return job_files.WorkerError("bad_output", "write", why)


def _partial(
    job: dict[str, Any],
    folder: Path,
    found: tuple[Path, int] | None,
    first: int,
    error: job_files.WorkerError,
) -> dict[str, Any]:
    """Return what an unfinished training is worth: its last whole checkpoint, if it has one."""
    if found is None:
        raise error
    told = {"phase": error.phase, "kind": error.kind, "message": error.message}
    checkpoint = _hand_over(job, folder, found[0], found[1], first)
    return {"status": "partial", "error": told, "checkpoint": checkpoint, "returned": _ids(job)}


def _hand_over(
    job: dict[str, Any], folder: Path, source: Path, epoch: int, first: int
) -> dict[str, Any]:
    """Put a checkpoint where the job's owner looks for it; the snapshots go."""
    target = folder / TRAINED
    os.replace(str(source), str(target))
    for snapshot in source.parent.glob("Humanoid*.pth"):
        snapshot.unlink()
    return {
        "file": TRAINED,
        "sha256": job_files.sha256(target),
        "epoch": epoch,
        "samples": (epoch - first) * phc_command.horizon(job) * job["num_envs"],
    }


def _sorted(job: dict[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """Return the clips PHC keeps, and those it would drop without a word."""
    short = "%d frames; PHC drops clips of fewer than %d."
    kept = [clip for clip in job["clips"] if clip["frames"] >= phc_library.SHORTEST]
    dropped = [
        {"id": clip["id"], "reason": short % (clip["frames"], phc_library.SHORTEST)}
        for clip in job["clips"]
        if clip["frames"] < phc_library.SHORTEST
    ]
    if len({clip["id"] for clip in job["clips"]}) < len(job["clips"]):
        raise _refused("Two clips have one id; PHC would know only the second.")
    if not kept:
        raise _refused(f"No clip has the {phc_library.SHORTEST} frames PHC asks for.")
    return kept, dropped


def _write_library(folder: Path, clips: list[dict[str, Any]]) -> None:
    read = []
    for clip in clips:
        try:
            arrays = phc_library.read_clip(folder / clip["file"])
        except ValueError as error:
            raise job_files.WorkerError("invalid_input", "convert", str(error)) from error
        if len(arrays["poses"]) != clip["frames"]:
            why = "'{}' has {} frames; the job says {}."
            raise _refused(why.format(clip["id"], len(arrays["poses"]), clip["frames"]))
        read.append((clip["id"], arrays))
    phc_library.write_library(folder / LIBRARY, read)


def _check_installation(repository: Path) -> None:
    missing = [one for one in phc_preflight.findings(repository) if not one["ok"]]
    if missing:
        told = ["{} {}. {}".format(one["name"], one["detail"], one["cure"]) for one in missing]
        raise job_files.WorkerError("missing", "import", "\n".join(told))


def _ids(job: dict[str, Any]) -> list[str]:
    return [clip["id"] for clip in job["clips"]]


def _refused(why: str) -> job_files.WorkerError:
    return job_files.WorkerError("invalid_input", "import", why)
