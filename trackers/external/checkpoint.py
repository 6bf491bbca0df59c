"""Checkpoints of outside trackers: files we hand on unopened, known by their hash."""

import hashlib
import os
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

from claims_env.errors import CheckpointError


@dataclass(frozen=True, slots=True)
class HeldCheckpoint:
    """What a tracker has learned, as a file.

    Attributes:
        path: Where it lies; nobody writes to it.
        sha256: Of its content.
    """

    path: Path
    sha256: str


def hold(path: Path, tracker: str, member: str) -> HeldCheckpoint:
    """Return a file as a checkpoint, having looked at its shape but run nothing in it.

    Args:
        path: The file, a zip archive, as what torch.save writes is.
        tracker: Whose it is, for error texts.
        member: The name of a file that has to be in it, in whatever folder.

    Raises:
        CheckpointError: It is missing, damaged, or no such file.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.rpartition("/")[2] for name in archive.namelist()}
        problem = "" if member in names else f"it holds no '{member}'"
    except FileNotFoundError:
        raise CheckpointError(f"{path}: there is no such file. Check the path.") from None
    except (OSError, zipfile.BadZipFile, ValueError) as error:
        problem = str(error)
    if problem:
        raise CheckpointError(
            f"{path}: this is no checkpoint of {tracker}, or is damaged: {problem}. Take another; "
            "a run keeps its own as rounds/NNN/tracker.ckpt."
        )
    return HeldCheckpoint(path, sha256(path))


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def put(source: HeldCheckpoint, path: Path, *, shared: bool) -> None:
    """Put a checkpoint somewhere else, all at once or not at all.

    Args:
        source: What to put there.
        path: Where to.
        shared: Whether both may be the same file on disk, as they may where nobody writes to them.

    Raises:
        CheckpointError: What lies at its place is not what was put there.
    """
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.unlink(missing_ok=True)
        if not (shared and _linked(source.path, partial)):
            shutil.copyfile(source.path, partial)
            with partial.open("rb") as file:
                os.fsync(file.fileno())
        if sha256(partial) != source.sha256:
            raise CheckpointError(
                f"{source.path} has changed since it was written. Resume from the round before it."
            )
        partial.replace(path)
    except FileNotFoundError as error:
        raise CheckpointError(f"{error.filename} is gone. Resume from the round before.") from None
    finally:
        partial.unlink(missing_ok=True)


def _linked(source: Path, target: Path) -> bool:
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        return False  # another disk, or one without links
    return True
