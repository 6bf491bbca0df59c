"""Phrases shown alone, so that nothing else in the sentence colours them."""

from collections.abc import Iterator

from claims_env.generator import MotionGenerator
from claims_env.motion import Motion
from claims_env.prompt import SLOTS, Phrase, Prompt
from claims_env.variable_library import VariableLibrary


def alone(domain: str, slot: str, phrase: Phrase) -> Prompt:
    """Return a prompt that says one phrase and nothing else, in a domain and at its own tier.

    The other slots hold no words, yet the phrase's tier: so it is performed as large and as fast as
    in a prompt whose slots are all of that tier.

    Args:
        domain: Whose style it is performed in.
        slot: Which of `SLOTS` it fills.
        phrase: The words.
    """
    silent = Phrase("", phrase.tier, phrase.category)
    filled = {name: phrase if name == slot else silent for name in SLOTS}
    return Prompt(domain, f"{{{slot}}}", **filled)


def phrase_clips(
    generator: MotionGenerator, library: VariableLibrary, domain: str, slot: str, seed: int
) -> Iterator[tuple[Phrase, Motion]]:
    """Yield each phrase of a slot and the clip a generator makes of it alone.

    Raises:
        UnknownName: There is no such domain.
    """
    for phrase in library.words(domain).phrases[slot]:
        (motion,) = generator.generate([alone(domain, slot, phrase)], [seed])
        yield phrase, motion
