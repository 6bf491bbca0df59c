"""Clips drawn tier by tier, the domains in turn: what judges are tried on."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from claims_env.answers import made_motions
from claims_env.generator import MotionGenerator, StreamsMotions
from claims_env.held_out import RESERVED_SEEDS
from claims_env.motion import Motion
from claims_env.prompt import Prompt
from claims_env.variable_library import TIERS, VariableLibrary

BATCH = 8
"""Clips asked of a generator at a time, so that one that works in batches is fast and progress
shows."""


@dataclass(frozen=True, slots=True)
class TieredClip:
    """A clip to be judged.

    Attributes:
        motion: The clip, under its own name.
        tier: What its prompt was drawn for, or None if nobody says.
        text: Its prompt, or nothing.
    """

    motion: Motion
    tier: int | None
    text: str


@dataclass(frozen=True, slots=True)
class TieredOrder:
    """A clip that is wanted.

    Attributes:
        name: What it will be called.
        tier: Of every phrase of the prompt.
        prompt: What to show.
        take: The generator's seed.
    """

    name: str
    tier: int
    prompt: Prompt
    take: int


def tiered_orders(library: VariableLibrary, *, clips: int, seed: int) -> list[TieredOrder]:
    """Return so many orders for each of the five tiers, the domains in turn.

    More clips of the same seed begin, in each tier, with the fewer ones. Takes are those no round
    draws.

    Args:
        library: The words.
        clips: Per tier.
        seed: Chooses prompts and takes.
    """
    return [_order(library, tier, index, seed) for tier in TIERS for index in range(clips)]


def tiered_clips(
    generator: MotionGenerator,
    orders: Sequence[TieredOrder],
    after_each: Callable[[], None] = lambda: None,
) -> Iterator[TieredClip]:
    """Yield the clips of these orders, as the generator makes them: none is left out.

    Raises:
        ContractBroken: The generator does not give one motion per prompt.
    """
    size = len(orders) if isinstance(generator, StreamsMotions) else BATCH
    for start in range(0, len(orders), size):
        batch = orders[start : start + size]
        made = made_motions(generator, [o.prompt for o in batch], [o.take for o in batch])
        for order, motion in zip(batch, made, strict=True):
            yield TieredClip(motion.renamed(order.name), order.tier, order.prompt.text)
            after_each()


def _order(library: VariableLibrary, tier: int, index: int, seed: int) -> TieredOrder:
    rng = np.random.default_rng([seed, tier, index])
    prompt = library.sample(rng, domain=library.domains[index % len(library.domains)], tier=tier)
    take = RESERVED_SEEDS + int(rng.integers(RESERVED_SEEDS))
    return TieredOrder(f"tier{tier}_{index:03d}", tier, prompt, take)
