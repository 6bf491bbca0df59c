"""Splicing: windows of several recordings become one continuous strip of motion."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from claims_env.generators.mocap_retrieval.recording import Recording
from claims_env.generators.mocap_retrieval.seam import Seam, best_seam, moved, turned
from claims_env.generators.mocap_retrieval.windows import Window
from claims_env.rotation import Floats, about, conjugate, continuous, from_rotvec, multiply

SHORTEST_BLEND, LONGEST_BLEND = 0.2, 0.9
"""How long two recordings overlap [s]."""

BLEND_PER_METRE = 0.8
"""How much longer they do for each metre between the joints [s/m]."""

BRAKING = 7.0
"""How hard a body is let brake or start in a blend [m/s^2]: shoes hold about so much."""

SEARCH, BEYOND = 15, 5
"""How many frames within a window, and beyond its border, a seam is looked for."""

SURPLUS = 1.1
"""How much longer than wanted a strip may stay, to be played faster, before its end is cut off."""

OVERHANG = 12
"""Frames a blend may reach beyond a recording, which then stands still: nobody sees it by then."""


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """Motion put together.

    Attributes:
        rotations: Local rotations, shape (frames, 24, 4).
        root: World position of the pelvis, shape (frames, 3) [m].
        windows: What is played in the end, blends included.
        seams: First and last frame of each blend in the strip.
        distances: How far the joints were apart at each seam, their velocities included [m].
    """

    rotations: Floats
    root: Floats
    windows: tuple[Window, ...]
    seams: tuple[tuple[int, int], ...]
    distances: tuple[float, ...]

    @property
    def frames(self) -> int:
        """How many frames there are."""
        return len(self.root)


def splice(recordings: Sequence[Recording], windows: Sequence[Window], frames: int) -> Strip:
    """Return the windows one after the other, each turned and moved to where the last one ends.

    Args:
        recordings: Of the parts the windows speak of.
        windows: In order.
        frames: How many are wanted; the last window is cut, or lengthened within its limit.
    """
    seams = [_seam(recordings, a, b) for a, b in pairwise(windows)]
    halves = _halves(recordings, windows, seams)
    cuts = _sized(_cut(windows, seams, halves), halves, frames)
    placed = [_taken(recordings[cut.part], cut) for cut in cuts]
    rotations, root = placed[0]
    yaw, shift = 0.0, np.zeros(2)
    edges: list[tuple[int, int]] = []
    for seam, half, (turns, way) in zip(seams, halves, placed[1:], strict=True):
        # the next recording is laid on this one, which itself lies where the last one put it
        yaw, shift = yaw + seam.yaw, turned(seam.shift, yaw) + shift
        there = multiply(about("z", yaw), turns[:, 0])
        turns = np.concatenate([there[:, None], turns[:, 1:]], axis=1)
        edges.append((len(root) - 2 * half - 1, len(root) - 1))
        laid = moved(way, yaw, shift)
        drift = _drift(root, laid, 2 * half + 1)
        rotations, root = _faded(rotations, root, turns, laid, 2 * half + 1)
        shift = shift + drift
    return Strip(rotations, root, tuple(cuts), tuple(edges), tuple(s.distance for s in seams))


def _seam(recordings: Sequence[Recording], last: Window, window: Window) -> Seam:
    before, after = recordings[last.part], recordings[window.part]
    return best_seam(before, after, _leaves(last, before), _enters(window))


def _leaves(last: Window, take: Recording) -> range:
    """Return the frames about a window's end at which it may be left."""
    first = last.stop - min(SEARCH, _third(last))
    return range(first, max(min(last.stop + BEYOND, take.frames), first + 1))


def _enters(window: Window) -> range:
    stop = window.start + min(SEARCH, _third(window))
    return range(min(max(window.start - BEYOND, 0), stop - 1), stop)


def _third(window: Window) -> int:
    return max(1, (window.stop - window.start) // 3)


def _halves(
    recordings: Sequence[Recording], windows: Sequence[Window], seams: Sequence[Seam]
) -> list[int]:
    """Return how many frames each blend reaches to either side of its seam, as far as there are."""
    entered = [windows[0].start, *(seam.enter for seam in seams)]
    halves: list[int] = []
    for i, seam in enumerate(seams):
        seconds = SHORTEST_BLEND + BLEND_PER_METRE * seam.distance
        seconds = max(seconds, 1.5 * seam.braking / BRAKING)  # an ease is half as steep again
        before = recordings[windows[i].part]
        wanted = round(min(seconds, LONGEST_BLEND) * before.fps / 2)
        behind = before.frames - 1 - seam.leave + OVERHANG
        room = (seam.leave - entered[i]) // 2
        halves.append(max(0, min(wanted, behind, seam.enter + OVERHANG, room)))
    return halves


def _cut(windows: Sequence[Window], seams: Sequence[Seam], halves: Sequence[int]) -> list[Window]:
    """Return the windows with their borders at the seams, blends included."""
    cuts = list(windows)
    for i, (seam, half) in enumerate(zip(seams, halves, strict=True)):
        cuts[i] = replace(cuts[i], stop=seam.leave + half + 1)
        cuts[i + 1] = replace(cuts[i + 1], start=seam.enter - half)
    return cuts


def _sized(cuts: Sequence[Window], halves: Sequence[int], frames: int) -> list[Window]:
    """Return the windows with the last one's end set so that they hold about so many frames."""
    last = cuts[-1]
    blended = sum(2 * half + 1 for half in halves)
    others = sum(cut.stop - cut.start for cut in cuts[:-1]) - blended
    shortest = last.start + 2 * (halves[-1] if halves else 0) + 2
    least, most = last.start + frames - others, last.start + round(SURPLUS * frames) - others
    stop = max(min(max(last.stop, least), most, last.limit), shortest)
    return [*cuts[:-1], replace(last, stop=stop)]


def _taken(take: Recording, cut: Window) -> tuple[Floats, Floats]:
    here = np.clip(np.arange(cut.start, cut.stop), 0, take.frames - 1)
    return take.rotations[here], take.root[here]


def _faded(
    rotations: Floats, root: Floats, next_rotations: Floats, next_root: Floats, overlap: int
) -> tuple[Floats, Floats]:
    """Return two pieces of motion as one, the end of the first going over into the second.

    Over the floor it is the pelvis's velocity that goes over, so that a runner who comes to stand
    brakes; to blend positions would let him run on, and be pulled back.
    """
    ease = _ease(overlap)
    turned_over = _between(rotations[-overlap:], next_rotations[:overlap], ease)
    way = root[-overlap:] + (next_root[:overlap] - root[-overlap:]) * ease[:, None]
    way[:, :2] = _ridden(root, next_root, overlap)
    rest = next_root[overlap:].copy()
    rest[:, :2] += way[-1, :2] - next_root[overlap - 1, :2]
    return (
        np.concatenate([rotations[:-overlap], turned_over, next_rotations[overlap:]]),
        np.concatenate([root[:-overlap], way, rest]),
    )


def _drift(root: Floats, next_root: Floats, overlap: int) -> Floats:
    """Return how far a blend carries the second piece from where it was laid, shape (2,) [m]."""
    return np.asarray(_ridden(root, next_root, overlap)[-1] - next_root[overlap - 1, :2])


def _ridden(root: Floats, next_root: Floats, overlap: int) -> Floats:
    """Return the pelvis over the floor in a blend of velocities, shape (overlap, 2) [m]."""
    first, second = root[-overlap:, :2], next_root[:overlap, :2]
    share = (_ease(overlap)[1:] + _ease(overlap)[:-1])[:, None] / 2
    steps = (1 - share) * np.diff(first, axis=0) + share * np.diff(second, axis=0)
    return np.asarray(first[0] + np.concatenate([np.zeros((1, 2)), np.cumsum(steps, axis=0)]))


def _ease(overlap: int) -> Floats:
    t = np.arange(1, overlap + 1) / (overlap + 1)
    return np.asarray(t * t * (3 - 2 * t))


def _between(first: Floats, second: Floats, ease: Floats) -> Floats:
    """Return rotations (frames, 24, 4) between two, on one and the same side all the way.

    The shorter arc may change sides from one frame to the next where an arm has turned by half a
    turn; here the side that is shorter in the middle counts for all frames.
    """
    way = continuous(multiply(conjugate(first), second))
    way = way * np.where(way[len(way) // 2, :, :1] < 0, -1.0, 1.0)
    sine = np.linalg.norm(way[..., 1:], axis=-1, keepdims=True)
    angle = 2 * np.arctan2(sine, way[..., :1]) * ease[:, None, None]
    return multiply(first, from_rotvec(angle * way[..., 1:] / np.maximum(sine, 1e-12)))
