"""Windows: which frames of each recording are played, so that all of them fill the clip."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from claims_env.captioned_motion import Caption
from claims_env.generators.mocap_retrieval.recording import Recording
from claims_env.rotation import Floats

LEAST = 30
"""Frames a window has at the least, where its recording has as many."""

SPARE = 12
"""Frames of a window that a blend with its neighbour takes."""

MOST_WINDOWS = 9
"""A recording shorter than half a second is not repeated for ever."""


@dataclass(frozen=True, slots=True)
class Window:
    """Frames of one part's recording.

    Attributes:
        part: Which part.
        start: Its first frame.
        stop: One past its last.
        limit: One past the last frame it may be lengthened to: the end of what the caption says.
    """

    part: int
    start: int
    stop: int
    limit: int


def span(caption: Caption, frames: int, fps: float) -> tuple[int, int]:
    """Return the frames a caption is about, at least two."""
    end = frames if caption.end_s is None else min(frames, round(caption.end_s * fps) + 1)
    start = min(round(caption.start_s * fps), frames - 2)
    return start, max(end, start + 2)


def choose_windows(
    recordings: Sequence[Recording],
    spans: Sequence[tuple[int, int]],
    counts: Sequence[int],
    wanted: int,
    enough: int,
) -> list[Window]:
    """Return windows in order that hold `wanted` frames together, or all there are.

    Each part gets its share, by how many actions it answers, and plays the liveliest stretch of it.
    Where all recordings together are too short for `enough`, the shortest are repeated, each in its
    place.

    Args:
        recordings: Of each part.
        spans: The frames its caption is about.
        counts: How many actions it answers.
        wanted: Frames to fill, at the tempo asked for.
        enough: Frames that fill the clip at the slowest tempo.
    """
    has = [stop - start for start, stop in spans]
    times = _repeats(has, enough)
    order = [part for part, repeat in enumerate(times) for _ in range(repeat)]
    total = wanted + SPARE * (len(order) - 1)
    shares = _shares([has[p] for p in order], [counts[p] / times[p] for p in order], total)
    return [
        _liveliest(part, recordings[part].activity, spans[part], share)
        for part, share in zip(order, shares, strict=True)
    ]


def _repeats(has: Sequence[int], enough: int) -> list[int]:
    times = [1] * len(has)
    while _filled(has, times) < enough and sum(times) < MOST_WINDOWS:
        shortest = min(range(len(has)), key=lambda part: has[part] * times[part])
        times[shortest] += 1
    return times


def _filled(has: Sequence[int], times: Sequence[int]) -> int:
    frames = sum(h * t for h, t in zip(has, times, strict=True))
    return frames - SPARE * (sum(times) - 1)


def _shares(has: Sequence[int], weights: Sequence[float], total: int) -> list[int]:
    """Split a total by weight; who has less gives the rest to the others."""
    shares, open_parts, left = [0] * len(has), list(range(len(has))), total
    while open_parts:
        unit = left / sum(weights[i] for i in open_parts)
        short = [i for i in open_parts if has[i] <= max(unit * weights[i], LEAST)]
        for i in short or open_parts:
            shares[i] = has[i] if short else round(unit * weights[i])
            left -= shares[i]
        open_parts = [i for i in open_parts if i not in short] if short else []
    return shares


def _liveliest(part: int, activity: Floats, span: tuple[int, int], length: int) -> Window:
    start, stop = span
    if length >= stop - start:
        return Window(part, start, stop, stop)
    sums = np.concatenate([[0.0], np.cumsum(activity[start:stop])])
    first = start + int(np.argmax(sums[length:] - sums[:-length]))
    return Window(part, first, first + length, stop)
