"""Trains schedulers on simulated worlds, and shows what each is worth on the others.

    train_ppo_scheduler.py --out my.json                   train on the family, save
    train_ppo_scheduler.py --worlds multi-skill --out my.json
    train_ppo_scheduler.py --matrix FOLDER                 train on each world, test on each

A saved policy is played with `--scheduler ppo:my.json` (or maskable-ppo:my.json).
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from claims_env.agents.learned.tier_policy import save_policy
from claims_env.agents.learned.training import ALGORITHMS, TrainingPlan, train
from claims_env.assembly import build_scheduler
from claims_env.assembly.worlds import WORLDS, build_surrogate_env, make_vec
from claims_env.bootstrap import estimate
from claims_env.library import load_library
from claims_env.reward import RewardWeights
from claims_env.run import run
from claims_env.surrogate_vec import SurrogateVecEnv

TAUGHT = ("rasch", "multi-skill", "forgetting", "prerequisites", "deceptive", "emulator")
"""Where there is something to learn: not the null world, and not the one for unit tests."""

SETS = 200
"""Prompts of a round in training, as in the paper: with fewer, students learn at another pace."""

INSTANCES = 48
"""Instances in training, of all worlds together."""

WHOLE = "all six"


def taught_in(worlds: Sequence[str]) -> list[SurrogateVecEnv]:
    """Return the worlds to train in: paid for held-out success alone, examined without noise."""
    paid, count = RewardWeights(1.0, 0.0), max(INSTANCES // len(worlds), 1)
    library, quiet = load_library(), {"noise": 0.0}
    return [
        make_vec(w, count, library=library, sets=SETS, weights=paid, options=quiet) for w in worlds
    ]


def trained_on(worlds: Sequence[str], plan: TrainingPlan, out: Path) -> None:
    save_policy(train(plan, taught_in(worlds), load_library()), out)


def tested(scheduler: str, world: str, seeds: int) -> list[float]:
    """Return held-out success after the last round for each seed, full rounds and all noise."""
    library, found = load_library(), list[float]()
    for seed in range(seeds):
        env: Any = build_surrogate_env(world, library=library)
        rounds = run(build_scheduler(scheduler, library), env, seed=seed)
        found.append(rounds[-1].held_out_success or 0.0)
    return found


def cell(found: Sequence[float]) -> str:
    """Return a mean and its 95 % interval over seeds, in points."""
    values = np.array(found)
    told = estimate(lambda places: float(values[places].mean()), [0] * len(values), seed=0)
    assert told is not None and told.low is not None and told.high is not None
    return f"{100 * told.value:.1f} [{100 * told.low:.1f}, {100 * told.high:.1f}]"


def print_matrix(plan: TrainingPlan, seeds: int, folder: Path) -> None:
    """Train on each world and on all, test on each, and print a Markdown table."""
    folder.mkdir(parents=True, exist_ok=True)
    print(f"| trained on | {' | '.join(sorted(WORLDS))} |")
    print(f"|---|{'---|' * len(WORLDS)}", flush=True)
    print_row("nothing: `random`", "random", seeds)
    for name, worlds in {WHOLE: TAUGHT, **{w: (w,) for w in TAUGHT}}.items():
        out = folder / f"{plan.algorithm}-{name.replace(' ', '-')}.json"
        if not out.exists():
            trained_on(worlds, plan, out)
        print_row(name, f"{plan.algorithm}:{out}", seeds)


def print_row(name: str, scheduler: str, seeds: int) -> None:
    cells = [cell(tested(scheduler, world, seeds)) for world in sorted(WORLDS)]
    print(f"| {name} | {' | '.join(cells)} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Trains schedulers on simulated worlds.")
    parser.add_argument("--algorithm", choices=sorted(ALGORITHMS), default="ppo")
    parser.add_argument("--worlds", default=",".join(TAUGHT), help="names, separated by commas")
    parser.add_argument("--decisions", type=int, default=TrainingPlan().decisions)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, help="where the policy goes")
    parser.add_argument("--matrix", type=Path, help="a folder for policies of each world: compare")
    parser.add_argument("--test-seeds", type=int, default=10)
    given = parser.parse_args()
    plan = TrainingPlan(given.algorithm, given.decisions, given.seed)
    if given.matrix:
        print_matrix(plan, given.test_seeds, given.matrix)
    if given.out:
        trained_on(given.worlds.split(","), plan, given.out)
        print(f"wrote {given.out}")
    if not (given.matrix or given.out):
        parser.error("nothing to do: name --out FILE, or --matrix FOLDER")


if __name__ == "__main__":
    main()
