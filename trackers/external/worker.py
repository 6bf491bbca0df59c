"""The worker of an outside tracker: does jobs, finds those it did before, and checks them."""

import hashlib
import logging
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims_env import process_group
from claims_env.errors import CheckpointError, ConfigError, TrackerFailed
from claims_env.external_config import ExternalConfig
from claims_env.job_folder import Beat, attempts, explained, write_job
from claims_env.job_lock import held
from claims_env.job_result import read_result
from claims_env.tracker import OnProgress, Progress
from claims_env.trackers.external.attempts import is_doubtful, make_lean, unsteady
from claims_env.trackers.external.checkpoint import HeldCheckpoint, hold
from claims_env.trackers.external.job_request import JobRequest
from claims_env.trackers.external.launching import launch_of, limits_of
from claims_env.trackers.external.performance import diverged
from claims_env.worker import conclude, failure, is_dead
from claims_env.worker_command import Launch, mark

_SCRIPTS = Path(__file__).resolve().parents[1] / "workers"
_SHARED = ("graphics_card.py", "job_files.py", "program_run.py")
"""What every worker imports."""

_PASSING = ("crash", "hang", "bad_output")
"""Kinds of errors that may not come again."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a job.

    Attributes:
        result: What result.json says.
        folder: The job's.
        checkpoint: What was learned, None if nothing was.
        error: Why a result is not `ok`, in full; None where it is.
        was_found: Whether it had come of it before it was asked for.
    """

    result: dict[str, Any]
    folder: Path
    checkpoint: HeldCheckpoint | None
    error: TrackerFailed | None = None
    was_found: bool = False

    @property
    def status(self) -> str:
        """One of ok, partial and failed."""
        return str(self.result["status"])

    @property
    def kind(self) -> str | None:
        """What sort of error it was, such as oom or cancelled; None where there is none."""
        return str(self.result["error"]["kind"]) if self.result.get("error") else None


class ExternalWorker:
    """Does the jobs of one outside tracker.

    Args:
        config: Where and how it runs.
        tracker: Its name in error texts.
        script: The worker's script in `claims_env.trackers.workers`.
        siblings: Patterns of the scripts it imports, beside those of every worker.
        member: A file that is in every checkpoint of the tracker (see `hold`).
        scripts: The folder of the scripts.
    """

    def __init__(
        self,
        config: ExternalConfig,
        *,
        tracker: str,
        script: str,
        siblings: Iterable[str],
        member: str,
        scripts: Path = _SCRIPTS,
    ) -> None:
        self.config, self.tracker = config, tracker
        self._script, self._member = script, member
        found = [path for p in (script, *siblings) for path in scripts.glob(p)]
        shared = [_SCRIPTS / name for name in _SHARED]
        self._scripts = sorted({*found, *shared}, key=lambda path: path.name)
        self._jobs = config.jobs
        self._commit: str | None = None
        self.left: HeldCheckpoint | None = None
        """What an interrupted job had learned."""

    @property
    def digest(self) -> str:
        """The hash of the scripts that do the jobs."""
        digest = hashlib.sha256()
        for path in self._scripts:
            digest.update(f"{path.name}\n".encode() + path.read_bytes())
        return digest.hexdigest()

    def work_in(self, folder: Path) -> None:
        """Keep jobs in the folder of a run, unless the configuration names another."""
        self._jobs = self.config.jobs or folder / "jobs"

    def hold(self, path: Path) -> HeldCheckpoint:
        """Return a file as a checkpoint of this tracker.

        Raises:
            CheckpointError: It is missing, damaged or of another sort.
        """
        return hold(path, self.tracker, self._member)

    def do(
        self,
        request: JobRequest,
        on_progress: OnProgress | None = None,
        *,
        seconds: float | None = None,
        partly: bool = False,
    ) -> Done:
        """Do a job, or find it done or under way, and return what came of it.

        A job that breaks down and leaves nothing is tried once more: simulators do that, and runs
        last for days. So is an evaluation in which clips diverged to numbers that are not finite:
        they count as lost if the same ones do so in two attempts.

        Args:
            request: What to do.
            on_progress: Told how far it is.
            seconds: Limit of its time, after which what it has counts [s].
            partly: Whether what an earlier attempt left unfinished is of use.

        Raises:
            TrackerFailed: There is no result, or what it names is not there.
            ConfigError: It is not said where jobs are kept, or how the tracker is started.
        """
        done = self._once(request, on_progress, seconds, partly=partly)
        if done.status == "failed" and done.kind in _PASSING:
            logging.getLogger(__name__).warning(
                "A job of %s is tried once more after '%s' in phase '%s'; see %s",
                self.tracker, done.kind, done.result["error"].get("phase"), done.folder,
            )  # fmt: skip
            done = self._once(request, on_progress, seconds, partly=partly)
        if is_doubtful(done.folder, done.result):
            logging.getLogger(__name__).warning(
                "An evaluation of %s is tried once more: %d clip(s) diverged; see %s",
                self.tracker, len(diverged(done.result)), done.folder,
            )  # fmt: skip
            done = self._once(request, on_progress, seconds, partly=partly)
        if is_doubtful(done.folder, done.result):
            raise unsteady(done.folder, done.result)
        return done

    def _once(
        self,
        request: JobRequest,
        on_progress: OnProgress | None,
        seconds: float | None,
        *,
        partly: bool,
    ) -> Done:
        self.left = None
        launch = launch_of(self.config, self.tracker)
        folder = self._attempt(request, seconds, partly=partly or seconds is not None)
        with held(folder):
            return self._attended(folder, launch, on_progress, seconds)

    def _attended(
        self, folder: Path, launch: Launch, on_progress: OnProgress | None, seconds: float | None
    ) -> Done:
        program, was_found = folder / "worker" / self._script, (folder / "result.json").exists()
        try:
            result = conclude(
                folder, program, launch, limits_of(self.config, seconds), _told(on_progress)
            )
        except BaseException:
            self.left = self._leftover(folder)
            raise
        self._note_change(result)
        if result["status"] == "failed":
            why = failure(folder, program, launch, result)
            return Done(result, folder, None, why, was_found)
        error = failure(folder, program, launch, result) if result.get("error") else None
        done = Done(result, folder, self._learned(folder, result), error, was_found)
        if result["status"] == "ok":
            # the parent's copy has served
            shutil.rmtree(folder / "checkpoint", ignore_errors=True)
        return done

    def _attempt(self, request: JobRequest, seconds: float | None, *, partly: bool) -> Path:
        """Return the folder of the request's last attempt if it is of use, else of a new one."""
        jobs, name = self._place(), request.name(f"{self.digest} {seconds}")
        with explained(jobs):
            jobs.mkdir(parents=True, exist_ok=True)
        with held(jobs):
            return self._found(jobs, name, request, partly=partly)

    def _found(self, jobs: Path, name: str, request: JobRequest, *, partly: bool) -> Path:
        before = attempts(jobs, name)
        if before and self._serves(before[-1], partly=partly):
            return before[-1]
        if before and not (before[-1] / "result.json").exists():
            # whatever may still live there, unheard, is not to go on beside the new one
            with explained(before[-1]):
                (before[-1] / "cancel").touch()
        for folder in before:
            if (folder / "result.json").exists() or is_dead(folder):
                make_lean(folder)
        return write_job(jobs, name, request.job(), lambda folder: self._fill(request, folder))

    def _serves(self, folder: Path, *, partly: bool) -> bool:
        """Return whether an attempt has a usable result, or may yet have one."""
        if (folder / "cancel").exists() and read_result(folder) is None:
            process_group.end(None, mark(folder))
            return False
        result = read_result(folder)
        if result is None:
            return not is_dead(folder)
        if result["status"] not in (("ok", "partial") if partly else ("ok",)):
            return False
        try:
            self._learned(folder, result)
        except TrackerFailed:
            return False
        return not is_doubtful(folder, result)

    def _fill(self, request: JobRequest, folder: Path) -> None:
        request.fill(folder)
        (folder / "worker").mkdir()
        for path in self._scripts:
            shutil.copyfile(path, folder / "worker" / path.name)

    def _learned(self, folder: Path, result: dict[str, Any]) -> HeldCheckpoint | None:
        """Return the checkpoint a result names, having checked that it is whole."""
        told = result["checkpoint"]
        if told is None:
            return None
        try:
            held = self.hold(folder / str(told.get("file")))
        except CheckpointError as error:
            raise TrackerFailed(f"{error} {folder} says it was written.") from None
        if held.sha256 != told.get("sha256"):
            raise TrackerFailed(
                f"{held.path} is not what {folder / 'result.json'} says was written: its sha256 is "
                f"{held.sha256}. Delete that folder, and the job is done again."
            )
        return held

    def _note_change(self, result: dict[str, Any]) -> None:
        """Warn where the checkout is not the one it was: figures may not compare."""
        versions = result["versions"]
        now = versions.get("commit") or versions.get("protomotions")
        if now and self._commit not in (None, now):
            logging.getLogger(__name__).warning(
                "The checkout of %s was at %s, and is at %s now", self.tracker, self._commit, now
            )
        self._commit = now or self._commit

    def _leftover(self, folder: Path) -> HeldCheckpoint | None:
        try:
            result = read_result(folder)
            return None if result is None else self._learned(folder, result)
        except TrackerFailed:
            return None

    def _place(self) -> Path:
        if self._jobs is None:
            raise ConfigError(
                f"There is no folder for the jobs of {self.tracker}. Name one with "
                "--external.jobs, or give the run a folder with --out."
            )
        return self._jobs.absolute()


def _told(on_progress: OnProgress | None) -> Any:
    """Return what turns heartbeats into progress."""
    if on_progress is None:
        return None

    def tell(beat: Beat) -> None:
        working = beat.phase in ("train", "evaluate") and beat.fraction is not None
        share = beat.fraction if working and beat.fraction is not None else 0.0
        share = 1.0 if beat.phase == "write" else share
        on_progress(Progress(min(max(share, 0.0), 1.0), f"{beat.phase} {beat.note}".strip()))

    return tell
