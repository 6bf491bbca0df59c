"""How hard is a motion? The question put to a model that knows nothing of it but its picture."""

from collections.abc import Mapping
from typing import Any

from claims_env.chat import Picture, Question
from claims_env.judge import Difficulty
from claims_env.judges.prompt_text import PromptText
from claims_env.motion import Motion
from claims_env.plain_words import plain

DIFFICULTY_FRAMES = 15
"""Key frames the judges of difficulty see (App. D.3)."""

DESCRIPTORS = (
    "action_sequence",
    "technical_complexity",
    "movement_intensity",
    "balance_requirement",
    "continuity",
)
"""The paper's five (Sec. 3.4)."""

_NOTE = {"type": "string"}
_FIELDS: dict[str, Any] = {
    **dict.fromkeys(DESCRIPTORS, _NOTE),
    "rationale": _NOTE,
    "difficulty": {"type": "integer", "minimum": 1, "maximum": 10},
}

SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": _FIELDS,
    "required": list(_FIELDS),
    "additionalProperties": False,
}
"""The form of the answer: the score comes last, after the reasons for it."""


def difficulty_question(text: PromptText, motion: Motion, picture: Picture) -> Question:
    """Return the question; of the motion only its length is told."""
    messages = text.messages(
        picture,
        frames=str(min(DIFFICULTY_FRAMES, motion.frames)),
        seconds=f"{motion.seconds:.1f}",
    )
    return Question(messages, "difficulty", text.version, schema=SCHEMA)


def difficulty_of(said: Mapping[str, Any]) -> Difficulty:
    """Return what an answer says."""
    return Difficulty(
        score=said["difficulty"],
        rationale=plain(said["rationale"]),
        descriptors={name: plain(said[name]) for name in DESCRIPTORS},
    )
