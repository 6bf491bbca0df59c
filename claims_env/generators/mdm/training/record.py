"""The record of a training: one line of JSON per interval."""

import json
from pathlib import Path
from typing import Any

from claims_env.durable_file import write_atomically

NAME = "log.jsonl"


def add_line(folder: Path, line: dict[str, Any]) -> None:
    """Add a line to the record."""
    with (folder / NAME).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


def read_lines(folder: Path) -> list[dict[str, Any]]:
    """Return the record's whole lines."""
    path = folder / NAME
    if not path.exists():
        return []
    content = path.read_text("utf-8")
    # what a crash tore off has no end of line
    return [json.loads(line) for line in content[: content.rfind("\n") + 1].splitlines()]


def drop_after(folder: Path, step: int) -> None:
    """Leave out what was recorded after a step: it is about to be done again."""
    lines = read_lines(folder)
    kept = [line for line in lines if line["step"] <= step]
    text = "".join(json.dumps(line) + "\n" for line in kept)
    path = folder / NAME
    if path.exists() and path.read_text("utf-8") != text:
        write_atomically(path, text.encode())
