"""Schedulers of one's own, as `module:Class` names them: one that works, some that do not."""

from typing import Any

import numpy as np

from claims_env.scheduler import Action, Observation
from claims_env.variable_library import VariableLibrary


class Shifting:
    """Moves every index of the last round on by a step: twelve lines, and a benchmark entry."""

    name = "shifting"

    def __init__(self, library: VariableLibrary, step: int = 1) -> None:
        self._library, self._step = library, step

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        last = self._library.encode([s.prompt for s in info["rounds"][-1].sets])
        widths = self._library.action_space(len(last) // 6).nvec
        return self._library.encode(self._library.decode((last + self._step) % widths))


class Faulty(Shifting):
    """Breaks in the second decision."""

    name = "faulty"

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        if len(info["rounds"]) > 1:
            raise ZeroDivisionError("nothing to divide by")
        return super().act(observation, info)


class OutOfRange(Shifting):
    """Returns no action of the space."""

    name = "out-of-range"

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        return np.full(6 * len(info["rounds"][-1].sets), -1)


class Leaves(Shifting):
    """Ends its process instead of deciding."""

    name = "leaves"

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        raise SystemExit(3)


class _Speechless(Exception):
    def __str__(self) -> str:
        raise RuntimeError


class Speechless(Shifting):
    """Raises what cannot be put into words."""

    name = "speechless"

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        raise _Speechless


class Ragged(Shifting):
    """Returns what is no array."""

    name = "ragged"

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        ragged: Any = [[1, 2], [3]]
        return ragged  # type: ignore[no-any-return]


class Restless(Shifting):
    """Draws from elsewhere than its decision's seed."""

    name = "restless"

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        last = self._library.encode([s.prompt for s in info["rounds"][-1].sets])
        widths = self._library.action_space(len(last) // 6).nvec
        any_row = np.random.default_rng().integers(0, widths)
        return self._library.encode(self._library.decode(any_row))


class Peeking(Shifting):
    """Has itself shown what the world knows, under another name than the oracle's."""

    name = "peeking"
    reads_oracle = True
