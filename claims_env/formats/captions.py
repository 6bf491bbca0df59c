"""Captions: what a folder says about its clips, in text files, in a table, or in their names."""

import csv
import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims_env.captioned_motion import Caption
from claims_env.errors import MotionError

TEXTS = "texts"
"""The folder of HumanML3D-style captions, one file per clip."""

TABLES = ("captions.json", "captions.csv", "metadata.json")
"""Files that may hold the captions of all clips, the first of them that is there."""

FILE_NAMES = "file names"
"""Said of captions made of nothing but the names of the clips."""

NAME_COLUMNS = ("name", "clip", "file", "motion", "id")
TEXT_COLUMNS = ("caption", "text", "description")

Captions = dict[str, list[Caption]]

_NAME_WORD = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{3,}(?![A-Za-z0-9])")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class CaptionSource:
    """Captions as they were found.

    Attributes:
        captions: By the name of a clip, or by its path without suffix.
        name: What they were read from.
        path: Where that lies.
    """

    captions: Mapping[str, Sequence[Caption]]
    name: str
    path: Path


def read_captions(folder: Path) -> CaptionSource:
    """Return the captions of a folder: `texts/NAME.txt`, or else the first of `TABLES`.

    A `metadata.json` counts if it has a list `clips` with names and descriptions. None of these is
    no mistake: clips may speak through their names (`name_words`).

    Raises:
        MotionError: A file of captions is unreadable or malformed.
    """
    texts = folder / TEXTS
    if texts.is_dir():
        files = sorted(texts.rglob("*.txt"))
        return CaptionSource({f.stem: captions_in(f) for f in files}, TEXTS, texts)
    for name in TABLES:
        path = folder / name
        if path.is_file() and (captions := _table(path)):
            return CaptionSource(captions, name, path)
    return CaptionSource({}, FILE_NAMES, folder)


def name_words(stem: str) -> str:
    """Return the words in a file's name: 'ma_cmu135_07_roundHouse' says 'round house'.

    Tokens with digits and those of one or two letters are takes, subjects and abbreviations.
    """
    return " ".join(_NAME_WORD.findall(_CAMEL.sub(" ", stem).replace("_", " "))).lower()


def captions_in(path: Path) -> list[Caption]:
    """Return the captions of a file of HumanML3D's `texts`, a line each.

    Raises:
        MotionError: It cannot be read, or a line is not as expected; file and line are named.
    """
    lines = _content(path).splitlines()
    numbered = enumerate(lines, start=1)
    return [_line(line, f"{path}, line {number}") for number, line in numbered if line.strip()]


def _line(line: str, where: str) -> Caption:
    """Read `caption#tokens#start#end` as HumanML3D writes it, or a bare sentence."""
    parts = line.split("#")
    if len(parts) == 1:
        return Caption(line.strip())
    if len(parts) != 4:
        raise MotionError(
            where, f"it has {len(parts)} parts.", "Write caption#tokens#start#end, or a sentence."
        )
    return _caption(parts[0], parts[2], parts[3], where)


def _table(path: Path) -> Captions:
    try:
        return _csv(path) if path.suffix == ".csv" else _json(path)
    except csv.Error as error:
        cure = "Shorten or mend what it names."
        raise MotionError(path, f"it is no readable table ({error}).", cure) from None
    except RecursionError:
        cure = "Write a sentence per clip, or a list of them."
        raise MotionError(path, "its values are nested too deeply.", cure) from None


def _json(path: Path) -> Captions:
    try:
        content = json.loads(_content(path))
    except ValueError as error:
        raise MotionError(path, f"it is no JSON ({error}).", "Repair or remove it.") from None
    if path.name == "metadata.json":
        return _metadata(content, path)
    if not isinstance(content, dict):
        raise MotionError(path, "it is no mapping.", 'Write {"clip": "caption", ...}.')
    return {_key(name): _said(said, f"{path}, '{name}'") for name, said in content.items()}


def _metadata(content: Any, path: Path) -> Captions:
    """Return the descriptions in a list of clips; of any other metadata nothing."""
    clips = content.get("clips") if isinstance(content, dict) else None
    rows = [row for row in clips if isinstance(row, dict)] if isinstance(clips, list) else []
    found: Captions = {}
    for row in rows:
        name = next((row[k] for k in NAME_COLUMNS if isinstance(row.get(k), str)), None)
        text = next((row[k] for k in TEXT_COLUMNS if isinstance(row.get(k), str)), None)
        if name and text:
            found.setdefault(_key(name), []).append(_caption(text, 0, 0, str(path)))
    return found


def _csv(path: Path) -> Captions:
    reader = csv.DictReader(_content(path).splitlines())
    columns = [column.strip().lower() for column in reader.fieldnames or ()]
    reader.fieldnames = columns
    name, text = _column(columns, NAME_COLUMNS, path), _column(columns, TEXT_COLUMNS, path)
    found: Captions = {}
    for row in reader:
        where = f"{path}, line {reader.line_num}"
        start, end = row.get("start_s") or 0, row.get("end_s") or 0
        found.setdefault(_key(row[name] or ""), []).append(
            _caption(row[text] or "", start, end, where)
        )
    return found


def _column(columns: Sequence[str], wanted: Sequence[str], path: Path) -> str:
    for name in wanted:
        if name in columns:
            return name
    raise MotionError(
        path,
        f"its first line names {', '.join(columns) or 'nothing'}.",
        f"Name a column {' or '.join(wanted)}; start_s and end_s are optional.",
    )


def _said(said: Any, where: str) -> list[Caption]:
    """Read a sentence, a mapping with times, or a list of either."""
    if isinstance(said, list):
        return [caption for one in said for caption in _said(one, where)]
    if isinstance(said, str):
        return [_caption(said, 0, 0, where)]
    text = said.get("caption", said.get("text")) if isinstance(said, dict) else None
    if isinstance(said, dict) and isinstance(text, str):
        return [_caption(text, said.get("start_s") or 0, said.get("end_s") or 0, where)]
    raise MotionError(
        where,
        f"it reads {said!r}.",
        "Write a sentence, or {caption: ..., start_s: ..., end_s: ...}.",
    )


def _caption(text: str, start: Any, end: Any, where: str) -> Caption:
    """Return a caption; 0 to 0, and NaN, which HumanML3D has too, mean the whole clip."""
    try:
        first, last = float(start), float(end)
    except (TypeError, ValueError, OverflowError):
        raise MotionError(where, f"times read {start!r}, {end!r}.", "Give seconds.") from None
    first, last = (0.0 if math.isnan(t) else t for t in (first, last))
    if first < 0 or last < 0 or 0 < last <= first or math.isinf(first + last):
        raise MotionError(where, f"it goes from {first:g} to {last:g} s.", "End after the start.")
    return Caption(text.strip(), first, last or None)


def _key(name: str) -> str:
    return name.strip().removesuffix(".npz").replace("\\", "/")


def _content(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise MotionError(path, f"it cannot be read ({error}).", "Save it as UTF-8.") from None


def listed(names: Iterable[str], most: int = 3) -> str:
    """Return the first few names and how many more there are."""
    known = sorted(names)
    rest = f" and {len(known) - most} more" if len(known) > most else ""
    return ", ".join(known[:most]) + rest
