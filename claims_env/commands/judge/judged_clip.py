"""Clips with everything their judges said of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from claims_env.answers import made_alignments, made_ratings
from claims_env.errors import LibraryError
from claims_env.judge import Alignment, Difficulty, Judge, Missing
from claims_env.motion import Motion
from claims_env.prompt import UNSAID, Phrase, Prompt
from claims_env.variable_library import VariableLibrary

FREE = "free text"
"""The domain of a prompt that is no sentence of the library."""


@dataclass(frozen=True, slots=True)
class JudgedClip:
    """A clip and what was said of it.

    Attributes:
        motion: The clip.
        prompt: What it should show, or None if nobody says.
        difficulties: By judge.
        alignments: By judge; empty without a prompt.
    """

    motion: Motion
    prompt: str | None
    difficulties: Mapping[str, Difficulty | Missing]
    alignments: Mapping[str, Alignment | Missing]


def judge_clips(
    motions: Sequence[Motion],
    prompt: str | None,
    judges: Sequence[Judge],
    library: VariableLibrary,
    after_each: Callable[[], None],
) -> list[JudgedClip]:
    """Return every judge's answers about every clip.

    Args:
        motions: The clips.
        prompt: What they should show; None asks each clip's provenance.
        judges: Under different names.
        library: Reads prompts that are its sentences.
        after_each: Called once per judge and clip.

    Raises:
        ContractBroken: A judge does not give one answer per motion.
    """
    texts = [prompt or _own_prompt(motion) for motion in motions]
    places = [place for place, text in enumerate(texts) if text]
    asked = [as_prompt(text, library) for text in texts if text]
    rated: dict[str, list[Difficulty | Missing]] = {}
    aligned: dict[str, dict[int, Alignment | Missing]] = {}
    for judge in judges:
        shown = [motions[place] for place in places]
        answers = made_alignments(judge, shown, asked, lambda _: None) if shown else []
        aligned[judge.name] = dict(zip(places, answers, strict=True))
        rated[judge.name] = made_ratings(judge, motions, lambda _: None)
        for _ in motions:
            after_each()
    return [
        JudgedClip(
            motion=motion,
            prompt=texts[place],
            difficulties={name: answers[place] for name, answers in rated.items()},
            alignments={name: own[place] for name, own in aligned.items() if place in own},
        )
        for place, motion in enumerate(motions)
    ]


def as_prompt(text: str, library: VariableLibrary) -> Prompt:
    """Return the prompt of the library that reads like a text, or one that says just that."""
    try:
        return library.parse(text)
    except LibraryError:
        said = Phrase(text, UNSAID.tier, FREE)
        return Prompt(FREE, "{base_action}", said, UNSAID, UNSAID, UNSAID)


def _own_prompt(motion: Motion) -> str | None:
    said = motion.provenance.get("prompt")
    return said if isinstance(said, str) and said.strip() else None
