"""Fitting: how fast, with how much rest and how many repetitions, a score fills a clip."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from claims_env.generators.composer.rhythm import paces
from claims_env.generators.composer.score import Pattern
from claims_env.rotation import Floats

SLOWEST, FASTEST = 0.75, 2.2
"""How far the tempo gives way to fill a clip with whole moves."""

SWIFTEST = 1.9
"""No move is hurried beyond this tempo, whatever its own: a quarter more than an expert's fastest.
It is what a score of slow moves may be hurried to, if nothing else makes it fit."""

BRISK, HURRIED = 1.12, 1.35
"""A tempo this much higher is hardly noticed, or is noticed but no worse than a repetition less."""

IMPATIENT, RESTLESS = 0.3, 0.05
"""The share of every pause and hold that stays, however full the clip; or else a move had to go."""

OVER = 1.04
"""By how much a repeated score may overrun its room before that counts heavily against it."""

REPEATS = 24
"""No move is repeated more often than this."""


@dataclass(frozen=True, slots=True)
class _Rung:
    """What a score too long gives up beside the calm between moves.

    Attributes:
        repeats: Repetitions beyond so many.
        haste: Tempo up to so many times its own.
        patience: Pauses and holds beyond this share.
        hope: It is tried on scores that are at most so many times too long with nothing given up
            but a little ease (nine in ten of those it makes fit are shorter than that).
    """

    repeats: int
    haste: float
    patience: float
    hope: float


_RUNGS = (
    _Rung(REPEATS, BRISK, IMPATIENT, 1.12),
    _Rung(6, HURRIED, IMPATIENT, 1.25),
    _Rung(2, HURRIED, IMPATIENT, 1.5),
)
_LAST = _Rung(1, FASTEST, RESTLESS, math.inf)


@dataclass(frozen=True, slots=True, eq=False)
class Rehearsal:
    """What every move of a run-through took at the score's own tempo, laps included.

    Attributes:
        asked: What each pose was to take, shape (poses,) [s].
        least: What it takes at least, shape (poses,) [s].
        move: To which move it belongs, ascending, shape (poses,).
        fixed: What nothing shortens: flights and landings, shape (moves,) [s].
        closing: How much longer than usual a body takes to come to rest after it, (moves,) [s].
        still: Pauses and holds, shape (moves,) [s].
        pattern: How durations vary along the moves.
        most: No move is hurried beyond so many times the score's own tempo.
        base: Places of the moves that are the last to be left out.
    """

    asked: Floats
    least: Floats
    move: npt.NDArray[np.intp]
    fixed: Floats
    closing: Floats
    still: Floats
    pattern: Pattern
    most: float = FASTEST
    base: tuple[int, ...] = ()

    def length(self, moves: Sequence[int], haste: float, patience: float) -> float:
        """Return how long these moves take, shown one after the other [s]."""
        asked, least = self._times(moves)
        poses = np.maximum(asked / haste, least)
        return float(poses.sum() + self._rest(moves, patience))

    def shows(self, moves: Sequence[int], seconds: float, rung: "_Rung") -> bool:
        """Return whether all these moves are known and fit into so many seconds."""
        is_known = len(moves) <= len(self.fixed)
        return is_known and self.length(moves, rung.haste, rung.patience) <= seconds

    def haste(self, moves: Sequence[int], seconds: float, patience: float) -> float:
        """Return the tempo at which they take so long; infinite if none is fast enough.

        Newton's method in 1 / tempo, in which the length is convex, piecewise linear and rising.
        """
        asked, least = self._times(moves)
        room = seconds - self._rest(moves, patience)
        if room <= least.sum():
            return float("inf")
        slowness = 1 / SLOWEST
        for _ in range(8):
            scaled = asked * slowness
            rate = asked[scaled > least].sum()
            gap = room - np.maximum(scaled, least).sum()
            if abs(gap) < 1e-4 or not rate:
                break
            slowness += gap / rate
        return float(1 / slowness)

    def _times(self, moves: Sequence[int]) -> tuple[Floats, Floats]:
        """Return what each pose is to take unhurried and what it takes at least, (poses,) [s]."""
        chosen = list(moves)
        pace, shown = np.full(len(self.fixed), np.inf), np.zeros(len(self.fixed))
        pace[chosen], shown[chosen] = paces(self.pattern, len(chosen)), 1
        hurried = self.asked / np.maximum(pace, self.most)[self.move]
        least = np.maximum(self.least * shown[self.move], hurried)
        return self.asked / pace[self.move], least

    def _rest(self, moves: Sequence[int], patience: float) -> float:
        chosen = list(moves)
        closing = self.closing[chosen[-1]] if chosen else 0.0
        return float(self.fixed[chosen].sum() + patience * self.still[chosen].sum() + closing)


@dataclass(frozen=True, slots=True)
class Fit:
    """How a score is to be performed.

    Attributes:
        moves: Which moves, by their place in the score; a later lap goes on counting.
        haste: Tempo factor.
        patience: Share of the pauses and holds.
        repeats: How often a move is repeated at most.
        flows: The calm in which a move ends melts into the beginning of the next.
    """

    moves: tuple[int, ...]
    haste: float = 1.0
    patience: float = 1.0
    repeats: int = REPEATS
    flows: bool = False


def fitted(
    names: Sequence[str],
    seconds: float,
    rehearse: Callable[[int, bool], Rehearsal],
    spare: float = 0.0,
) -> Fit:
    """Return how to show a score, as a whole if at all possible.

    A score that leaves room is repeated, in whole moves, at the tempo nearest to its own. One too
    long first gives up rests, then a little ease, then repetitions, then tempo; in the end moves.

    Args:
        names: The primitives of the score's moves.
        seconds: Room for them [s].
        rehearse: Runs through the score with so many repetitions at most, flowing or not, and on
            as long as there may be room.
        spare: Room beyond that, for a score that would lose moves without it [s].
    """
    score = range(len(names))
    run = rehearse(REPEATS, False)
    over = math.inf
    if len(run.fixed) >= len(names):
        if run.length(score, 1.0, 1.0) <= seconds:
            return _repeated(len(names), seconds, run)
        if run.length(score, 1.0, IMPATIENT) <= seconds:
            return _hurried(score, seconds, run, Fit(()))
        over = run.length(score, BRISK, IMPATIENT) / seconds
    for rung in _RUNGS:
        if over <= rung.hope:
            run = rehearse(rung.repeats, True)
            if run.shows(score, seconds, rung):
                return _hurried(score, seconds, run, Fit((), repeats=rung.repeats, flows=True))
    return _shortened(names, seconds, rehearse(_LAST.repeats, True), spare)


def _shortened(names: Sequence[str], seconds: float, run: Rehearsal, spare: float) -> Fit:
    """Return what is left of a score far too long when it gives up as little as it must."""
    score, given_up = range(len(names)), Fit((), repeats=_LAST.repeats, flows=True)
    if run.shows(score, seconds, replace(_LAST, patience=IMPATIENT)):
        return _hurried(score, seconds, run, given_up)
    room = seconds + spare
    # filled to the brim, a clip ends as its last move does
    run = replace(run, closing=np.zeros(len(run.closing)))
    shown = score if run.shows(score, room, _LAST) else _most(names, room, run)
    return _hurried(shown, room, run, given_up, RESTLESS)


def _repeated(score: int, seconds: float, run: Rehearsal) -> Fit:
    """Return as many whole moves as fill the clip at nearly the score's own tempo."""

    def strain(fit: Fit) -> float:
        filled = run.length(fit.moves, fit.haste, 1.0) / seconds
        # a little too long is no harm: the body then comes to rest a little later
        misfit = abs(math.log(fit.haste)) + 3 * abs(math.log(filled))
        return misfit + 9 * max(filled - OVER, 0.0)

    counts = (range(n) for n in range(score, len(run.fixed) + 1))
    hastes = ((moves, run.haste(moves, seconds, 1.0)) for moves in counts)
    fits = (Fit(tuple(moves), min(max(haste, SLOWEST), HURRIED)) for moves, haste in hastes)
    return min(fits, key=strain)


def _hurried(
    moves: Sequence[int],
    seconds: float,
    run: Rehearsal,
    given_up: Fit,
    least: float = IMPATIENT,
) -> Fit:
    """Return the most patience at the score's own tempo, or else the least haste."""
    whole, bare = (run.length(moves, 1.0, patience) for patience in (1.0, 0.0))
    patience = 1.0 if whole <= seconds else max((seconds - bare) / max(whole - bare, 1e-9), 0.0)
    patience = max(patience, least)
    haste = min(max(run.haste(moves, seconds, patience), SLOWEST), FASTEST)
    return replace(given_up, moves=tuple(moves), haste=haste, patience=patience)


def _most(names: Sequence[str], seconds: float, run: Rehearsal) -> tuple[int, ...]:
    """Return which moves to show if not all: the base action's, then as many others as fit."""
    known = range(min(len(names), len(run.fixed)))
    lengths = [run.length([i], FASTEST, RESTLESS) for i in known]

    def rank(i: int) -> tuple[bool, bool, float]:
        return i not in run.base, names[i] in names[:i], lengths[i]

    order = sorted(range(len(lengths)), key=rank)
    fitting = max(sum(t <= seconds for t in accumulate(lengths[i] for i in order)), 1)
    *shown, swapped = order[:fitting]
    room = seconds - sum(lengths[i] for i in shown)
    # the room that is left goes to a longer move, if there is one as good
    rivals = [i for i in order[fitting:] if rank(i)[:2] <= rank(swapped)[:2] and lengths[i] <= room]
    return tuple(sorted([*shown, max(rivals, key=lengths.__getitem__, default=swapped)]))
