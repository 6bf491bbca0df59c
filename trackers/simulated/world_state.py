"""Where the instances of a simulated world stand."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from claims_env.trackers.simulated.noise import Hashes
from claims_env.trackers.simulated.phrase_tables import PhraseTables
from claims_env.trackers.simulated.student import Mind, Student
from claims_env.word_grid import Bools, Floats, Reading, WordGrid


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """The clips of one round, as much of them as it takes to try them again.

    Attributes:
        reading: The words.
        needed: The lead of the student from which on the clip is tracked, shape (B, S) [logit].
        kept: Which clips were trained on, shape (B, S).
    """

    reading: Reading
    needed: Floats
    kept: Bools


@dataclass(slots=True, eq=False)
class WorldState:
    """Where B instances stand; `SimulatedWorld.play` changes it.

    Attributes:
        grid: The words.
        rounds: How many rounds will be played at most.
        student: The rules of learning.
        leaning: How much each suite leans on each domain, shape (suites, domains).
        tables: What is true of each phrase.
        mind: What the students know.
        streams: Where the luck of the clips comes from.
        traces: What has been played, as a number.
        drift: How much better than expected the students stand, shape (B,) [standard deviations].
        clips: How many clips have been trained on, shape (B,).
        trained: The clips of each round so far.
    """

    grid: WordGrid
    rounds: int
    student: Student
    leaning: Floats
    tables: PhraseTables
    mind: Mind
    streams: list[np.random.Generator]
    traces: Hashes
    drift: npt.NDArray[np.float64]
    clips: npt.NDArray[np.float64]
    trained: list[Trained] = field(default_factory=list[Trained])
