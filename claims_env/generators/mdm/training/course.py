"""The course of a training: steps, lines of the record and checkpoints, until it is to stop."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from claims_env.errors import ConfigError
from claims_env.generators.mdm.training.folder import TrainingFolder
from claims_env.generators.mdm.training.trainer import Trainer


@dataclass(frozen=True, slots=True)
class Course:
    """How far to go, and what to leave on the way.

    Attributes:
        steps: Steps in all, those of earlier calls included.
        log_every: Steps per line of the record.
        save_every: Steps per checkpoint.
        batch: Clips per step, for the record's speed.
    """

    steps: int
    log_every: int = 100
    save_every: int = 5000
    batch: int = 64

    def __post_init__(self) -> None:
        for name in ("steps", "log_every", "save_every"):
            if getattr(self, name) < 1:
                raise ConfigError(f"{name} is {getattr(self, name)}. Expected: at least 1.")


def follow_course(
    trainer: Trainer,
    folder: TrainingFolder,
    course: Course,
    *,
    is_over: Callable[[], bool] = lambda: False,
    after_step: Callable[[], None] = lambda: None,
    after_line: Callable[[dict[str, Any]], None] = lambda _: None,
) -> bool:
    """Train until the course's end, or until told that it is over; return whether it was reached.

    A checkpoint is written at the end either way.

    Args:
        trainer: Advanced from where it stands.
        folder: Where lines and checkpoints go.
        course: How far.
        is_over: Asked before each step.
        after_step: Called after each.
        after_line: Called with each line of the record.

    Raises:
        ConfigError: The loss is not finite any more; the checkpoint before stays.
        OutputError: Something cannot be written.
    """
    began, first = time.perf_counter(), trainer.step
    saved = trainer.step

    def tell() -> None:
        nonlocal began, first
        means = trainer.tally.empty()
        if not means:
            return
        _see_finite(means["loss"], trainer.step)
        seconds, done = time.perf_counter() - began, trainer.step - first
        line = {"step": trainer.step, **{k: round(v, 6) for k, v in means.items()}}
        line |= {"seconds": round(seconds, 3)}
        line |= {"samples_per_s": round(done * course.batch / seconds, 1)}
        folder.add_line(line)
        after_line(line)
        began, first = time.perf_counter(), trainer.step

    while trainer.step < course.steps and not is_over():
        trainer.advance()
        after_step()
        is_saving = trainer.step % course.save_every == 0
        if is_saving or trainer.step % course.log_every == 0:
            tell()
        if is_saving:
            folder.keep(trainer.state)
            saved = trainer.step
    if trainer.step != saved:
        tell()
        folder.keep(trainer.state)
    return trainer.step >= course.steps


def _see_finite(loss: float, step: int) -> None:
    if not math.isfinite(loss):
        raise ConfigError(
            f"The loss is not finite at step {step}. Lower --recipe.learning-rate, cut gradients "
            "with --recipe.gradient-norm 1, or train in float32; the checkpoint before stays."
        )
