"""A simulated world whose rounds are kept as arrays: figures then cost no records."""

from typing import Any

from claims_env.variable_library import VariableLibrary
from claims_env.word_grid import Ints
from claims_env.world import Oracle, SimulatedSuite, World, WorldRound


class WatchedWorld:
    """See `World`; it plays as the other does.

    Args:
        world: The other.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self.played: list[WorldRound] = []

    @property
    def name(self) -> str:
        """See `World`."""
        return self._world.name

    @property
    def facts(self) -> dict[str, Any]:
        """See `World`."""
        return self._world.facts

    @property
    def suites(self) -> tuple[SimulatedSuite, ...]:
        """See `World`."""
        return self._world.suites

    def begin(self, library: VariableLibrary, seeds: Ints, *, sets: int, rounds: int) -> Any:
        """See `World`; what was played before is forgotten."""
        self.played = []
        return self._world.begin(library, seeds, sets=sets, rounds=rounds)

    def play(self, state: Any, actions: Ints) -> WorldRound:
        """See `World`."""
        self.played.append(self._world.play(state, actions))
        return self.played[-1]

    def oracle(self, state: Any, instance: int = 0) -> Oracle:
        """See `World`."""
        return self._world.oracle(state, instance)
