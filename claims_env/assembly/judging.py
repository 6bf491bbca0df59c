"""What judging needs of the rooms beside the judges: clips with tiers, charts, pictures."""

import importlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from claims_env.assembly.judges import judge_pictures
from claims_env.assembly.planning import load_clips
from claims_env.chat import Picture
from claims_env.chat_config import ChatConfig
from claims_env.motion import Motion
from claims_env.reliability import JudgeReliability
from claims_env.suite import Refusal
from claims_env.tiered_clips import TieredClip

INDEX = "index.json"
"""What `claims-env generate` lists its clips in, with their tiers."""


def load_tiered_clips(path: Path) -> tuple[list[TieredClip], list[Refusal]]:
    """Return the clips of a folder or manifest, with the tiers and prompts their index tells.

    The index is the one `claims-env generate` writes. A clip it does not name has no tier, and the
    prompt its provenance tells, if any.

    Raises:
        MotionError: The one file that is named holds no motion.
        SuiteError: There is no usable clip.
    """
    motions, refused = load_clips([path])
    folder = path.expanduser()
    entries = _index(folder if folder.is_dir() else folder.parent)
    return [_tiered(motion, entries.get(motion.name, {})) for motion in motions], refused


def plain_pictures(chat: ChatConfig) -> Callable[[Motion, str], Picture]:
    """Return what draws the pictures a language model would be shown, whichever it is.

    Raises:
        ConfigError: The body model cannot be used.
    """
    return judge_pictures("compatible:any", chat)


def tier_chart(title: str, judges: Sequence[JudgeReliability]) -> str:
    """Return judges' mean scores per tier with their intervals, as SVG text."""
    drawing: str = importlib.import_module("claims_env.analysis.tier_chart").tier_chart(
        title, judges
    )
    return drawing


def _tiered(motion: Motion, entry: dict[str, Any]) -> TieredClip:
    tier = entry.get("tier")
    text = entry.get("text") or motion.provenance.get("prompt") or ""
    return TieredClip(motion, tier if type(tier) is int else None, str(text))


def _index(folder: Path) -> dict[str, dict[str, Any]]:
    """Return an index's entries by clip; nothing if there is none that can be read."""
    try:
        content: Any = json.loads((folder / INDEX).read_bytes())
        return {entry["name"]: entry for entry in content["clips"]}
    except (OSError, ValueError, TypeError, KeyError):
        return {}
