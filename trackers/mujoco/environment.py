"""Humanoids that practise: episodes from random frames, ended early where they are lost."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from claims_env.rotation import Floats
from claims_env.trackers.mujoco.clip_progress import ClipProgress
from claims_env.trackers.mujoco.humanoid import Humanoid
from claims_env.trackers.mujoco.imitation_reward import distance, imitation_reward
from claims_env.trackers.mujoco.observation import observe
from claims_env.trackers.mujoco.reference import Corpus
from claims_env.trackers.mujoco.settings import Device
from claims_env.trackers.mujoco.simulation import Simulation

LOST = 0.25
"""Mean landmark distance that ends an episode [m]; half the distance evaluation calls a failure."""

LONGEST = 150
"""Control steps after which an episode starts afresh."""

_FROM_THE_START = 0.15  # share of episodes that begin at frame 0, as every evaluation does
_UNASSISTED = 0.2
"""Share of episodes without help while it is being lowered: the policy must know both."""

_NOISE_QPOS, _NOISE_QVEL = 0.02, 0.06  # [rad], [m/s, rad/s]: standard deviations at the start


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """What one control step brought, for n humanoids.

    Attributes:
        reward: Shape (n,), 0 to 1.
        terminated: Lost, shape (n,).
        truncated: Over without being lost: the clip's end, or long enough, shape (n,).
    """

    reward: Floats
    terminated: npt.NDArray[np.bool_]
    truncated: npt.NDArray[np.bool_]


class Environment:
    """n humanoids that start over by themselves.

    Args:
        body: The humanoid.
        corpus: The clips to practise.
        n: How many humanoids.
        progress: What is known of the clips.
        seed: Decides clips, frames and disturbances.
        device: Where the physics runs.
    """

    def __init__(
        self,
        body: Humanoid,
        corpus: Corpus,
        n: int,
        progress: ClipProgress,
        seed: list[int],
        device: Device = "cpu",
    ) -> None:
        self.simulation = Simulation(body, corpus, n, device=device)
        self.progress = progress
        self.diverged = 0
        """How many simulations blew up so far."""
        self._random = np.random.default_rng(seed)
        self._age = np.zeros(n, int)
        self._counts = np.zeros(n, bool)  # episodes that get their clip's own help
        self._ended = np.zeros(len(corpus.lengths))
        self._failed = np.zeros(len(corpus.lengths))
        self._begin(np.arange(n))
        self.observation = observe(self.simulation)

    def step(self, action: Floats) -> Step:
        """Take one control step and start ended episodes over; `observation` is then new."""
        s = self.simulation
        s.act(action)
        self._age += 1
        self.diverged += int(s.diverged.sum())
        reward = imitation_reward(s)
        terminated = (distance(s) > LOST) | s.diverged
        over = (s.frame >= s.corpus.lengths[s.clip] - 1) | (self._age >= LONGEST)
        self._finish(terminated, over)
        self.observation = observe(s)
        return Step(reward, terminated, over & ~terminated)

    def taught(self) -> Floats:
        """Return what the teacher does where each humanoid should be, shape (n, actuators)."""
        actions: Floats = self.simulation.corpus.taught[self.simulation.ahead(0)]
        return actions

    def outcomes(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return, and forget, how many episodes ended and failed on each clip, (clips,) each."""
        counts = self._ended.copy(), self._failed.copy()
        self._ended[:], self._failed[:] = 0, 0
        return counts

    def _finish(self, terminated: npt.NDArray[np.bool_], over: npt.NDArray[np.bool_]) -> None:
        rows = np.flatnonzero(terminated | over)
        clips = self.simulation.clip
        np.add.at(self._ended, clips[rows[self._counts[rows]]], 1)
        np.add.at(self._failed, clips[np.flatnonzero(terminated & self._counts)], 1)
        if len(rows):
            self._begin(rows)

    def _begin(self, rows: npt.NDArray[np.intp]) -> None:
        s, draw, k = self.simulation, self._random, len(rows)
        clips = draw.choice(len(s.corpus.lengths), k, p=self.progress.probabilities)
        frames = (draw.random(k) * np.maximum(s.corpus.lengths[clips] - 4, 1)).astype(np.intp)
        frames[draw.random(k) < _FROM_THE_START] = 0
        qpos = draw.normal(0, _NOISE_QPOS, (k, s.qpos.shape[1])).astype(np.float32)
        # the root stays: moving it would push the feet into the floor
        qpos[:, :7] = 0
        qvel = draw.normal(0, _NOISE_QVEL, (k, s.qvel.shape[1])).astype(np.float32)
        self._assist(rows, clips)
        s.start(rows, clips.astype(np.intp), frames, (qpos, qvel))
        self._age[rows] = 0

    def _assist(self, rows: npt.NDArray[np.intp], clips: npt.NDArray[np.intp]) -> None:
        """Give fresh episodes their clip's help, or, now and then, the least there is."""
        level = self.progress.assist[clips]
        least = self._random.random(len(rows)) < _UNASSISTED * self.progress.annealing
        self._counts[rows] = ~least | (level <= self.progress.least)
        self.simulation.assist[rows] = np.where(least, self.progress.least, level)
