"""The environment as learning libraries want it: lean infos, few actions, few observations."""

from typing import Any, cast

import gymnasium as gym
import numpy as np
from gymnasium import spaces

from claims_env.env import CurriculumEnv
from claims_env.rounds import Round
from claims_env.scheduler import Action, Observation
from claims_env.surrogate_env import SurrogateEnv
from claims_env.tier_mask import REACH, Masks, masked, offered_tiers
from claims_env.tier_observation import SEAT, round_digest, seen_of
from claims_env.variable_library import TIERS

Curriculum = CurriculumEnv | SurrogateEnv
Step = tuple[Observation, float, bool, bool, dict[str, Any]]
Given = tuple[Observation, dict[str, Any]]


class SB3View(gym.Wrapper[Observation, Action, Observation, Action]):
    """A curriculum with infos that stable-baselines3 can copy: figures in place of rounds.

    Its vector environments copy every info to the bottom, and a round is thousands of objects. The
    spaces stay: a flat box, and one `MultiDiscrete` of six indices for each set.

    Args:
        env: The curriculum.
    """

    def __init__(self, env: Curriculum) -> None:
        super().__init__(cast(Any, env))

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> Given:
        """Play round 0. See `CurriculumEnv.reset`."""
        seen, info = self.env.reset(seed=seed, options=options)
        return seen, lean(info)

    def step(self, action: Action) -> Step:
        """Play one round."""
        seen, earned, terminated, truncated, info = self.env.step(action)
        return seen, float(earned), terminated, truncated, lean(info)


class TierActions(gym.Wrapper[Observation, Action, Observation, Action]):
    """A curriculum whose action is one tier for each domain: five choices of five.

    The prompts of a round are drawn, in each set's domain, from the words of the chosen tier. What
    is seen is `SEAT` for each domain, one after the other. Infos are lean, as in `SB3View`.

    Args:
        env: The curriculum.
        reach: How many tiers a domain may move in a round, for whoever asks for `action_masks`.
    """

    def __init__(self, env: Curriculum, *, reach: float = REACH) -> None:
        super().__init__(cast(Any, env))
        self.curriculum, self._library, self._reach = env, env.parts.library, reach
        self._offered = offered_tiers(self._library)
        self._seed = 0
        domains = len(self._library.domains)
        self.action_space = spaces.MultiDiscrete([len(TIERS)] * domains)
        self.observation_space = spaces.Box(0.0, 1.0, (domains * len(SEAT),), np.float32)

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> Given:
        """Play round 0. See `CurriculumEnv.reset`."""
        _, info = self.curriculum.reset(seed=seed, options=options)
        return self._told(info)

    def step(self, action: Action) -> Step:
        """Play a round of these tiers, 0 for the easiest.

        Raises:
            gymnasium.error.InvalidAction: It is not one tier for each domain.
        """
        if not self.action_space.contains(action := np.asarray(action, dtype=np.int64)):
            raise gym.error.InvalidAction(
                f"The action is {action.tolist()}. Expected {self.action_space}: a tier, 0 to "
                f"{len(TIERS) - 1}, for each of {', '.join(self._library.domains)}."
            )
        prompts = self._drawn(action)
        _, earned, terminated, truncated, info = self.curriculum.step(prompts)
        seen, told = self._told(info)
        return seen, float(earned), terminated, truncated, told

    def action_masks(self) -> Masks:
        """Return which tiers may be chosen, all domains in a row, as MaskablePPO asks for them."""
        newest = self._rounds[-1]
        return masked(self._offered, round_digest(newest, self._library), self._reach).ravel()

    @property
    def _rounds(self) -> tuple[Round, ...]:
        return tuple(self.curriculum.rounds)

    def _drawn(self, action: Action) -> Action:
        rng = np.random.default_rng(self._seed)
        tiers = dict(zip(self._library.domains, action.tolist(), strict=True))
        domains = [s.prompt.domain for s in self._rounds[-1].sets]
        drawn = [
            self._library.sample(rng, domain=domain, tier=TIERS[tiers[domain]])
            for domain in domains
        ]
        return self._library.encode(drawn)

    def _told(self, info: dict[str, Any]) -> Given:
        self._seed = int(info["decision_seed"])
        return seen_of(self._rounds, self._library).ravel(), lean(info)


def lean(info: dict[str, Any]) -> dict[str, Any]:
    """Return the figures of the last round, none where it has none, and the decision's seed."""
    played: Round = info["rounds"][-1]
    found = {"held_out_success": played.held_out_success, "difficulty": played.difficulty}
    known = {name: value for name, value in found.items() if value is not None}
    return {"decision_seed": info["decision_seed"], "round": played.index, **known}
