"""Tests the benchmark itself: what it finds where there is nothing, and what it must find.

On the null world no scheduler has an effect, so that a difference may be found at the nominal rate
and no more. On every other world whoever reads the world should win, and on the multi-skill world,
where what is too easy teaches nothing, the easiest words should not. Everything here is simulated.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import tyro

from claims_env.assembly.bench_plan import make_plan
from claims_env.assembly.rung import played_rows
from claims_env.assembly.worlds import WORLDS
from claims_env.benchmark.world_order import order_of
from claims_env.config import RunConfig
from claims_env.proportion import wilson_interval
from claims_env.statistics.aggregate import Scores
from claims_env.statistics.paired_difference import paired_difference
from claims_env.statistics.winner import Decision, decide

REFERENCE, EASIEST = "oracle", "greedy-easiest"


@dataclass(frozen=True, slots=True)
class Options:
    """How much is played."""

    schedulers: str = "random,edit,rule,ramp,ladder,greedy-hardest"
    """Who is played on the null world."""
    repetitions: int = 200
    """Benchmarks on the null world."""
    seeds: int = 10
    """Seeds of each."""
    sets: int = 15
    """Prompts per round there."""
    rounds: int = 4
    """Rounds per episode there, round 0 included."""
    instances: int = 20
    """Seeds of the benchmark on the other worlds; 0 leaves it out."""
    base_seed: int = 0
    """What those seeds follow from."""
    worlds: tuple[str, ...] = tuple(sorted(WORLDS))
    """Which other worlds."""
    world_sets: int = 200
    """Prompts per round there, as in the paper."""
    world_rounds: int = 7
    """Rounds per episode there, likewise."""


def scores(
    schedulers: str, world: str, *, seeds: int, base_seed: int, sets: int, rounds: int
) -> dict[str, Scores]:
    """Return final scores (runs, 1) by scheduler."""
    plan = make_plan(
        schedulers=schedulers,
        trackers=world,
        seeds=seeds,
        base_seed=base_seed,
        sets=sets,
        rounds=rounds,
        config=RunConfig(),
    )
    order = order_of(played_rows(plan))
    return {name: order.of([name]) for name in order.schedulers}


def null_decision(o: Options, repetition: int) -> Decision:
    """Return what one benchmark on the null world settles."""
    size = {"seeds": o.seeds, "sets": o.sets, "rounds": o.rounds}
    return decide(scores(o.schedulers, "null", base_seed=repetition, **size))


def tell_null(o: Options) -> None:
    """Print how often a difference, and how often a winner, is found on the null world."""
    found = [null_decision(o, repetition) for repetition in range(o.repetitions)]
    for what, count in (
        ("a difference", sum(d.found for d in found)),
        ("a winner over all others", sum(d.winner is not None for d in found)),
    ):
        low, high = wilson_interval(count, len(found))
        print(
            f"null world, level 5 %: {what} declared in {count} of {len(found)} benchmarks, "
            f"{count / len(found):.1%} [{low:.1%}, {high:.1%}]",
            flush=True,
        )


def told_control(name: str, first: str, second: str, made: Mapping[str, Scores]) -> str:
    gap = paired_difference(made[first], made[second], seed=0)
    low, high = gap.estimate.low or 0.0, gap.estimate.high or 0.0
    return (
        f"| {name} | {first} - {second} | {100 * gap.estimate.value:+.1f} "
        f"[{100 * low:+.1f}, {100 * high:+.1f}] | {gap.p:.4f} |"
    )


def tell_worlds(o: Options) -> None:
    """Print whether the reference beats the best other, and whether the easiest words lose."""
    print("| world | difference | points [95 %] | p |\n| --- | --- | --- | --- |", flush=True)
    asked = f"{o.schedulers},{EASIEST},{REFERENCE}"
    for world in o.worlds:
        size = {"sets": o.world_sets, "rounds": o.world_rounds}
        made = scores(asked, world, seeds=o.instances, base_seed=o.base_seed, **size)
        others = [name for name in made if name != REFERENCE]
        best = max(others, key=lambda name: float(made[name].mean()))
        print(told_control(world, REFERENCE, best, made), flush=True)
        rivals = [name for name in others if name != EASIEST]
        best = max(rivals, key=lambda name: float(made[name].mean()))
        print(told_control(world, EASIEST, best, made), flush=True)
        if "random" in made:
            print(told_control(world, EASIEST, "random", made), flush=True)


def main(options: Options) -> None:
    if options.instances:
        tell_worlds(options)
    if options.repetitions:
        tell_null(options)


if __name__ == "__main__":
    main(tyro.cli(Options))
