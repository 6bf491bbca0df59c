"""What the curriculum needs from a scheduler."""

from collections.abc import Sequence
from typing import Any, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

Action = npt.NDArray[np.int64]
Observation = npt.NDArray[np.float32]


class Scheduler(Protocol):
    """Chooses the prompts of the next round from what the last ones showed."""

    @property
    def name(self) -> str:
        """What it is, as shown in records and reports."""
        ...

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        """Return the next action.

        What it draws must follow from its construction, the arguments and, if it is `Stateful`, its
        state: `info["decision_seed"]` is a fresh seed for every decision, so most need no state.
        """
        ...


@runtime_checkable
class Writes(Protocol):
    """A scheduler that writes its prompts itself, in place of `act`: the arm without a library.

    See `claims_env.free_text`.
    """

    @property
    def name(self) -> str:
        """What it is, as shown in records and reports."""
        ...

    def write(self, observation: Observation, info: dict[str, Any]) -> Sequence[str]:
        """Return one sentence per set; sentence i follows prompt i of the last round.

        What it draws must follow from the same as with `Scheduler.act`.
        """
        ...


@runtime_checkable
class Opens(Protocol):
    """A scheduler that writes round 0 as well, which otherwise is drawn from the library."""

    def opening(self, sets: int, seed: int) -> Sequence[str]:
        """Return one sentence per set.

        Args:
            sets: How many.
            seed: What it draws with.
        """
        ...


@runtime_checkable
class Explains(Protocol):
    """A scheduler that can say how it came to its last decision, for the record."""

    def explanation(self) -> dict[str, Any]:
        """Return what it asked, heard, concluded and mended, JSON-able; no wall-clock figures."""
        ...


@runtime_checkable
class Stateful(Protocol):
    """A scheduler that remembers; its state is recorded after every decision."""

    def state(self) -> dict[str, Any]:
        """Return everything it remembers, JSON-able."""
        ...

    def restore(self, state: dict[str, Any]) -> None:
        """Become what it was when `state` returned this."""
        ...
