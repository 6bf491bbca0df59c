"""Planning by name: clips from files, and what a humanoid makes of them."""

import importlib
from collections.abc import Callable, Sequence
from pathlib import Path

from claims_env.assembly.extras import require_mujoco
from claims_env.errors import MotionError, SuiteError
from claims_env.feasibility import AssessedClip
from claims_env.motion import Motion
from claims_env.motion_filter import SHORTEST_S
from claims_env.suite import Refusal, Suite


def load_clips(paths: Sequence[Path]) -> tuple[list[Motion], list[Refusal]]:
    """Return the motions in files, folders and manifests, and what could not be used.

    Raises:
        MotionError: The one file that is named holds no motion.
        SuiteError: Nothing that is named is usable, or two clips have one name.
    """
    motions: list[Motion] = []
    refused: list[Refusal] = []
    for path in (path.expanduser() for path in paths):
        try:
            found, bad = _load(path)
        except (MotionError, SuiteError) as error:
            if len(paths) == 1:
                raise
            found, bad = [], [Refusal(path.stem, str(error))]
        motions += found
        refused += bad
    if not motions:
        raise SuiteError(
            f"None of {', '.join(map(str, paths))} is usable. The first: {refused[0].reason}"
        )
    _refuse_repeated(motions)
    return motions, refused


def _load(path: Path) -> tuple[Sequence[Motion], Sequence[Refusal]]:
    formats = importlib.import_module("claims_env.formats.suite_folder")
    if path.is_dir() or path.suffix.lower() in formats.MANIFESTS:
        suite: Suite = formats.load_suite(path)
        return suite.motions, suite.refused
    motion: Motion = formats.load_clip(path).renamed(path.stem)
    if motion.seconds < SHORTEST_S:
        raise MotionError(
            path, f"it lasts {motion.seconds:.3g} s.", f"Give a cut of at least {SHORTEST_S} s."
        )
    return [motion], []


def _refuse_repeated(motions: Sequence[Motion]) -> None:
    names = [motion.name for motion in motions]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise SuiteError(
            f"Two clips are called '{twice[0]}'. Results are told by name: rename a file, or name "
            "the clips in a manifest."
        )


def assess_clips(
    motions: Sequence[Motion],
    *,
    body: str,
    seed: int,
    correct: bool,
    threads: int,
    on_progress: Callable[[], None] | None = None,
) -> list[AssessedClip]:
    """Return how well each motion obeys physics, and what the humanoid did instead.

    Args:
        motions: The clips.
        body: Whose attempt.
        seed: Decides what is tried.
        correct: Whether to look for a way to perform each clip with no help, too.
        threads: Processor cores to use; 0 takes every core there is.
        on_progress: Called after each clip's trial, and after each clip's search.

    Raises:
        MissingDependency: mujoco is not installed.
        ConfigError: There is no such body.
        MotionError: A clip is too short.
    """
    require_mujoco("Trying clips")
    room = importlib.import_module("claims_env.trackers.mujoco.planning.assessment")
    assessed: list[AssessedClip] = room.assess(
        motions, body=body, seed=seed, correct=correct, threads=threads, on_progress=on_progress
    )
    return assessed
