"""A folder of clips with captions, for generators that look up rather than make up."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from claims_env.captioned_motion import Caption, CaptionedFolder, CaptionedMotion
from claims_env.errors import MotionError
from claims_env.formats.captions import CaptionSource, listed, name_words, read_captions
from claims_env.formats.foreign_files import describe_foreign
from claims_env.formats.suite_folder import load_clip
from claims_env.motion import Motion
from claims_env.named_suite import official_set
from claims_env.suite import Refusal

LICENCE_STEMS = ("licence", "license", "copying", "notice")
"""How the names of licence files begin, in lower case."""


def load_captioned(folder: Path) -> CaptionedFolder:
    """Return the clips of a folder with what is said about each.

    Clips are npz files of this package or AMASS-like, in subfolders too. Captions come from
    `read_captions`; a clip they leave out speaks through its file name. What cannot be used (a
    damaged file, a clip without a word) is refused by name and the others are used.

    Raises:
        MotionError: There is no such folder, no npz in it, no usable clip, or captions of which
            none is about a clip that is there.
    """
    official = official_set(folder)
    if official is not None:
        raise MotionError(
            folder,
            f"it is called as the official release calls the set '{official}', for evaluation.",
            f"Nothing may learn from it; evaluate on it with --suite {official}={folder}.",
        )
    if not folder.is_dir():
        raise MotionError(folder, "there is no such folder.", "Name a folder of npz clips.")
    paths = sorted(folder.rglob("*.npz"))
    if not paths:
        raise MotionError(folder, *describe_foreign(folder))
    source = read_captions(folder)
    clips: list[CaptionedMotion] = []
    refused = _about_nothing(source, paths, folder)
    for path in paths:
        try:
            clips.append(_clip(path, folder, source))
        except MotionError as error:
            refused.append(Refusal(_inside(path, folder), str(error)))
    if not clips:
        told = "; ".join(refusal.reason for refusal in refused[:3])
        raise MotionError(
            folder, f"none of its {len(paths)} clip(s) is usable. The first: {told}", "Mend one."
        )
    return CaptionedFolder(
        folder.resolve().name, tuple(clips), source.name, _licences(folder), tuple(refused)
    )


def _clip(path: Path, folder: Path, source: CaptionSource) -> CaptionedMotion:
    inside = _inside(path, folder)
    motion = load_clip(path).renamed(inside.replace("/", "_"))
    if "evaluation_only" in motion.provenance:
        raise MotionError(
            path,
            f"it is of the set '{motion.provenance['evaluation_only']}', which is for evaluation.",
            "Nothing may learn from it: take it out, and name the set with --suite.",
        )
    said = [caption for key in _keys(path, folder) for caption in source.captions.get(key, ())]
    captions = said or [Caption(name_words(path.stem))]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return CaptionedMotion(
        motion, _within(captions, motion, path), path.relative_to(folder).as_posix(), digest
    )


def _within(captions: Sequence[Caption], motion: Motion, path: Path) -> tuple[Caption, ...]:
    """Return the captions that say something about a time the clip has."""
    telling = tuple(caption for caption in captions if caption.text)
    if not telling:
        raise MotionError(
            path, "no caption describes it, and its name holds no word.", "Write a caption."
        )
    timely = tuple(caption for caption in telling if caption.start_s < motion.seconds)
    if not timely:
        start = min(caption.start_s for caption in telling)
        raise MotionError(
            path,
            f"its captions begin at {start:g} s, and it lasts {motion.seconds:.3g} s.",
            "Correct the times.",
        )
    return timely


def _about_nothing(source: CaptionSource, paths: Sequence[Path], folder: Path) -> list[Refusal]:
    """Return one refusal for all the captions whose clip is not there.

    Raises:
        MotionError: No caption is about a clip that is there.
    """
    there = {key for path in paths for key in _keys(path, folder)}
    missing = set(source.captions) - there
    if source.captions and not there & set(source.captions):
        raise MotionError(
            source.path,
            f"it describes {listed(missing)}, and no clip of the folder.",
            f"Clips there are called {listed(path.stem for path in paths)}.",
        )
    if not missing:
        return []
    told = f"{source.path}: {len(missing)} clip(s) it describes are not there: {listed(missing)}."
    return [Refusal(source.name, told)]


def _keys(path: Path, folder: Path) -> tuple[str, ...]:
    """Return the names captions may know a clip by, none of them twice."""
    inside = _inside(path, folder)
    return tuple(dict.fromkeys((inside, inside.replace("/", "_"), path.stem)))


def _inside(path: Path, folder: Path) -> str:
    return path.relative_to(folder).with_suffix("").as_posix()


def _licences(folder: Path) -> tuple[str, ...]:
    files = (path for path in folder.iterdir() if path.is_file())
    return tuple(sorted(p.name for p in files if p.name.lower().startswith(LICENCE_STEMS)))
