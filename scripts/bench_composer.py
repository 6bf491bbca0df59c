"""Measures how many clips the composer makes per second on one core, across all domains.

A machine that is shared or throttled is slow for everybody, so a fixed piece of numpy work is timed
between the clips; the ratio of the two is what to compare from one day to another.
"""

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
    taken, work = list[float](), list[float]()
    for seed, prompt in enumerate(prompts):
        taken.append(seconds(composer, prompt, seed))
        work.append(reference())
    worst, median = max(taken), statistics.median(taken)
    print(
        f"composer: {CLIPS / sum(taken):.0f} clips/s on one core "
        f"(median {median * 1e3:.1f} ms, slowest {worst * 1e3:.1f} ms, {CLIPS} clips; "
        f"{median / statistics.median(work):.0f} times the reference work)"
    )


def seconds(composer: Composer, prompt: Prompt, seed: int) -> float:
    """Return how much processor time one clip takes [s]."""
    start = time.process_time()
    composer.generate([prompt], [seed])
    return time.process_time() - start


def reference() -> float:
    """Return how much processor time 200 products of small strided arrays take [s]."""
    columns = np.ones((180, 4))
    start = time.process_time()
    for _ in range(200):
        _ = columns[:, 0] * columns[:, 1] + columns[:, 2]
    return time.process_time() - start


if __name__ == "__main__":
    main()
