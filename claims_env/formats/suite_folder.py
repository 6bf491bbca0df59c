"""A folder or a manifest of clips, as a suite."""

import difflib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from claims_env.errors import MotionError, SuiteError
from claims_env.formats.amass import IMPORTED
from claims_env.formats.clip_file import clip_files, read_clips
from claims_env.formats.npz_clip import load_clip
from claims_env.formats.pickle_file import SUFFIXES as PICKLES
from claims_env.motion import Motion
from claims_env.motion_filter import SHORTEST_S
from claims_env.named_suite import NAMED, AskedSuite, asked_suite, require_complete, shown_name
from claims_env.suite import REAL, Refusal, Suite

__all__ = ["MANIFESTS", "load_clip", "load_suite"]

MANIFESTS = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True)
class _Entry:
    path: Path
    name: str


def load_suite(path: Path) -> Suite:
    """Return the suite in a folder of clips, in a manifest or in a PHC pickle; or a named set.

    A folder's npz files are motions of this package or AMASS-like; a folder without any may hold
    clips of other formats. A manifest is a YAML or JSON list of clips, or
    a mapping of `clips`, `name` and `kind`; a clip is a path, relative to the manifest, or one of
    `path` and `name`. A bad clip, or one under `SHORTEST_S`, is refused by name and the others are
    used. NAME=PATH is a copy of a set of `claims_env.named_suite`, whose clips are counted.

    Raises:
        SuiteError: There is no such folder or manifest, the manifest is malformed, no clip is
            usable, or a named set has another number of clips or other names.
    """
    if (asked := asked_suite(path)) is not None:
        return _load_named(asked)
    if path.is_dir() and not any(path.rglob("*.npz")) and clip_files(path):
        return _convert(path, path.resolve().name, REAL)
    if path.is_file() and path.suffix.lower() in PICKLES:
        return _convert(path, path.stem, REAL)
    if path.is_dir():
        return _gather(path.resolve().name, REAL, list(_folder(path)), path)
    if not path.is_file():
        raise SuiteError(
            f"No suite at {path}. Name a folder of clips, a YAML/JSON list of them, a PHC pickle, "
            f"or NAME=PATH for {', '.join(NAMED)}."
        )
    if path.suffix.lower() not in MANIFESTS:
        raise SuiteError(f"{path} is neither a folder nor one of *{', *'.join(MANIFESTS)}.")
    content = _read_manifest(path)
    entries = [_entry(item, path) for item in content["clips"]]
    return _gather(
        str(content.get("name", path.stem)), str(content.get("kind", REAL)), entries, path
    )


def _load_named(asked: AskedSuite) -> Suite:
    """Return a copy of a named set, if it is what it is called."""
    found = load_suite(asked.path)
    require_complete(asked, [motion.name for motion in found.motions], found.refused)
    name = shown_name(asked, len(found.motions))
    kind = asked.suite.kind if found.kind == REAL else found.kind
    return Suite(name, kind, found.motions, found.refused)


def _convert(path: Path, name: str, kind: str) -> Suite:
    """Return the suite in a file or folder of another format."""
    try:
        clips = read_clips(path)
    except MotionError as error:
        raise SuiteError(str(error)) from None
    motions: list[Motion] = []
    refused = list(clips.refused)
    for motion in clips.motions:
        try:
            motions.append(_long_enough(motion, path))
        except MotionError as error:
            refused.append(Refusal(motion.name, str(error)))
    if not motions:
        raise SuiteError(_nothing_usable(path, refused))
    return Suite(name, _honest(kind, motions), tuple(motions), tuple(refused))


def _gather(name: str, kind: str, entries: Sequence[_Entry], source: Path) -> Suite:
    motions: dict[str, Motion] = {}
    refused: list[Refusal] = []
    for entry in entries:
        try:
            if entry.name in motions:
                raise MotionError(entry.path, f"'{entry.name}' is taken.", "Give it another name.")
            motions[entry.name] = _long_enough(load_clip(entry.path), entry.path).renamed(
                entry.name
            )
        except MotionError as error:
            refused.append(Refusal(entry.name, str(error)))
    if not motions:
        raise SuiteError(_nothing_usable(source, refused))
    return Suite(name, _honest(kind, motions.values()), tuple(motions.values()), tuple(refused))


def _long_enough(motion: Motion, path: Path) -> Motion:
    if motion.seconds < SHORTEST_S:
        raise MotionError(
            path,
            f"it lasts {motion.seconds:.3g} s: {motion.frames} frames at {motion.fps:g} Hz.",
            f"Give a cut of at least {SHORTEST_S} s, or correct its frame rate.",
        )
    return motion


def _honest(kind: str, motions: Iterable[Motion]) -> str:
    """Return the kind, unless it claims real motion for clips that say a generator made them."""
    made_by = sorted({str(m.provenance.get("generator", IMPORTED)) for m in motions} - {IMPORTED})
    return f"generated: {', '.join(made_by)}" if kind == REAL and made_by else kind


def _nothing_usable(source: Path, refused: Sequence[Refusal]) -> str:
    if not refused:
        return f"{source} holds no clip. Put npz motions there, or name another suite."
    told = "; ".join(f"{refusal.name}: {refusal.reason}" for refusal in refused[:3])
    return f"None of the {len(refused)} clip(s) of {source} is usable. The first: {told}"


def _folder(path: Path) -> Iterator[_Entry]:
    for file in sorted(path.rglob("*.npz")):
        inside = file.relative_to(path).with_suffix("")
        yield _Entry(file, "_".join(inside.parts))


def _read_manifest(path: Path) -> dict[str, Any]:
    """Return a manifest as a mapping with a list under `clips`."""
    try:
        text = path.read_text(encoding="utf-8")
        content = json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise SuiteError(f"{path} is not readable: {error}. Expected a list of clips.") from None
    content = {"clips": content} if isinstance(content, list) else content
    if not isinstance(content, dict) or not isinstance(content.get("clips"), list):
        raise SuiteError(f"{path} holds no list of clips. Write `clips: [path, ...]`.")
    _refuse_unknown(content, ("clips", "kind", "name"), str(path))
    return content


def _refuse_unknown(said: dict[str, Any], known: Sequence[str], who: str) -> None:
    unknown = sorted(set(map(str, said)) - set(known))
    if unknown:
        close = difflib.get_close_matches(unknown[0], known, n=1)
        hint = f"Did you mean '{close[0]}'? " if close else ""
        raise SuiteError(f"{who} says {', '.join(unknown)}. {hint}Known: {', '.join(known)}.")


def _entry(item: Any, manifest: Path) -> _Entry:
    given = {"path": item} if isinstance(item, str) else item
    if isinstance(given, dict):
        _refuse_unknown(given, ("name", "path"), f"{manifest}: a clip")
    if not isinstance(given, dict) or not isinstance(given.get("path"), str):
        raise SuiteError(
            f"{manifest}: a clip reads {item!r}. Write its path, or `{{path: ..., name: ...}}`."
        )
    path = manifest.parent / given["path"]
    return _Entry(path, str(given.get("name", path.stem)))
