"""A round chosen turn by turn for what each prompt adds, no choice ever taken back."""

import numpy as np
import numpy.typing as npt

from claims_env.trackers.simulated.calendars import phrases_by_tier
from claims_env.trackers.simulated.expectation import Expectation, Worth
from claims_env.trackers.simulated.student import Mind
from claims_env.variable_library import TIERS
from claims_env.word_grid import Floats, Ints, WordGrid

LEAST_GAIN = 1e-12
"""What counts as a gain at all."""


def greedy_round(
    course: Expectation,
    mind: Mind,
    worth: Worth,
    domains: Ints,
    rng: np.random.Generator,
    *,
    turns: int,
) -> npt.NDArray[np.int64]:
    """Return a round of prompts, shape (n, 6).

    Args:
        course: What is to be expected.
        mind: Whom they are for, shape (1, width).
        worth: What the mind is worth that comes of it.
        domains: The domain of each set, shape (n,).
        rng: Draws the templates and what makes no difference.
        turns: In how many turns a plan is made; sets of one domain and turn get the same prompt.
    """
    waiting = {int(d): np.flatnonzero(domains == d) for d in np.unique(domains)}
    chosen = np.zeros((len(domains), 6), np.int64)
    at_once = -(-len(domains) // (turns * len(waiting))) if waiting else 1
    choice = _Choice(course, mind, worth)
    while waiting:
        best = choice.best(np.array(list(waiting)), rng)
        lessons = course.each(mind, best)
        for row, domain in enumerate(list(waiting)):
            now, later = np.split(waiting[domain], [at_once])
            chosen[now] = best[row]
            choice.taught = choice.taught + len(now) * lessons[row : row + 1]
            waiting[domain] = later
        waiting = {d: places for d, places in waiting.items() if len(places)}
    return chosen


class _Choice:
    """Chooses prompts beside what is taught already."""

    def __init__(self, course: Expectation, mind: Mind, worth: Worth) -> None:
        self._course, self._mind, self._worth = course, mind, worth
        self.taught: Floats = np.zeros((1, course.student.cells))

    def best(
        self, domains: npt.NDArray[np.int64], rng: np.random.Generator
    ) -> npt.NDArray[np.int64]:
        """Return for each domain the prompt that adds most: of some starts, changed by slots."""
        grid, every = self._course.grid, np.arange(len(domains))
        starts = np.stack([_starts(grid, int(domain), rng) for domain in domains])
        best = starts[every, self._of(starts)]
        for slot in range(4):
            sizes = grid.phrases[domains, slot]
            options = np.repeat(best[:, None], 1 + int(sizes.max()), axis=1)
            # what is there comes first, and stays where nothing is better
            options[:, 1:, 2 + slot] = np.arange(int(sizes.max())) % sizes[:, None]
            best = options[every, self._of(options)]
        return best

    def _of(self, options: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return which option adds most to each row; options of shape (rows, n, 6)."""
        tallies = self.taught + self._course.each(self._mind, options.reshape(-1, 6))
        values = self._worth(self._course.taught(self._mind, tallies)).reshape(options.shape[:2])
        gains = values - values[:, :1]
        return np.asarray(np.where(gains.max(1) > LEAST_GAIN, gains.argmax(1), 0))


def _starts(grid: WordGrid, domain: int, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Return a random prompt, and one of each tier: from far off no single slot may help."""
    sizes = [grid.templates[domain], *grid.phrases[domain]]
    drawn = np.array([domain, *(int(rng.integers(size)) for size in sizes)])
    starts = np.tile(drawn, (1 + len(TIERS), 1))
    starts[1:, 2:] = phrases_by_tier(grid)[1][domain, :, :, 0].T
    return starts
