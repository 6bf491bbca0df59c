"""One training stage of an outside tracker: its job, and what is tried again when one breaks."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from claims_env.errors import TrackerFailed
from claims_env.tracker import OnProgress, Progress
from claims_env.trackers.external.checkpoint import HeldCheckpoint
from claims_env.trackers.external.job_request import JobRequest
from claims_env.trackers.external.worker import Done, ExternalWorker

_CONTINUED = 3
"""How often a training that broke down is continued from its last checkpoint."""

_BREAKS = ("crash", "hang", "oom")
"""Kinds of errors after which another try may end better."""


@dataclass(frozen=True, slots=True)
class Course:
    """What a training stage came to.

    Attributes:
        checkpoint: What was learned.
        samples: Control steps over all environments.
        epochs: How many were trained.
        num_envs: Environments side by side, at the end.
        told: What else happened, JSON-able: `retries`, in words; `versions`; `printed`; `dropped`
            by id; and `jobs`, the folders' names.
    """

    checkpoint: HeldCheckpoint
    samples: int
    epochs: int
    num_envs: int
    told: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stage:
    """How one tracker's training stages are cut.

    Attributes:
        steps: Control steps of each environment in an epoch.
        fewer: Returns the next smaller legal number of environments, for when memory runs out;
            None if there is none.
    """

    steps: int
    fewer: Callable[[int], int | None]

    def epochs(self, samples: int, num_envs: int) -> int:
        """Return how many epochs it takes to have so many samples, at least one."""
        return max(1, -(-samples // (num_envs * self.steps)))


def train_through(
    worker: ExternalWorker,
    request: JobRequest,
    stage: Stage,
    on_progress: OnProgress | None = None,
    *,
    seconds: float | None = None,
) -> Course:
    """Train, and return what that came to.

    Where the GPU's memory runs out, it is tried once more with half as many environments and as
    many samples. Where the tracker breaks down or hangs but leaves a checkpoint that has come
    further, training goes on from there; so it does where a stage was stopped earlier. All of it is
    told.

    Args:
        worker: Who trains.
        request: What; its `epochs` are those of the whole stage.
        stage: How it is cut.
        on_progress: Told how far the whole stage is.
        seconds: Limit of each job's time; what a stopped training has learned counts [s].

    Raises:
        TrackerFailed: It did not get to its end; what it has learned is `worker.left`.
    """
    course = _Course(worker, request, stage, on_progress, seconds)
    while course.goes_on:
        try:
            course.take_part()
        except BaseException:
            worker.left = worker.left or course.learned
            raise
    return course.result()


class _Course:
    """A training stage under way, part by part."""

    def __init__(
        self,
        worker: ExternalWorker,
        request: JobRequest,
        stage: Stage,
        on_progress: OnProgress | None,
        seconds: float | None,
    ) -> None:
        self._worker, self._request, self._stage = worker, request, stage
        self._on_progress, self._seconds = on_progress, seconds
        self._wanted = request.epochs or 1
        self._parts: list[Done] = []
        self._retries: list[str] = []
        self._samples = self._epochs = 0
        self._halved = False
        self.learned: HeldCheckpoint | None = None
        self.goes_on = True

    def take_part(self) -> None:
        """Train until the end, or until something comes between."""
        request = replace(self._request, epochs=self._wanted)
        tell = _scaled(self._on_progress, self._epochs, self._wanted)
        done = self._worker.do(request, tell, seconds=self._seconds, partly=True)
        self._parts.append(done)
        fewer = self._stage.fewer(request.num_envs)
        if done.kind == "oom" and not self._halved and fewer is not None:
            self._halve(fewer)
            return
        trained = self._learn(done)
        if done.status == "ok" or self._ran_out_of_time(done):
            self.goes_on = False
        elif trained < self._wanted and self._may_go_on(done):
            self._retries.append(f"{done.kind} after {trained} epochs; went on from there")
            self._request = replace(self._request, checkpoint=self.learned)
            self._wanted -= trained
        else:
            raise done.error or _unchanged(done)

    def result(self) -> Course:
        """Return what it came to."""
        if self.learned is None:
            raise TrackerFailed("Training has not begun.")
        told = _told(self._parts, self._retries)
        return Course(self.learned, self._samples, self._epochs, self._request.num_envs, told)

    def _halve(self, fewer: int) -> None:
        before = self._request.num_envs
        self._retries.append(f"out of GPU memory with {before} environments; took {fewer}")
        self._wanted = self._stage.epochs(self._wanted * before * self._stage.steps, fewer)
        self._request, self._halved = replace(self._request, num_envs=fewer), True

    def _learn(self, done: Done) -> int:
        """Take over what a part has learned, and return how many epochs that took."""
        held, trained = done.checkpoint, self._trained(done)
        parent = self._request.checkpoint
        if held is None or not trained or (parent is not None and held.sha256 == parent.sha256):
            raise done.error or _unchanged(done)
        self.learned = held
        self._samples += trained * self._request.num_envs * self._stage.steps
        self._epochs += trained
        return trained

    def _trained(self, done: Done) -> int:
        if done.status == "ok":
            return self._wanted
        samples = int((done.result["checkpoint"] or {}).get("samples") or 0)
        return samples // (self._request.num_envs * self._stage.steps)

    def _ran_out_of_time(self, done: Done) -> bool:
        return self._seconds is not None and done.kind == "cancelled"

    def _may_go_on(self, done: Done) -> bool:
        if done.was_found:
            return True
        broke = sum(p.kind in _BREAKS and not p.was_found for p in self._parts)
        return done.kind in _BREAKS and broke <= _CONTINUED


def _unchanged(done: Done) -> TrackerFailed:
    return TrackerFailed(
        f"{done.folder}: training ended, but nothing was learned: its checkpoint is missing, or "
        "the very one it began with. Look into the folder, then delete it and resume."
    )


def _scaled(on_progress: OnProgress | None, before: int, wanted: int) -> OnProgress | None:
    """Return what tells the progress of a part as that of the whole."""
    if on_progress is None or before == 0:
        return on_progress

    def tell(progress: Progress) -> None:
        share = (before + progress.fraction * wanted) / (before + wanted)
        on_progress(Progress(share, progress.note))

    return tell


def _told(parts: list[Done], retries: list[str]) -> dict[str, Any]:
    last = parts[-1].result
    return {
        "retries": retries,
        "versions": last["versions"],
        "printed": last["printed"],
        "dropped": last["dropped"],
        "jobs": [part.folder.name for part in parts],
    }
