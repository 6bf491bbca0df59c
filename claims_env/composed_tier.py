"""Fresh clips of one tier, composed from the words of rounds with seeds that no round can draw."""

from collections.abc import Callable

import numpy as np

from claims_env.answers import valid_motions
from claims_env.errors import SuiteError
from claims_env.generator import MotionGenerator
from claims_env.held_out import RESERVED_SEEDS
from claims_env.motion import Motion
from claims_env.suite import Suite
from claims_env.variable_library import VariableLibrary

PREFIX = "composed-tier"
"""What these suites are called, with the tier behind it."""

ATTEMPTS = 20
"""How often a clip is drawn anew when it is refused."""


def compose_tier(
    library: VariableLibrary,
    generator: MotionGenerator,
    passes: Callable[[Motion], bool],
    tier: int,
    *,
    clips: int,
    seed: int,
    after_each: Callable[[], None] = lambda: None,
) -> Suite:
    """Return a suite of so many clips of a tier, the domains in turn.

    The words are those a tracker may have been trained on; the takes are new. A longer suite of the
    same seed begins with the clips of a shorter one.

    Args:
        library: The words.
        generator: Composes the clips.
        passes: Whether a clip is physically valid; others are drawn anew.
        tier: Of every phrase, 1 to 5.
        clips: How many.
        seed: Chooses prompts and takes.
        after_each: Called when a clip is done.

    Raises:
        SuiteError: No valid clip came of a domain.
        ContractBroken: The generator gives something other than one motion per prompt.
    """
    motions: list[Motion] = []
    for index in range(clips):
        domain = library.domains[index % len(library.domains)]
        motion = _clip(library, generator, passes, (domain, tier), [seed, tier, index])
        motions.append(motion.renamed(f"tier{tier}_{index:03d}"))
        after_each()
    return Suite(f"{PREFIX}{tier}", f"composed, tier {tier}, fresh takes", tuple(motions))


def _clip(
    library: VariableLibrary,
    generator: MotionGenerator,
    passes: Callable[[Motion], bool],
    wanted: tuple[str, int],
    seed: list[int],
) -> Motion:
    domain, tier = wanted
    for attempt in range(ATTEMPTS):
        rng = np.random.default_rng([*seed, attempt])
        prompt = library.sample(rng, domain=domain, tier=tier)
        take = RESERVED_SEEDS + int(rng.integers(RESERVED_SEEDS))
        (motion,) = valid_motions(generator.generate([prompt], [take]), 1, generator.name)
        if passes(motion):
            return motion
    raise SuiteError(
        f"No valid clip came of {domain}, tier {tier}, in {ATTEMPTS} attempts. "
        "Take another --seed or another tier."
    )
