"""Looks ahead to the end of an episode: rounds that pay only later are found as well.

Policy improvement by rollout (Bertsekas, Tsitsiklis and Wu, "Rollout algorithms for combinatorial
optimization", 1997): a handful of policies are followed to the end without any luck, and the best
is improved once by what each of its rounds is worth to those after it. What comes out is never
worse, in expectation, than the best of them, the greedy one included. It is still no upper bound.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from claims_env.trackers.simulated.calendars import calendars
from claims_env.trackers.simulated.expectation import Expectation, Worth
from claims_env.trackers.simulated.greedy_round import LEAST_GAIN, greedy_round
from claims_env.trackers.simulated.student import Mind
from claims_env.word_grid import Floats, Ints

TURNS, LATER_TURNS = 20, 6
"""In how many turns the next round is chosen, and each of those that are only foreseen."""

STEP = 1e-3
"""How far a mind is moved to see what that is worth, in parts of its size and one."""


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """An episode's remaining rounds and what comes of them.

    Attributes:
        rounds: The prompts of each, shape (n, 6).
        minds: The mind before each and after the last, shape (1, width).
        value: The expected held-out success at the end, 0 to 1.
    """

    rounds: list[npt.NDArray[np.int64]]
    minds: list[Mind]
    value: float


def foreseen_round(
    course: Expectation, mind: Mind, domains: Ints, left: int, seed: int
) -> npt.NDArray[np.int64]:
    """Return the next round of prompts, shape (n, 6).

    Args:
        course: What is to be expected.
        mind: How the student stands, shape (1, width).
        domains: The domain of each set, shape (n,).
        left: How many rounds are still to be played, the next one included.
        seed: Draws the templates and what makes no difference.
    """
    best = greedy_path(course, mind, [course.success] * left, domains, seed)
    best = _better(best, _best_calendar(course, mind, domains, left, seed))
    if left > 1:
        improved = greedy_path(course, mind, worths(course, best), domains, seed)
        best = _better(best, improved)
    return best.rounds[0]


def greedy_path(
    course: Expectation, mind: Mind, worth: Sequence[Worth], domains: Ints, seed: int
) -> Path:
    """Return the path of rounds each of which is chosen greedily by a worth of its own."""
    rng, minds = np.random.default_rng(seed), [mind]
    rounds: list[npt.NDArray[np.int64]] = []
    for i, of_round in enumerate(worth):
        turns = LATER_TURNS if i else TURNS
        rounds.append(greedy_round(course, minds[-1], of_round, domains, rng, turns=turns))
        minds.append(course.after(minds[-1], rounds[-1][None]))
    return Path(rounds, minds, float(course.success(minds[-1])[0]))


def worths(course: Expectation, path: Path) -> list[Worth]:
    """Return what minds are worth after each round if the path's later rounds follow, to a line."""
    found: list[Worth] = [course.success]
    for mind, prompts in zip(path.minds[:0:-1][1:], path.rounds[:0:-1], strict=True):
        slope = _slope(course, mind, prompts, found[-1])
        found.append(_along(slope))
    return found[::-1]


def _slope(course: Expectation, mind: Mind, prompts: Ints, worth: Worth) -> npt.NDArray[np.float64]:
    """Return what a mind's numbers add to the worth after one more round, shape (width,)."""
    step = STEP * (1 + np.abs(mind[0]))
    moved = np.concatenate([mind + np.diag(step), mind - np.diag(step)])
    unlike, counts = np.unique(prompts, axis=0, return_counts=True)
    same = np.broadcast_to(unlike, (len(moved), *unlike.shape))
    ahead, behind = np.split(worth(course.after(moved, same, counts)), 2)
    return np.asarray((ahead - behind) / (2 * step))


def _along(slope: npt.NDArray[np.float64]) -> Worth:
    def worth(minds: Mind) -> Floats:
        # no matrix product: its order of adding depends on how many minds there are
        return np.asarray((minds * slope).sum(1))

    return worth


def _best_calendar(course: Expectation, mind: Mind, domains: Ints, left: int, seed: int) -> Path:
    episodes = calendars(course.grid, domains, left, np.random.default_rng(seed))
    minds = [np.repeat(mind, len(episodes), axis=0)]
    for i in range(left):
        minds.append(course.after(minds[-1], episodes[:, i]))
    values = course.success(minds[-1])
    k = int(np.argmax(values))
    return Path(list(episodes[k]), [m[k : k + 1] for m in minds], float(values[k]))


def _better(first: Path, second: Path) -> Path:
    return second if second.value > first.value + LEAST_GAIN else first
