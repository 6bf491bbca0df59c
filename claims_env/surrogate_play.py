"""Plays episodes on a simulated world, for as many instances as there are generators."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from claims_env.env import OPENING
from claims_env.observation import ObservationLayout
from claims_env.reward import RewardWeights
from claims_env.surrogate_observation import RoundFusion
from claims_env.surrogate_reward import rewards
from claims_env.surrogate_round import LazyRound, LazyRounds, PlayedRound, build_round
from claims_env.variable_library import VariableLibrary
from claims_env.word_grid import Ints, grid_of, opening_actions
from claims_env.world import JUDGES, World

_SEEDS = 2**31


class SurrogatePlay:
    """What `SurrogateEnv` and `SurrogateVecEnv` share: episodes of many instances in step.

    Args:
        world: What is played.
        library: The words.
        sets: How many prompts a round holds.
        rounds: How many rounds an episode has, the opening included.
        weights: Of the reward.
    """

    def __init__(
        self,
        world: World,
        library: VariableLibrary,
        *,
        sets: int,
        rounds: int,
        weights: RewardWeights | None = None,
    ) -> None:
        self.world, self.library, self.sets, self.max_rounds = world, library, sets, rounds
        self._weights = weights or RewardWeights()
        self._clips = [suite.clips for suite in world.suites]
        optional = library.optional_slots
        self.layout = ObservationLayout(library.domains, JUDGES, sets, rounds, optional)
        self._fusion = RoundFusion(self.layout, library.domains, world.suites, sets, rounds)
        self.state: Any = None
        self._generators: Sequence[np.random.Generator] = ()
        self._played: list[list[PlayedRound]] = []
        self._cells: list[list[LazyRound]] = []

    @property
    def index(self) -> int:
        """How many rounds have been played since the last reset."""
        return len(self._played[0]) if self._played else 0

    @property
    def last_actions(self) -> npt.NDArray[np.int64]:
        """The prompts of the round last played, shape (B, sets, 6)."""
        return self._played[0][-1].arrays.actions

    def rounds(self, instance: int = 0) -> LazyRounds:
        """Return the rounds one instance has played since the last reset."""
        return LazyRounds(self._cells[instance]) if self._cells else LazyRounds(())

    def reset(
        self, generators: Sequence[np.random.Generator], openings: Ints | None = None
    ) -> npt.NDArray[np.float32]:
        """Start new instances, play their openings and return what is seen of them.

        Args:
            generators: One for each instance; all it draws follows from it.
            openings: What to open with in place of prompts drawn at random, shape (B, sets, 6).
        """
        self._generators = generators
        seeds = np.array([int(rng.integers(_SEEDS)) for rng in generators])
        grid = grid_of(self.library)
        # drawn even where it is not used, so that all else is the same with and without it
        drawn = np.stack([opening_actions(grid, self.sets, rng) for rng in generators])
        self._played, self._cells = [[] for _ in generators], [[] for _ in generators]
        self.state = self.world.begin(self.library, seeds, sets=self.sets, rounds=self.max_rounds)
        seen, _ = self.play(drawn if openings is None else openings, OPENING)
        return seen

    def play(
        self, actions: Ints, scheduler: str
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float64]]:
        """Play the next round; returns what is seen of it, and the rewards.

        Args:
            actions: The prompts, shape (B, sets, 6).
            scheduler: Who chose them, for the record.
        """
        arrays = self.world.play(self.state, actions)
        before = self._played[0][-1].arrays if self.index else None
        earned = (
            np.zeros(len(actions))
            if before is None
            else rewards(before, arrays, self._clips, self._weights)
        )
        for i, rng in enumerate(self._generators):
            played = PlayedRound(
                arrays,
                i,
                self.library,
                self.world.suites,
                self.world.name,
                int(rng.integers(_SEEDS)),
                scheduler,
                float(earned[i]),
                tuple(self._played[i]),
            )
            self._played[i].append(played)
            self._cells[i].append(LazyRound(partial(build_round, played)))
        return self._fusion.fuse(arrays), earned

    def decision_seeds(self) -> npt.NDArray[np.int64]:
        """Return a fresh seed for the next decision of each instance."""
        return np.array([int(rng.integers(_SEEDS)) for rng in self._generators])
