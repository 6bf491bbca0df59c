"""Files of clips by path: read from any format, written to any, and drawn."""

import importlib
from collections.abc import Sequence
from pathlib import Path

from claims_env.clip_format import ReadClips
from claims_env.motion import Motion


def read_clips(
    path: Path, kind: str | None = None, *, trans_is_pelvis: bool | None = None
) -> ReadClips:
    """Return the clips in a file or folder.

    Args:
        path: Where they are.
        kind: The format, one of `READABLE`; None lets suffix and content say.
        trans_is_pelvis: Of AMASS-like files, whether `trans` is the pelvis; None lets them say.

    Raises:
        MotionError: There is nothing that can be used.
        UnknownName: There is no such format.
    """
    room = importlib.import_module("claims_env.formats.clip_file")
    clips: ReadClips = room.read_clips(path, kind, trans_is_pelvis=trans_is_pelvis)
    return clips


def written_kind(path: Path, kind: str | None) -> str:
    """Return the format that would be written to a path.

    Raises:
        UnknownName: There is no such format.
        ConfigError: The path does not fit it.
    """
    room = importlib.import_module("claims_env.formats.clip_writing")
    found: str = room.written_kind(path, kind)
    return found


def planned_files(motions: Sequence[Motion], path: Path, kind: str) -> list[Path]:
    """Return every file that writing these clips would make.

    Raises:
        MotionError: Two clips would have one file.
        ConfigError: There are several clips for one file.
        MissingDependency: The format needs a package that is not installed.
    """
    room = importlib.import_module("claims_env.formats.clip_writing")
    files: list[Path] = room.planned_files(motions, path, kind)
    return files


def write_clips(motions: Sequence[Motion], path: Path, kind: str) -> None:
    """Write the clips; what is there is replaced.

    Raises:
        OutputError: They cannot be written.
        MotionError: Two clips would have one file.
    """
    importlib.import_module("claims_env.formats.clip_writing").write_clips(motions, path, kind)


def draw_strips(
    motions: Sequence[Motion], notes: Sequence[str], path: Path, title: str = ""
) -> None:
    """Draw the clips as strips below one another, each with a note, into one PNG.

    Raises:
        OSError: It cannot be written.
    """
    room = importlib.import_module("claims_env.rendering")
    strips = [
        room.filmstrip(motion, room.Caption(motion.name, note=note), count=10)
        for motion, note in zip(motions, notes, strict=True)
    ]
    room.save_picture(room.stacked(strips, title), path)
