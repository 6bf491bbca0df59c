"""The variable library: which phrases may fill which slot, and how actions index them."""

import hashlib
import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from functools import cached_property

import numpy as np
from gymnasium import spaces

from claims_env.domain_words import TIERS, DomainWords, check_words, pattern
from claims_env.errors import LibraryError, UnknownName
from claims_env.prompt import SLOTS, UNSAID, Phrase, Prompt
from claims_env.scheduler import Action
from claims_env.word_tables import WordTables

__all__ = ["INDICES", "TIERS", "DomainWords", "VariableLibrary"]

INDICES = ("domain", "template", *SLOTS)
"""What the six indices of one set stand for, in order."""


class VariableLibrary:
    """Phrases by domain and slot, with a total map from actions to prompts and exact inverses.

    Domains need not offer equally many phrases: an index beyond a domain's list wraps around, so
    every element of the action space decodes to a valid prompt. The shipped library is rectangular,
    so there nothing wraps and actions and prompts are in bijection. Where a template leaves a slot
    out, any index decodes to `UNSAID` and 0 is the canonical one.

    Args:
        domains: The words of each domain, in the order actions index them.

    Raises:
        LibraryError: A domain lacks a slot, repeats a phrase, or has a template that uses a slot
            twice or says no action.
    """

    def __init__(self, domains: Mapping[str, DomainWords]) -> None:
        if not domains:
            raise LibraryError("The library holds no domain. At least one is needed.")
        for name, words in domains.items():
            check_words(name, words)
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
    def optional_slots(self) -> tuple[str, ...]:
        """The slots that some template leaves out; none in the shipped library."""
        every = [said for table in self._tables.values() for said in table.said.values()]
        return tuple(slot for slot in SLOTS if not all(slot in said for said in every))

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
            for template, reading in zip(self._words[domain].templates, patterns, strict=True):
                if match := reading.fullmatch(text):
                    table = self._tables[domain]
                    heard = match.groupdict()
                    phrases = {slot: table.by_text[slot][text] for slot, text in heard.items()}
                    return _filled(domain, template, phrases)
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
        said = self._tables[domain].said[template]
        return _filled(domain, template, {s: self._draw(rng, domain, s, tier) for s in said})

    def mutate(
        self,
        prompt: Prompt,
        slots: Collection[str],
        rng: np.random.Generator,
        *,
        harder_by: int | None = None,
    ) -> Prompt:
        """Return the prompt with other phrases in the chosen slots, in the same domain.

        A slot that is unsaid stays so, chosen or not.

        Args:
            prompt: What to edit.
            slots: Names out of `SLOTS`.
            rng: Where the draws come from.
            harder_by: Move each chosen slot by so many tiers (negative: easier), or to the nearest
                one the slot offers in that direction; None draws from all tiers.
        """
        drawn: dict[str, Phrase] = {}
        for slot in prompt.said:
            if slot in slots:
                now, there = prompt.slots[slot], self._tables[prompt.domain].by_tier[slot]
                tier = None if harder_by is None else _moved(now.tier, harder_by, there)
                drawn[slot] = self._draw(rng, prompt.domain, slot, tier, now)
        return replace(prompt, **drawn)  # type: ignore[arg-type]  # the slots are phrases

    def distance(self, a: Prompt, b: Prompt) -> float:
        """Return how far apart two prompts are: a metric, 0 (equal) to 10.

        One for each differing index (domain, template, four slots), and for each slot said by both
        the difference of tiers as a share of the scale.
        """
        changed = (a.domain != b.domain) + (a.template != b.template)
        for mine, other in zip(a.slots.values(), b.slots.values(), strict=True):
            changed += mine != other
        gaps = sum(abs(i - j) for i, j in zip(a.tiers, b.tiers, strict=True) if i and j)
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
        template = words.templates[int(row[1]) % len(words.templates)]
        indices: dict[str, int] = dict(zip(SLOTS, map(int, row[2:]), strict=True))
        said = self._tables[domain].said[template]
        chosen = {s: words.phrases[s][indices[s] % len(words.phrases[s])] for s in said}
        return _filled(domain, template, chosen)

    def _encode_one(self, prompt: Prompt) -> list[int]:
        if prompt.domain not in self._tables:
            raise LibraryError(str(UnknownName("domain", prompt.domain, self.domains)))
        table = self._tables[prompt.domain]
        if prompt.template not in table.template_index:
            templates = self._words[prompt.domain].templates
            raise LibraryError(str(UnknownName("template", prompt.template, templates)))
        said = table.said[prompt.template]
        if prompt.said != said:
            raise LibraryError(
                f"The template '{prompt.template}' says {', '.join(said)}, but the prompt fills "
                f"{', '.join(prompt.said)}. Fill what it says and leave the others UNSAID."
            )
        indices = [
            self._index(prompt.domain, s, prompt.slots[s]) if s in said else 0 for s in SLOTS
        ]
        return [self._domain_index[prompt.domain], table.template_index[prompt.template], *indices]

    def _index(self, domain: str, slot: str, phrase: Phrase) -> int:
        places = self._tables[domain].phrase_index[slot]
        if phrase not in places:
            known = [p.text for p in self._words[domain].phrases[slot]]
            raise LibraryError(str(UnknownName(f"{domain} {slot} phrase", phrase.text, known)))
        return places[phrase]

    @cached_property
    def _patterns(self) -> dict[str, list[re.Pattern[str]]]:
        return {
            domain: [pattern(template, words.phrases) for template in words.templates]
            for domain, words in self._words.items()
        }


def _moved(tier: int, by: int, offered: Collection[int]) -> int:
    """Return the offered tier nearest to `tier + by`, beyond `tier` if there is one."""
    # where tiers are sparse, rounding to the nearest would leave every small step undone
    beyond = [t for t in offered if (t - tier) * by > 0]
    return min(beyond or [tier], key=lambda t: abs(t - tier - by))


def _filled(domain: str, template: str, said: Mapping[str, Phrase]) -> Prompt:
    """Return a prompt that is unsaid wherever no phrase is given."""
    return Prompt(domain, template, **{slot: said.get(slot, UNSAID) for slot in SLOTS})


def _sizes(words: DomainWords) -> list[int]:
    return [len(words.templates), *(len(words.phrases[slot]) for slot in SLOTS)]
