"""Measures how many clips the composer makes per second on one core, across all domains."""

import statistics
import time

import numpy as np

from claims_env.generators.composer import Composer
from claims_env.library import load_library
from claims_env.prompt import Prompt

CLIPS = 100


def main() -> None:
    """Print clips per second and the spread of single clips."""
    library, composer = load_library(), Composer()
    rng = np.random.default_rng(0)
    domains = library.domains
    prompts = [library.sample(rng, domain=domains[i % len(domains)]) for i in range(CLIPS)]
    composer.generate(prompts[:5], range(5))  # the first clips also load what is loaded lazily
    taken = [seconds(composer, prompt, seed) for seed, prompt in enumerate(prompts)]
    worst, median = max(taken), statistics.median(taken)
    print(
        f"composer: {CLIPS / sum(taken):.0f} clips/s on one core "
        f"(median {median * 1e3:.1f} ms, slowest {worst * 1e3:.1f} ms, {CLIPS} clips)"
    )


def seconds(composer: Composer, prompt: Prompt, seed: int) -> float:
    """Return how long one clip takes [s]."""
    start = time.perf_counter()
    composer.generate([prompt], [seed])
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
