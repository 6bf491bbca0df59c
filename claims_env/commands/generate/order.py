"""What a caller orders: prompts with seeds, and the names of the clips that come of them."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from claims_env.errors import ConfigError, LibraryError, UnknownName
from claims_env.motion import Motion
from claims_env.prompt import Phrase, Prompt, text_of
from claims_env.variable_library import INDICES, TIERS, VariableLibrary

_SLUG = 44
"""Letters of a name that tell what the clip shows."""


@dataclass(frozen=True, slots=True)
class Order:
    """One clip that is wanted.

    Attributes:
        prompt: Slot-filled, or free text.
        seed: Chooses the take.
    """

    prompt: Prompt | str
    seed: int

    @property
    def text(self) -> str:
        """The sentence."""
        return text_of(self.prompt)

    @property
    def kind(self) -> str:
        """How the sentence will be read."""
        return "free text" if isinstance(self.prompt, str) else "slot-filled"

    def name(self, generator: str) -> str:
        """Return a readable name that no other prompt, seed or generator shares.

        Args:
            generator: What it is asked for by, with its folder if it has one.
        """
        told = self.text
        if isinstance(self.prompt, Prompt):
            told = f"{self.prompt.domain} {self.prompt.base_action.text}"
        same = json.dumps([self.text, self._hidden, self.seed, generator]).encode()
        return f"{slug(told)}-s{self.seed}-{hashlib.sha256(same).hexdigest()[:8]}"

    def seed_of(self, motion: Motion) -> int | None:
        """Return the seed its clip follows from; None if the generator says that none was heard."""
        return self.seed if motion.provenance.get("seed", self.seed) is not None else None

    def drawn_by(self, motion: Motion) -> str:
        """Return in words what chose the take: the seed, or the clip's place in the call."""
        if self.seed_of(motion) is not None:
            return f"seed {self.seed}"
        seeding = motion.provenance.get("seeding")
        if isinstance(seeding, Mapping) and {"official", "position"} <= seeding.keys():
            clip = seeding["position"] + 1
            return f"official seeding {seeding['official']}, clip {clip} of its call"
        return "no seed"

    @property
    def _hidden(self) -> list[str] | None:
        """What a slot-filled prompt says beside its words: the composer acts on tiers, too."""
        if isinstance(self.prompt, str):
            return None
        return [self.prompt.domain, *(f"{p.tier} {p.text}" for p in self.prompt.slots.values())]


def slug(text: str) -> str:
    """Return a text as lower-case words joined by dashes, short enough for a file's name."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall(r"[a-z0-9]+", plain)) or "clip"
    return words if len(words) <= _SLUG else words[:_SLUG].rpartition("-")[0] or words[:_SLUG]


def read_text(text: str, library: VariableLibrary) -> Prompt | str:
    """Return the slot-filled prompt that reads like a text, or the text as it is.

    Raises:
        ConfigError: It says nothing.
    """
    if not text.strip():
        raise ConfigError("A text is empty. Say what to do, such as 'a front kick, then a jump'.")
    try:
        return library.parse(text)
    except LibraryError:
        return text


def read_action(action: str, library: VariableLibrary) -> Prompt:
    """Return the prompt of six indices such as '0,3,5,1,0,2'.

    Raises:
        ConfigError: They are not six whole numbers within the library.
    """
    sizes = [int(size) for size in library.action_space().nvec]
    try:
        indices = [int(number) for number in action.split(",")]
    except ValueError:
        indices = []
    if len(indices) != len(INDICES) or any(
        not 0 <= index < size for index, size in zip(indices, sizes, strict=True)
    ):
        ranges = ", ".join(
            f"{name} 0 to {size - 1}" for name, size in zip(INDICES, sizes, strict=True)
        )
        raise ConfigError(f"{action!r} is no action. Give six whole numbers: {ranges}.")
    return library.decode(np.array(indices, dtype=np.int64))[0]


def draw(
    library: VariableLibrary,
    seed: int,
    index: int,
    *,
    domain: str | None = None,
    tier: int | None = None,
) -> Prompt:
    """Return the prompt number `index` of a seed; it does not depend on how many are drawn.

    Raises:
        UnknownName: There is no such domain.
        ConfigError: There is no such tier.
    """
    if tier is not None and tier not in TIERS:
        raise ConfigError(f"There is no tier {tier}. Tiers are 1 (easy) to 5 (hard).")
    if domain is not None:
        library.words(domain)
    return library.sample(np.random.default_rng([seed, index]), domain=domain, tier=tier)


def fill(
    library: VariableLibrary, drawn: Iterable[Prompt], phrases: Mapping[str, str | None]
) -> Prompt:
    """Return the first drawn prompt with room for the phrases named, with them in their slots.

    Args:
        library: Whose words they are.
        drawn: Prompts of one domain; what they hold stands where no phrase is named.
        phrases: Text by slot, or None.

    Raises:
        UnknownName: The domain has no such phrase.
        ConfigError: None of the prompts says all these slots.
    """
    named = {slot: text for slot, text in phrases.items() if text is not None}
    for prompt in drawn:
        if set(named) <= set(prompt.said):
            own = {slot: _phrase(library, prompt.domain, slot, t) for slot, t in named.items()}
            return Prompt(prompt.domain, prompt.template, **{**prompt.slots, **own})
    raise ConfigError(f"No sentence of this domain has room for {' and '.join(named)} at once.")


def _phrase(library: VariableLibrary, domain: str, slot: str, text: str) -> Phrase:
    known = {phrase.text: phrase for phrase in library.words(domain).phrases[slot]}
    if text not in known:
        raise UnknownName(f"{domain} {slot} phrase", text, known)
    return known[text]
