"""Which frames of a clip tell it best, where evenly spaced ones would miss the kick."""

from collections.abc import Sequence

import numpy as np

from claims_env.rotation import Floats

DRIFT = 0.06
"""How much a frame gains per share of the clip that parts it from its neighbours [m].

Without it a clip's stillness would go unseen, and a body at rest would fill no sheet.
"""


def telling_frames(
    joints: Floats, count: int, last: int | None = None, parts: Sequence[tuple[int, int]] = ()
) -> list[int]:
    """Return frame numbers in order, the first and the last among them.

    Whoever moved straight from each chosen pose to the next would nearly perform the clip: the
    frame farthest from that is added, again and again, as polylines are simplified (Douglas and
    Peucker 1973). So extremes of a movement are chosen and its passages left out.

    Args:
        joints: Shape (frames, 24, 3) [m].
        count: How many frames, 1 or more; a shorter clip shows each of its frames once.
        last: The last frame to show; None takes the clip's.
        parts: First and last frame of each move: its peak is shown, however small, while there
            is room.

    Raises:
        ValueError: `count` is below 1.
    """
    if count < 1:
        raise ValueError(f"At least one frame is needed; {count} were asked for.")
    shown = joints if last is None else joints[: last + 1]
    chosen = sorted({0, len(shown) - 1})[:count]
    room = min(count, len(shown))
    for first, end in parts:
        if len(chosen) < room and first < len(shown):
            chosen = sorted({*chosen, _peak(shown, first, min(end, len(shown) - 1))})
    while len(chosen) < room:
        chosen = sorted({*chosen, _missed(shown, chosen)})
    return chosen


def _peak(joints: Floats, first: int, end: int) -> int:
    """Return the frame from first to end that is farthest from moving straight between the two.

    What comes before and after does not count: beside a cartwheel, no kick would be far.
    """
    return first + int(_worth(joints[first : end + 1], [0, end - first]).argmax())


def _missed(joints: Floats, chosen: list[int]) -> int:
    """Return the frame that the chosen ones show worst."""
    worth = _worth(joints, chosen)
    worth[chosen] = -1.0
    return int(worth.argmax())


def _worth(joints: Floats, chosen: list[int]) -> Floats:
    """Return how badly the chosen frames show each, shape (frames,) [m]."""
    frames = np.arange(len(joints))
    at = np.clip(np.searchsorted(chosen, frames, side="right") - 1, 0, len(chosen) - 2)
    before, after = np.array(chosen)[at], np.array(chosen)[at + 1]
    share = ((frames - before) / np.maximum(after - before, 1))[:, None, None]
    straight = joints[before] + share * (joints[after] - joints[before])
    off = np.linalg.norm(joints - straight, axis=-1).mean(1)
    worth: Floats = off + DRIFT * np.minimum(frames - before, after - frames) / len(joints)
    return worth
