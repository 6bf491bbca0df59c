"""How fast the embedded tracker samples, next to MuJoCo alone: the same model, cores and minute.

Sampling is physics, observations, rewards, fresh episodes and both networks; the bare figure steps
the same humanoids from the same states with nothing around it. Every core runs one process
that measures both in turns, on the process's own CPU clock, so that other people's work on the
machine does not count. Fails where sampling falls below --at-least of the bare rate.
"""

import multiprocessing
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import tyro

from claims_env.motion import Motion
from claims_env.rotation import about, multiply
from claims_env.skeleton import INDEX, STANDING_HEIGHT, UPRIGHT
from claims_env.tracker import Budget
from claims_env.trackers.mujoco import MujocoSettings, MujocoTracker


@dataclass(frozen=True, slots=True)
class Options:
    """What to measure."""

    rounds: int = 12
    """How often each process measures both."""
    at_least: float = 0.6
    """Sampling over bare rate below which the script fails."""
    training: int = 100_000
    """Control steps of the whole trainer to time; 0 for none."""


def marching(steps_per_s: float) -> Motion:
    """Return six seconds of marching on the spot: enough contact, and no data needed."""
    time_s = np.arange(180) / 30
    rotations = np.tile(np.array([1.0, 0, 0, 0]), (180, 24, 1))
    rotations[:, 0] = UPRIGHT
    for side, sign in (("L", 1), ("R", -1)):
        lift = 0.9 * np.maximum(sign * np.sin(np.pi * steps_per_s * time_s), 0)
        rotations[:, INDEX[f"{side}_Hip"]] = about("x", -lift)
        rotations[:, INDEX[f"{side}_Knee"]] = about("x", 1.5 * lift)
        arm = multiply(about("z", np.full(180, -1.2 * sign)), about("y", 0.3 * lift))
        rotations[:, INDEX[f"{side}_Shoulder"]] = arm
    root = np.tile(np.array([0, 0, STANDING_HEIGHT]), (180, 1))
    return Motion(rotations, root, 30.0, f"march-{steps_per_s}", {})


def rates(rounds: int) -> tuple[float, float]:
    """Return control steps per CPU second of this process: sampling, and bare stepping."""
    import torch

    from claims_env.trackers.mujoco.environment import Environment
    from claims_env.trackers.mujoco.humanoid import SUBSTEPS
    from claims_env.trackers.mujoco.learner import Learner
    from claims_env.trackers.mujoco.reference import gather, refer
    from claims_env.trackers.mujoco.simulation import Simulation

    torch.set_num_threads(1)
    settings = MujocoSettings()
    learner = Learner(settings, seed=0)
    corpus = gather([refer(marching(r), learner.body) for r in (1.0, 2.0, 3.0)], learner.body)
    practice = Environment(learner.body, corpus, settings.environments, [0])
    alone = Simulation(learner.body, corpus, settings.environments)
    random = torch.Generator().manual_seed(0)

    def sample() -> None:
        learner.live(practice, random)

    def step() -> None:
        # on from what practice has reached, led along the reference: contacts as in practice
        for part in ("qpos", "qvel", "applied"):
            getattr(alone.physics, part)[:] = getattr(practice.simulation.physics, part)
        alone.clip, alone.frame = practice.simulation.clip, practice.simulation.frame
        for ahead in range(1, settings.horizon + 1):
            alone.physics.ctrl[:] = corpus.coordinates[alone.ahead(ahead)]
            alone.physics.step(SUBSTEPS)

    spent = {sample: 0.0, step: 0.0}
    for turn in range(rounds + 1):
        for work in spent:
            seconds = _cpu_seconds(work)
            spent[work] += seconds if turn else 0  # the first turn warms up
    steps = rounds * settings.environments * settings.horizon
    return steps / spent[sample], steps / spent[step]


def _cpu_seconds(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main(options: Options) -> int:
    cores = MujocoTracker().workers
    with multiprocessing.get_context("spawn").Pool(cores) as pool:
        measured = np.array(pool.map(rates, [options.rounds] * cores))
    sampling, bare = measured.sum(axis=0)
    ratio = sampling / bare
    print(f"{cores} cores, lite body, 90 Hz physics, 30 Hz control; rates per CPU second")
    print(f"MuJoCo alone  {bare:9,.0f} control steps/s")
    print(f"sampling      {sampling:9,.0f} control steps/s = {ratio:.0%} of it")
    if options.training:
        motions = [marching(r) for r in (1.0, 2.0, 3.0)]
        report = MujocoTracker().train(motions, Budget(options.training))
        rate = report.samples / report.seconds
        print(f"training      {rate:9,.0f} control steps/s of wall time, start-up included")
    if ratio < options.at_least:
        print(f"Below {options.at_least:.0%}.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(tyro.cli(Options)))
