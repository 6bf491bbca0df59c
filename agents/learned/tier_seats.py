"""Simulated worlds as a vector environment for training: one seat for each domain of each instance.

All seats of an instance are paid alike, with what the round gained on held-out clips, and share one
policy (parameter sharing; Gupta et al. 2017). Episodes start anew in the step that ends them, as
stable-baselines3 expects, each with a seed of its own.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from gymnasium import spaces
from stable_baselines3.common.vec_env import VecEnv

from claims_env.agents.learned.tier_player import tier_rows
from claims_env.agents.word_choices import Indices, word_choices
from claims_env.observation import ObservationLayout
from claims_env.surrogate_vec import SurrogateVecEnv
from claims_env.tier_mask import REACH, Masks, masked, offered_tiers
from claims_env.tier_observation import SEAT, Vectors, digest, seats
from claims_env.variable_library import TIERS, VariableLibrary
from claims_env.word_grid import Floats
from claims_env.world import JUDGES

PAID = 10.0
"""What a gain in held-out success is multiplied by, so that rewards are about one."""


class WorldSeats:
    """The seats of the instances of one world.

    Args:
        env: The instances.
        library: Their words.
        seed: Of the first episode; each takes as many seeds as there are instances.
    """

    def __init__(self, env: SurrogateVecEnv, library: VariableLibrary, seed: int) -> None:
        self._env, self._words, self._seed = env, word_choices(library), seed
        self._places = _places(env, library)
        self.domains = len(library.domains)
        self.count = env.num_envs * self.domains
        self.digest: Floats = np.zeros((env.num_envs, self.domains, 3))
        self._earlier: Floats | None = None
        self._index, self._drawn = 0, np.zeros(env.num_envs, np.int64)

    def reset(self) -> Vectors:
        """Start new episodes; returns what each seat sees, shape (count, 9)."""
        vectors, info = self._env.reset(seed=self._seed)
        self._seed += self._env.num_envs
        self._earlier, self._index = None, 0
        return self._seen(vectors, info)

    def step(self, tiers: Indices) -> tuple[Vectors, Floats, bool]:
        """Play a round; returns what is seen, what each seat is paid, and whether it was the last.

        Args:
            tiers: Of each seat, 0 to 4, shape (count,).
        """
        rows = self._env.last_actions
        chosen = np.take_along_axis(tiers.reshape(len(rows), -1), rows[..., 0], axis=1)
        actions = [
            tier_rows(self._words, row[:, 0], TIERS[0] + tier, np.random.default_rng(int(seed)))
            for row, tier, seed in zip(rows, chosen, self._drawn, strict=True)
        ]
        vectors, paid, _, ended, info = self._env.step(np.stack(actions).reshape(len(rows), -1))
        self._earlier, self._index = self.digest, self._index + 1
        return self._seen(vectors, info), np.repeat(PAID * paid, self.domains), bool(ended[0])

    def _seen(self, vectors: Vectors, info: dict[str, Any]) -> Vectors:
        self._drawn = info["decision_seed"]
        rows = self._env.last_actions
        kept, success = vectors[:, self._places["kept"]], vectors[:, self._places["success"]]
        tiers = np.stack([self._words.tiers_of(row) for row in rows])
        mean = tiers.sum(-1) / np.maximum((tiers > 0).sum(-1), 1)
        outcome = np.where(kept > 0, success, np.nan).astype(np.float64)
        self.digest = digest(rows[..., 0], mean, outcome, self.domains)
        return seats(self.digest, self._earlier, self._index).reshape(self.count, -1)


class TierSeats(VecEnv):
    """All seats of some worlds, for stable-baselines3.

    Args:
        worlds: The seats of each world; their episodes are equally long.
        library: Their words.
        reach: How many tiers a domain may move in a round, for whoever asks for masks.
    """

    def __init__(
        self, worlds: Sequence[WorldSeats], library: VariableLibrary, *, reach: float | None = REACH
    ) -> None:
        self._worlds, self._offered = list(worlds), offered_tiers(library)
        self._reach = reach or float(len(TIERS))
        self._tiers: Indices = np.zeros(0, np.int64)
        self._ends = np.cumsum([world.count for world in worlds])[:-1]
        self.render_mode = None
        seen = spaces.Box(0.0, 1.0, (len(SEAT),), np.float32)
        super().__init__(sum(w.count for w in worlds), seen, spaces.Discrete(len(TIERS)))

    def reset(self) -> Vectors:
        """Start new episodes in all worlds."""
        return np.concatenate([world.reset() for world in self._worlds])

    def step_async(self, actions: npt.NDArray[Any]) -> None:
        """Take the tiers of all seats."""
        self._tiers = np.asarray(actions, np.int64)

    def step_wait(
        self,
    ) -> tuple[Vectors, npt.NDArray[np.float32], npt.NDArray[np.bool_], list[dict[str, Any]]]:
        """Play a round in all worlds."""
        parts = np.split(self._tiers, self._ends)
        played = [world.step(part) for world, part in zip(self._worlds, parts, strict=True)]
        seen = np.concatenate([p[0] for p in played])
        paid = np.concatenate([p[1] for p in played]).astype(np.float32)
        ended = played[0][2]
        infos: list[dict[str, Any]] = [{} for _ in range(self.num_envs)]
        if ended:
            infos = [{"terminal_observation": last} for last in seen]
            seen = self.reset()
        return seen, paid, np.full(self.num_envs, ended), infos

    def action_masks(self) -> list[Masks]:
        """Return which tiers each seat may choose."""
        masks = [masked(self._offered, w.digest, self._reach) for w in self._worlds]
        return [row for mask in masks for row in mask.reshape(-1, len(TIERS))]

    def close(self) -> None:
        """Do nothing: there is nothing open."""

    def get_attr(self, attr_name: str, indices: Any = None) -> list[Any]:
        """Return an attribute for each seat."""
        return [getattr(self, attr_name)] * self.num_envs

    def set_attr(self, attr_name: str, value: Any, indices: Any = None) -> None:
        """Set an attribute of all seats."""
        setattr(self, attr_name, value)

    def env_method(
        self, method_name: str, *method_args: Any, indices: Any = None, **method_kwargs: Any
    ) -> list[Any]:
        """Call a method that answers for all seats at once."""
        answer: list[Any] = getattr(self, method_name)(*method_args, **method_kwargs)
        return answer

    def env_is_wrapped(self, wrapper_class: Any, indices: Any = None) -> list[bool]:
        """Say that no seat is wrapped."""
        return [False] * self.num_envs


def _places(env: SurrogateVecEnv, library: VariableLibrary) -> dict[str, Indices]:
    """Return where a vector says of each set whether it was kept, and whether it was tracked."""
    optional = library.optional_slots
    layout = ObservationLayout(library.domains, JUDGES, env.sets, env.max_rounds, optional)
    at = {name: place for place, name in enumerate(layout.names)}
    return {
        what: np.array([at[f"set{i}.{what}"] for i in range(env.sets)])
        for what in ("kept", "success")
    }
