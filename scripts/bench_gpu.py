"""How fast a graphics card steps and samples, next to MuJoCo on the CPU with the same humanoids.

Bare stepping is physics alone, the way to the card and back included. Sampling adds observations,
rewards, fresh episodes and both networks, which run on the host whatever the engine: what is left
when physics is taken away is what a faster card cannot speed up. All times are wall times, of the
fastest round of several.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import tyro

from claims_env.assembly import whole_library
from claims_env.errors import ConfigError, MissingDependency
from claims_env.generators.composer import Composer
from claims_env.motion import Motion
from claims_env.trackers.mujoco import MujocoSettings, MujocoTracker

BARE_STEPS = 4


@dataclass(frozen=True, slots=True)
class Options:
    """What to measure."""

    humanoids: tuple[int, ...] = (1024, 4096, 16384)
    """How many are simulated side by side."""
    rounds: int = 5
    """How often each is measured."""
    device: str = "cuda"
    """The card, as warp calls it; 'cpu' tries the script out on warp's CPU device, slowly."""
    threads: int = 0
    """Threads for MuJoCo on the CPU, and for the networks; 0 takes every core there is."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured: control steps per second, and microseconds per sample."""

    bare: float
    sampling: float
    physics_us: float
    rest_us: float


class Stopwatch:
    """An engine that knows how long its steps took."""

    def __init__(self, engine: Any) -> None:
        self.seconds = 0.0
        self.qpos, self.qvel = engine.qpos, engine.qvel
        self.ctrl, self.applied = engine.ctrl, engine.applied
        self.forget = engine.forget
        self._step = engine.step

    def step(self, substeps: int) -> None:
        """Advance every simulation, and count the time."""
        self.seconds += _seconds(lambda: self._step(substeps))


def clips() -> list[Motion]:
    library, rng = whole_library(), np.random.default_rng(0)
    return list(Composer().generate([library.sample(rng) for _ in range(20)], range(20)))


def measure(motions: list[Motion], n: int, rounds: int, engine: Callable[..., Any]) -> Figures:
    """Return how fast n humanoids step and sample on an engine."""
    import torch

    from claims_env.trackers.mujoco.environment import Environment
    from claims_env.trackers.mujoco.learner import Learner
    from claims_env.trackers.mujoco.reference import gather, refer

    settings = MujocoSettings(environments=n)
    learner = Learner(settings, seed=0)
    corpus = gather([refer(motion, learner.body) for motion in motions], learner.body)
    practice = Environment(learner.body, corpus, n, learner.progress(corpus), [0])
    physics = Stopwatch(engine(learner.body.model, n))
    _move(practice.simulation, physics)
    random = torch.Generator().manual_seed(0)
    turns = []
    for _ in range(rounds + 1):
        physics.seconds = 0.0
        sampling = _seconds(lambda: learner.live(practice, random))
        turns.append((sampling, physics.seconds, _seconds(lambda: _step_bare(practice.simulation))))
    # the first turn compiles and warms up
    sampling, alone, bare = np.array(turns[1:]).min(axis=0)
    samples = n * settings.horizon
    return Figures(
        n * BARE_STEPS / bare,
        samples / sampling,
        1e6 * alone / samples,
        1e6 * (sampling - alone) / samples,
    )


def _move(simulation: Any, engine: Any) -> None:
    """Let a simulation go on where it is, on another engine."""
    engine.qpos[:], engine.qvel[:] = simulation.physics.qpos, simulation.physics.qvel
    engine.forget(np.arange(simulation.n))
    simulation.physics = engine


def _step_bare(simulation: Any) -> None:
    """Step on along the reference from where practice stands, so that contacts are alike."""
    physics = simulation.physics
    before = physics.qpos.copy(), physics.qvel.copy()
    for ahead in range(1, BARE_STEPS + 1):
        physics.ctrl[:] = simulation.corpus.coordinates[simulation.ahead(ahead)]
        physics.step(simulation.body.substeps)
    physics.qpos[:], physics.qvel[:] = before


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def engines(card: str, threads: int) -> dict[str, Callable[..., Any]]:
    """Return ways to make physics for a model and a number of humanoids, by name."""
    from claims_env.trackers.mujoco.batch_physics import batch_physics
    from claims_env.trackers.mujoco.warp_physics import WarpPhysics

    return {
        f"{card}, repeatable": lambda model, n: WarpPhysics(model, n, card),
        f"{card}, in any order": lambda model, n: WarpPhysics(model, n, card, repeatable=False),
        f"MuJoCo, {threads} threads": lambda model, n: batch_physics(model, n, threads),
    }


def main(options: Options) -> int:
    import torch

    threads = options.threads or MujocoTracker().workers
    torch.set_num_threads(threads)
    motions = clips()
    print(f"{'':24}{'humanoids':>10}{'bare/s':>12}{'sampling/s':>12}", end="")
    print(f"{'physics us':>12}{'rest us':>9}")
    for n in options.humanoids:
        for name, engine in engines(options.device, threads).items():
            try:
                f = measure(motions, n, options.rounds, engine)
            except (ConfigError, MissingDependency) as error:
                print(error, file=sys.stderr)
                return 2
            print(f"{name:24}{n:10}{f.bare:12,.0f}{f.sampling:12,.0f}", end="")
            print(f"{f.physics_us:12.2f}{f.rest_us:9.2f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(tyro.cli(Options)))
