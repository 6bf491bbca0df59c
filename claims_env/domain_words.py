"""The words of one domain, and what is asked of them."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from string import Formatter

from claims_env.errors import LibraryError
from claims_env.prompt import SLOTS, Phrase

TIERS = (1, 2, 3, 4, 5)

ACTIONS = ("base_action", "combo_action")
"""The slots that say what to do; a sentence with neither of them describes no motion."""


@dataclass(frozen=True, slots=True)
class DomainWords:
    """The words of one domain.

    Attributes:
        templates: Sentences with a placeholder for each slot they use.
        phrases: What may fill each slot.
    """

    templates: tuple[str, ...]
    phrases: Mapping[str, tuple[Phrase, ...]]

    @property
    def prompts(self) -> int:
        """How many different prompts these words make."""
        return sum(
            prod(len(self.phrases[slot]) for slot in slots_of(template))
            for template in self.templates
        )


def slots_of(template: str) -> tuple[str, ...]:
    """Return the names in a template's placeholders, in the order they stand.

    Raises:
        LibraryError: A brace is left open.
    """
    try:
        return tuple(name for _, name, _, _ in Formatter().parse(template) if name is not None)
    except ValueError as error:
        raise LibraryError(
            f"The template '{template}' cannot be filled ({error}). Close every brace; a brace of "
            "the sentence itself is written twice."
        ) from None


def template_problem(template: str) -> str | None:
    """Return what is wrong with a template and the cure, or None.

    The shipped templates use each slot exactly once (App. B.2). Half of the official release's
    leave one action out, so at most once is enough, as long as one action is said.
    """
    try:
        used = slots_of(template)
    except LibraryError as error:
        return str(error)
    is_fine = len(set(used)) == len(used) and set(used) <= set(SLOTS) and set(used) & set(ACTIONS)
    if is_fine and not _is_formatted(template):
        return None
    return (
        f"the template '{template}' uses {sorted(used)}. Use each of {', '.join(SLOTS)} exactly "
        f"once, as a bare name in braces; some may be left out, but not both "
        f"{' and '.join(ACTIONS)}."
    )


def pattern(template: str, phrases: Mapping[str, Sequence[Phrase]]) -> re.Pattern[str]:
    """Return what matches exactly a template's renderings; phrases are offered longest first."""
    parts: list[str] = []
    for literal, slot, _, _ in Formatter().parse(template):
        parts.append(re.escape(literal))
        if slot:
            texts = sorted((p.text for p in phrases[slot]), key=len, reverse=True)
            parts.append(f"(?P<{slot}>{'|'.join(map(re.escape, texts))})")
    return re.compile("".join(parts))


def check_words(domain: str, words: DomainWords) -> None:
    """Refuse words no library can be made of.

    Raises:
        LibraryError: A slot is empty or repeats a phrase, a tier is none, or a template is missing,
            repeated, or does not use its slots as `template_problem` asks.
    """
    if not words.templates:
        raise LibraryError(f"Domain '{domain}' has no template. Add at least one.")
    if len(set(words.templates)) < len(words.templates):
        raise LibraryError(f"Domain '{domain}' repeats a template. Remove the copy.")
    for template in words.templates:
        if problem := template_problem(template):
            raise LibraryError(f"Domain '{domain}': {problem}")
    for slot in SLOTS:
        _check_slot(domain, slot, words.phrases.get(slot, ()))


def _check_slot(domain: str, slot: str, phrases: Sequence[Phrase]) -> None:
    if not phrases:
        raise LibraryError(f"Domain '{domain}' offers no phrase for slot '{slot}'. Add some.")
    texts = Counter(phrase.text for phrase in phrases)
    if repeated := sorted(text for text, times in texts.items() if times > 1):
        raise LibraryError(
            f"Domain '{domain}', slot '{slot}' repeats {repeated}. Remove the copies."
        )
    if odd := [phrase.text for phrase in phrases if phrase.tier not in TIERS]:
        raise LibraryError(f"Domain '{domain}', slot '{slot}': tiers are 1 to 5, not so in {odd}.")
    if "" in texts:
        raise LibraryError(f"Domain '{domain}', slot '{slot}' holds an empty phrase. Remove it.")


def _is_formatted(template: str) -> bool:
    """Say whether a placeholder carries one of Python's format marks, which parsing cannot undo."""
    return any(spec or conversion for _, _, spec, conversion in Formatter().parse(template))
