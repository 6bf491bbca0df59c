"""Does a motion show its prompt? The question put to a model, and what its answer comes to."""

from collections.abc import Mapping, Sequence
from typing import Any

from claims_env.chat import Picture, Question
from claims_env.judge import Alignment, Verdict
from claims_env.judges.prompt_text import PromptText
from claims_env.motion import Motion
from claims_env.plain_words import plain, quoted
from claims_env.prompt import Prompt

ALIGNMENT_FRAMES = 60
"""Key frames the judges of alignment see (App. D.3)."""

DOMAINS = ("combat", "dance", "gymnastics", "martial_arts", "sport")
"""The paper's, for whoever has no library at hand."""

OTHER = "other"
"""The domain of what belongs to none."""

BANDS: Mapping[Verdict, tuple[int, int]] = {
    "aligned": (60, 100),
    "partial": (20, 79),
    "mismatch": (0, 39),
}
"""Scores that go with each verdict, as the text says; where two overlap both are sensible."""

_FIELD = 200
"""Most characters of each of the three notes (App. D.3's official form)."""


def alignment_question(
    text: PromptText, motion: Motion, prompt: Prompt, picture: Picture, domains: Sequence[str]
) -> Question:
    """Return the question; the prompt is quoted in it as data.

    Args:
        text: What is asked.
        motion: What is shown; only its length is told.
        prompt: What it should show.
        picture: Of the motion.
        domains: Which the model may choose from, besides 'other'.
    """
    messages = text.messages(
        picture,
        frames=str(min(ALIGNMENT_FRAMES, motion.frames)),
        seconds=f"{motion.seconds:.1f}",
        prompt=quoted(prompt.text),
        domains=", ".join([*domains, OTHER]),
    )
    return Question(messages, "alignment", text.version, schema=alignment_schema(domains))


def alignment_schema(domains: Sequence[str]) -> dict[str, Any]:
    """Return the form of the answer: notes before marks, since models write from left to right."""
    note = {"type": "string"}
    fields: dict[str, Any] = {
        "frame_observation": note,
        "prompt_overlap": note,
        "missing_elements": note,
        "score": {"type": "integer", "minimum": 0, "maximum": 100},
        "verdict": {"type": "string", "enum": list(BANDS)},
        "difficulty": {"type": "integer", "minimum": 1, "maximum": 10},
        "domain": {"type": "string", "enum": [*domains, OTHER]},
    }
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def alignment_of(said: Mapping[str, Any]) -> Alignment:
    """Return what an answer says. A verdict its score contradicts stands, and is marked."""
    low, high = BANDS[said["verdict"]]
    return Alignment(
        score=said["score"] / 100,
        verdict=said["verdict"],
        rationale=_rationale(said),
        difficulty=said["difficulty"],
        domain=said["domain"],
        inconsistent=not low <= said["score"] <= high,
    )


def _rationale(said: Mapping[str, Any]) -> str:
    names = {"seen": "frame_observation", "as asked": "prompt_overlap", "not": "missing_elements"}
    notes = {name: plain(said[field], _FIELD) for name, field in names.items()}
    return " ".join(f"{name}: {_sentence(note)}" for name, note in notes.items() if note)


def _sentence(note: str) -> str:
    return note if note.endswith((".", "…")) else f"{note}."
