"""A checkpoint of ProtoMotions as one file: what it learned, with the settings it is read by.

ProtoMotions evaluates `last.ckpt` by the `resolved_configs_inference.pt` beside it, and MaskedMimic
is taught by the checkpoint of a full-body tracker; so one file holds them all. It is a zip, stored
without compression. The same contents give the same bytes.

`python protomotions_bundle.py STAGE=FOLDER... FILE` makes one of what ProtoMotions left in
`results/NAME`, to start a run from. Runs under Python 3.8 with the standard library alone.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import zipfile
from pathlib import Path
from typing import Any

MEMBER = "claims.json"
"""The member every bundle has."""

FORMAT = "claims_env protomotions checkpoint 1"
"""Written into every bundle; readers refuse what they do not know."""

LEARNED = "last.ckpt"
"""What was learned."""

CONFIGS = ("resolved_configs_inference.pt", "resolved_configs.pt")
"""The settings beside it; the first is needed."""

STAGES = ("tracker", "masked")
"""What a bundle may hold: the full-body tracker, and MaskedMimic."""

_EPOCH_OF_ZIP = (1980, 1, 1, 0, 0, 0)


class NoBundle(ValueError):
    """A file is no whole bundle; the message says what is wrong with it."""


def pack(path: Path, stages: dict[str, Path], facts: dict[str, Any]) -> None:
    """Write a bundle, all at once or not at all.

    Args:
        path: Where to.
        stages: For each stage the folder that holds its files.
        facts: What else is known: epoch, samples. JSON-able.

    Raises:
        NoBundle: A stage lacks a file.
    """
    partial = path.with_name("." + path.name + ".partial")
    told = {**facts, "format": FORMAT, "stages": sorted(stages)}
    try:
        with zipfile.ZipFile(str(partial), "w", zipfile.ZIP_STORED) as bundle:
            _add(bundle, MEMBER, json.dumps(told, sort_keys=True).encode())
            for stage in sorted(stages):
                _add_stage(bundle, stage, stages[stage])
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        os.replace(str(partial), str(path))
    finally:
        if partial.exists():
            partial.unlink()


def facts_of(path: Path) -> dict[str, Any]:
    """Return what a bundle says of itself; nothing in it is unpickled.

    Raises:
        NoBundle: It is missing, cut off, or something else.
    """
    try:
        with zipfile.ZipFile(str(path)) as bundle:
            facts = json.loads(bundle.read(MEMBER).decode("utf-8"))
            held = set(bundle.namelist())
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise NoBundle(f"{path} is no checkpoint of ours ({error}).") from error
    if not isinstance(facts, dict) or facts.get("format") != FORMAT:
        raise NoBundle(f"{path} is no checkpoint of the format '{FORMAT}'.")
    needed = {stage + "/" + name for stage in facts["stages"] for name in (LEARNED, CONFIGS[0])}
    if not needed <= held:
        raise NoBundle("{} lacks {}.".format(path, ", ".join(sorted(needed - held))))
    return facts


def unpack(path: Path, folder: Path) -> dict[str, Any]:
    """Write every stage of a bundle into a subfolder of its name; return what it says of itself.

    Raises:
        NoBundle: It is missing, cut off, or something else.
    """
    facts = facts_of(path)
    try:
        with zipfile.ZipFile(str(path)) as bundle:
            for stage in facts["stages"]:
                for name in (LEARNED, *CONFIGS):
                    _extract(bundle, stage, name, folder)
    except (zipfile.BadZipFile, EOFError) as error:
        raise NoBundle(f"{path} is damaged ({error}).") from error
    return facts


def _add_stage(bundle: zipfile.ZipFile, stage: str, folder: Path) -> None:
    for name in (LEARNED, *CONFIGS):
        file = folder / name
        if file.is_file():
            _add(bundle, stage + "/" + name, file)
        elif name != CONFIGS[1]:
            raise NoBundle(f"{file} is missing; without it nothing can be evaluated.")


def _add(bundle: zipfile.ZipFile, name: str, content: bytes | Path) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH_OF_ZIP)
    if isinstance(content, bytes):
        bundle.writestr(entry, content)
        return
    entry.file_size = content.stat().st_size  # decides about the form for large files
    with content.open("rb") as source, bundle.open(entry, "w") as target:
        shutil.copyfileobj(source, target, 1 << 20)


def _extract(bundle: zipfile.ZipFile, stage: str, name: str, folder: Path) -> None:
    # names come from us, not from the file: nothing can be written elsewhere
    if stage not in STAGES or stage + "/" + name not in bundle.namelist():
        return
    path = folder / stage / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with bundle.open(stage + "/" + name) as source, path.open("wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)


def main() -> None:
    """Pack what the command line names."""
    *named, target = sys.argv[1:]
    stages = {stage: Path(folder) for stage, _, folder in (one.partition("=") for one in named)}
    if not stages or not set(stages) <= set(STAGES):
        raise SystemExit(
            "Expected STAGE=FOLDER ({}) and a file to write.".format(" or ".join(STAGES))
        )
    pack(Path(target), stages, {"epoch": 0, "samples": 0})


if __name__ == "__main__":
    main()
