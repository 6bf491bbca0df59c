"""What the benchmark needs from a simulated world: student, generator and judges, by formula.

A world plays many instances at once. An instance is the world with everything its seed redraws: how
hard each phrase really is, and all the noise. Nothing here is physics, and every record made of it
says 'simulated'.
"""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from claims_env.tracking_metrics import ERRORS
from claims_env.variable_library import VariableLibrary
from claims_env.word_grid import Bools, Floats, Ints

JUDGES = ("simulated-a", "simulated-b")
"""The two judges of every simulated world."""

WHY_REJECTED = (
    "",
    "Simulated filter: the clip is not valid.",
    "Simulated judges: the clip does not show its prompt.",
)
"""What the codes of `WorldRound.rejected` mean."""

FRAMES = 119
"""Reference frames of a simulated clip: four seconds at 30 frames per second, the start given."""


@dataclass(frozen=True, slots=True)
class SimulatedSuite:
    """Held-out clips nobody ever sees: only how many they are and how hard.

    Attributes:
        name: The suite's name.
        clips: How many clips it holds.
        difficulty: The ability at which half of them are tracked [logit].
        domains: Which domain of movement it leans on, by name; weights that need not sum to one.
    """

    name: str
    clips: int
    difficulty: float
    domains: dict[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class WorldRound:
    """One round of B instances with S sets each, as arrays.

    Attributes:
        index: 0 for the opening.
        actions: The prompts, shape (B, S, 6).
        tiers: The tier in each slot, 0 where it is unsaid, shape (B, S, 4).
        rejected: Why a clip was not trained on, an index into `WHY_REJECTED`, shape (B, S).
        before: Whether a clip was tracked before this round's training, shape (B, S).
        success: The same after it, shape (B, S). Both say nothing of rejected clips.
        spread: What multiplies the level of each error, shape (B, S, 5) (see `errors`).
        alignment: Each judge's alignment score in hundredths, 0 to 100, shape (B, S, judges).
        difficulty: Each judge's rating, 1 to 10, shape (B, S, judges).
        speed: Mean joint speed [m/s], shape (B, S).
        suite_success: Share of each suite's clips tracked, shape (B, suites).
        suite_errors: Each error over a suite, shape (B, suites, 5).
        corpus_clips: How many clips have been trained on so far, shape (B,).
        corpus_success: The share of them that is tracked now, shape (B,).
        history: For each round so far, this one included: which of its kept clips are tracked now,
            shape (B, S).
        levels: The level of each error for a clip that is lost and one that is tracked, shape
            (2, 5) [mm, mm, mm, mm/frame, mm/frame^2].
    """

    index: int
    actions: npt.NDArray[np.int64]
    tiers: npt.NDArray[np.int8]
    rejected: npt.NDArray[np.int8]
    before: Bools
    success: Bools
    spread: Floats
    alignment: npt.NDArray[np.int8]
    difficulty: npt.NDArray[np.int8]
    speed: Floats
    suite_success: npt.NDArray[np.float64]
    suite_errors: npt.NDArray[np.float64]
    corpus_clips: Ints
    corpus_success: npt.NDArray[np.float64]
    history: tuple[Bools, ...]
    levels: npt.NDArray[np.float32]

    @property
    def kept(self) -> Bools:
        """Which clips were trained on, shape (B, S)."""
        return np.asarray(self.rejected == 0)

    def errors(self, success: Bools) -> Floats:
        """Return the five errors of every clip if it fared so, in the order of `ERRORS`.

        Args:
            success: Whether each clip is tracked, shape (B, S).
        """
        given: Floats = self.spread * self.levels[success.astype(np.int8)]
        assert given.shape[-1] == len(ERRORS)
        return given


def counted(values: Floats | Bools) -> npt.NDArray[np.float64]:
    """Return the sums of whole or half numbers over the sets of a round, (B, S) to (B,).

    They are exact, so that the quickest way to add them is as good as any.
    """
    return np.asarray(values.astype(np.float32) @ np.ones(values.shape[1], np.float32), np.float64)


class Oracle(Protocol):
    """What only the world knows of one instance: what its next rounds would be worth."""

    def gain(self, prompts: Ints, beside: Ints | None = None) -> npt.NDArray[np.float64]:
        """Return the expected gain in held-out success, 0 to 1, of training on each prompt.

        Args:
            prompts: The candidates, shape (n, 6).
            beside: What is trained on in the same round anyway, shape (m, 6): the gain is what a
                candidate adds to that. None is nothing.
        """
        ...

    def value(self, prompts: Ints) -> float:
        """Return the expected held-out success after a round of these prompts, 0 to 1.

        Args:
            prompts: All prompts of the round, shape (n, 6).
        """
        ...

    def standing(self) -> float:
        """Return the expected held-out success as the student stands, 0 to 1, without any noise."""
        ...

    def plan(self, domains: Ints, seed: int) -> npt.NDArray[np.int64]:
        """Return a round of prompts, chosen for where the episode ends.

        It looks ahead to the last round, without any luck; as far as it foresees, greedy choices
        from here on would end no higher. Nothing is solved to the end: it is no upper bound.

        Args:
            domains: The domain of each set, shape (n,).
            seed: Draws the templates and what makes no difference.
        """
        ...


class World(Protocol):
    """A simulated student with its generator and judges, played for many instances at once."""

    @property
    def name(self) -> str:
        """What it is, as shown in records and reports."""
        ...

    @property
    def facts(self) -> dict[str, Any]:
        """What it is, for every record: kind 'simulated', name, version, parameters. JSON-able."""
        ...

    @property
    def suites(self) -> tuple[SimulatedSuite, ...]:
        """What its students are examined on."""
        ...

    def begin(self, library: VariableLibrary, seeds: Ints, *, sets: int, rounds: int) -> Any:
        """Return the state of untrained instances.

        Args:
            library: The words.
            seeds: One for each instance, shape (B,); everything an instance draws follows from
                its seed and from what is played, whatever is beside it.
            sets: How many prompts a round holds.
            rounds: How many rounds will be played at most.
        """
        ...

    def play(self, state: Any, actions: Ints) -> WorldRound:
        """Play the next round and change the state accordingly.

        Args:
            state: What `begin` returned.
            actions: The prompts, shape (B, sets, 6).
        """
        ...

    def oracle(self, state: Any, instance: int = 0) -> Oracle:
        """Return what is true of one instance, as the state stands now.

        Args:
            state: What `begin` returned.
            instance: Its place among the seeds.
        """
        ...
