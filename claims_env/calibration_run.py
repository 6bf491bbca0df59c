"""Calibrates the words of a library: clips in several processes, evidence domain by domain."""

import importlib.metadata
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from claims_env.assembly import build_generator, whole_library
from claims_env.calibration import Trial, contexts, perform, weigh
from claims_env.effects import SUCCESS
from claims_env.errors import ClaimsError, LibraryError
from claims_env.evidence import FORMAT, DomainEvidence, SlotEvidence, digest_of
from claims_env.generator import MotionGenerator
from claims_env.motion_filter import check
from claims_env.prompt import SLOTS
from claims_env.tracker import Tracker
from claims_env.variable_library import VariableLibrary

_VERSIONS = ("claims-env", "numpy", "scipy")


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a calibration follows from.

    Attributes:
        library: Where the words lie, or None for the shipped ones.
        generator: Whose clips are measured, by its registered name or module:Class.
        clips: Clips per phrase.
        seed: What contexts and clips are drawn with.
        words_alone: Tell the generator one tier for every phrase.
        workers: Processes; 0 takes one per core. The evidence does not depend on it.
    """

    library: Path | None = None
    generator: str = "composer"
    clips: int = 8
    seed: int = 0
    words_alone: bool = False
    workers: int = 0


Submit = Callable[["Task"], "Future[Trial]"]


@dataclass(frozen=True, slots=True)
class Task:
    """One context to perform, small enough to be sent to another process."""

    calibration: Calibration
    domain: str
    slot: str
    index: int
    keep_motions: bool


def tasks(calibration: Calibration, library: VariableLibrary, domain: str) -> list[Task]:
    """Return everything there is to perform for a domain."""
    said = [s for s in SLOTS if contexts(library, domain, s, clips=1, seed=0)]
    return [Task(calibration, domain, s, i, False) for s in said for i in range(calibration.clips)]


def calibrate(
    calibration: Calibration,
    library: VariableLibrary,
    domain: str,
    submit: Submit,
    after_each: Callable[[], None],
    *,
    tracker: Tracker | None = None,
    tracker_facts: dict[str, Any] | None = None,
) -> DomainEvidence:
    """Return the evidence of one domain.

    Args:
        calibration: What to do.
        library: The words.
        domain: Whose phrases to measure.
        submit: Has a task done, here or elsewhere; see `pool`.
        after_each: Called after each context.
        tracker: Who is asked to perform the clips, if anybody.
        tracker_facts: What the record says of it.

    Raises:
        LibraryError: A clip could not be made or measured.
    """
    asked = [
        replace(t, keep_motions=tracker is not None) for t in tasks(calibration, library, domain)
    ]
    waiting = {submit(task): task for task in asked}
    done: dict[Task, Trial] = {}
    for future in as_completed(waiting):
        done[waiting.pop(future)] = _tracked(_result(future), tracker)
        after_each()
    slots = [
        _slot(library, slot, [(t, done[t]) for t in asked if t.slot == slot]) for slot in SLOTS
    ]
    return DomainEvidence(
        format=FORMAT,
        domain=domain,
        words=digest_of(library, domain),
        generator=build_generator(calibration.generator).name,
        generator_version=next((trial.version for trial in done.values()), None),
        clips=calibration.clips,
        seed=calibration.seed,
        words_alone=calibration.words_alone,
        tracker=tracker_facts,
        versions={name: importlib.metadata.version(name) for name in _VERSIONS},
        slots=tuple(slot for slot in slots if slot is not None),
    )


@contextmanager
def pool(workers: int) -> Iterator[Submit]:
    """Give a function that has tasks done by so many processes; with one, here and at once."""
    if (workers := workers or _cores()) == 1:
        yield _at_once
        return
    others = set(multiprocessing.active_children())
    # a fresh interpreter, because a fork of one with threads may hang
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=spawn, initializer=_leave_signals) as executor:
        try:
            yield lambda task: executor.submit(do, task)
        except BaseException:
            executor.shutdown(wait=False, cancel_futures=True)
            # whoever pressed Ctrl-C should not wait for clips that nobody will see
            for process in set(multiprocessing.active_children()) - others:
                process.terminate()
            raise


def do(task: Task) -> Trial:
    """Perform a task.

    Raises:
        LibraryError: It could not be done. No other of our errors survives the way to another
            process, so their words are put into this one.
    """
    try:
        library, generator = _parts(task.calibration.library, task.calibration.generator)
        plan = task.calibration
        drawn = contexts(library, task.domain, task.slot, clips=plan.clips, seed=plan.seed)
        context = drawn[task.index]
        return perform(
            library,
            task.slot,
            context,
            generator,
            check,
            words_alone=plan.words_alone,
            keep_motions=task.keep_motions,
        )
    except ClaimsError as error:
        raise LibraryError(str(error)) from None


def version_of(generator: MotionGenerator, library: VariableLibrary) -> str | None:
    """Return what a generator calls its version, as the provenance of a clip says it."""
    domain = library.domains[0]
    slot = next(s for s in SLOTS if contexts(library, domain, s, clips=1, seed=0))
    (context,) = contexts(library, domain, slot, clips=1, seed=0)
    (motion,) = generator.generate([context.prompt], [context.seed])
    version = motion.provenance.get("version")
    return None if version is None else str(version)


@cache
def _parts(path: Path | None, generator: str) -> tuple[VariableLibrary, MotionGenerator]:
    return whole_library(path), build_generator(generator)


def _slot(
    library: VariableLibrary, slot: str, done: Sequence[tuple[Task, Trial]]
) -> SlotEvidence | None:
    if not done:
        return None
    phrases = library.words(done[0][0].domain).phrases[slot]
    return weigh(phrases, slot, [trial for _, trial in done])


def _tracked(trial: Trial, tracker: Tracker | None) -> Trial:
    """Return a trial with the tracker's success on each clip, and without the clips."""
    if tracker is None:
        return trial
    named = [motion.renamed(f"clip_{i:03d}") for i, motion in enumerate(trial.motions)]
    success = [float(clip.metrics.success) for clip in tracker.evaluate(named)]
    return replace(trial, measures={**trial.measures, SUCCESS: success}, motions=[])


def _result(future: "Future[Trial]") -> Trial:
    try:
        return future.result()
    except BrokenProcessPool:
        raise LibraryError(
            "A process that made clips died, probably for want of memory. Calibrate with "
            "--workers 1; domains that are finished are kept."
        ) from None


def _at_once(task: Task) -> "Future[Trial]":
    future: Future[Trial] = Future()
    future.set_result(do(task))
    return future


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1  # macOS and Windows cannot say


def _leave_signals() -> None:
    """Let the process that listens to the terminal decide what Ctrl-C means."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
