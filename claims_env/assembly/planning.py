"""Planning by name: clips from files, and what a humanoid makes of them."""

import importlib
from collections.abc import Callable, Sequence
from pathlib import Path

from claims_env.assembly.physics_extra import require_mujoco
from claims_env.errors import SuiteError
from claims_env.feasibility import AssessedClip
from claims_env.motion import Motion
from claims_env.suite import Refusal


def load_clips(paths: Sequence[Path]) -> tuple[list[Motion], list[Refusal]]:
    """Return the motions in files, folders and manifests, and what could not be used of folders.

    Raises:
        MotionError: A file that is named holds no motion.
        SuiteError: A folder or manifest holds no usable clip, or two clips have one name.
    """
    formats = importlib.import_module("claims_env.formats.suite_folder")
    motions: list[Motion] = []
    refused: list[Refusal] = []
    for path in (path.expanduser() for path in paths):
        if path.is_dir() or path.suffix.lower() in formats.MANIFESTS:
            suite = formats.load_suite(path)
            motions += suite.motions
            refused += suite.refused
        else:
            motions.append(formats.load_clip(path).renamed(path.stem))
    names = [motion.name for motion in motions]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise SuiteError(
            f"Two clips are called '{twice[0]}'. Results are told by name: rename a file, or name "
            "the clips in a manifest."
        )
    return motions, refused


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
