"""What a simulated world knows of itself and no scheduler is told."""

import numpy as np
import numpy.typing as npt

from claims_env.trackers.simulated.expectation import Expectation, Worth
from claims_env.trackers.simulated.foresight import foreseen_round
from claims_env.trackers.simulated.phrase_tables import PhraseTables
from claims_env.trackers.simulated.settings import FilterSettings
from claims_env.trackers.simulated.world_state import WorldState
from claims_env.word_grid import Floats, Ints


class StudentOracle:
    """See `Oracle`; it knows one instance as it stood when it was made.

    Args:
        state: Where the instances of its world stand.
        instance: Which of them.
        filter: What is rejected.
        expected: Says what held-out success is to be expected of minds.
    """

    def __init__(
        self, state: WorldState, instance: int, filter: FilterSettings, expected: Worth
    ) -> None:
        tables = _only(state.tables, instance)
        self._course = Expectation(state.grid, state.student, tables, filter, expected)
        self._mind = state.mind[instance : instance + 1].copy()
        self._left = max(state.rounds - len(state.trained), 1)

    def gain(self, prompts: Ints, beside: Ints | None = None) -> npt.NDArray[np.float64]:
        """See `Oracle`."""
        taught = self._taught(beside)
        each = self._course.each(self._mind, prompts)
        return np.asarray(self._values(taught + each) - self._values(taught))

    def value(self, prompts: Ints) -> float:
        """See `Oracle`."""
        return float(self._values(self._taught(prompts))[0])

    def standing(self) -> float:
        """See `Oracle`."""
        return float(self._course.success(self._mind)[0])

    def plan(self, domains: Ints, seed: int) -> npt.NDArray[np.int64]:
        """See `Oracle`."""
        wanted = np.asarray(domains, np.int64)
        return foreseen_round(self._course, self._mind, wanted, self._left, seed)

    def _taught(self, prompts: Ints | None) -> Floats:
        if prompts is None or not len(prompts):
            return np.zeros((1, self._course.student.cells))
        return np.asarray(self._course.each(self._mind, prompts).sum(0, keepdims=True))

    def _values(self, tally: Floats) -> npt.NDArray[np.float64]:
        minds = self._course.taught(self._mind, tally)
        return np.asarray(self._course.success(minds), np.float64)


def _only(tables: PhraseTables, instance: int) -> PhraseTables:
    here = slice(instance, instance + 1)
    return PhraseTables(
        tables.effect[here],
        tables.looks[here],
        None if tables.teaches is None else tables.teaches[here],
        None if tables.refused is None else tables.refused[here],
    )
