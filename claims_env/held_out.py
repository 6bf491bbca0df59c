"""The built-in suite: clips composed from phrases and seeds that no round can ever use."""

import hashlib
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from claims_env.answers import valid_motions
from claims_env.domain_words import slots_of
from claims_env.errors import SuiteError
from claims_env.generator import MotionGenerator
from claims_env.motion import Motion
from claims_env.prompt import Phrase
from claims_env.suite import Suite
from claims_env.variable_library import TIERS, DomainWords, VariableLibrary

RESERVED_SEEDS = 2**30
"""Clips of rounds are drawn with smaller seeds, those of the built-in suite with larger ones."""

KIND = "composed, held out"
"""How the built-in suite is called wherever it is shown: it is no real motion."""

NAME = "held-out"

_ATTEMPTS = 20
"""How often a clip is drawn anew when the filter refuses it."""


def split_library(library: VariableLibrary) -> tuple[VariableLibrary, VariableLibrary | None]:
    """Return the library for rounds, and the one whose base actions are reserved for the suite.

    In each domain one base action of each tier is reserved, chosen by a hash of its text, so that
    adding phrases elsewhere changes nothing. Equal domains stay equal, so a rectangular library
    stays rectangular. A tier with a single phrase keeps it. A domain that can reserve nothing, or
    has no sentence to say it in, is left out of the second library; without any, that is None.
    """
    rounds: dict[str, DomainWords] = {}
    reserved: dict[str, DomainWords] = {}
    for domain in library.domains:
        words = library.words(domain)
        # a sentence without a base action would hold nothing that rounds cannot ask for
        naming = tuple(t for t in words.templates if "base_action" in slots_of(t))
        mine = _reserved(words.phrases["base_action"]) if naming else ()
        others = tuple(p for p in words.phrases["base_action"] if p not in mine)
        rounds[domain] = replace(words, phrases={**words.phrases, "base_action": others})
        if mine:
            reserved[domain] = DomainWords(naming, {**words.phrases, "base_action": mine})
    return VariableLibrary(rounds), VariableLibrary(reserved) if reserved else None


def compose_suite(
    reserved: VariableLibrary,
    generator: MotionGenerator,
    passes: Callable[[Motion], bool],
    *,
    clips: int,
    seed: int = RESERVED_SEEDS,
) -> Suite:
    """Return a suite of so many clips, spread evenly over domains and tiers.

    Args:
        reserved: The words kept for it.
        generator: Composes the clips.
        passes: Whether a clip is physically valid; others are drawn anew.
        clips: How many.
        seed: What it is drawn with, `RESERVED_SEEDS` or more.

    Raises:
        SuiteError: No valid clip came of a domain and tier.
        ContractBroken: The generator gives something other than one motion per prompt.
    """
    motions: list[Motion] = []
    for i in range(clips):
        domain = reserved.domains[i % len(reserved.domains)]
        tier = TIERS[(i + i // len(reserved.domains)) % len(TIERS)]
        motions.append(_clip(reserved, generator, passes, domain, tier, seed + i * _ATTEMPTS))
    named = [motion.renamed(f"held_out_{i:03d}") for i, motion in enumerate(motions)]
    return Suite(name=NAME, kind=KIND, motions=tuple(named), refused=())


def clip_seeds(seed: int, count: int) -> list[int]:
    """Return the seeds of a round's clips, below those reserved for suites."""
    state = np.random.SeedSequence(seed).generate_state(count)
    return [int(s) % RESERVED_SEEDS for s in state]


def _clip(
    reserved: VariableLibrary,
    generator: MotionGenerator,
    passes: Callable[[Motion], bool],
    domain: str,
    tier: int,
    seed: int,
) -> Motion:
    for attempt in range(_ATTEMPTS):
        rng = np.random.default_rng(seed + attempt)
        prompt = reserved.sample(rng, domain=domain, tier=tier)
        given = generator.generate([prompt], [seed + attempt])
        (motion,) = valid_motions(given, 1, generator.name)
        if passes(motion):
            return motion
    raise SuiteError(
        f"No valid clip came of {domain}, tier {tier}, in {_ATTEMPTS} attempts. "
        "Leave the built-in suite out with --held-out 0, or name your own with --suite."
    )


def _reserved(phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    chosen: list[Phrase] = []
    for tier in TIERS:
        same = [phrase for phrase in phrases if phrase.tier == tier]
        if len(same) > 1:
            chosen.append(min(same, key=lambda p: hashlib.sha256(p.text.encode()).hexdigest()))
    return tuple(chosen)
