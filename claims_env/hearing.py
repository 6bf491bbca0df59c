"""What a generator makes of each phrase: the words it does not know, the phrases it confuses."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from claims_env.calibration import LEVEL, Context, levelled
from claims_env.domain_words import DomainWords, slots_of
from claims_env.generator import MotionGenerator
from claims_env.prompt import SLOTS, UNSAID, Phrase, Prompt
from claims_env.understanding import understanding_of
from claims_env.variable_library import VariableLibrary

NEUTRAL = Phrase("it", LEVEL, "neutral")
"""What stands for a phrase to find the words of the others that nobody knows."""

_PACE = """
slow slowly calm calmly gentle gently leisurely unhurried patient cautious lingering steady even
smooth smoothly quick quickly fast faster rapid rapidly brisk briskly swift swiftly sharp sharply
explosive explosively surging whirl whirling whipping walkthrough
"""

PACE = frozenset(_PACE.split())
"""Words for how fast and how sharply: the tier of the rhythm says that, whatever the words are."""

_WORD = re.compile(r"[\w'-]+")

CONTEXTS = 3
"""In how many sentences two phrases must agree to count as twins."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of one phrase.

    Attributes:
        domain: Its domain.
        slot: Its slot.
        index: Its place in the slot's list.
        phrase: The phrase.
        unknown: Its words that changed nothing, but for those of `PACE`.
        twin: Another phrase of the slot, further up, that gives the very same motion; or None.
    """

    domain: str
    slot: str
    index: int
    phrase: Phrase
    unknown: tuple[str, ...]
    twin: str | None


def hear(
    library: VariableLibrary, generator: MotionGenerator, after_each: Callable[[], None]
) -> Iterator[Heard]:
    """Yield what comes of every phrase among others of its domain.

    Two phrases count as twins when their motions are equal, byte for byte, in `CONTEXTS` different
    sentences: one sentence may have no room for what tells them apart. Every phrase is heard at one
    tier, so that only its words can.

    Args:
        library: The words.
        generator: Who hears them.
        after_each: Called after each phrase.
    """
    for domain in library.domains:
        for slot in SLOTS:
            contexts = _contexts(library, domain, slot)
            phrases = library.words(domain).phrases[slot] if contexts else ()
            takes = [_Takes(generator, contexts, slot, phrase) for phrase in phrases]
            others = _Takes(generator, contexts, slot, NEUTRAL).missed() if takes else Counter()
            for i, take in enumerate(takes):
                own = set(take.missed() - others) - PACE
                unknown = tuple(w for w in _WORD.findall(take.phrase.text.lower()) if w in own)
                twin = next((t.phrase.text for t in takes[:i] if t.is_like(take)), None)
                yield Heard(domain, slot, i, take.phrase, unknown, twin)
                after_each()


class _Takes:
    """One phrase performed in each context, on demand and once."""

    def __init__(
        self, generator: MotionGenerator, contexts: Sequence[Context], slot: str, phrase: Phrase
    ) -> None:
        self.phrase = phrase
        self._generator, self._contexts, self._slot = generator, contexts, slot
        self._takes: dict[int, tuple[bytes, tuple[str, ...]]] = {}

    def is_like(self, other: "_Takes") -> bool:
        """Say whether both phrases give equal motions in every context."""
        return all(self._take(i)[0] == other._take(i)[0] for i in range(len(self._contexts)))

    def missed(self) -> Counter[str]:
        """Return every word of the first sentence that changed nothing, whosever it is."""
        return Counter(self._take(0)[1])

    def _take(self, i: int) -> tuple[bytes, tuple[str, ...]]:
        """Return the digest of a clip and the words that changed nothing in it."""
        if i not in self._takes:
            context = self._contexts[i]
            prompt = context.with_phrase(self._slot, levelled(self.phrase))
            (motion,) = self._generator.generate([prompt], [context.seed])
            body = motion.rotations.tobytes() + motion.root.tobytes()
            digest = hashlib.sha256(body).digest()
            self._takes[i] = digest, understanding_of(motion).not_understood
        return self._takes[i]


def _contexts(library: VariableLibrary, domain: str, slot: str) -> list[Context]:
    """Return contexts that say a slot, with other templates and phrases where there are any."""
    words = library.words(domain)
    users = [template for template in words.templates if slot in slots_of(template)]
    return [_context(domain, words, users[i % len(users)], i) for i in range(CONTEXTS) if users]


def _context(domain: str, words: DomainWords, template: str, i: int) -> Context:
    said = slots_of(template)
    chosen = {s: words.phrases[s][i * len(words.phrases[s]) // CONTEXTS] for s in said}
    slots = {s: levelled(chosen[s]) if s in chosen else UNSAID for s in SLOTS}
    return Context(Prompt(domain, template, **slots), seed=i)
