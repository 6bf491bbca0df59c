"""The vision-language judge: shows a model pictures of motions and reads what it says of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal, TypeVar

from claims_env.chat import Chat, Picture
from claims_env.endurance import ENOUGH, Endurance
from claims_env.errors import ChatError, ClaimsError, ContractBroken
from claims_env.json_answer import ask_json
from claims_env.judge import ABSTAINED, Alignment, Difficulty, Missing
from claims_env.judges.alignment_question import (
    ALIGNMENT_FRAMES,
    DOMAINS,
    alignment_of,
    alignment_question,
)
from claims_env.judges.brevity import too_short
from claims_env.judges.difficulty_question import (
    DIFFICULTY_FRAMES,
    difficulty_of,
    difficulty_question,
)
from claims_env.judges.prompt_text import PromptTexts, load_texts
from claims_env.motion import Motion
from claims_env.plain_words import plain
from claims_env.prompt import Prompt
from claims_env.side_by_side import side_by_side

Purpose = Literal["alignment", "difficulty"]

Draw = Callable[[Motion, Purpose], Picture]
"""Returns the picture of a motion that the judge is shown for a purpose."""

FRAMES: Mapping[str, int] = {"alignment": ALIGNMENT_FRAMES, "difficulty": DIFFICULTY_FRAMES}
"""Key frames in the picture for each purpose (App. D.3); a shorter clip shows all it has."""

Found = TypeVar("Found", Alignment, Difficulty)

_REASON = 500
"""Most characters of a reason why there is no answer."""


class VlmJudge:
    """Asks a chat about each motion. See `Judge` and `StreamsJudgements`.

    Neither question tells the motion's name, file or origin, and the one about difficulty does not
    tell the prompt: the picture is drawn from the bare movement. Whatever goes wrong with one
    motion costs that motion's answer alone.

    Args:
        chat: Who is asked.
        draw: Draws what it is shown.
        texts: What it is told; None takes ours.
        domains: Which a motion may be said to belong to.
        aligns: Whether it judges alignment; else it abstains.
        rates: Whether it rates difficulty; else it abstains.
        workers: Most motions under way at once.
    """

    def __init__(
        self,
        chat: Chat,
        draw: Draw,
        *,
        texts: PromptTexts | None = None,
        domains: Sequence[str] = DOMAINS,
        aligns: bool = True,
        rates: bool = True,
        workers: int = 4,
    ) -> None:
        self._chat, self._draw, self._texts = chat, draw, texts or load_texts()
        self._domains, self._workers = tuple(domains), workers
        self._aligns, self._rates = aligns, rates
        self._gave_up = False  # the last time it was asked

    @property
    def name(self) -> str:
        """See `Judge`: vendor and model."""
        return self._chat.name

    @property
    def digest(self) -> str:
        """Versions and hashes of what it tells the model."""
        return self._texts.digest

    def align(
        self, motions: Sequence[Motion], prompts: Sequence[Prompt]
    ) -> list[Alignment | Missing]:
        """See `Judge`."""
        return list(self.stream_alignments(motions, prompts))

    def rate(self, motions: Sequence[Motion]) -> list[Difficulty | Missing]:
        """See `Judge`."""
        return list(self.stream_ratings(motions))

    def stream_alignments(
        self, motions: Sequence[Motion], prompts: Sequence[Prompt]
    ) -> Iterator[Alignment | Missing]:
        """See `StreamsJudgements`."""
        pairs = list(zip(motions, prompts, strict=True))
        if not self._aligns:
            return (Missing("this judge is not asked about alignment", ABSTAINED) for _ in pairs)
        return self._each(motions, lambda i: self._align(*pairs[i]))

    def stream_ratings(self, motions: Sequence[Motion]) -> Iterator[Difficulty | Missing]:
        """See `StreamsJudgements`."""
        if not self._rates:
            return (Missing("this judge is not asked about difficulty", ABSTAINED) for _ in motions)
        return self._each(motions, lambda i: self._rate(motions[i]))

    def _align(self, motion: Motion, prompt: Prompt) -> Alignment:
        bare = _bare(motion)
        picture = self._draw(bare, "alignment")
        text = self._texts.alignment
        question = alignment_question(text, bare, prompt, picture, self._domains)
        return alignment_of(ask_json(self._chat, question)[0])

    def _rate(self, motion: Motion) -> Difficulty:
        bare = _bare(motion)
        question = difficulty_question(self._texts.difficulty, bare, self._draw(bare, "difficulty"))
        return difficulty_of(ask_json(self._chat, question)[0])

    def _each(
        self, motions: Sequence[Motion], find: Callable[[int], Found]
    ) -> Iterator[Found | Missing]:
        """Yield what is found for each motion, in order, several being asked about at once.

        Where nothing came of it the last time, one question goes ahead to see whether that lasts.
        """
        endurance = Endurance(1 if self._gave_up else ENOUGH)

        def answer(index: int) -> Found | Missing:
            if missing := too_short(motions[index]):
                return missing
            if endurance.reason is not None:
                return Missing(endurance.reason, endurance.kind)
            try:
                found = find(index)
            except ContractBroken:
                raise
            except ClaimsError as error:
                told = plain(str(error), _REASON)
                endurance.fail(error, told)
                return Missing(told, error.kind if isinstance(error, ChatError) else "answer")
            endurance.succeed()
            return found

        ahead = 1 if self._gave_up and motions else 0
        yield from map(answer, range(ahead))
        rest = len(motions) - ahead
        yield from side_by_side(lambda i: answer(i + ahead), rest, self._workers)
        self._gave_up = endurance.reason is not None


def _bare(motion: Motion) -> Motion:
    """Return the movement alone, so that no picture can tell a name or an origin."""
    return replace(motion, name="clip", provenance={})
