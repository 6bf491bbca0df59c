"""The caption index: which captions fit an action asked for, and how well."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from claims_env.captioned_motion import Caption, CaptionedMotion
from claims_env.generators.mocap_retrieval.request import telling
from claims_env.generators.mocap_retrieval.synonyms import QUALIFIERS, alikeness
from claims_env.generators.mocap_retrieval.words import stems

QUALIFIER_WEIGHT = 0.25
"""What a qualifying word counts, beside 1 for an action."""

ALIKE = 0.5
"""Words less alike than this do not name the same action."""

BREVITY = 0.15
"""How much of a score is about the caption saying nothing else."""


@dataclass(frozen=True, slots=True)
class Match:
    """A caption that fits an action.

    Attributes:
        clip: Which clip, by its place in the folder.
        caption: Of that clip.
        score: 0 to 1.
        words: The stems asked for that the caption answers, outright or by a word alike.
        is_action: Whether one of them is more than a qualifier.
    """

    clip: int
    caption: Caption
    score: float
    words: tuple[str, ...]
    is_action: bool


@dataclass(frozen=True, slots=True)
class _Row:
    clip: int
    caption: Caption
    words: tuple[str, ...]


class CaptionIndex:
    """Scores captions by the share of the asked words they answer, rare words counting more.

    A word counts log(1 + clips / clips that have it), the inverse document frequency of text
    retrieval (Spärck Jones, 1972), so that 'roundhouse' outweighs 'kick' among karate clips.

    Args:
        clips: Their captions are read once.
    """

    def __init__(self, clips: Sequence[CaptionedMotion]) -> None:
        self._clips = len(clips)
        self._rows = [
            _Row(number, caption, telling(stems(caption.text)))
            for number, clip in enumerate(clips)
            for caption in clip.captions
        ]
        self._having: dict[str, list[int]] = {}
        for number, row in enumerate(self._rows):
            for word in row.words:
                self._having.setdefault(word, []).append(number)
        self._known: dict[str, dict[int, float]] = {}

    @property
    def actions(self) -> list[Match]:
        """Every caption that names an action, whatever was asked for, in the folder's order."""
        named = [row for row in self._rows if any(word not in QUALIFIERS for word in row.words)]
        return [Match(row.clip, row.caption, 0.0, (), True) for row in named]

    def find(self, words: Sequence[str]) -> list[Match]:
        """Return every caption that answers a word, best first; ties in the folder's order."""
        answers = {word: self._answers(word) for word in words}
        total = sum(self._weight(word) for word in words)
        rows = sorted({row for answer in answers.values() for row in answer})
        found = [self._match(row, answers, total) for row in rows]
        return sorted(found, key=lambda match: -match.score)

    def _match(self, row: int, answers: Mapping[str, Mapping[int, float]], total: float) -> Match:
        hits = {word: answer[row] for word, answer in answers.items() if row in answer}
        said = self._rows[row].words
        # squared, or one 'kick' would answer 'roundhouse' and 'kick' almost as well as both do
        covered = sum(self._weight(word) * like**2 for word, like in hits.items()) / total
        answering = sum(any(_likeness(word, s) >= ALIKE for word in hits) for s in said)
        return Match(
            clip=self._rows[row].clip,
            caption=self._rows[row].caption,
            score=(1 - BREVITY) * covered + BREVITY * answering / len(said),
            words=tuple(hits),
            is_action=any(word not in QUALIFIERS for word in hits),
        )

    def _answers(self, word: str) -> dict[int, float]:
        """Return the rows that answer a word, and how well each does, `ALIKE` to 1."""
        if word not in self._known:
            found: dict[int, float] = {}
            for said, rows in self._having.items():
                if (like := _likeness(word, said)) >= ALIKE:
                    found.update({row: max(like, found.get(row, 0.0)) for row in rows})
            self._known[word] = found
        return self._known[word]

    def _weight(self, word: str) -> float:
        """Return what a word counts; one that no caption answers counts as if half had it."""
        having = {self._rows[row].clip for row in self._answers(word)}
        rarity = log(1 + self._clips / len(having)) if having else log(3)
        return rarity * (QUALIFIER_WEIGHT if word in QUALIFIERS else 1.0)


def _likeness(asked: str, said: str) -> float:
    """Return how alike two stems are; a qualifier is like nothing but itself."""
    return float(asked == said) if asked in QUALIFIERS else alikeness(asked, said)
