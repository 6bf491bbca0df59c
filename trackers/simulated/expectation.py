"""What is to be expected of one instance of a simulated world: its rounds without any luck."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from claims_env.trackers.simulated.phrase_tables import PhraseTables, met
from claims_env.trackers.simulated.settings import FilterSettings
from claims_env.trackers.simulated.sieve import chance_of_rejection
from claims_env.trackers.simulated.student import Lessons, Mind, Student, tallied
from claims_env.word_grid import Floats, Ints, WordGrid, read_actions

Worth = Callable[[Mind], Floats]
"""Says what each of some minds is worth, (B, width) to (B,)."""


@dataclass(frozen=True, slots=True, eq=False)
class Expectation:
    """The rules of one instance; a clip counts by its chance to be kept.

    Attributes:
        grid: The words.
        student: The rules of learning.
        tables: What is true of each phrase, of this instance alone.
        filter: What is rejected.
        success: The expected held-out success of minds, 0 to 1.
    """

    grid: WordGrid
    student: Student
    tables: PhraseTables
    filter: FilterSettings
    success: Worth

    def each(self, mind: Mind, prompts: Ints) -> Floats:
        """Return what each prompt would teach a mind, shape (n, cells).

        Args:
            mind: The mind, shape (1, width).
            prompts: The prompts, shape (n, 6).
        """
        lessons, kept = self._lessons(mind, np.asarray(prompts)[None])
        count, parts = kept.shape[1], lessons.weights.shape[-1]
        # each prompt as an instance of its own
        lessons = Lessons(
            np.broadcast_to(lessons.cells, (1, count, parts)).reshape(count, 1, parts),
            np.broadcast_to(lessons.weights, (1, count, parts)).reshape(count, 1, parts),
        )
        return tallied(lessons, kept.reshape(count, 1), self.student.cells)

    def after(self, minds: Mind, prompts: Ints, counts: Ints | None = None) -> Mind:
        """Return minds after a round.

        Args:
            minds: The minds, shape (B, width).
            prompts: What each is taught, shape (B, n, 6).
            counts: How often each prompt is taught, shape (n,); None is once.
        """
        lessons, kept = self._lessons(minds, prompts)
        kept = kept if counts is None else kept * counts.astype(np.float32)
        return self.student.learn(minds, tallied(lessons, kept, self.student.cells))

    def taught(self, mind: Mind, tally: Floats) -> Mind:
        """Return what becomes of one mind by each of some sums of lessons, shape (B, width)."""
        return self.student.learn(np.repeat(mind, len(tally), axis=0), tally)

    def _lessons(self, minds: Mind, prompts: Ints) -> tuple[Lessons, npt.NDArray[np.float32]]:
        reading = read_actions(self.grid, prompts)
        refused = chance_of_rejection(self.filter, reading, self.tables)
        lessons = self.student.lessons(minds, met(reading, self.tables))
        return lessons, np.asarray(1 - refused, np.float32)
