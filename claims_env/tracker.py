"""What the curriculum needs from a tracker: the controller being trained."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol, runtime_checkable

import numpy.typing as npt

from claims_env.motion import Motion
from claims_env.tracking_metrics import TrackingMetrics


@dataclass(frozen=True, slots=True)
class Budget:
    """How long one training stage may last; the first limit reached ends it.

    Attributes:
        samples: Control steps summed over all environments. Reproducible on any machine.
        seconds: Wall-clock time [s], or None for no limit. Not reproducible; a safety net.
    """

    samples: int
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a training stage has come.

    Attributes:
        fraction: Share of the budget used, 0 to 1.
        note: A few words for a person, such as 'failure 0.31, assist 0.25, 11k samples/s'.
    """

    fraction: float
    note: str = ""


OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What one training stage did.

    Attributes:
        samples: Control steps taken.
        seconds: Wall-clock time [s].
        facts: What else is worth keeping (assist, curves); JSON-able, no wall-clock figures.
    """

    samples: int
    seconds: float
    facts: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True, eq=False)
class TrackedClip:
    """One clip as the tracker performed it.

    Attributes:
        name: The motion's name.
        metrics: How well it was tracked.
        joints: Simulated joints for reference frames 1.., shape (frames - 1, 24, 3) [m]; None where
            nothing was simulated (a surrogate).
        reference: What the tracker's own body was asked to follow, same shape; None likewise.
    """

    name: str
    metrics: TrackingMetrics
    joints: npt.NDArray[Any] | None = None
    reference: npt.NDArray[Any] | None = None


class Tracker(Protocol):
    """Learns to track motions, and shows how well it does."""

    @property
    def facts(self) -> dict[str, Any]:
        """What is real about it, for every record: kind, body, assist, versions. JSON-able.

        `facts["kind"]` is 'simulated' or 'physics'; `facts["assist"]` is the fraction of body
        weight a helping wrench at the root may exert (0 is none).
        """
        ...

    def reset(self, *, seed: int) -> None:
        """Go back to the starting checkpoint; the same seed gives the same training."""
        ...

    def train(
        self, motions: Sequence[Motion], budget: Budget, on_progress: OnProgress | None = None
    ) -> TrainingReport:
        """Train on motions, starting from where the last call ended.

        Raises:
            TrackerFailed: Training broke down.
        """
        ...

    def evaluate(self, motions: Sequence[Motion]) -> list[TrackedClip]:
        """Perform every motion once from its start, without learning; one result per motion."""
        ...

    def save(self, path: Path) -> None:
        """Write a checkpoint, all at once or not at all."""
        ...

    def load(self, path: Path) -> None:
        """Continue from a checkpoint.

        Raises:
            CheckpointError: The file is damaged or of another tracker.
        """
        ...


@runtime_checkable
class KeepsUnfinished(Protocol):
    """A tracker that still has what it had learned when a training stage was interrupted."""

    def save_unfinished(self, path: Path) -> None:
        """Write a checkpoint of what the interrupted stage had learned; nothing if there is none.

        The tracker itself stands where it stood before that stage.
        """
        ...


@runtime_checkable
class WorksInFolder(Protocol):
    """A tracker that keeps files of its own while it works."""

    def work_in(self, folder: Path) -> None:
        """Keep them in the folder of the run; called before the run's first round."""
        ...


@runtime_checkable
class TellsOfEvaluations(Protocol):
    """A tracker that learns of what it is only while it performs."""

    @property
    def evaluation_facts(self) -> dict[str, Any]:
        """What else is worth keeping of the evaluations so far, such as versions; JSON-able."""
        ...


Blind = Literal["zero", "random"]
"""What acts where no policy does: always the zero action, or one drawn at random at each step."""

BLIND: tuple[Blind, ...] = ("zero", "random")
"""Every `Blind` there is."""


@runtime_checkable
class HasBaseline(Protocol):
    """A tracker that can show what happens without any policy."""

    def evaluate_untrained(
        self, motions: Sequence[Motion], *, action: Blind = "zero"
    ) -> list[TrackedClip]:
        """Perform every motion without a policy, at the same assist as `evaluate`.

        The same motions give the same results, and none depends on its neighbours: random actions
        are uniform over the tracker's range of actions and follow from the motion alone.
        """
        ...
