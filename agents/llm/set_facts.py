"""One set as a line of JSON: what a model is told of it, and nothing it could take for an order."""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from claims_env.agents.llm.menu import Menu, ids_of
from claims_env.briefing import SetView, Sight, Tracked
from claims_env.judge import Difficulty
from claims_env.plain_words import plain

DESCRIPTORS = (
    "action_sequence",
    "technical_complexity",
    "movement_intensity",
    "balance_requirement",
)
"""What of a judge's analysis is told (App. C.4); how the moves join is not."""

_NAME = 80
"""Most characters of a judge's name."""


def told_sets(labels: Mapping[int, SetView], menu: Menu, sight: Sight, form: str) -> str:
    """Return the sets, a line for each.

    Args:
        labels: The sets by the number they have in the question.
        menu: The words of their domain.
        sight: What may be told.
        form: What is answered with: where it is 'ids', those of a prompt's words are told too, and
            where it is 'free', not even the tiers are.
    """
    facts = (_facts(label, s, menu, sight, form) for label, s in labels.items())
    return "\n".join(map(as_data, facts))


def told_failures(failures: Sequence[tuple[str, str]]) -> str:
    """Return prompts that failed, a line for each: what became of it, and its sentence."""
    return "\n".join(as_data({kind: text}) for kind, text in failures)


def as_data(value: Any) -> str:
    """Return a value as JSON in one line that cannot close the fence it stands in."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")


def _facts(label: int, s: SetView, menu: Menu, sight: Sight, form: str) -> dict[str, Any]:
    facts: dict[str, Any] = {"set": label, "prompt": plain(s.prompt.text, 1000)}
    if form == "ids":
        facts["ids"] = ids_of(menu, s.prompt)
    if form != "free":
        facts["tiers"] = {slot: s.prompt.slots[slot].tier for slot in s.prompt.said}
    if sight.metrics:
        facts["tracker"] = _figures(s.tracked)
    if sight.judges:
        facts["judges"] = {plain(name, _NAME): _rating(r) for name, r in s.ratings.items()}
    return facts


def _figures(tracked: Tracked | None) -> dict[str, Any] | None:
    if tracked is None:
        return None
    return {
        "success": "yes" if tracked.success else "no",
        "global_mpjpe_mm": _rounded(tracked.g_mpjpe),
        "local_mpjpe_mm": _rounded(tracked.l_mpjpe),
        "velocity_error_mm_per_frame": _rounded(tracked.vel_dist),
        "acceleration_error_mm_per_frame2": _rounded(tracked.acc_dist),
    }


def _rating(rating: Difficulty) -> dict[str, Any]:
    said = {name: plain(rating.descriptors.get(name, "")) for name in DESCRIPTORS}
    told = {name: text for name, text in said.items() if text}
    return {"difficulty": rating.score, **told, "reason": plain(rating.rationale)}


def _rounded(error: float) -> float | None:
    """Return an error to two digits behind the point; None where there is none."""
    return round(error, 2) if math.isfinite(error) else None
