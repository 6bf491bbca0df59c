"""The variable library: which phrases may fill which slot, and how actions index them."""

import hashlib
import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from string import Formatter

import numpy as np
from gymnasium import spaces

from claims_env.errors import LibraryError, UnknownName
from claims_env.prompt import SLOTS, Phrase, Prompt
from claims_env.scheduler import Action
from claims_env.word_tables import WordTables

INDICES = ("domain", "template", *SLOTS)
"""What the six indices of one set stand for, in order."""

TIERS = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class DomainWords:
    """The words of one domain.

    Attributes:
        templates: Sentences with a placeholder for each of the four slots.
        phrases: What may fill each slot.
    """

    templates: tuple[str, ...]
    phrases: Mapping[str, tuple[Phrase, ...]]


class VariableLibrary:
    """Phrases by domain and slot, with a total map from actions to prompts and exact inverses.

    Domains need not offer equally many phrases: an index beyond a domain's list wraps around, so
    every element of the action space decodes to a valid prompt. The shipped library is rectangular,
    so there nothing wraps and actions and prompts are in bijection.

    Args:
        domains: The words of each domain, in the order actions index them.

    Raises:
        LibraryError: A domain lacks a slot, repeats a phrase, or has a template that does not use
            each slot exactly once.
    """

    def __init__(self, domains: Mapping[str, DomainWords]) -> None:
        if not domains:
            raise LibraryError("The library holds no domain. At least one is needed.")
        for name, words in domains.items():
            _check(name, words)
        self._words = dict(domains)
        self._tables = {
            name: WordTables.of(words.templates, words.phrases) for name, words in domains.items()
        }
        self.domains: tuple[str, ...] = tuple(domains)
        self._domain_index = {name: i for i, name in enumerate(self.domains)}

    def words(self, domain: str) -> DomainWords:
        """Return a domain's templates and phrases.

        Raises:
            UnknownName: There is no such domain.
        """
        if domain not in self._words:
            raise UnknownName("domain", domain, self.domains)
        return self._words[domain]

    @property
    def is_rectangular(self) -> bool:
        """Whether every domain offers equally many templates and phrases."""
        return len({tuple(_sizes(words)) for words in self._words.values()}) == 1

    @cached_property
    def digest(self) -> str:
        """A hash of every word and tier, for records: equal digests mean equal action spaces."""
        content = {name: asdict(words) for name, words in self._words.items()}
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]

    # Actions <-> prompts <-> text

    def action_space(self, sets: int = 1) -> spaces.MultiDiscrete:
        """Every choice of words for so many sets: shape (6 * sets,), indices as in `INDICES`."""
        widest = np.max([_sizes(words) for words in self._words.values()], axis=0)
        return spaces.MultiDiscrete([len(self.domains), *widest] * sets)

    def decode(self, action: Action) -> tuple[Prompt, ...]:
        """Return the prompts an action of shape (6 * sets,) stands for."""
        return tuple(self._decode_one(row) for row in action.reshape(-1, len(INDICES)))

    def encode(self, prompts: Sequence[Prompt]) -> Action:
        """Return the canonical action; `decode(encode(prompts)) == prompts`.

        Raises:
            LibraryError: A prompt uses words this library does not hold.
        """
        return np.array([i for prompt in prompts for i in self._encode_one(prompt)], dtype=np.int64)

    def parse(self, text: str) -> Prompt:
        """Return the prompt with this text; `parse(prompt.text) == prompt`.

        Raises:
            LibraryError: No template filled with phrases of this library reads like this.
        """
        for domain, patterns in self._patterns.items():
            for template, pattern in zip(self._words[domain].templates, patterns, strict=True):
                if match := pattern.fullmatch(text):
                    table = self._tables[domain]
                    phrases = {slot: table.by_text[slot][match[slot]] for slot in SLOTS}
                    return Prompt(domain, template, **phrases)
        raise LibraryError(
            f"No prompt of this library reads '{text}'. Take the phrases and templates as "
            f"`claims-env library` lists them; domains: {', '.join(self.domains)}."
        )

    # Sampling and editing

    def sample(
        self, rng: np.random.Generator, *, domain: str | None = None, tier: int | None = None
    ) -> Prompt:
        """Draw a prompt uniformly.

        Args:
            rng: Where the draws come from.
            domain: Keep to this domain.
            tier: Keep every phrase to this tier, 1 to 5 (the nearest one a slot offers).
        """
        domain = domain or self.domains[int(rng.integers(len(self.domains)))]
        templates = self.words(domain).templates
        template = templates[int(rng.integers(len(templates)))]
        phrases = {slot: self._draw(rng, domain, slot, tier) for slot in SLOTS}
        return Prompt(domain, template, **phrases)

    def mutate(
        self,
        prompt: Prompt,
        slots: Collection[str],
        rng: np.random.Generator,
        *,
        harder_by: int | None = None,
    ) -> Prompt:
        """Return the prompt with other phrases in the chosen slots, in the same domain.

        Args:
            prompt: What to edit.
            slots: Names out of `SLOTS`.
            rng: Where the draws come from.
            harder_by: Move each chosen slot by so many tiers (negative: easier; kept within what
                the slot offers); None draws from all tiers.
        """
        drawn: dict[str, Phrase] = {}
        for slot in SLOTS:
            if slot in slots:
                tier = None if harder_by is None else prompt.slots[slot].tier + harder_by
                drawn[slot] = self._draw(rng, prompt.domain, slot, tier, prompt.slots[slot])
        return replace(prompt, **drawn)  # type: ignore[arg-type]  # the slots are phrases

    def distance(self, a: Prompt, b: Prompt) -> float:
        """Return how far apart two prompts are: a metric, 0 (equal) to 10.

        One for each differing index (domain, template, four slots), and for each slot the
        difference of tiers as a share of the scale.
        """
        changed = (a.domain != b.domain) + (a.template != b.template)
        for mine, other in zip(a.slots.values(), b.slots.values(), strict=True):
            changed += mine != other
        gaps = sum(abs(i - j) for i, j in zip(a.tiers, b.tiers, strict=True))
        return changed + gaps / (TIERS[-1] - TIERS[0])

    def _draw(
        self,
        rng: np.random.Generator,
        domain: str,
        slot: str,
        tier: int | None,
        but: Phrase | None = None,
    ) -> Phrase:
        table = self._tables[domain]
        if tier is None:
            choices, places = self.words(domain).phrases[slot], table.phrase_index[slot]
        else:
            nearest = min(table.by_tier[slot], key=lambda t: abs(t - tier))
            choices, places = table.by_tier[slot][nearest], table.tier_index[slot][nearest]
        if (
            but is not None and but in places and len(choices) > 1
        ):  # draw a step away from it, round the list
            step = 1 + int(rng.integers(len(choices) - 1))
            return choices[(places[but] + step) % len(choices)]
        return choices[int(rng.integers(len(choices)))]

    def _decode_one(self, row: Action) -> Prompt:
        domain = self.domains[int(row[0]) % len(self.domains)]
        words = self._words[domain]
        chosen = {
            slot: words.phrases[slot][int(i) % len(words.phrases[slot])]
            for slot, i in zip(SLOTS, row[2:], strict=True)
        }
        return Prompt(domain, words.templates[int(row[1]) % len(words.templates)], **chosen)

    def _encode_one(self, prompt: Prompt) -> list[int]:
        if prompt.domain not in self._tables:
            raise LibraryError(str(UnknownName("domain", prompt.domain, self.domains)))
        table = self._tables[prompt.domain]
        if prompt.template not in table.template_index:
            templates = self._words[prompt.domain].templates
            raise LibraryError(str(UnknownName("template", prompt.template, templates)))
        indices = [self._domain_index[prompt.domain], table.template_index[prompt.template]]
        for slot, phrase in prompt.slots.items():
            if phrase not in table.phrase_index[slot]:
                known = [p.text for p in self._words[prompt.domain].phrases[slot]]
                kind = f"{prompt.domain} {slot} phrase"
                raise LibraryError(str(UnknownName(kind, phrase.text, known)))
            indices.append(table.phrase_index[slot][phrase])
        return indices

    @cached_property
    def _patterns(self) -> dict[str, list[re.Pattern[str]]]:
        return {
            domain: [_pattern(template, words) for template in words.templates]
            for domain, words in self._words.items()
        }


def _sizes(words: DomainWords) -> list[int]:
    return [len(words.templates), *(len(words.phrases[slot]) for slot in SLOTS)]


def _pattern(template: str, words: DomainWords) -> re.Pattern[str]:
    """Return what matches exactly the template's renderings; phrases are offered longest first."""
    parts: list[str] = []
    for literal, slot, _, _ in Formatter().parse(template):
        parts.append(re.escape(literal))
        if slot:
            texts = sorted((p.text for p in words.phrases[slot]), key=len, reverse=True)
            parts.append(f"(?P<{slot}>{'|'.join(map(re.escape, texts))})")
    return re.compile("".join(parts))


def _check(domain: str, words: DomainWords) -> None:
    if not words.templates:
        raise LibraryError(f"Domain '{domain}' has no template. Add at least one.")
    if len(set(words.templates)) < len(words.templates):
        raise LibraryError(f"Domain '{domain}' repeats a template. Remove the copy.")
    for template in words.templates:
        used = sorted(name for _, name, _, _ in Formatter().parse(template) if name is not None)
        if used != sorted(SLOTS):
            raise LibraryError(
                f"Domain '{domain}': the template '{template}' uses {used}. "
                f"Every template uses each of {', '.join(SLOTS)} exactly once (App. B.2)."
            )
    for slot in SLOTS:
        _check_slot(domain, slot, words.phrases.get(slot, ()))


def _check_slot(domain: str, slot: str, phrases: Sequence[Phrase]) -> None:
    if not phrases:
        raise LibraryError(f"Domain '{domain}' offers no phrase for slot '{slot}'. Add some.")
    texts = [phrase.text for phrase in phrases]
    if repeated := {text for text in texts if texts.count(text) > 1}:
        raise LibraryError(f"Domain '{domain}', slot '{slot}' repeats {sorted(repeated)}.")
    if odd := [phrase.text for phrase in phrases if phrase.tier not in TIERS]:
        raise LibraryError(f"Domain '{domain}', slot '{slot}': tiers are 1 to 5, not so in {odd}.")
