"""The form of the answer: reasons before choices, since models write from left to right."""

from collections.abc import Sequence
from typing import Any

from claims_env.agents.llm.menu import Menu, choices
from claims_env.briefing import Sight
from claims_env.llm_config import LlmConfig

REASONS = {"harder": "harder", "variables": "variables", "template_reason": "template"}
"""The fields that hold reasons, and what records call them: tasks A to C of App. C.4."""

_TEXT = {"type": "string"}


def comparisons(sight: Sight) -> tuple[str, ...]:
    """Return what of a group is compared: only what is shown."""
    shown = (("tracker", sight.metrics), ("judges", sight.judges))
    return tuple(name for name, is_shown in shown if is_shown) or ("prompts",)


def answer_form(menu: Menu, labels: Sequence[int], config: LlmConfig) -> dict[str, Any]:
    """Return the schema of an answer about these sets; every choice is one of a closed list.

    The domain is asked for only to be said again: an answer that belongs to another question shows
    it there.
    """
    compared = comparisons(Sight(metrics=config.metrics, judges=config.judges))
    entries = {"type": "array", "items": entry_form(menu, labels, config)}
    domain = {"type": "string", "enum": [menu.domain]}
    return _object({"domain": domain, **dict.fromkeys(compared, _TEXT), "sets": entries})


def entry_form(menu: Menu, labels: Sequence[int], config: LlmConfig) -> dict[str, Any]:
    """Return the schema of what is said of one set."""
    number = {"type": "integer", "minimum": min(labels), "maximum": max(labels)}
    prompt: dict[str, Any] = {"prompt": _TEXT}
    if config.format == "ids":
        prompt = {name: {"type": "string", "enum": ids} for name, ids in choices(menu).items()}
    return _object({"set": number, **dict.fromkeys(REASONS, _TEXT), **prompt})


def _object(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }
