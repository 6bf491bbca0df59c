"""The folder an evaluation is written to: there with everything in it, or not there at all.

summary.json       conditions, what was real, every suite and all of them pooled by clips
clips.csv          one row per clip and policy
clips.json         the same with every way to count the frames of failed clips
tracked/           one npz per clip: tracked and reference joints, their rate
evaluation.html    the same to look at, with players
"""

import errno
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from claims_env.durable_file import write_atomically
from claims_env.errors import OutputError
from claims_env.evaluation_files import FORMAT, clips_csv, clips_json, summary_json
from claims_env.evaluation_record import EvaluationRecord
from claims_env.skeleton import JOINTS
from claims_env.tracker import TrackedClip

SUMMARY = "summary.json"
TRACKED = "tracked"
PAGE = "evaluation.html"

_LONGEST_NAME = 80
"""Letters of a clip's name that its file keeps; file systems take about 250 bytes."""


class EvaluationFolder:
    """An evaluation being written; `evaluation_folder` makes one.

    Args:
        path: A folder that exists; it is renamed when all is there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._taken: set[str] = set()
        self.files: dict[tuple[str, str], str] = {}
        """Where each clip's tracked motion lies, by suite and clip, relative to the folder."""

    @property
    def kept(self) -> dict[tuple[str, str], Path]:
        """The files of the tracked motions, by suite and clip."""
        return {key: self.path / file for key, file in self.files.items()}

    def keep(self, suite: str, clip: TrackedClip, **facts: Any) -> None:
        """Write a clip as it was performed; where nothing was simulated, there is nothing to write.

        Args:
            suite: The suite's name.
            clip: The performance.
            facts: What else the file says, such as `fps` [Hz] and `assist`.
        """
        if clip.joints is None or clip.reference is None:
            return
        failed_at = clip.metrics.failed_at
        arrays = {
            "tracked": clip.joints.astype(np.float32),
            "reference": clip.reference.astype(np.float32),
            "joints": np.array(JOINTS),
            "suite": np.array(suite),
            "clip": np.array(clip.name),
            "success": np.array(clip.metrics.success),
            "failed_at": np.array(-1 if failed_at is None else failed_at),
            **{name: np.array(value) for name, value in facts.items()},
        }
        path = self._free(suite, clip.name)
        with _explained(self.path):
            path.parent.mkdir(parents=True, exist_ok=True)
            np.savez_compressed(path, **arrays)  # type: ignore[arg-type]  # numpy's stub: see #27003
        self.files[suite, clip.name] = path.relative_to(self.path).as_posix()

    def finish(self, record: EvaluationRecord, page: str) -> None:
        """Write everything but the tracked motions, which are there."""
        texts = {
            "clips.csv": clips_csv(record),
            "clips.json": clips_json(record, self.files),
            PAGE: page,
            SUMMARY: summary_json(record),
        }
        for name, text in texts.items():
            # a clip's name may hold bytes that are no text; a question mark serves
            with _explained(self.path):
                write_atomically(self.path / name, text.encode("utf-8", "replace"))

    def _free(self, suite: str, clip: str) -> Path:
        """Return a path no other clip has: names of clips need not be names of files."""
        stem, number = f"{_plain(suite)}/{_plain(clip)}", 1
        name = stem
        # some file systems take capitals for small letters
        while name.lower() in self._taken:
            number += 1
            name = f"{stem}~{number}"
        self._taken.add(name.lower())
        return self.path / TRACKED / f"{name}.npz"


@contextmanager
def evaluation_folder(target: Path, *, replace: bool) -> Iterator[EvaluationFolder]:
    """Give a folder to write an evaluation to; it takes its place when the block ends well.

    Raises:
        OutputError: There is something already, or it cannot be written.
    """
    _require_free(target, replace=replace)
    place = target.resolve()
    partial = place.with_name(f".{place.name}.{os.getpid()}.partial")
    try:
        with _explained(target):
            shutil.rmtree(partial, ignore_errors=True)
            partial.mkdir(parents=True)
        yield EvaluationFolder(partial)
        with _explained(target):
            _put(partial, place)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _require_free(target: Path, *, replace: bool) -> None:
    """See that nothing would be lost but an earlier evaluation, and that only if it may be."""
    if not target.name:
        raise OutputError(f"--out {target} names no folder of its own. Write --out FOLDER.")
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return
    if not _is_evaluation(target):
        raise OutputError(f"{target} holds something else. Name another folder with --out.")
    if not replace:
        raise OutputError(
            f"{target} already holds an evaluation. Name another folder with --out, or replace it "
            "with --force."
        )


def _is_evaluation(folder: Path) -> bool:
    try:
        content = json.loads((folder / SUMMARY).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and content.get("format") == FORMAT


def _put(partial: Path, target: Path) -> None:
    """Rename a folder to its place; what was there goes only when the new one stands."""
    old = target.with_name(f".{target.name}.{os.getpid()}.old")
    if target.exists():
        target.rename(old)
    try:
        partial.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _plain(name: str) -> str:
    """Return a name as a file may be called anywhere."""
    kept = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in name)
    return kept[:_LONGEST_NAME].lstrip(".") or "_"


@contextmanager
def _explained(target: Path) -> Iterator[None]:
    """Turn the operating system's refusals into ours."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        cure = "Make room there" if full else "Make it writable"
        raise OutputError(
            f"{target} cannot be written ({error.strerror}); no evaluation was left. {cure}, or "
            "name another folder with --out."
        ) from error
