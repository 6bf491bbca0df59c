"""The census: which prompts are made to learn what a generator's clips are like."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from claims_env.analysis.measured_clip import Draw
from claims_env.analysis.vocabulary import alone
from claims_env.prompt import Prompt
from claims_env.variable_library import TIERS, VariableLibrary

_AT_RANDOM, _BY_TIER, _BY_ACTION = 1, 2, 3
"""Keep the three parts of a census from drawing the same prompts."""


def at_random(library: VariableLibrary, clips: int, seed: int) -> list[Draw]:
    """Return so many prompts drawn from the whole library, equally many of each domain."""
    domains = library.domains
    return [
        _draw(library, (seed, _AT_RANDOM, i), domain=domains[i % len(domains)])
        for i in range(clips)
    ]


def by_tier(library: VariableLibrary, clips: int, seed: int) -> list[tuple[int, Draw]]:
    """Return so many prompts of each tier, with that tier, equally many of each domain."""
    domains = library.domains
    return [
        (
            tier,
            _draw(library, (seed, _BY_TIER, tier, i), domain=domains[i % len(domains)], tier=tier),
        )
        for tier in TIERS
        for i in range(clips)
    ]


@dataclass(frozen=True, slots=True)
class Take:
    """One of several draws of a base action.

    Attributes:
        domain: The action's.
        action: Its words.
        number: Counts the takes of the action from 0.
        draw: What is made.
    """

    domain: str
    action: str
    number: int
    draw: Draw


def by_action(library: VariableLibrary, takes: int, seed: int) -> Iterator[Take]:
    """Yield so many takes of every base action.

    Everything else in the prompt, and the seed, are drawn anew for each take.
    """
    for d, domain in enumerate(library.domains):
        for a, phrase in enumerate(library.words(domain).phrases["base_action"]):
            for take in range(takes):
                drawn = _draw(library, (seed, _BY_ACTION, d, a, take), domain=domain)
                slots = {**drawn.prompt.slots, "base_action": phrase}
                prompt = Prompt(domain, drawn.prompt.template, **slots)
                yield Take(domain, phrase.text, take, Draw(prompt, drawn.seed))


def by_action_alone(library: VariableLibrary, takes: int, seed: int) -> Iterator[Take]:
    """Yield so many takes of every base action said alone, each with another seed."""
    for domain in library.domains:
        for phrase in library.words(domain).phrases["base_action"]:
            for take in range(takes):
                draw = Draw(alone(domain, "base_action", phrase), seed + take)
                yield Take(domain, phrase.text, take, draw)


def _draw(
    library: VariableLibrary, entropy: tuple[int, ...], *, domain: str, tier: int | None = None
) -> Draw:
    rng = np.random.default_rng(entropy)
    prompt = library.sample(rng, domain=domain, tier=tier)
    return Draw(prompt, int(rng.integers(2**30)))
