"""A track: one quantity of the body keyed over time, and its smooth curve through the keys."""

from collections.abc import Sequence

import numpy as np

from claims_env.rotation import Floats

INSTANT = 1e-6
"""Two keys closer than this [s] are one key."""


class Track:
    """Keys in the order of time; read back as a cubic that never overshoots them.

    Slopes follow Fritsch and Carlson's monotone cubic (1980): zero at extremes and beside holds, so
    a held foot is held exactly; a slope given with a key is kept, so two keys make a parabola.
    """

    def __init__(self, start: Sequence[float]) -> None:
        self.times: list[float] = [0.0]
        self.values: list[tuple[float, ...]] = [tuple(start)]
        self.slopes: list[tuple[float, ...] | None] = [None]

    @property
    def last(self) -> tuple[float, ...]:
        """The value of the latest key."""
        return self.values[-1]

    def copy(self) -> "Track":
        """Return a track of its own with the same keys."""
        other = Track(self.values[0])
        other.times, other.values = self.times.copy(), self.values.copy()
        other.slopes = self.slopes.copy()
        return other

    def hold(self, time: float) -> None:
        """Keep the latest value until `time` [s]."""
        if time > self.times[-1] + INSTANT:
            self._append(time, self.values[-1], None)

    def key(
        self, time: float, value: Sequence[float], slope: Sequence[float] | None = None
    ) -> None:
        """Reach `value` at `time` [s], passing through it at `slope` per second if given.

        A key at or before the latest one replaces it: tracks are written forwards.
        """
        while len(self.times) > 1 and self.times[-1] > time - INSTANT:
            for column in (self.times, self.values, self.slopes):
                column.pop()
        if self.times[-1] > time - INSTANT:
            self.values[-1] = tuple(value)
            self.slopes[-1] = None if slope is None else tuple(slope)
        else:
            self._append(time, tuple(value), None if slope is None else tuple(slope))

    def cut(self, time: float, value: Sequence[float], slope: Sequence[float] | None) -> None:
        """Go on from another value that means the same, from `time` [s] on."""
        self.hold(time)
        after = None if slope is None else tuple(slope)
        self._append(self.times[-1] + 2 * INSTANT, tuple(value), after)

    def forget(self, time: float) -> None:
        """Drop the latest key if it is at `time` [s] or after."""
        if len(self.times) > 1 and self.times[-1] > time - INSTANT:
            for column in (self.times, self.values, self.slopes):
                column.pop()

    def postpone(self, time: float, by: float) -> None:
        """Reach the latest key, if it is at `time`, so much later [s]."""
        if len(self.times) > 1 and abs(self.times[-1] - time) < INSTANT:
            self.times[-1] += by

    def sample(self, times: Floats) -> Floats:
        """Return the curve at `times`, shape (times, size); constant after the last key."""
        x, y = np.array(self.times), np.array(self.values)
        if len(x) == 1:
            return np.repeat(y, len(times), axis=0)
        slopes = _monotone_slopes(x, y)
        for i, slope in enumerate(self.slopes):
            if slope is not None:
                slopes[i] = slope
        return _hermite(x, y, slopes, times)

    def _append(
        self, time: float, value: tuple[float, ...], slope: tuple[float, ...] | None
    ) -> None:
        self.times.append(time)
        self.values.append(value)
        self.slopes.append(slope)


def _monotone_slopes(x: Floats, y: Floats) -> Floats:
    """Return slopes, shape of y, by the weighted harmonic mean of neighbouring secants."""
    step = np.diff(x)[:, None]
    secant = np.diff(y, axis=0) / step
    before, after = secant[:-1], secant[1:]
    w1, w2 = 2 * step[1:] + step[:-1], step[1:] + 2 * step[:-1]
    same = before * after > 0
    safe_before, safe_after = np.where(same, before, 1), np.where(same, after, 1)
    slopes = np.zeros_like(y)
    slopes[1:-1] = np.where(same, (w1 + w2) / (w1 / safe_before + w2 / safe_after), 0)
    return slopes


def _hermite(x: Floats, y: Floats, slopes: Floats, times: Floats) -> Floats:
    t = np.clip(times, x[0], x[-1])
    i = np.clip(np.searchsorted(x, t, side="right") - 1, 0, len(x) - 2)
    h = (x[i + 1] - x[i])[:, None]
    s = (t - x[i])[:, None] / h
    rise = s * s * (3 - 2 * s)
    return (
        y[i] * (1 - rise)
        + y[i + 1] * rise
        + h * s * (1 - s) * (slopes[i] * (1 - s) - slopes[i + 1] * s)
    )
