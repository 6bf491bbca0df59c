"""Files and folders of clips in any format: what each is, told by suffix and content, and read."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import yaml

from claims_env.clip_format import READABLE, ReadClips
from claims_env.errors import MotionError, UnknownName
from claims_env.formats.amass import import_amass
from claims_env.formats.bvh import import_bvh
from claims_env.formats.bvh_text import decoded
from claims_env.formats.deepmimic import import_deepmimic
from claims_env.formats.foreign_files import describe_foreign
from claims_env.formats.npz_clip import is_ours
from claims_env.formats.phc_pkl import read_phc
from claims_env.formats.pickle_file import SUFFIXES as PICKLES
from claims_env.formats.protomotions_yaml import is_list, read_protomotions
from claims_env.motion import Motion, load_motion
from claims_env.named_suite import official_set
from claims_env.suite import Refusal

_LISTS = (".yaml", ".yml")
_TEXTS = (".txt", ".json")

_Clips = tuple[Sequence[Motion], Sequence[Refusal]]


def recognise(path: Path) -> str:
    """Return the format of a file, a key of `READABLE`, by its suffix and what is in it.

    Raises:
        MotionError: There is no such file, or it is none of them.
    """
    if not path.exists():
        raise MotionError(path, "there is no such file or folder.", "Check the path.")
    suffix = path.suffix.lower()
    if suffix == ".npz":
        return "claims" if is_ours(path) else "amass"
    if suffix in PICKLES:
        return "phc"
    if suffix in _LISTS and _is_protomotions(path):
        return "protomotions"
    if suffix == ".bvh" or decoded(_start(path)).split()[:1] == ["HIERARCHY"]:
        return "bvh"
    if suffix in _TEXTS and _is_deepmimic(path):
        return "deepmimic"
    told = "; ".join(f"{kind}: {what}" for kind, what in READABLE.items())
    raise MotionError(
        path, "it is in no format that is known here.", f"Name it with --from, if it is one. {told}"
    )


def read_clips(
    path: Path, kind: str | None = None, *, trans_is_pelvis: bool | None = None
) -> ReadClips:
    """Return the clips in a file, or in all files of a folder and its subfolders.

    A clip that alone is in its file is named after it; in a folder, after the folders on the way
    too. In a folder, what cannot be used is refused by name and the others are used.

    Args:
        path: The file or folder.
        kind: The format, a key of `READABLE`; None lets suffix and content say.
        trans_is_pelvis: Of AMASS-like files, whether `trans` is the pelvis; None lets them say.

    Raises:
        MotionError: The one file cannot be used, or no file of the folder is a clip's.
        UnknownName: There is no such format.
    """
    if kind is not None and kind not in READABLE:
        raise UnknownName("clip format", kind, READABLE)
    if path.is_dir():
        return _read_folder(path, kind, trans_is_pelvis)
    kind = kind or recognise(path)
    motions, refused = _read(path, kind, trans_is_pelvis)
    if not motions and refused:
        told = "; ".join(refusal.reason for refusal in refused[:3])
        raise MotionError(
            path, f"none of its {len(refused)} clip(s) is usable.", f"The first: {told}"
        )
    return ReadClips((kind,) * len(motions), tuple(motions), tuple(refused))


def clip_files(folder: Path) -> list[Path]:
    """Return the files in a folder and its subfolders that look like clips', in their order.

    Lists are left out: what they name lies there too.
    """
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and _looks_like_clip(path)]


def _looks_like_clip(path: Path) -> bool:
    suffix = path.suffix.lower()
    if path.name.startswith("."):
        return False
    return suffix in (".npz", ".bvh", *PICKLES) or (suffix in _TEXTS and _is_deepmimic(path))


def _read(path: Path, kind: str, trans_is_pelvis: bool | None) -> _Clips:
    if kind == "phc":
        motions, refused = read_phc(path)
        official = official_set(path)
        return [_only_evaluated(motion, official) for motion in motions], refused
    if kind == "protomotions":
        return read_protomotions(path)
    single: dict[str, Callable[[Path], Motion]] = {
        "claims": lambda file: load_motion(file).renamed(file.stem),
        "amass": lambda file: import_amass(file, trans_is_pelvis=trans_is_pelvis),
        "bvh": import_bvh,
        "deepmimic": import_deepmimic,
    }
    return [single[kind](path)], []


def _only_evaluated(motion: Motion, official: str | None) -> Motion:
    """Return the motion, marked if it is of a set that nothing may learn from."""
    return motion if official is None else motion.with_provenance(evaluation_only=official)


def _read_folder(folder: Path, kind: str | None, trans_is_pelvis: bool | None) -> ReadClips:
    files = clip_files(folder)
    if not files:
        raise MotionError(folder, *describe_foreign(folder))
    kinds: list[str] = []
    motions: dict[str, Motion] = {}
    refused: list[Refusal] = []
    for file in files:
        inside = "_".join(file.relative_to(folder).with_suffix("").parts)
        try:
            found_kind = kind or recognise(file)
            found, bad = _read(file, found_kind, trans_is_pelvis)
        except MotionError as error:
            refused.append(Refusal(inside, str(error)))
            continue
        refused += bad
        for motion in found:
            name = motion.name if found_kind == "phc" else inside
            if name in motions:
                told = MotionError(file, f"'{name}' is taken.", "Give it another name.")
                refused.append(Refusal(name, str(told)))
                continue
            motions[name] = motion.renamed(name)
            kinds.append(found_kind)
    return ReadClips(tuple(kinds), tuple(motions.values()), tuple(refused))


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(200)
    except OSError as error:
        raise MotionError(path, f"it cannot be read ({error.strerror}).", "Check it.") from None


def _is_protomotions(path: Path) -> bool:
    try:
        return is_list(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, yaml.YAMLError, RecursionError):
        return False


def _is_deepmimic(path: Path) -> bool:
    if b'"Frames"' not in _start(path) and path.suffix.lower() != ".json":
        return False
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        # named Frames at its start, and damaged: the reader says how
        return b'"Frames"' in _start(path)
    return isinstance(content, dict) and "Frames" in content
