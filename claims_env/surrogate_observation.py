"""Fuses rounds of many instances into the vector of `ObservationLayout`, without any `Round`."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from claims_env.observation import HIGHEST, SCALES, ObservationLayout
from claims_env.prompt import SLOTS
from claims_env.tracking_metrics import ERRORS
from claims_env.variable_library import TIERS
from claims_env.word_grid import Bools, Floats
from claims_env.world import JUDGES, SimulatedSuite, WorldRound

Column = Callable[[WorldRound], Floats | Bools]

_SCALED = tuple(SCALES)
_PLACES = [ERRORS.index(name) for name in _SCALED]


class RoundFusion:
    """Fills the vectors of a layout from arrays: what `ObservationLayout.fuse` gives for a `Round`.

    Args:
        layout: Of one environment.
        domains: The library's domains, in order.
        suites: What is held out.
        sets: How many sets a round holds.
        rounds: How many rounds an episode has.
    """

    def __init__(
        self,
        layout: ObservationLayout,
        domains: Sequence[str],
        suites: Sequence[SimulatedSuite],
        sets: int,
        rounds: int,
    ) -> None:
        self._sets, self._rounds, self._domains = sets, rounds, len(domains)
        self._clips = [suite.clips for suite in suites]
        self._width = sum(name.startswith("set0.") for name in layout.names)
        self._optional = [f"set0.tier.{slot}.known" in layout.names for slot in SLOTS]
        self._size = len(layout.names)

    def fuse(self, played: WorldRound) -> npt.NDArray[np.float32]:
        """Return fresh vectors, shape (B, entries of the layout)."""
        count = len(played.actions)
        vectors = np.empty((count, self._size), np.float32)
        split = self._sets * self._width
        self._fill_sets(played, vectors[:, :split].reshape(count, self._sets, self._width))
        vectors[:, split:] = self._of_rounds(played)
        return vectors

    def _fill_sets(self, played: WorldRound, out: npt.NDArray[np.float32]) -> None:
        kept = played.kept
        at = 0

        def put(values: Floats | Bools, known: Bools | bool | None = None) -> None:
            nonlocal at
            out[..., at] = values
            at += 1
            if known is not None:
                out[..., at] = known
                at += 1

        domain = played.actions[..., 0]
        for place in range(self._domains):
            put(domain == place)
        tiers = played.tiers / np.float32(TIERS[-1])
        for slot, optional in enumerate(self._optional):
            put(tiers[..., slot], tiers[..., slot] > 0 if optional else None)
        put(kept)
        put(played.success & kept, kept)
        errors = played.errors(played.success)
        for name, place in zip(_SCALED, _PLACES, strict=True):
            scaled = np.minimum(errors[..., place] / np.float32(SCALES[name]), np.float32(HIGHEST))
            put(scaled * kept, kept)
        for judge in range(len(JUDGES)):
            put(played.difficulty[..., judge] / np.float32(10) * kept, kept)
        apart = np.abs(played.difficulty[..., 0] - played.difficulty[..., 1])
        put(apart / np.float32(9) * kept, kept)
        for judge in range(len(JUDGES)):
            put(played.alignment[..., judge] / np.float32(100), True)

    def _of_rounds(self, played: WorldRound) -> Floats:
        most = self._sets * self._rounds
        known = np.ones(len(played.actions))
        parts = [
            known * (played.index / max(self._rounds - 1, 1)),
            played.corpus_clips / most,
            played.corpus_success,
            held_out_success(played, self._clips),
            known,
        ]
        for name, place in zip(_SCALED, _PLACES, strict=True):
            error = _pooled(played.suite_errors[..., place], self._clips) / SCALES[name]
            parts += [np.minimum(error, HIGHEST), known]
        return np.stack(parts, axis=-1)


def held_out_success(played: WorldRound, clips: Sequence[int]) -> npt.NDArray[np.float64]:
    """Return success over all suites, pooled as in `Round.held_out_success`, shape (B,)."""
    return _pooled(played.suite_success, clips)


def _pooled(values: npt.NDArray[np.float64], clips: Sequence[int]) -> npt.NDArray[np.float64]:
    # added in the order of `Round.held_out_success`, so that both are the same number
    total = np.zeros(len(values))
    for place, count in enumerate(clips):
        total = total + count * values[:, place]
    return total / sum(clips)
