"""ProtoMotions' list of motions: a YAML file whose order says which clip is which.

ProtoMotions numbers clips by their order and keeps no names. Its list names files relative to
itself, each with a weight: `.motion` files, which its own converter writes beside npz files. Here a
list is written with npz beside it, and read through the npz that lies beside each `.motion`.
Source: ProtoMotions' components/motion_lib.py and data/scripts/convert_amass_to_proto.py.
"""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from claims_env.durable_file import write_atomically
from claims_env.errors import MotionError
from claims_env.formats.npz_clip import load_clip
from claims_env.motion import Motion, save_motion
from claims_env.suite import Refusal

CONVERTED = ".motion"
"""What ProtoMotions' converter writes beside each npz."""

_CUT = ("sub_motions", "start", "end", "timings")
"""What older lists say of parts of a clip, which nothing here can honour."""


WEIGHT = "weight"
"""What the provenance calls how often a clip is drawn."""


def is_list(content: Any) -> bool:
    """Return whether this is what a list of ProtoMotions holds."""
    return isinstance(content, dict) and isinstance(content.get("motions"), list)


def read_protomotions(path: Path) -> tuple[list[Motion], list[Refusal]]:
    """Return the clips of a list in its order, and those that cannot be used.

    A clip's weight and place in the list are kept in its provenance.

    Raises:
        MotionError: The list is missing or malformed.
    """
    motions: list[Motion] = []
    refused: list[Refusal] = []
    items = _items(path)
    names = _names(items)
    for index, item in enumerate(items):
        where = f"{path}, motion {index}"
        try:
            file, weight = _entry(item, path, where)
            if any(names[index] == other.name for other in motions):
                raise MotionError(where, f"'{names[index]}' is taken.", "Rename one of the files.")
            told = {"protomotions_index": index, WEIGHT: weight}
            motions.append(load_clip(file).with_provenance(**told).renamed(names[index]))
        except MotionError as error:
            refused.append(Refusal(f"motion {index}", str(error)))
    return motions, refused


def write_protomotions(motions: Sequence[Motion], path: Path) -> list[Path]:
    """Write a list with the clips' npz in a folder beside it; return every file written.

    The folder is called after the list, with one folder in it, as the converter wants it. Names
    become what the converter would make of them.

    Raises:
        MotionError: Two motions would have one file.
    """
    files = list_files(motions, path)
    files[0].parent.mkdir(parents=True, exist_ok=True)
    for motion, file in zip(motions, files, strict=True):
        save_motion(motion.renamed(file.stem), file)
    listed = [
        {
            "file": file.with_suffix(CONVERTED).relative_to(path.parent).as_posix(),
            "weight": float(motion.provenance.get(WEIGHT, 1.0)),
        }
        for motion, file in zip(motions, files, strict=True)
    ]
    text = yaml.safe_dump({"motions": listed}, sort_keys=False, allow_unicode=True)
    write_atomically(path, text.encode())
    return [*files, path]


def list_files(motions: Sequence[Motion], path: Path) -> list[Path]:
    """Return where a list's clips are written.

    Raises:
        MotionError: Two motions would have one file.
    """
    folder = path.with_name(f"{_plain(path.stem)}_clips") / "npz"
    names = [_plain(motion.name) for motion in motions]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise MotionError(path, f"two clips would be called '{twice[0]}'.", "Rename one of them.")
    return [folder / f"{name}.npz" for name in names]


def _items(path: Path) -> list[Any]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise MotionError(path, "there is no such file.", "Check the path.") from None
    except (OSError, ValueError, yaml.YAMLError, RecursionError) as error:
        raise MotionError(path, f"it is no readable YAML ({error}).", "Write it again.") from None
    if not is_list(content) or not content["motions"]:
        raise MotionError(
            path, "it lists no motions.", "Write `motions:` with `- file: NAME.motion` below it."
        )
    items: list[Any] = content["motions"]
    return items


def _entry(item: Any, path: Path, where: str) -> tuple[Path, float]:
    """Return the npz of an entry, and its weight."""
    if not isinstance(item, dict) or not isinstance(item.get("file"), str):
        raise MotionError(where, "it names no file.", "Write `- file: NAME.motion`.")
    if cut := [key for key in _CUT if key in item]:
        raise MotionError(
            where,
            f"it says '{cut[0]}', a part of a clip.",
            "Cut the clip, and list the whole of it.",
        )
    weight = item.get("weight", 1.0)
    if not isinstance(weight, int | float) or isinstance(weight, bool) or not 0 <= weight < 1e9:
        raise MotionError(where, f"'weight' is {weight!r}.", "Expected a number from 0 on.")
    file = path.parent / item["file"]
    if file.suffix != CONVERTED:
        return file, float(weight)
    npz = file.with_suffix(".npz")
    if not npz.is_file():
        raise MotionError(
            where,
            f"there is no {npz}, and {CONVERTED} files are not read.",
            "Put the npz there that it was converted from.",
        )
    return npz, float(weight)


def _names(items: Sequence[Any]) -> list[str]:
    """Return what clips are called: after their files, and where these are alike, folders too."""
    files = [
        Path(str(item.get("file", ""))) if isinstance(item, dict) else Path() for item in items
    ]
    stems = Counter(file.stem for file in files)
    return [
        file.stem if stems[file.stem] == 1 else "_".join(file.with_suffix("").parts)
        for file in files
    ]


def _plain(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_]", "_", name)
