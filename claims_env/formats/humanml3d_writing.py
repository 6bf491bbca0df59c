"""Writes motions and what is said of them as a data set in HumanML3D's layout."""

import errno
import io
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from claims_env.captioned_motion import Caption
from claims_env.durable_file import write_atomically
from claims_env.errors import MotionError, OutputError
from claims_env.formats.humanml3d_folder import SPLITS, HumanML3DFolder
from claims_env.humanml3d import captioned, encode_joints, joints_of, mean_and_std
from claims_env.motion import Motion
from claims_env.rotation import Floats
from claims_env.suite import Refusal

_HELD_OUT = {"val": 0.05, "test": 0.15}
"""Shares of clips no training sees, about HumanML3D's own."""

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")

_PLAIN = re.compile(r"[A-Za-z0-9_-][\w.-]*", re.ASCII)


def write_humanml3d(
    folder: Path, clips: Iterable[tuple[Motion, Sequence[Caption]]], *, seed: int = 0
) -> tuple[Refusal, ...]:
    """Write a data set to learn from, and return what was left out, each with its reason.

    Clips become features at 20 fps on HumanML3D's body. One in five is held out (val, test), and
    mean and deviation are taken from the others. Files come whole or not at all, train.txt last:
    where it is, the data set is complete. The same clips and seed give the same bytes.

    Args:
        folder: A new one, or an empty one.
        clips: Motions under names of their own, and what is said of each. Read once.
        seed: What the splits are drawn with.

    Raises:
        OutputError: The folder holds something, or cannot be written.
        MotionError: No clip is usable.
    """
    place = HumanML3DFolder(folder)
    _see_empty(folder)
    names, refused = _write_clips(place, clips)
    if not names:
        told = "; ".join(refusal.reason for refusal in refused[:3])
        raise MotionError(folder, f"no clip is usable. {told}", "Give one with a caption.")
    splits = _splits(names, seed)
    mean, std = mean_and_std(np.load(place.features_of(name)) for name in splits["train"])
    _write(place.mean, _array(mean))
    _write(place.std, _array(std))
    for split in reversed(SPLITS):
        _write(place.split(split), "".join(f"{n}\n" for n in splits[split]).encode())
    return tuple(refused)


def _see_empty(folder: Path) -> None:
    with _explained(folder):
        there = sorted(path.name for path in folder.iterdir()) if folder.exists() else []
    if there:
        raise OutputError(f"{folder} already holds {there[0]}. Name a new or an empty folder.")


def _write_clips(
    place: HumanML3DFolder, clips: Iterable[tuple[Motion, Sequence[Caption]]]
) -> tuple[list[str], list[Refusal]]:
    # by their lower case: some file systems do not tell A from a
    names: dict[str, str] = {}
    refused: list[Refusal] = []
    for motion, captions in clips:
        try:
            _check_name(motion.name, names)
            features, lines = _content(motion, captions)
        except MotionError as error:
            refused.append(Refusal(motion.name, str(error)))
            continue
        _write(place.text_of(motion.name), lines.encode())
        _write(place.features_of(motion.name), _array(features))
        names[motion.name.lower()] = motion.name
    return list(names.values()), refused


def _content(motion: Motion, captions: Sequence[Caption]) -> tuple[Floats, str]:
    lines = "".join(_line(motion, caption) for caption in captions)
    features = encode_joints(joints_of(motion)).astype(np.float32)
    captioned(motion.name, features, captions)
    return features, lines


def _line(motion: Motion, caption: Caption) -> str:
    """Return a caption's line; its tokens carry no parts of speech, which no generator reads."""
    words = _WORD.findall(caption.text.lower())
    if not words or "#" in caption.text or not caption.text.isprintable():
        raise MotionError(
            motion.name,
            f"its caption reads {caption.text!r}.",
            "Write a sentence of at least one word, in one line and without '#'.",
        )
    tokens = " ".join(f"{word}/OTHER" for word in words)
    whole = caption.start_s == 0 and caption.end_s is None
    end = 0.0 if whole else motion.seconds if caption.end_s is None else caption.end_s
    return f"{caption.text}#{tokens}#{float(caption.start_s)!r}#{float(end)!r}\n"


def _check_name(name: str, taken: Container[str]) -> None:
    if not _PLAIN.fullmatch(name):
        raise MotionError(
            name, "this cannot name a file.", "Rename it with letters, digits, '_', '-', '.'."
        )
    if name.lower() in taken:
        raise MotionError(name, "another clip has that name.", "Rename one of them.")


def _splits(names: Sequence[str], seed: int) -> dict[str, list[str]]:
    """Return the names of each split, in the order given; few clips are all trained on."""
    drawn = np.random.default_rng(seed).permutation(len(names))
    start, chosen = 0, dict[str, set[int]]()
    for split, share in _HELD_OUT.items():
        count = round(share * len(names))
        chosen[split] = {int(i) for i in drawn[start : start + count]}
        start += count
    chosen["train"] = set(range(len(names))) - chosen["val"] - chosen["test"]
    return {split: [names[i] for i in sorted(chosen[split])] for split in SPLITS}


def _array(array: Floats) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


def _write(path: Path, content: bytes) -> None:
    with _explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, content, lasting=False)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn the operating system's refusals into ours."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        cure = "Make room there" if full else "Make it writable"
        raise OutputError(
            f"{path} cannot be written ({error.strerror}); the data set is incomplete. {cure}, "
            "and begin again in an empty folder."
        ) from error
