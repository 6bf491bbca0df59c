"""Assessment: motions in, and for each how well it obeys physics and what the humanoid did instead.

Feasibility comes from a trial, which takes a fraction of a second; a corrected clip from a search
without any help, which takes some seconds for each second of the clip.
"""

import os
import time
import zlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from claims_env.feasibility import AssessedClip, Correction, Feasibility
from claims_env.motion import Motion
from claims_env.trackers.mujoco.humanoid import Humanoid, humanoid
from claims_env.trackers.mujoco.planning.corrected_motion import corrected
from claims_env.trackers.mujoco.planning.feasibility import feasibility
from claims_env.trackers.mujoco.planning.reconstruction import Reconstruction, reconstruct
from claims_env.trackers.mujoco.planning.target import target_of
from claims_env.trackers.mujoco.planning.trial import try_out
from claims_env.trackers.mujoco.reference import Reference, refer


def assess(
    motions: Sequence[Motion],
    *,
    body: str,
    seed: int,
    correct: bool = False,
    threads: int = 0,
    on_progress: Callable[[], None] | None = None,
) -> list[AssessedClip]:
    """Return how well each motion obeys physics; each depends on itself and the seed alone.

    Args:
        motions: The clips.
        body: Whose attempt: the name of a body.
        seed: Decides what is tried.
        correct: Whether to look for a way to perform each clip with no help, too.
        threads: Processor cores to use; 0 takes every core there is.
        on_progress: Called after each clip's trial, and after each clip's search.

    Raises:
        ConfigError: There is no such body.
        MotionError: A clip is too short.
    """
    plan = humanoid(body)
    references = [refer(motion, plan) for motion in motions]
    found: list[Feasibility] = []
    with ThreadPoolExecutor(max_workers=threads or os.cpu_count() or 1) as pool:
        try:
            for one in pool.map(lambda reference: _tried(reference, plan, seed), references):
                found.append(one)
                if on_progress is not None:
                    on_progress()
        finally:
            # after Ctrl-C nobody waits for the clips that are left
            pool.shutdown(cancel_futures=True)
    if not correct:
        return [AssessedClip(motion, one) for motion, one in zip(motions, found, strict=True)]
    paths = reconstruct(references, plan, seed=seed, threads=threads, on_progress=on_progress)
    return [
        AssessedClip(motion, one, _correction(path, plan))
        for motion, one, path in zip(motions, found, paths, strict=True)
    ]


def _tried(reference: Reference, body: Humanoid, seed: int) -> Feasibility:
    began = time.thread_time()
    target = target_of(reference, body)
    name = zlib.crc32(reference.name.encode("utf-8", "surrogatepass"))
    trial = try_out(target, body, [seed, name, len(reference.qpos)])
    spent = time.thread_time() - began
    return feasibility(trial, reference, target, body, core_seconds=spent)


def _correction(path: Reconstruction, body: Humanoid) -> Correction:
    return Correction(
        motion=corrected(path, body),
        complete=path.complete,
        mean_distance=float(path.distance.mean()),
        worst_distance=float(path.distance.max()),
        effort=path.effort,
        core_seconds=path.core_seconds,
    )
