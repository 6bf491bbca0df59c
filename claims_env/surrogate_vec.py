"""Many episodes on a simulated world in step: a vector environment without any worker."""

from collections.abc import Sequence
from typing import Any

import gymnasium as gym
import numpy as np
import numpy.typing as npt
from gymnasium.utils.seeding import np_random
from gymnasium.vector import AutoresetMode, VectorEnv
from gymnasium.vector.utils import batch_space

from claims_env.reward import RewardWeights
from claims_env.scheduler import Action, Observation
from claims_env.surrogate_play import SurrogatePlay
from claims_env.surrogate_round import LazyRounds
from claims_env.variable_library import VariableLibrary
from claims_env.world import Oracle, World

Vectors = npt.NDArray[np.float32]


class SurrogateVecEnv(VectorEnv[Observation, Action, npt.NDArray[Any]]):
    """`SurrogateEnv` for many instances at once; instance i of seed s is what s + i gives alone.

    All episodes are equally long, so they end together; the step after that starts new ones
    (Gymnasium's 'next step' autoreset).

    Args:
        world: The simulated world.
        library: The words.
        num_envs: How many instances.
        sets: How many prompts a round holds.
        rounds: How many rounds an episode has, the random round 0 included.
        weights: Of the reward.
    """

    metadata: dict[str, Any] = {"autoreset_mode": AutoresetMode.NEXT_STEP}  # noqa: RUF012

    def __init__(
        self,
        world: World,
        library: VariableLibrary,
        *,
        num_envs: int = 1,
        sets: int = 200,
        rounds: int = 7,
        weights: RewardWeights | None = None,
    ) -> None:
        self._play = SurrogatePlay(world, library, sets=sets, rounds=rounds, weights=weights)
        self.num_envs, self.world, self.sets, self.max_rounds = num_envs, world, sets, rounds
        self.single_action_space = library.action_space(sets)
        self.single_observation_space = self._play.layout.space
        self.action_space = batch_space(self.single_action_space, num_envs)
        self.observation_space = batch_space(self.single_observation_space, num_envs)
        self.acting = "unnamed"  # who is on the environment, for the record
        self._generators: list[np.random.Generator] = []

    @property
    def facts(self) -> dict[str, Any]:
        """What is behind it, for every record; its kind is 'simulated'."""
        return self.world.facts

    def rounds(self, instance: int) -> LazyRounds:
        """Return the rounds one instance has played since the last reset."""
        return self._play.rounds(instance)

    @property
    def last_actions(self) -> Action:
        """The prompts of the round last played, shape (num_envs, sets, 6)."""
        return self._play.last_actions

    def oracle(self, instance: int) -> Oracle:
        """Return what the world knows of one instance."""
        return self.world.oracle(self._play.state, instance)

    def reset(
        self,
        *,
        seed: int | Sequence[int | None] | None = None,
        options: dict[str, Any] | None = None,
    ) -> tuple[Vectors, dict[str, Any]]:
        """Start new instances.

        Args:
            seed: Of the first one, the others counting up from it, or one for each; None goes on
                drawing.
            options: None are known.
        """
        given = [seed + i for i in range(self.num_envs)] if isinstance(seed, int) else seed
        if given is None:
            self._generators = self._generators or [np_random()[0] for _ in range(self.num_envs)]
        else:
            self._generators = [np_random(one)[0] for one in given]
        return self._play.reset(self._generators), self._info()

    def step(
        self, actions: Action
    ) -> tuple[
        Vectors,
        npt.NDArray[np.float64],
        npt.NDArray[np.bool_],
        npt.NDArray[np.bool_],
        dict[str, Any],
    ]:
        """Play one round of every instance, or start anew where the episodes have ended.

        Args:
            actions: Shape (num_envs, 6 * sets).
        """
        if not self._play.index:
            raise gym.error.ResetNeeded("Call reset before step: an episode starts with round 0.")
        if self._play.index >= self.max_rounds:
            seen, earned = self._play.reset(self._generators), np.zeros(self.num_envs)
        else:
            seen, earned = self._play.play(self._checked(actions), self.acting)
        ended = np.full(self.num_envs, self._play.index >= self.max_rounds)
        return seen, earned, np.zeros(self.num_envs, bool), ended, self._info()

    def _checked(self, actions: Action) -> Action:
        actions = np.asarray(actions, np.int64)
        limits = self.single_action_space.nvec  # type: ignore[attr-defined]  # it is MultiDiscrete
        if (
            actions.shape != (self.num_envs, len(limits))
            or ((actions < 0) | (actions >= limits)).any()
        ):
            raise gym.error.InvalidAction(
                f"The actions have shape {actions.shape} or an index out of range. Expected "
                f"({self.num_envs}, {len(limits)}): six indices for each of {self.sets} sets."
            )
        return actions.reshape(self.num_envs, self.sets, -1)

    def _info(self) -> dict[str, Any]:
        known = np.ones(self.num_envs, bool)
        return {"decision_seed": self._play.decision_seeds(), "_decision_seed": known}
