"""The planner as a teacher: its way through a clip, for a policy to start from."""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace

import numpy as np

from claims_env.trackers.mujoco.humanoid import Humanoid
from claims_env.trackers.mujoco.planning.reconstruction import Reconstruction, reconstruct
from claims_env.trackers.mujoco.planning.settings import THOROUGH, PlanningSettings
from claims_env.trackers.mujoco.reference import Lesson, Reference

_SHORTEST = 15
"""Frames below which the beginning of a clip teaches nothing."""


@dataclass(frozen=True, slots=True)
class Taught:
    """What came of asking the planner.

    Attributes:
        references: The clips, with lessons where there are any.
        asked: How many clips it was asked about.
        complete: How many of them it performs from beginning to end.
        steps: Control steps of a single humanoid that it took.
    """

    references: list[Reference]
    asked: int
    complete: int
    steps: int


def teach(
    references: Sequence[Reference],
    body: Humanoid,
    *,
    known: Container[str],
    seed: int,
    threads: int,
    settings: Sequence[PlanningSettings] = THOROUGH,
    on_progress: Callable[[float], None] | None = None,
) -> Taught:
    """Return the clips with a lesson for each that is not known and that the planner can perform.

    Args:
        references: The clips.
        body: The humanoid.
        known: Names of clips that need no lesson.
        seed: Decides what the planner tries.
        threads: Processor cores to use.
        settings: How hard it looks, try after try.
        on_progress: Told the share of clips done, 0 to 1.
    """
    new = [reference for reference in references if reference.name not in known]
    done = [0]

    def tell() -> None:
        done[0] += 1
        if on_progress is not None:
            on_progress(done[0] / len(new))

    found = reconstruct(new, body, seed=seed, settings=settings, threads=threads, on_progress=tell)
    lessons = {one.name: _lesson(one) for one in found if len(one.qpos) > _SHORTEST}
    return Taught(
        references=[replace(r, lesson=lessons.get(r.name)) for r in references],
        asked=len(new),
        complete=sum(one.complete for one in found),
        steps=sum(one.steps for one in found),
    )


def _lesson(found: Reconstruction) -> Lesson:
    return Lesson(
        qpos=found.qpos.astype(np.float32),
        qvel=found.qvel.astype(np.float32),
        actions=found.actions.astype(np.float32),
    )
