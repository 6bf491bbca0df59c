"""What an evaluation is made of: a tracker from a checkpoint, suites by name, and its page."""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from claims_env.assembly.generators import build_generator
from claims_env.assembly.suites import build_suites
from claims_env.assembly.trackers import build_tracker
from claims_env.assembly.words import whole_library
from claims_env.composed_tier import PREFIX, compose_tier
from claims_env.config import RunConfig, TrackerConfig
from claims_env.errors import UnknownName
from claims_env.evaluation_record import EvaluationRecord
from claims_env.external_config import ExternalConfig
from claims_env.held_out import NAME, split_library
from claims_env.motion_filter import passes
from claims_env.named_suite import NAMED, asked_suite
from claims_env.suite import Suite
from claims_env.tracker import Tracker, WorksInFolder
from claims_env.variable_library import TIERS

_TIERS = {f"{PREFIX}{tier}": tier for tier in TIERS}
SUITES = (NAME, *_TIERS)
"""The suites that have a name; any other word is a folder or a manifest."""

_OTHERS = f"a folder of clips, a manifest, or NAME=PATH for {', '.join(NAMED)}"


def saved_tracker(
    checkpoint: Path, *, body: str | None = None, assist: float, workers: int
) -> Tracker:
    """Return the embedded tracker a checkpoint was saved by, knowing what it holds.

    Args:
        checkpoint: The file.
        body: The MJCF file it was trained with, where it was one.
        assist: Help at the root, as a fraction of body weight.
        workers: Threads; 0 takes every core there is.

    Raises:
        CheckpointError: The file is missing, damaged, or of another tracker, version or body.
        ConfigError: The body cannot be read.
        MissingDependency: mujoco or torch is not installed.
    """
    loading = importlib.import_module("claims_env.trackers.mujoco.loading")
    tracker: Tracker = loading.tracker_of(checkpoint, body=body, assist=assist, workers=workers)
    return tracker


def outside_tracker(
    checkpoint: Path, tracker: TrackerConfig, external: ExternalConfig, *, jobs: Path
) -> Tracker:
    """Return a tracker that runs in a Python of its own, knowing what a checkpoint holds.

    Args:
        checkpoint: One of its own, such as PHC's `Humanoid.pth`; nothing is trained from it.
        tracker: Names it.
        external: Where and how it runs.
        jobs: A folder that has, or gets, its jobs in `jobs`, unless `external` names another.

    Raises:
        CheckpointError: The file is missing, damaged or of another tracker.
        ConfigError: A setting does not fit, or it is not said where the tracker is installed.
    """
    built = build_tracker(tracker, replace(external, start=None))
    built.load(checkpoint)
    if isinstance(built, WorksInFolder):
        built.work_in(jobs)
    return built


def saved_training(checkpoint: Path) -> dict[str, Any]:
    """Return what a checkpoint says of its training, such as its samples.

    Raises:
        CheckpointError: The file is missing, damaged, or of another tracker.
    """
    loading = importlib.import_module("claims_env.trackers.mujoco.loading")
    training: dict[str, Any] = loading.saved_training(checkpoint)
    return training


def untrained_tracker(body: str, *, assist: float, workers: int) -> Tracker:
    """Return the embedded tracker without any checkpoint, for its baselines.

    Raises:
        ConfigError: There is no such body.
        MissingDependency: mujoco or torch is not installed.
    """
    options = {"body": body}
    return build_tracker(TrackerConfig(assist=assist, workers=workers, options=options))


def shipped_checkpoint(body: str) -> Path:
    """Return the checkpoint that comes with the package for a body.

    Raises:
        CheckpointError: There is none.
    """
    loading = importlib.import_module("claims_env.trackers.mujoco.loading")
    path: Path = loading.shipped_checkpoint(body)
    return path


def build_suite(
    asked: str,
    *,
    clips: int,
    seed: int,
    library: Path | None = None,
    after_each: Callable[[], None] = lambda: None,
) -> Suite:
    """Return the suite of a name out of `SUITES`, or of a folder or manifest.

    Args:
        asked: The name or path.
        clips: How many, where they are composed.
        seed: Draws the clips of a tier; those held out are always the same.
        library: The words, where clips are composed; None takes the shipped ones.
        after_each: Called for each composed clip of a tier.

    Raises:
        UnknownName: There is no such name and nothing at that path.
        SuiteError: It holds no usable clip, or none can be composed.
        LibraryError: The library is missing or malformed.
    """
    composer = build_generator("composer")
    if asked not in SUITES:
        is_named = asked_suite(asked) is not None
        if not is_named and "/" not in asked and not Path(asked).expanduser().exists():
            raise UnknownName("suite", asked, [*SUITES, _OTHERS])
        wanted = RunConfig(suite=(Path(asked).expanduser(),), held_out=0)
        return build_suites(wanted, None, composer)[0]
    words, reserved = split_library(whole_library(library))
    if asked == NAME:
        return build_suites(RunConfig(held_out=clips), reserved, composer)[0]
    tier = _TIERS[asked]
    return compose_tier(
        words, composer, passes, tier, clips=clips, seed=seed, after_each=after_each
    )


def evaluation_page(record: EvaluationRecord, kept: Mapping[tuple[str, str], Path]) -> str:
    """Return an evaluation as one HTML page, with players of the motions kept in these files."""
    room = importlib.import_module("claims_env.report.evaluation_page")
    page: str = room.evaluation_page(record, kept)
    return page
