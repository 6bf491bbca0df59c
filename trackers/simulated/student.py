"""What every simulated student can do: how its ability stands, what teaches it, what it can do.

A student is a set of rules; all it remembers is its mind, one row of numbers per instance. What a
round teaches is a sum over its clips (`tally`), so that the worth of one more clip can be told.
"""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from claims_env.word_grid import Bools, Floats, Ints, Reading, WordGrid

Mind = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Prompts as a student meets them.

    Attributes:
        reading: The words.
        effect: How hard the phrase of each slot is, shape (B, S, 4) [logit].
        difficulty: How hard the prompt is, their weighted mean, shape (B, S) [logit].
        teaches: How much of each phrase can be learned, 0 or 1, shape (B, S, 4); None is all.
    """

    reading: Reading
    effect: Floats
    difficulty: Floats
    teaches: Floats | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Lessons:
    """What each clip adds to which sums; shapes (B, S, parts), or what broadcasts to it."""

    cells: Ints
    weights: Floats


class Student(Protocol):
    """One structure of learning."""

    @property
    def cells(self) -> int:
        """How many sums a round's lessons are added up in."""
        ...

    def begin(self, count: int, sets: int) -> Mind:
        """Return the minds of untrained instances, shape (count, width).

        Args:
            count: How many instances.
            sets: How many prompts a round holds.
        """
        ...

    def demand(self, asked: Asked) -> Floats:
        """Return what each prompt asks for, to be set against `standing`, shape (B, S)."""
        ...

    def standing(self, mind: Mind, reading: Reading) -> Floats:
        """Return what the student can do of what each prompt asks for, shape (B, S)."""
        ...

    def lessons(self, mind: Mind, asked: Asked) -> Lessons:
        """Return what each clip would teach."""
        ...

    def learn(self, mind: Mind, tally: Floats) -> Mind:
        """Return the minds after a round.

        Args:
            mind: Those before it.
            tally: The sums of what was taught, shape (B, cells).
        """
        ...

    def progress(self, mind: Mind, leaning: Floats) -> Floats:
        """Return what held-out clips show of the minds, shape (B, suites).

        Args:
            mind: The minds.
            leaning: How much each suite leans on each domain, rows summing to 1, shape (suites,
                domains).
        """
        ...


class MakesStudent(Protocol):
    """Makes a student for the words of a library."""

    def __call__(self, grid: WordGrid, tier_effect: float) -> Student:
        """Return it.

        Args:
            grid: The words.
            tier_effect: What one tier more adds to the difficulty of a slot [logit].
        """
        ...

    @property
    def facts(self) -> dict[str, Any]:
        """Its rules in numbers, for records."""
        ...


def tallied(lessons: Lessons, kept: Floats | Bools, cells: int) -> Floats:
    """Return the sums over the clips of a round, shape (B, cells).

    Args:
        lessons: What each clip teaches.
        kept: How much of each clip was trained on, 0 to 1, shape (B, S).
        cells: How many sums there are.
    """
    count = len(kept)
    weights = (lessons.weights * kept[..., None]).reshape(-1)
    shape = (*kept.shape, lessons.cells.shape[-1])
    cell = np.broadcast_to(lessons.cells, shape) + (np.arange(count) * cells)[:, None, None]
    summed = np.bincount(cell.reshape(-1), weights, minlength=count * cells)
    return np.asarray(summed, np.float64).reshape(count, cells)


def zone(lead: Floats) -> Floats:
    """Return how much can be learned at a lead over the task [logit], 0 to 1: 4 p (1 - p).

    p is the chance of success; see Rutherford et al., "No regrets: investigating and improving
    regret approximations for curriculum discovery", 2024, for p (1 - p) as learnability.
    """
    half = np.exp(-np.abs(lead))
    found: Floats = 4 * half / (1 + half) ** 2
    return found
