"""The outer curriculum on a simulated world: the same environment, a round in less than a blink."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import gymnasium as gym
import numpy as np

from claims_env.chat_usage import ChatAccount
from claims_env.observation import ObservationLayout
from claims_env.prompt import Prompt
from claims_env.reward import RewardWeights
from claims_env.rounds import Round
from claims_env.scheduler import Action, Observation
from claims_env.surrogate_play import SurrogatePlay
from claims_env.variable_library import VariableLibrary
from claims_env.world import World


@dataclass(frozen=True, slots=True)
class SurrogateParts:
    """What stands for the parts of a curriculum where there are none.

    Attributes:
        library: Defines the actions.
        account: What language models share; there are none.
    """

    library: VariableLibrary
    account: ChatAccount | None = None


class SurrogateEnv(gym.Env[Observation, Action]):
    """A curriculum over prompts on a simulated student: spaces and `info` of `CurriculumEnv`.

    `info["rounds"]` holds rounds that are built when they are first looked at. Nothing is generated
    or simulated, and every record says so.

    Args:
        world: The simulated world.
        library: The words.
        sets: How many prompts a round holds.
        rounds: How many rounds an episode has, the random round 0 included.
        weights: Of the reward.
        reveal: Puts what the world knows of itself into `info["oracle"]` (see `Oracle`).
    """

    metadata: dict[str, Any] = {"render_modes": []}  # noqa: RUF012  # Gymnasium's own attribute

    def __init__(
        self,
        world: World,
        library: VariableLibrary,
        *,
        sets: int = 200,
        rounds: int = 7,
        weights: RewardWeights | None = None,
        reveal: bool = False,
    ) -> None:
        self._play = SurrogatePlay(world, library, sets=sets, rounds=rounds, weights=weights)
        self.parts, self.world = SurrogateParts(library), world
        self.sets, self.max_rounds, self._reveal = sets, rounds, reveal
        self.action_space = library.action_space(sets)
        self.observation_space = self._play.layout.space
        self.acting = "unnamed"  # who is on the environment, for the record

    @property
    def layout(self) -> ObservationLayout:
        """What the observation is made of."""
        return self._play.layout

    @property
    def facts(self) -> dict[str, Any]:
        """What is behind it, for every record; its kind is 'simulated'."""
        return self.world.facts

    @property
    def observation_names(self) -> tuple[str, ...]:
        """What each entry of the observation is."""
        return self.layout.names

    @property
    def rounds(self) -> Sequence[Round]:
        """The rounds played since the last reset, built when they are looked at."""
        return self._play.rounds()

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Observation, dict[str, Any]]:
        """Start a new instance of the world, draw round 0 at random and play it.

        Args:
            seed: Of the episode; phrases, students and all noise follow from it.
            options: Under 'opening', the prompts of round 0, one per set, if they are not to be
                drawn from the library.

        Raises:
            gymnasium.error.InvalidAction: There are more or fewer opening prompts than sets.
            LibraryError: An opening prompt is none of the library's.
        """
        super().reset(seed=seed)
        given = (options or {}).get("opening")
        opening = None if given is None else self._encoded(given)[None]
        seen = self._play.reset([self.np_random], opening)
        return seen[0], self._info()

    def step(self, action: Action) -> tuple[Observation, float, bool, bool, dict[str, Any]]:
        """Play one round on the prompts the action stands for."""
        self._require_open()
        if not self.action_space.contains(action := np.asarray(action, dtype=np.int64)):
            raise gym.error.InvalidAction(
                f"The action has shape {action.shape} or an index out of range. Expected "
                f"{self.action_space}: six indices for each of {self.sets} sets."
            )
        seen, earned = self._play.play(action.reshape(1, self.sets, -1), self.acting)
        truncated = self._play.index >= self.max_rounds
        return seen[0], float(earned[0]), False, truncated, self._info()

    def step_on(
        self, prompts: Sequence[Prompt]
    ) -> tuple[Observation, float, bool, bool, dict[str, Any]]:
        """Play one round on these prompts.

        Args:
            prompts: One per set, in order; a world knows words, so free text is refused.

        Raises:
            LibraryError: A prompt is none of the library's.
        """
        return self.step(self._encoded(prompts).reshape(-1))

    def _encoded(self, prompts: Sequence[Prompt]) -> Action:
        if len(prompts) != self.sets:
            raise gym.error.InvalidAction(
                f"{len(prompts)} prompt(s) were given. Expected {self.sets}: one for each set."
            )
        return self.parts.library.encode(prompts).reshape(self.sets, -1)

    def _require_open(self) -> None:
        if not 0 < self._play.index < self.max_rounds:
            raise gym.error.ResetNeeded("Call reset before step: an episode starts with round 0.")

    def _info(self) -> dict[str, Any]:
        info: dict[str, Any] = {
            "rounds": self.rounds,
            "decision_seed": int(self._play.decision_seeds()[0]),
            "observation_names": self.observation_names,
        }
        if self._reveal:
            info["oracle"] = self.world.oracle(self._play.state)
        return info
