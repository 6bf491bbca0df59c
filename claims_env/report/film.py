"""Packs joint positions for the page's player: int16 at half a millimetre, base64."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from claims_env.rendering.figure import ENDS, PARTS, RADII, STARTS
from claims_env.report.markup import Markup, element
from claims_env.report.run_record import Footage
from claims_env.rotation import Floats

UNITS_PER_METRE = 2000
"""Resolution 0.5 mm, reach 16.38 m from where the clip starts; further off is cut to that."""

_BYTES_PER_FRAME = 24 * 3 * 2 * 4 / 3


@dataclass(frozen=True, slots=True)
class Film:
    """One clip as the player reads it.

    Attributes:
        fps: Stored frames per second; the player interpolates between them.
        step: How many of the clip's frames one stored frame stands for.
        start: The clip's number of the first frame.
        reference: Base64 of (frames, 24, 3) little-endian int16.
        tracked: The same, or None.
        failed_at: The clip's first failing frame, or None.
    """

    fps: float
    step: int
    start: int
    reference: str
    tracked: str | None
    failed_at: int | None


def film(footage: Footage, step: int, failed_at: int | None) -> Film:
    """Return every `step`-th frame of a clip, packed."""
    origin = footage.reference[0, 0] * [1, 1, 0]
    packed = [
        None if joints is None else _packed(joints[::step] - origin)
        for joints in (footage.reference, footage.tracked)
    ]
    fps = footage.fps / step
    return Film(fps, step, footage.start, packed[0] or "", packed[1], failed_at)


def step_within(footage: Sequence[Footage], budget: int) -> int:
    """Return the smallest step, 2 or more at 30 Hz, with which all films fit so many bytes."""
    full = sum(len(f.reference) * (1 if f.tracked is None else 2) for f in footage)
    usual = max((round(f.fps / 15) for f in footage), default=1)
    return max(usual, 1, int(np.ceil(full * _BYTES_PER_FRAME / max(budget, 1))))


def player(shown: Film) -> Markup:
    """Return the place where player.js builds a player."""
    return element(
        "div",
        class_="player",
        data_fps=round(shown.fps, 4),
        data_step=shown.step,
        data_start=shown.start,
        data_reference=shown.reference,
        data_tracked=shown.tracked,
        data_failed=shown.failed_at,
    )


def figure() -> str:
    """Return the painter's body as JSON: [colour, [[start, end, radius [m]], ...]] per part."""
    radii = iter(RADII.mean(1).round(3).tolist())
    bones = iter(zip(STARTS, ENDS, radii, strict=True))
    parts = [[part.colour, list(islice(bones, len(part.bones)))] for part in PARTS]
    return json.dumps(parts, separators=(",", ":"))


def _packed(joints: Floats) -> str:
    units = np.clip(np.round(joints * UNITS_PER_METRE), -32768, 32767)
    return base64.b64encode(units.astype("<i2").tobytes()).decode("ascii")
