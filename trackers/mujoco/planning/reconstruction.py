"""Reconstruction: how the humanoid can perform a clip by its own strength, found by search.

Every action found is one the policy could have taken: it moves the joints' targets as `Simulation`
does, and nothing helps at the root.
"""

import os
import time
import zlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from threading import Event

import numpy as np

from claims_env.rotation import Floats
from claims_env.trackers.mujoco.humanoid import Humanoid
from claims_env.trackers.mujoco.planning.effort import effort
from claims_env.trackers.mujoco.planning.lineage import Path
from claims_env.trackers.mujoco.planning.search import Search
from claims_env.trackers.mujoco.planning.settings import THOROUGH, PlanningSettings
from claims_env.trackers.mujoco.planning.target import Target, target_of
from claims_env.trackers.mujoco.reference import Reference
from claims_env.tracking_metrics import EVALUATED, FAILURE_DISTANCE


@dataclass(frozen=True, slots=True, eq=False)
class Reconstruction:
    """A way to perform a clip, or the beginning of it, with no help from outside.

    Attributes:
        reference: The clip.
        complete: Whether it leads to the clip's last frame and never breaks the rule by which
            evaluation calls a clip lost.
        qpos: States from frame 0 on, (frames, nq); fewer frames than the clip's where it is lost.
        qvel: Velocities, (frames, nv).
        actions: What is done at each frame but the last, (frames - 1, actuators).
        distance: Mean distance of the evaluated landmarks from the reference, (frames,) [m].
        effort: Mean power of the joints [W/kg].
        tries: How many searches there were.
        steps: Control steps of a single humanoid that all of them took.
        core_seconds: Their processor time [s]; the one thing here that does not repeat.
    """

    reference: Reference
    complete: bool
    qpos: Floats
    qvel: Floats
    actions: Floats
    distance: Floats
    effort: float
    tries: int
    steps: int
    core_seconds: float = field(default=0.0)

    @property
    def name(self) -> str:
        """The clip's name."""
        return self.reference.name

    @property
    def tracked(self) -> float:
        """Share of the clip's frames that are within the rule, 0 to 1."""
        within = np.cumprod(self.distance[1:] <= FAILURE_DISTANCE)
        return float(within.sum() / (len(self.reference.qpos) - 1))


def reconstruct(
    references: Sequence[Reference],
    body: Humanoid,
    *,
    seed: int,
    settings: Sequence[PlanningSettings] = THOROUGH,
    threads: int = 0,
    on_progress: Callable[[], None] | None = None,
) -> list[Reconstruction]:
    """Return a way to perform each clip; each depends on its own clip, the seed and settings alone.

    Args:
        references: The clips.
        body: The humanoid.
        seed: Decides what is tried.
        settings: The searches, each made if those before it did not get to the end.
        threads: Processor cores to use; 0 takes every core there is.
        on_progress: Called after each clip.
    """
    threads = threads or os.cpu_count() or 1
    stop, began = Event(), time.process_time()
    with ThreadPoolExecutor(max_workers=max(1, min(threads, len(references)))) as pool:
        inner = max(1, threads // max(1, len(references)))
        jobs = [pool.submit(_one, r, body, settings, seed, inner, stop) for r in references]
        try:
            for _ in as_completed(jobs):
                if on_progress is not None:
                    on_progress()
        finally:
            # after Ctrl-C nobody waits for clips that are under way
            stop.set()
            pool.shutdown(cancel_futures=True)
        found = [job.result() for job in jobs]
    return _timed(found, time.process_time() - began)


def _one(
    reference: Reference,
    body: Humanoid,
    settings: Sequence[PlanningSettings],
    seed: int,
    threads: int,
    stop: Event,
) -> Reconstruction:
    target = target_of(reference, body)
    name = zlib.crc32(reference.name.encode("utf-8", "surrogatepass"))
    found: list[Reconstruction] = []
    for own in settings:
        draws = [seed, name, len(reference.qpos), len(found)]
        search = Search(target, body, own, draws, threads, stop)
        found.append(_judged(search.run(), reference, target, body, search.steps))
        if found[-1].complete or stop.is_set():
            break
    best = max(found, key=lambda one: (one.complete, one.tracked))
    return replace(best, tries=len(found), steps=sum(one.steps for one in found))


def _judged(
    path: Path, reference: Reference, target: Target, body: Humanoid, steps: int
) -> Reconstruction:
    distance = _distance(path, target, body)
    whole = len(path.qpos) == len(reference.qpos)
    return Reconstruction(
        reference=reference,
        # evaluation does not look at the first frame after the start
        complete=whole and bool((distance[2:] <= FAILURE_DISTANCE).all()),
        qpos=path.qpos,
        qvel=path.qvel,
        actions=path.actions,
        distance=distance,
        effort=effort(path, target, body),
        tries=1,
        steps=steps,
    )


def _distance(path: Path, target: Target, body: Humanoid) -> Floats:
    landmarks = body.kinematics.place(path.qpos.astype(np.float32)).landmarks
    apart = landmarks - target.landmarks[: len(landmarks)]
    distance: Floats = np.linalg.norm(apart[:, EVALUATED], axis=-1).mean(1)
    return distance


def _timed(found: Sequence[Reconstruction], seconds: float) -> list[Reconstruction]:
    """Share the processor time out by the steps taken; threads cannot be told apart."""
    total = max(sum(one.steps for one in found), 1)
    return [replace(one, core_seconds=seconds * one.steps / total) for one in found]
