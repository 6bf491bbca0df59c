"""How far practice has come on each clip: how often it fails, how much help it still gets.

Clips that fail often are practised more, as in PHC's auto-PMCP, but none hardly at all: there, a
clip that never failed is never practised again, and so is forgotten. The help follows a staircase
as in psychophysics (Kaernbach 1991, weighted up-down): every lost episode raises it, every other
one lowers it, so that each clip is practised at the edge of what the policy can do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from claims_env.rotation import Floats

FLOOR = 0.3
"""Share of episodes drawn without regard to failures."""

_MEMORY = 0.98
"""Weight of the past per episode that ended on a clip."""

_STAIR = 0.03
"""What a lost episode and a won one are apart in what they do to a clip's assist."""

_STRIDE = 0.05
"""Most by which all episodes between two updates change it: the policy must be able to follow."""

_EDGE = 0.35
"""Share of lost episodes at which a clip's assist stays where it is."""


@dataclass(frozen=True, slots=True)
class Practice:
    """What is known of one clip.

    Attributes:
        failure: Running share of its episodes that were lost, 0 to 1.
        assist: Help it still gets in practice, as a fraction of body weight.
    """

    failure: float
    assist: float


class ClipProgress:
    """What is known of every clip of a corpus, and how often each is practised.

    Args:
        names: Of the clips.
        lengths: Frames of each clip, shape (clips,); long clips hold more to learn.
        known: What earlier stages left, by name; the others are new.
        least: Help below which there is no less, as a fraction of body weight.
        most: Help a new clip starts with, and never gets more than.
        replay: Share of episodes on clips that are not new, if there are both kinds.
    """

    def __init__(
        self,
        names: Sequence[str],
        lengths: npt.NDArray[np.intp],
        known: Mapping[str, Practice],
        *,
        least: float,
        most: float,
        replay: float,
    ) -> None:
        fresh = Practice(0.5, most)
        before = [known.get(name, fresh) for name in names]
        self.names, self.least, self._most = names, least, max(least, most)
        self.failure: npt.NDArray[np.float64] = np.array([p.failure for p in before])
        """Running share of episodes that ended in failure, shape (clips,), 0 to 1."""
        assist = np.array([p.assist for p in before])
        self.assist: npt.NDArray[np.float64] = assist.clip(self.least, self._most)
        """Help each clip gets, shape (clips,), as a fraction of body weight."""
        self._size: npt.NDArray[np.float64] = np.sqrt(lengths)
        self._new: npt.NDArray[np.bool_] = np.array([name not in known for name in names])
        self._replay = replay

    @property
    def annealing(self) -> bool:
        """Whether the help may change."""
        return self.least < self._most

    @property
    def probabilities(self) -> npt.NDArray[np.float64]:
        """Share of episodes each clip gets, shape (clips,)."""
        old = ~self._new
        if self._new.all() or old.all():
            return self._shares(np.ones(len(self.names), bool))
        return (1 - self._replay) * self._shares(self._new) + self._replay * self._shares(old)

    def learn(self, ended: Floats, failed: Floats) -> None:
        """Take in how many episodes ended, and how many of them in failure, on each clip."""
        past = _MEMORY**ended
        self.failure = past * self.failure + (1 - past) * failed / np.maximum(ended, 1)
        change = (_STAIR * (failed - _EDGE * ended)).clip(-_STRIDE, _STRIDE)
        self.assist = (self.assist + change).clip(self.least, self._most)

    def mastered(self, share: float) -> bool:
        """Return whether every clip succeeds that often, with the least help; never for 1."""
        helped = self.assist.max() > self.least
        return share < 1 and not helped and bool(self.failure.max() <= 1 - share)

    def practices(self) -> dict[str, Practice]:
        """Return what is known now, by name."""
        rows = zip(self.names, self.failure, self.assist, strict=True)
        return {name: Practice(float(failure), float(assist)) for name, failure, assist in rows}

    def _shares(self, among: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
        """Return the shares, (clips,), where only some clips are practised."""
        size = np.where(among, self._size, 0)
        hard: npt.NDArray[np.float64] = self.failure * size
        total = hard.sum()
        even: npt.NDArray[np.float64] = size / size.sum()
        aimed: npt.NDArray[np.float64] = hard / total if total > 0 else even
        return FLOOR * even + (1 - FLOOR) * aimed
