"""Measures the simulated worlds: processor time of one thread, medians, at 200 sets and 7 rounds.

A batch is timed over whole episodes, resets and observations included; a single round is that of
the world alone.
"""

import argparse
import time
from collections.abc import Callable
from statistics import median

import numpy as np

from claims_env.assembly.worlds import WORLDS, build_surrogate_env, build_world, make_vec
from claims_env.library import load_library
from claims_env.variable_library import VariableLibrary
from claims_env.word_grid import grid_of, opening_actions

SETS, ROUNDS = 200, 7


def took(work: Callable[[], object]) -> float:
    """Return the processor time of some work [s]."""
    start = time.process_time()
    work()
    return time.process_time() - start


def round_alone(world: str, library: VariableLibrary, repeats: int) -> float:
    """Return the time of a round of one instance, inside the world [s]."""
    made, rng = build_world(world), np.random.default_rng(0)
    actions = opening_actions(grid_of(library), SETS, rng)[None]
    times: list[float] = []
    for seed in range(repeats):
        state = made.begin(library, np.array([seed]), sets=SETS, rounds=ROUNDS)
        times += [took(lambda: made.play(state, actions)) for _ in range(ROUNDS)]  # noqa: B023
    return median(times)


def rounds_together(world: str, library: VariableLibrary, count: int, repeats: int) -> float:
    """Return how many rounds a second a vector environment plays."""
    env = make_vec(world, count, library=library)
    env.reset(seed=0)
    actions = np.stack([env.single_action_space.sample() for _ in range(count)])

    def episode() -> None:
        for _ in range(ROUNDS):
            env.step(actions)

    episode()
    return ROUNDS * count / median(took(episode) for _ in range(repeats))


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures the simulated worlds.")
    parser.add_argument("--repeats", type=int, default=5, help="how often each is measured")
    parser.add_argument("--instances", type=int, default=64, help="how many are played together")
    given = parser.parse_args()
    library = load_library()
    print(f"{'world':14}{'a round [ms]':>14}{f'rounds/s, {given.instances} together':>26}")
    for world in sorted(WORLDS):
        alone = round_alone(world, library, given.repeats)
        together = rounds_together(world, library, given.instances, given.repeats)
        print(f"{world:14}{1000 * alone:14.2f}{together:26,.0f}")
    env = build_surrogate_env("rasch", library=library, reveal=True)
    reading: list[float] = []
    planning: list[float] = []
    for seed in range(given.repeats):
        _, info = env.reset(seed=seed)
        reading.append(took(lambda: info["rounds"][-1]))  # noqa: B023
        domains = np.arange(SETS) % 5
        planning.append(took(lambda: info["oracle"].plan(domains, 0)))  # noqa: B023
    print(f"a round as records, once somebody reads it: {1000 * median(reading):.1f} ms")
    print(f"the oracle's plan of a round: {1000 * median(planning):.1f} ms")


if __name__ == "__main__":
    main()
