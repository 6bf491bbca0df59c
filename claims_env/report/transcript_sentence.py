"""A prompt's sentence with its slots made visible: their tiers, and which of them changed."""

from difflib import SequenceMatcher
from string import Formatter

from claims_env.prompt import SLOTS, UNSAID, Phrase, Prompt
from claims_env.report.markup import Markup, element, joined
from claims_env.report.table import NONE


def marked_sentence(prompt: Prompt, other: Prompt) -> Markup:
    """Return the sentence with what the other prompt does not say marked, tiers behind phrases.

    A mark is of class 'up', 'down' or 'level': how the phrase's tier compares with the other's.
    Free text is compared word by word.
    """
    if prompt.is_free or other.is_free:
        return _marked_words(prompt.text, other.text)
    pieces: list[Markup | str] = []
    for literal, slot, *_ in Formatter().parse(prompt.template):
        pieces.append(literal)
        if slot is not None:
            pieces.append(_phrase(slot, prompt.slots[slot], other.slots[slot]))
    return joined(pieces)


def changes_in_words(before: Prompt, after: Prompt) -> str:
    """Return what changed, slot by slot, with tiers, such as 'detail 2 → 4'."""
    if after.is_free:
        return "free text: nothing is known of its tier"
    slots = (_told(slot, before.slots[slot], after.slots[slot]) for slot in SLOTS)
    parts = [told for told in slots if told]
    if before.template != after.template:
        parts.append("another template")
    if before.domain != after.domain:
        parts.append(f"{before.domain} → {after.domain}")
    mean = [f"{p.tier:.1f}" if p.said else NONE for p in (before, after)]
    return f"{', '.join(parts) or 'nothing changed'}; mean tier {' → '.join(mean)}"


def _marked_words(text: str, other: str) -> Markup:
    mine, theirs = text.split(), other.split()
    matches = SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks()
    pieces: list[Markup | str] = []
    at = 0
    for same in matches:  # the last is empty, at the end
        if same.a > at:
            pieces += [element("mark", " ".join(mine[at : same.a]), class_="level"), " "]
        at = same.a + same.size
        pieces.append(" ".join([*mine[same.a : at], ""]))
    return joined(pieces)


def _phrase(slot: str, mine: Phrase, other: Phrase) -> Markup:
    name = slot.replace("_", " ")
    if mine == other:
        return element("span", mine.text, element("small", f"{mine.tier}"), title=name)
    kind = _kind(mine, other)
    tier = element("small", f"{mine.tier}{_SIGNS[kind]}")
    return element("mark", mine.text, tier, class_=kind, title=name)


def _kind(mine: Phrase, other: Phrase) -> str:
    # a phrase in a slot the other leaves unsaid is neither harder nor easier than nothing
    if UNSAID in (mine, other) or mine.tier == other.tier:
        return "level"
    return "up" if mine.tier > other.tier else "down"


_SIGNS = {
    "up": "\N{BLACK UP-POINTING TRIANGLE}",
    "down": "\N{BLACK DOWN-POINTING TRIANGLE}",
    "level": "",
}


def _told(slot: str, before: Phrase, after: Phrase) -> str:
    if before == after:
        return ""
    name = slot.replace("_", " ")
    if after == UNSAID:
        return f"{name} {before.tier} left out"
    if before == UNSAID:
        return f"{name} {after.tier} new"
    return f"{name} {before.tier} → {after.tier}"
