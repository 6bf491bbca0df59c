"""The folder of a judgement: the pictures that were shown, and everything that was said."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from claims_env.chat import Picture
from claims_env.commands.judge.judged_clip import JudgedClip
from claims_env.durable_file import write_atomically
from claims_env.errors import ConfigError, OutputError
from claims_env.motion import Motion
from claims_env.records import to_json

Draw = Callable[[Motion, str], Picture]

RECORD = "judged.json"
FORMAT = "claims_env judged clips 1"

PURPOSES = ("difficulty", "alignment")
"""What pictures are for; the second needs a prompt."""

_LONGEST_NAME = 80
"""Letters of a clip's name that its files keep; file systems take about 250 bytes."""


def free_folder(asked: str | None) -> Path:
    """Return the folder named, or one that nothing has.

    Raises:
        ConfigError: Every name tried is taken.
    """
    if asked is not None:
        return Path(asked).expanduser()
    for number in range(1, 10_000):
        folder = Path("judged" if number == 1 else f"judged-{number}")
        if not folder.exists():
            return folder
    raise ConfigError("There are too many folders called judged. Name one with --out.")


def picture_names(clips: Sequence[Motion], whose: Sequence[str]) -> dict[tuple[str, str], str]:
    """Return the beginning of the names of a clip's pictures, for each clip and viewer.

    Args:
        clips: Under different names.
        whose: The viewers; the name of a single one is not told.
    """
    names: dict[tuple[str, str], str] = {}
    for clip in clips:
        for viewer in whose:
            stem = _plain(clip.name) + (f"-{_plain(viewer)}" if len(whose) > 1 else "")
            taken, number, name = {n.lower() for n in names.values()}, 1, stem
            while name.lower() in taken:
                number += 1
                name = f"{stem}~{number}"
            names[clip.name, viewer] = name
    return names


def require_room(folder: Path, names: Sequence[str], *, overwrite: bool) -> None:
    """See that nothing in a folder would be lost.

    Raises:
        OutputError: It holds files that would be written.
    """
    planned = [RECORD, *(_picture(name, purpose) for name in names for purpose in PURPOSES)]
    taken = [name for name in planned if (folder / name).exists()]
    if taken and not overwrite:
        raise OutputError(
            f"{folder} already holds {taken[0]}. Name another folder with --out, or replace such "
            "files with --overwrite."
        )


def write_judged(
    folder: Path,
    clips: Sequence[JudgedClip],
    views: Mapping[str, Draw],
    conditions: Mapping[str, Any],
) -> None:
    """Write the record and the pictures; the one about alignment where there is a prompt.

    Args:
        folder: Where to.
        clips: What was judged.
        views: Draws what each viewer is shown.
        conditions: What else the record says.

    Raises:
        OutputError: They cannot be written.
    """
    names = picture_names([clip.motion for clip in clips], list(views))
    content = {"format": FORMAT, **conditions, "clips": [_facts(clip) for clip in clips]}
    text = json.dumps(to_json(content), indent=1, ensure_ascii=False) + "\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # first what was said: it may have been paid for, and pictures take a while
        write_atomically(folder / RECORD, text.encode("utf-8", "replace"))
        for clip in clips:
            for viewer, draw in views.items():
                for purpose in PURPOSES if clip.prompt else PURPOSES[:1]:
                    name = _picture(names[clip.motion.name, viewer], purpose)
                    write_atomically(folder / name, draw(clip.motion, purpose).data)
    except OSError as error:
        raise OutputError(
            f"{folder} cannot be written ({error.strerror}). Name another folder with --out."
        ) from None


def _facts(clip: JudgedClip) -> dict[str, Any]:
    return {
        "clip": clip.motion.name,
        "prompt": clip.prompt,
        "seconds": round(clip.motion.seconds, 3),
        "mean_speed": round(clip.motion.mean_speed, 4),
        "difficulties": clip.difficulties,
        "alignments": clip.alignments,
    }


def _picture(name: str, purpose: str) -> str:
    return f"{name}-{purpose}.jpg"


def _plain(name: str) -> str:
    """Return a name as a file may be called anywhere."""
    kept = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in name)
    return kept[:_LONGEST_NAME].lstrip(".") or "_"
