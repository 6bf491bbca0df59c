"""Look-ups over one domain's words that keep every operation of the library O(slots)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims_env.domain_words import slots_of
from claims_env.prompt import SLOTS, Phrase


@dataclass(frozen=True, slots=True)
class WordTables:
    """What stands where: templates and phrases by text, by place and by tier."""

    template_index: Mapping[str, int]
    said: Mapping[str, tuple[str, ...]]
    phrase_index: Mapping[str, Mapping[Phrase, int]]
    by_text: Mapping[str, Mapping[str, Phrase]]
    by_tier: Mapping[str, Mapping[int, tuple[Phrase, ...]]]
    tier_index: Mapping[str, Mapping[int, Mapping[Phrase, int]]]

    @staticmethod
    def of(templates: Sequence[str], phrases: Mapping[str, Sequence[Phrase]]) -> "WordTables":
        """Return the tables of these words."""
        by_tier = {slot: _by_tier(phrases[slot]) for slot in SLOTS}
        return WordTables(
            template_index={template: i for i, template in enumerate(templates)},
            said={template: _in_order(slots_of(template)) for template in templates},
            phrase_index={slot: _places(phrases[slot]) for slot in SLOTS},
            by_text={slot: {p.text: p for p in phrases[slot]} for slot in SLOTS},
            by_tier=by_tier,
            tier_index={
                slot: {tier: _places(same) for tier, same in tiers.items()}
                for slot, tiers in by_tier.items()
            },
        )


def _in_order(slots: Sequence[str]) -> tuple[str, ...]:
    return tuple(slot for slot in SLOTS if slot in slots)


def _places(phrases: Sequence[Phrase]) -> dict[Phrase, int]:
    return {phrase: i for i, phrase in enumerate(phrases)}


def _by_tier(phrases: Sequence[Phrase]) -> dict[int, tuple[Phrase, ...]]:
    tiers = sorted({phrase.tier for phrase in phrases})
    return {tier: tuple(p for p in phrases if p.tier == tier) for tier in tiers}
