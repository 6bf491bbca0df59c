"""A vision-language judge whose model says what a test tells it to."""

import json
from collections.abc import Callable
from typing import Any

from toys import swaying

from claims_env.chat import Picture, Question
from claims_env.chats.scripted_chat import ScriptedChat
from claims_env.judges.vlm_judge import VlmJudge
from claims_env.motion import Motion
from claims_env.prompt import UNSAID, Phrase, Prompt

RATED = {
    "action_sequence": "A sway to each side.",
    "technical_complexity": "Little.",
    "movement_intensity": "Slow.",
    "balance_requirement": "Both feet stay down.",
    "continuity": "It flows.",
    "rationale": "Anyone can sway.",
    "difficulty": 2,
}
ALIGNED = {
    "frame_observation": "The arms swing",
    "prompt_overlap": "Standing.",
    "missing_elements": "",
    "score": 64,
    "verdict": "partial",
    "difficulty": 3,
    "domain": "dance",
}


def pictured(motion: Motion, purpose: str) -> Picture:
    """Return what stands for a picture: bytes that tell motions of different length apart."""
    told = f"{purpose} of {motion.frames} frames, {motion.name}, {dict(motion.provenance)}"
    return Picture(told.encode(), "image/png", 4, 3)


def sentence(text: str, domain: str = "sport") -> Prompt:
    return Prompt(domain, "{base_action}", Phrase(text, 1, "all"), UNSAID, UNSAID, UNSAID)


def clips(count: int) -> list[Motion]:
    """Return clips that their questions tell apart by how long they last."""
    return [swaying(1.0, f"clip{i}", 20 + 3 * i) for i in range(count)]


def saying(**changes: Any) -> Callable[[Question], str]:
    """Return a script that answers both questions, with some fields changed."""

    def answer(question: Question) -> str:
        said = RATED if question.purpose == "difficulty" else ALIGNED
        return json.dumps({**said, **changes})

    return answer


def judge_of(script: Any, **options: Any) -> tuple[VlmJudge, ScriptedChat]:
    chat = ScriptedChat(script, "openai:gpt-4o")
    return VlmJudge(chat, pictured, **options), chat


def seconds_of(question: Question) -> str:
    return question.messages[1].text.split("lasts ")[1].split(" seconds")[0]
