"""The outer curriculum as a Gymnasium environment: one step is one round."""

from collections.abc import Sequence
from typing import Any

import gymnasium as gym
import numpy as np

from claims_env.curriculum import Curriculum, Parts
from claims_env.errors import LedgerError
from claims_env.ledger import Ledger, MemoryLedger
from claims_env.observation import ObservationLayout
from claims_env.observer import NobodyWatches, Observer
from claims_env.prompt import Prompt
from claims_env.reward import RewardWeights
from claims_env.rounds import Round
from claims_env.scheduler import Action, Observation
from claims_env.tracker import Budget

OPENING = "random opening"
"""The scheduler of round 0, as shown in records."""


class CurriculumEnv(gym.Env[Observation, Action]):
    """A curriculum over prompts, with a whole tracker training run inside each step.

    The action holds six indices per set: domain, template, and a phrase for each slot. The
    observation is the fused vector that `observation_names` labels; `info["rounds"]` has the same
    in words, for schedulers that read.

    Args:
        parts: What the curriculum is made of.
        sets: How many prompts a round holds.
        rounds: How many rounds an episode has, the random round 0 included (the paper: 7). With 1
            there is nothing to decide, and no step: the paper's one-shot baseline.
        budget: For the training stage of each round.
        weights: Of the reward.
        ledger: Where to record the run; one ledger holds one episode. None keeps nothing.
        observer: Told what is going on.
    """

    metadata: dict[str, Any] = {"render_modes": []}  # noqa: RUF012  # Gymnasium's own attribute

    def __init__(
        self,
        parts: Parts,
        *,
        sets: int,
        rounds: int,
        budget: Budget,
        weights: RewardWeights | None = None,
        ledger: Ledger | None = None,
        observer: Observer | None = None,
    ) -> None:
        self.parts, self.sets, self.max_rounds = parts, sets, rounds
        self._budget, self._weights = budget, weights or RewardWeights()
        self._ledger, self._observer = ledger, observer or NobodyWatches()
        judges = [judge.name for judge in parts.judges]
        library = parts.library
        self.layout = ObservationLayout(
            library.domains, judges, sets, rounds, library.optional_slots
        )
        self.action_space = library.action_space(sets)
        self.observation_space = self.layout.space
        self._curriculum: Curriculum | None = None
        self.acting = "unnamed"  # who is on the environment, for the record

    @property
    def observation_names(self) -> tuple[str, ...]:
        """What each entry of the observation is."""
        return self.layout.names

    @property
    def rounds(self) -> tuple[Round, ...]:
        """The rounds played since the last reset."""
        return tuple(self._curriculum.rounds) if self._curriculum else ()

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Observation, dict[str, Any]]:
        """Return the tracker to its start, draw round 0 at random and play it (Alg. 1).

        Args:
            seed: Of the episode.
            options: Under 'opening', the prompts of round 0, one per set, if they are not to be
                drawn from the library.

        Raises:
            LedgerError: The ledger already holds an episode of this environment.
            gymnasium.error.InvalidAction: There are more or fewer opening prompts than sets.
        """
        super().reset(seed=seed)
        if self._curriculum is not None and self._ledger is not None:
            raise LedgerError(
                "A run directory records one episode. Make a new environment with a new folder."
            )
        self._curriculum = Curriculum(
            self.parts,
            self._budget,
            self._weights,
            self._ledger or MemoryLedger(),
            self._observer,
            seed=self._draw_seed(),
        )
        # drawn even where it is not used, so that all else is the same with and without it
        drawn, given = self._opening(), (options or {}).get("opening")
        played = self._play(drawn, OPENING) if given is None else self._play(given, self.acting)
        return self.layout.fuse(played), self._info()

    def step(self, action: Action) -> tuple[Observation, float, bool, bool, dict[str, Any]]:
        """Play one round on the prompts the action stands for."""
        self._require_open()
        if not self.action_space.contains(action := np.asarray(action, dtype=np.int64)):
            raise gym.error.InvalidAction(
                f"The action has shape {action.shape} or an index out of range. Expected "
                f"{self.action_space}: six indices for each of {self.sets} sets."
            )
        return self.step_on(self.parts.library.decode(action))

    def step_on(
        self, prompts: Sequence[Prompt]
    ) -> tuple[Observation, float, bool, bool, dict[str, Any]]:
        """Play one round on these prompts, whether or not an action stands for them.

        Args:
            prompts: One per set, in order.
        """
        self._require_open()
        played = self._play(prompts, self.acting)
        truncated = len(self.rounds) >= self.max_rounds
        return self.layout.fuse(played), played.reward, False, truncated, self._info()

    def _require_open(self) -> None:
        if self._curriculum is None or len(self.rounds) >= self.max_rounds:
            raise gym.error.ResetNeeded("Call reset before step: an episode starts with round 0.")

    def _play(self, prompts: Sequence[Prompt], scheduler: str) -> Round:
        if self._curriculum is None:
            raise gym.error.ResetNeeded("Call reset before step: round 0 comes first.")
        if len(prompts) != self.sets:
            raise gym.error.InvalidAction(
                f"{len(prompts)} prompt(s) were given. Expected {self.sets}: one for each set."
            )
        return self._curriculum.play(prompts, seed=self._draw_seed(), scheduler=scheduler)

    def _opening(self) -> tuple[Prompt, ...]:
        """Draw round 0: the same number of prompts from each domain, as the paper does."""
        domains = self.parts.library.domains
        return tuple(
            self.parts.library.sample(self.np_random, domain=domains[i % len(domains)])
            for i in range(self.sets)
        )

    def _info(self) -> dict[str, Any]:
        return {
            "rounds": list(self.rounds),
            "decision_seed": self._draw_seed(),
            "observation_names": self.observation_names,
        }

    def _draw_seed(self) -> int:
        return int(self.np_random.integers(2**31))
