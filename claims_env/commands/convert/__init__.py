"""claims-env convert: clips of one format turned into another."""

from collections.abc import Sequence
from pathlib import Path

import tyro

from claims_env.assembly.clip_files import planned_files, read_clips, write_clips, written_kind
from claims_env.commands.convert.flags import DESCRIPTION, ConvertFlags
from claims_env.commands.convert.summary import show
from claims_env.errors import OutputError, SuiteError

ABOUT = "turn BVH, AMASS, PHC, DeepMimic clips into one another: claims-env convert IN OUT"


def main(arguments: Sequence[str]) -> int:
    """Run the command; see `claims-env convert --help`."""
    flags = tyro.cli(
        ConvertFlags, args=list(arguments), prog="claims-env convert", description=DESCRIPTION
    )
    source, target = flags.source.expanduser(), flags.target.expanduser()
    kind = written_kind(target, flags.target_kind)
    clips = read_clips(source, flags.source_kind, trans_is_pelvis=flags.trans_is_pelvis)
    if not clips.motions:
        raise SuiteError(
            f"None of the {len(clips.refused)} clip(s) of {source} is usable. "
            f"The first: {clips.refused[0].reason}"
        )
    _require_free(planned_files(clips.motions, target, kind), source, force=flags.force)
    write_clips(clips.motions, target, kind)
    show(clips, kind, target)
    return 1 if clips.refused else 0


def _require_free(files: Sequence[Path], source: Path, *, force: bool) -> None:
    """See that nothing would be lost."""
    taken = [file for file in files if file.exists()]
    if read := [file for file in taken if _is_read(file, source)]:
        raise OutputError(f"{read[0]} is read, and cannot be written. Name another OUT.")
    if folders := [file for file in taken if file.is_dir()]:
        raise OutputError(f"{folders[0]} is a folder, and no file. Name another OUT.")
    if taken and not force:
        more = f" and {len(taken) - 1} more" if len(taken) > 1 else ""
        raise OutputError(
            f"{taken[0]}{more} exists already. Name another OUT, or replace with --force."
        )


def _is_read(file: Path, source: Path) -> bool:
    """Return whether a file is the source, or of the source's clips."""
    file, source = file.resolve(), source.resolve()
    return file == source or (source.is_dir() and file.is_relative_to(source))
