"""A clip reduced to its figures, so that thousands fit in memory and pass between processes."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context

from claims_env.analysis.base_window import base_window
from claims_env.analysis.signature import signature
from claims_env.generator import MotionGenerator
from claims_env.motion import Motion
from claims_env.motion_filter import check
from claims_env.progress_bar import progress_bar
from claims_env.prompt import Prompt
from claims_env.rotation import Floats

_CHUNK = 8
"""Clips handed to a process at a time."""


@dataclass(frozen=True, slots=True)
class Draw:
    """One clip to be made.

    Attributes:
        prompt: What is asked for.
        seed: Of its take.
        base_moves: How many moves its base action has; 0 where its window is not asked for.
    """

    prompt: Prompt
    seed: int
    base_moves: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredClip:
    """What is known of a clip.

    Attributes:
        figures: Every figure of `MotionFeatures`, by name.
        passed: Whether the default filter lets it through.
        reasons: The names of what speaks against it.
        signature: See `signature`, shape (figures,).
        mirror: The signature of its mirror image.
        moves: How many moves its provenance tells, 0 if none.
        left_out: How many of them it says had no room.
        own: The same clip with both signatures taken of the base action's window alone; None where
            that was not asked for, or the clip does not tell.
    """

    figures: dict[str, float]
    passed: bool
    reasons: tuple[str, ...]
    signature: Floats
    mirror: Floats
    moves: int = 0
    left_out: int = 0
    own: "MeasuredClip | None" = None


def measured(motion: Motion) -> MeasuredClip:
    """Return the figures of a clip, by the default limits."""
    verdict = check(motion)
    joints = motion.joints
    return MeasuredClip(
        figures={name: float(value) for name, value in verdict.measures.items()},
        passed=verdict.passed,
        reasons=tuple(reason.name for reason in verdict.reasons),
        signature=signature(joints, motion.fps),
        mirror=signature(joints, motion.fps, mirrored=True),
        moves=len(motion.provenance.get("moves", ())),
        left_out=len(motion.provenance.get("left_out", ())),
    )


def made_and_measured(generator: MotionGenerator, draw: Draw) -> MeasuredClip:
    """Return the figures of the clip a generator makes of a draw."""
    (motion,) = generator.generate([draw.prompt], [draw.seed])
    clip, window = measured(motion), base_window(motion, draw.prompt, draw.base_moves)
    if window is None:
        return clip
    joints = motion.joints[window]
    own, mirror = (signature(joints, motion.fps, mirrored=side) for side in (False, True))
    return replace(clip, own=replace(clip, signature=own, mirror=mirror))


def measure_all(
    generator: MotionGenerator, draws: Sequence[Draw], *, processes: int = 2
) -> list[MeasuredClip]:
    """Return the figures of every draw, in order; they do not depend on the number of processes.

    Args:
        generator: Makes the clips; must survive pickling if there are several processes.
        draws: What to make.
        processes: How many work at it; 1 works in this one.
    """
    work = partial(made_and_measured, generator)
    with ExitStack() as stack:
        advance = stack.enter_context(progress_bar("measuring clips", len(draws)))
        results: Iterator[MeasuredClip] = map(work, draws)
        if processes > 1:
            # a fresh interpreter: forking one whose numerics have threads can hang
            pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"))
            stack.callback(pool.shutdown, cancel_futures=True)
            results = pool.map(work, draws, chunksize=_CHUNK)
        clips: list[MeasuredClip] = []
        for clip in results:
            clips.append(clip)
            advance()
    return clips
