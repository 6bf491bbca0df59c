"""How well a motion obeys physics, told by a humanoid that tried to perform it."""

from dataclasses import dataclass
from typing import Literal

from claims_env.motion import Motion

FEASIBLE, DOUBTFUL = 0.5, 0.25
"""Scores from which on a clip is called so; measured on sound clips and spoiled ones."""


@dataclass(frozen=True, slots=True)
class Feasibility:
    """What came of a humanoid's attempt at a clip.

    Attributes:
        score: From 0, against physics, to 1.
        lift: Largest force that had to hold the body up or down, averaged over half a second, as a
            fraction of body weight.
        jump: Furthest a joint of the clip left the body's behind within 1/30 s [m].
        shift: The same on the mean of all joints [m].
        off_floor: How far above or under the floor the clip is as a whole [m].
        help: Mean force that helped at the root, as a fraction of body weight.
        mean_distance: Mean distance of the joints from the clip [m].
        worst_distance: The same in the worst frame [m].
        effort: Mean power of the joints [W/kg].
        seconds: Length of the clip [s].
        core_seconds: Processor time it took [s].
    """

    score: float
    lift: float
    jump: float
    shift: float
    off_floor: float
    help: float
    mean_distance: float
    worst_distance: float
    effort: float
    seconds: float
    core_seconds: float

    @property
    def verdict(self) -> Literal["feasible", "doubtful", "against physics"]:
        """The score in words."""
        if self.score >= FEASIBLE:
            return "feasible"
        return "doubtful" if self.score >= DOUBTFUL else "against physics"


@dataclass(frozen=True, slots=True)
class Correction:
    """What a humanoid without any help did instead of a clip.

    Attributes:
        motion: Its motion, at 30 Hz; it ends where the humanoid was lost.
        complete: Whether it got to the clip's end.
        mean_distance: Mean distance of the evaluated joints from the clip [m].
        worst_distance: The same in the worst frame [m].
        effort: Mean power of the joints [W/kg].
        core_seconds: Processor time it took to find [s].
    """

    motion: Motion
    complete: bool
    mean_distance: float
    worst_distance: float
    effort: float
    core_seconds: float


@dataclass(frozen=True, slots=True)
class AssessedClip:
    """A clip and what came of the attempt at it.

    Attributes:
        motion: The clip as it was given.
        feasibility: How well it obeys physics.
        correction: What was done without help; None where nobody asked.
    """

    motion: Motion
    feasibility: Feasibility
    correction: Correction | None = None
