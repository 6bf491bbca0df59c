"""Plays one episode: what was decided and seen, what it earned, and how long decisions took."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from claims_env.answers import valid_action
from claims_env.scheduler import Action, Observation, Scheduler
from claims_env.surrogate_env import SurrogateEnv


@dataclass(frozen=True, slots=True, eq=False)
class Episode:
    """An episode as offline learners want it.

    Attributes:
        seed: Of the episode.
        observations: Shape (decisions + 1, n).
        actions: Shape (decisions, 6 * sets).
        rewards: Shape (decisions,).
        deciding_s: Wall clock of the decisions [s].
    """

    seed: int
    observations: npt.NDArray[np.float32]
    actions: npt.NDArray[np.int64]
    rewards: npt.NDArray[np.float64]
    deciding_s: float


def play_episode(scheduler: Scheduler, env: SurrogateEnv, *, seed: int) -> Episode:
    """Play a scheduler to the end of an episode.

    Args:
        scheduler: Chooses the prompts.
        env: Where.
        seed: Of the episode.

    Raises:
        ContractBroken: The scheduler returned no valid action.
    """
    observation, info = env.reset(seed=seed)
    env.acting = scheduler.name
    observations, actions, rewards = [observation], list[Action](), list[float]()
    deciding_s, over = 0.0, False
    while not over:
        start = time.perf_counter()
        action = scheduler.act(observation, info)
        deciding_s += time.perf_counter() - start
        actions.append(valid_action(action, env.action_space, scheduler.name))
        observation, reward, _, over, info = env.step(actions[-1])
        observations.append(observation)
        rewards.append(reward)
    return Episode(seed, np.stack(observations), np.stack(actions), np.array(rewards), deciding_s)


class Recorded:
    """A scheduler that decides what another once decided: it plays a row again.

    Args:
        name: Of the other.
        actions: Its decisions, shape (decisions, 6 * sets).
    """

    def __init__(self, name: str, actions: npt.NDArray[np.int64]) -> None:
        self.name, self._actions = name, actions

    def act(self, observation: Observation, info: Mapping[str, Any]) -> Action:
        """See `Scheduler`."""
        decision: Action = self._actions[len(info["rounds"]) - 1]
        return decision
