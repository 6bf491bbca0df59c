"""Performs clips from their first frame to their last, all at once, and says how well.

Nothing stops at a failure: the body lies where it fell while its reference goes on, so that every
definition of the metrics can be computed from the record.
"""

import zlib
from collections.abc import Callable, Sequence

import numpy as np

from claims_env.rotation import Floats
from claims_env.tracker import TrackedClip
from claims_env.trackers.mujoco.humanoid import Humanoid
from claims_env.trackers.mujoco.observation import observe
from claims_env.trackers.mujoco.reference import Corpus, Reference, gather
from claims_env.trackers.mujoco.simulation import Simulation
from claims_env.tracking_metrics import measure

Decide = Callable[[Floats], Floats]
"""Observations (n, size) to actions (n, actuators)."""

_ASIDE = 2.0
"""A simulation that blew up is recorded this far above where it last was [m]: it has failed."""


def perform(
    references: Sequence[Reference],
    body: Humanoid,
    decide: Decide,
    *,
    assist: float,
    threads: int = 1,
) -> list[TrackedClip]:
    """Return how each clip went; each depends on its own reference alone."""
    corpus = gather(references, body)
    simulation = Simulation(body, corpus, len(references), threads)
    clips = np.arange(len(references))
    simulation.start(clips, clips, np.zeros_like(clips))
    simulation.assist[:] = assist
    record = _record(simulation, decide)
    return [_judged(record[:, clip], corpus, clip) for clip in range(len(references))]


def zero_action(body: Humanoid) -> Decide:
    """Return the policy that follows the reference blindly."""
    return lambda observation: np.zeros((len(observation), body.actuators), np.float32)


def random_action(references: Sequence[Reference], body: Humanoid) -> Decide:
    """Return a policy for one performance of these clips that acts at random, whatever it sees.

    Actions are uniform in [-1, 1]. Each clip draws from a seed of its own, made of its name and
    length, so that it goes the same way whatever is performed beside it.
    """
    draws = [
        np.random.default_rng([zlib.crc32(r.name.encode("utf-8", "surrogatepass")), len(r.qpos)])
        for r in references
    ]
    return lambda observation: np.stack(
        [draw.uniform(-1, 1, body.actuators) for draw in draws]
    ).astype(np.float32)


def _record(simulation: Simulation, decide: Decide) -> Floats:
    """Return the landmarks after each step, shape (longest - 1, clips, 24, 3) [m]."""
    steps = int(simulation.corpus.lengths.max()) - 1
    record = np.empty((steps, simulation.n, *simulation.corpus.landmarks.shape[1:]), np.float32)
    lost = np.zeros(simulation.n, bool)
    before = simulation.placement.landmarks.copy()
    for step in range(steps):
        simulation.act(decide(observe(simulation)))
        newly = simulation.diverged & ~lost
        before[newly, :, 2] += _ASIDE
        lost |= newly
        before[~lost] = simulation.placement.landmarks[~lost]
        record[step] = before
    return record


def _judged(record: Floats, corpus: Corpus, clip: int) -> TrackedClip:
    frames = int(corpus.lengths[clip])
    joints = record[: frames - 1]
    first = int(corpus.first[clip])
    reference = corpus.landmarks[first + 1 : first + frames]
    return TrackedClip(corpus.names[clip], measure(joints, reference), joints, reference)
