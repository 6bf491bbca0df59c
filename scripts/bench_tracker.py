"""How fast the embedded tracker samples and learns, next to MuJoCo alone and to a peer.

Sampling is physics, observations, rewards, fresh episodes and both networks; learning is sampling
and the updates of PPO; the bare figure steps the same humanoids from the same states with nothing
around it. Every core runs one process that measures all in turns, on the process's own CPU clock,
so that other people's work on the machine does not count. The peer is PPO of Stable-Baselines3 on
Gymnasium's Humanoid-v5, in the same turns. Fails where a ratio falls below its --at-least.
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

PEER_STEPS = 1024


@dataclass(frozen=True, slots=True)
class Options:
    """What to measure."""

    rounds: int = 12
    """How often each process measures both."""
    at_least_sampling: float = 0.75
    """Sampling over bare rate below which the script fails."""
    at_least_learning: float = 0.6
    """Sampling and updates over bare rate below which the script fails."""
    at_least_peer: float = 8.0
    """Samples learned from, over those of the peer in the same time, below which it fails."""
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


def rates(rounds: int) -> tuple[float, float, float, float]:
    """Return samples per CPU second of this process: sampling, learning, bare, and the peer's."""
    import torch

    from claims_env.trackers.mujoco.collective import Alone
    from claims_env.trackers.mujoco.environment import Environment
    from claims_env.trackers.mujoco.learner import Learner
    from claims_env.trackers.mujoco.reference import gather, refer
    from claims_env.trackers.mujoco.simulation import Simulation

    torch.set_num_threads(1)
    settings = MujocoSettings()
    learner = Learner(settings, seed=0)
    corpus = gather([refer(marching(r), learner.body) for r in (1.0, 2.0, 3.0)], learner.body)
    progress = learner.progress(corpus)
    practice = Environment(learner.body, corpus, settings.environments, progress, [0])
    alone = Simulation(learner.body, corpus, settings.environments)
    random = torch.Generator().manual_seed(0)

    lived = [learner.live(practice, random)]

    def sample() -> None:
        lived[0] = learner.live(practice, random)

    def update() -> None:
        learner.optimiser.update(lived[0], Alone(), random)

    def step() -> None:
        # on from what practice has reached, led along the reference: contacts as in practice
        for part in ("qpos", "qvel", "applied"):
            getattr(alone.physics, part)[:] = getattr(practice.simulation.physics, part)
        alone.clip, alone.frame = practice.simulation.clip, practice.simulation.frame
        for ahead in range(1, settings.horizon + 1):
            alone.physics.ctrl[:] = corpus.coordinates[alone.ahead(ahead)]
            alone.physics.step(learner.body.substeps)

    peer = _peer()
    spent = {sample: 0.0, update: 0.0, step: 0.0, peer: 0.0}
    for turn in range(rounds + 1):
        for work in spent:
            seconds = _cpu_seconds(work)
            spent[work] += seconds if turn else 0  # the first turn warms up
    steps = rounds * settings.environments * settings.horizon
    learning = spent[sample] + spent[update]
    peers = rounds * PEER_STEPS / spent[peer]
    return steps / spent[sample], steps / learning, steps / spent[step], peers


def _peer() -> Callable[[], None]:
    """Return what takes `PEER_STEPS` steps of Humanoid-v5 and learns from them."""
    import gymnasium
    from stable_baselines3 import PPO

    model = PPO(
        "MlpPolicy", gymnasium.make("Humanoid-v5"), n_steps=PEER_STEPS, device="cpu", seed=0
    )

    def learn() -> None:
        model.learn(PEER_STEPS)

    return learn


def _cpu_seconds(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main(options: Options) -> int:
    cores = MujocoTracker().workers
    with multiprocessing.get_context("spawn").Pool(cores) as pool:
        measured = np.array(pool.map(rates, [options.rounds] * cores))
    sampling, learning, bare, peer = measured.sum(axis=0)
    print(f"{cores} cores, lite body, 90 Hz physics, 30 Hz control; rates per CPU second")
    print(f"MuJoCo alone  {bare:9,.0f} control steps/s")
    print(f"sampling      {sampling:9,.0f} control steps/s = {sampling / bare:.0%} of it")
    print(f"learning      {learning:9,.0f} control steps/s = {learning / bare:.0%} of it")
    print(f"SB3's PPO     {peer:9,.0f} steps/s on Humanoid-v5; ours: {learning / peer:.1f} x that")
    if options.training:
        motions = [marching(r) for r in (1.0, 2.0, 3.0)]
        report = MujocoTracker().train(motions, Budget(options.training))
        rate = report.samples / report.seconds
        print(f"training      {rate:9,.0f} control steps/s of wall time, start-up included")
    wanted = [
        ("sampling over bare stepping", sampling / bare, options.at_least_sampling),
        ("learning over bare stepping", learning / bare, options.at_least_learning),
        ("learning over SB3's", learning / peer, options.at_least_peer),
    ]
    short = [f"{name} is {got:.2f}, below {least}" for name, got, least in wanted if got < least]
    print("\n".join(short), file=sys.stderr, end="\n" * bool(short))
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main(tyro.cli(Options)))
