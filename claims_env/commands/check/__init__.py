"""claims-env check: what clips are, whether they may be trained on, and what to do if not."""

import json
import sys
from collections.abc import Sequence

import tyro

from claims_env import __version__
from claims_env.assembly.clip_files import draw_strips, read_clips
from claims_env.clip_format import ReadClips
from claims_env.commands.check.checked_clip import CheckedClip, check_clips, to_facts
from claims_env.commands.check.flags import DESCRIPTION, CheckFlags, require_sound
from claims_env.commands.check.summary import show
from claims_env.errors import MotionError, OutputError
from claims_env.motion import Motion
from claims_env.progress_bar import progress_bar
from claims_env.records import to_json
from claims_env.suite import Refusal

ABOUT = "say what a clip is and whether it may be trained on: claims-env check CLIP"


def main(arguments: Sequence[str]) -> int:
    """Run the command; see `claims-env check --help`."""
    flags = tyro.cli(
        CheckFlags, args=list(arguments), prog="claims-env check", description=DESCRIPTION
    )
    require_sound(flags)
    clips = _read(flags)
    with progress_bar("checking clips", len(clips.motions)) as advance:
        checked = check_clips(clips, flags.limits, advance)
    if flags.json:
        _write_json(checked, clips.refused, flags.limits)
    else:
        show(checked, clips.refused, brief=flags.brief)
    if flags.picture is not None and checked:
        _draw(checked, flags)
    is_sound = not clips.refused and all(clip.verdict != "refused" for clip in checked)
    return 0 if is_sound else 1


def _read(flags: CheckFlags) -> ReadClips:
    """Return all that is named; what cannot be read is told among the rest."""
    kinds: list[str] = []
    motions: list[Motion] = []
    refused: list[Refusal] = []
    for path in (path.expanduser() for path in flags.clips):
        try:
            found = read_clips(path, flags.source_kind, trans_is_pelvis=flags.trans_is_pelvis)
        except MotionError as error:
            refused.append(Refusal(path.stem, str(error)))
            continue
        kinds += found.kinds
        motions += found.motions
        refused += found.refused
    return ReadClips(tuple(kinds), tuple(motions), tuple(refused))


def _write_json(checked: Sequence[CheckedClip], refused: Sequence[Refusal], limits: str) -> None:
    content = {
        "claims_env": __version__,
        "limits": limits,
        "clips": [to_facts(clip) for clip in checked],
        "refused": tuple(refused),
    }
    sys.stdout.write(json.dumps(to_json(content), indent=2) + "\n")


def _draw(checked: Sequence[CheckedClip], flags: CheckFlags) -> None:
    assert flags.picture is not None
    notes = [f"{clip.kind}, {clip.motion.fps:g} Hz, {clip.verdict}" for clip in checked]
    try:
        draw_strips([clip.motion for clip in checked], notes, flags.picture)
    except OSError as error:
        raise OutputError(f"{flags.picture} cannot be written ({error.strerror}).") from None
    if not flags.json:
        sys.stdout.write(f"Drawn into {flags.picture}\n")
