"""Clips that earlier calls left in a folder, as its index tells them."""

import json
from collections.abc import Mapping, Sequence, Set
from pathlib import Path
from typing import Any

from claims_env.rendering import Caption

FORMAT = "claims_env clips 1"
INDEX = "index.json"


def earlier_entries(folder: Path, facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what a folder's index says of its clips; nothing if it has none that can be read.

    Args:
        folder: Where the index is.
        facts: What is true of the clips made now. What the index says otherwise stands in each
            entry returned, such as another generator.
    """
    try:
        index = json.loads((folder / INDEX).read_bytes())
    except (OSError, ValueError):
        return []
    if not isinstance(index, dict) or index.get("format") != FORMAT:
        return []
    other = {key: index[key] for key in facts if key in index and index[key] != facts[key]}
    return [{**other, **entry} for entry in index.get("clips", []) if _is_entry(entry)]


def still_there(
    entries: Sequence[dict[str, Any]], folder: Path, replaced: Set[str]
) -> list[dict[str, Any]]:
    """Return the entries of clips that have all their files and were not made anew."""
    return [
        entry
        for entry in entries
        if entry["name"] not in replaced
        and all((folder / file["name"]).is_file() for file in entry["files"].values())
    ]


def caption_of(entry: Mapping[str, Any]) -> Caption:
    """Return what stands above a clip's pictures."""
    told = "passes the filter" if entry["passed"] else f"refused: {' '.join(entry['reasons'])}"
    drawn_by = entry.get("seeding", f"seed {entry['seed']}")
    return Caption(entry["text"], entry.get("tier"), f"{drawn_by}, {told}")


def _is_entry(entry: Any) -> bool:
    """Return whether an index's entry has what is read of it here."""
    return (
        isinstance(entry, dict)
        and {"name", "text", "seed", "passed", "reasons", "files"} <= entry.keys()
        and "npz" in entry["files"]
    )
