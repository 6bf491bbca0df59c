"""What a report is made from: everything a run's folder says, read once and never written."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from claims_env.errors import LedgerError, MotionError
from claims_env.motion import Motion, load_motion
from claims_env.rotation import Floats
from claims_env.rounds import Round
from claims_env.run_folder import (
    motion_path,
    read_arrays,
    read_clock,
    read_events,
    read_header,
    read_rounds,
)
from claims_env.skeleton import JOINTS


@dataclass(frozen=True, eq=False)
class RunRecord:
    """A run as its folder tells it.

    Attributes:
        folder: Where it is.
        header: run.json: versions, seed, what was real.
        parts: What was real: the tracker's facts, the names of generator, judges and suites.
        config_text: config.yaml as written.
        config: The same, parsed.
        rounds: The completed rounds, oldest first; at least one.
        seconds: Wall-clock time of each round [s], where it was recorded.
    """

    folder: Path
    header: dict[str, Any]
    parts: dict[str, Any]
    config_text: str
    config: dict[str, Any]
    rounds: tuple[Round, ...]
    seconds: dict[int, float]

    @property
    def judges(self) -> tuple[str, ...]:
        """The judges' names, in the order they first appear."""
        sets = [s for r in self.rounds for s in r.sets]
        return tuple(dict.fromkeys(name for s in sets for name in (*s.alignments, *s.difficulties)))

    @property
    def last(self) -> Round:
        """The newest completed round."""
        return self.rounds[-1]

    @property
    def help(self) -> str:
        """Under what help every success of this run was had, to be said beside each figure."""
        if self.tracker.get("kind") == "simulated":
            return "simulated"
        assist = self.tracker.get("assist")
        return f"assist {assist:g}" if isinstance(assist, int | float) else "assist unknown"

    @property
    def seed(self) -> int:
        """The run's seed."""
        seed = self.header.get("seed", self.config.get("seed"))
        return seed if isinstance(seed, int) else self.rounds[0].seed

    @property
    def scheduler(self) -> str:
        """Who chose the prompts after the random opening."""
        return self.last.scheduler

    @property
    def tracker(self) -> dict[str, Any]:
        """What is real about the tracker (see `Tracker.facts`), empty where not recorded."""
        facts = self.parts.get("tracker")
        return facts if isinstance(facts, dict) else {}

    @property
    def generator(self) -> str:
        """The generator's name, or '?'."""
        return str(self.parts.get("generator", "?"))


@dataclass(frozen=True, eq=False)
class Footage:
    """What can be shown of one clip, frame by frame; both start at reference frame 1 if tracked.

    Attributes:
        fps: Frames per second.
        reference: What was to be followed, shape (frames, 24, 3) [m].
        tracked: What was done, same shape; None for rejected clips and simulated trackers.
        start: The clip's frame number of the first frame here.
    """

    fps: float
    reference: Floats
    tracked: Floats | None
    start: int


def read_record(folder: Path) -> RunRecord:
    """Return the record of a run.

    Raises:
        LedgerError: There is no run, it is damaged or unreadable, or no round was completed.
    """
    rounds = read_rounds(folder)
    if not rounds:
        raise LedgerError(
            f"{folder} holds no completed round yet. Continue it with `claims-env resume {folder}`."
        )
    path = folder / "config.yaml"
    text = _text(path)
    seconds: dict[int, float] = {}
    for stage in read_clock(folder):
        seconds[stage["round"]] = seconds.get(stage["round"], 0.0) + stage["seconds"]
    parts = _parts(folder)
    return RunRecord(folder, read_header(folder), parts, text, _parsed(text, path), rounds, seconds)


def read_footage(folder: Path, round_index: int, clip: str) -> Footage | None:
    """Return what can be shown of a clip, or None where its motion is missing or damaged."""
    try:
        motion = load_motion(motion_path(folder, round_index, clip))
    except MotionError:
        return None
    return _footage(motion, read_arrays(folder, round_index, "tracked"), clip)


def read_suite_footage(run: RunRecord) -> dict[tuple[str, str], Footage]:
    """Return the newest round's suite clips by suite and clip; empty where nothing was simulated.

    A suite's motions are not kept with the run; they are shown at the rate of the run's own clips.
    """
    arrays = read_arrays(run.folder, run.last.index, "suite_tracked")
    own = (read_footage(run.folder, run.last.index, s.clip) for s in run.last.sets)
    fps = next((footage.fps for footage in own if footage), 30.0)
    found: dict[tuple[str, str], Footage] = {}
    for suite, clip in ((s.name, clip) for s in run.last.suites for clip in s.clips):
        asked, done = (_joints(arrays, f"{suite}/{clip}.{of}") for of in ("reference", "tracked"))
        if asked is not None and done is not None:
            found[suite, clip] = _cut(fps, asked, done)
    return found


def _footage(motion: Motion, arrays: dict[str, Floats], clip: str) -> Footage:
    done, asked = _joints(arrays, f"{clip}.tracked"), _joints(arrays, f"{clip}.reference")
    if done is None:
        return Footage(motion.fps, motion.joints, None, 0)
    return _cut(motion.fps, motion.joints[1:] if asked is None else asked, done)


def _joints(arrays: dict[str, Floats], name: str) -> Floats | None:
    """Return joint positions kept under a name, None where there are none to be shown."""
    joints = arrays.get(name)
    if joints is None or joints.dtype.kind != "f" or not len(joints):
        return None
    return joints if joints.shape[1:] == (len(JOINTS), 3) else None


def _cut(fps: float, asked: Floats, done: Floats) -> Footage:
    frames = min(len(asked), len(done))
    return Footage(fps, asked[:frames], _unbroken(done[:frames]), 1)


def _unbroken(joints: Floats) -> Floats:
    """Hold the last finite pose where a simulation diverged."""
    joints = joints.astype(np.float64)
    finite = np.isfinite(joints).all((1, 2))
    latest = np.maximum.accumulate(np.where(finite, np.arange(len(joints)), -1))
    held: Floats = np.where((latest >= 0)[:, None, None], joints[latest], 0.0)
    return held


def _parts(folder: Path) -> dict[str, Any]:
    """Return what the opening stage recorded, nothing where the run has none."""
    recorded = [event["result"] for event in read_events(folder) if event["stage"] == "parts"]
    return recorded[0] if recorded else {}


def _text(path: Path) -> str:
    """Return a file's text, empty where there is no file."""
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise LedgerError(f"{path} cannot be read ({error}). Restore it from a backup.") from None


def _parsed(text: str, path: Path) -> dict[str, Any]:
    try:
        config = yaml.safe_load(text)
    except yaml.YAMLError as broken:
        raise LedgerError(f"{path} is no YAML: {broken}. Restore it from a backup.") from None
    return config if isinstance(config, dict) else {}
