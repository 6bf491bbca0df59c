"""Lays key frames of clips out in one picture: a grid, a row, or one row per clip."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from claims_env.motion import Motion
from claims_env.rendering.camera import Camera, cameras_for
from claims_env.rendering.painter import TILE, Size, photograph
from claims_env.rotation import Floats
from claims_env.skeleton import JOINTS

Layout = Literal["grid", "row"]
"""grid: tiles stay large when a viewer shrinks the picture. row: the paper's strip (App. D.3)."""

MARGIN = 2
"""White space around the tiles [px], as in the official strips."""

_CAPTION, _INK = 18, (40, 48, 58)


def key_frames(
    motion: Motion | Floats, count: int, tile: Size = TILE, layout: Layout = "grid"
) -> Image.Image:
    """Return evenly spaced frames of one clip, numbered, the first and the last among them.

    Args:
        motion: The clip, or its joints, shape (frames, 24, 3) [m].
        count: How many frames (the paper: 60 for alignment, 15 for difficulty); a shorter clip
            shows each of its frames once.
        tile: Width and height of one frame [px].
        layout: How they are arranged.

    Raises:
        ValueError: The joints have another shape, or count is below 1.
    """
    joints = joints_of(motion)
    tiles = _tiles(joints, frame_numbers(len(joints), count), tile)
    return arranged(tiles, len(tiles) if layout == "row" else _columns(len(tiles)))


def compared(
    reference: Motion | Floats, tracked: Motion | Floats, count: int, tile: Size = TILE
) -> Image.Image:
    """Return two rows of key frames under one camera: what was asked above what was done.

    Both have the same frames; `key_frames` says the rest.
    """
    asked, done = joints_of(reference), joints_of(tracked)
    if len(asked) != len(done):
        raise ValueError(f"Clips to compare differ in length: {len(asked)}, {len(done)} frames.")
    numbers = frame_numbers(len(asked), count)
    cameras = cameras_for(np.concatenate([asked, _near(done, asked)], 1), tile[0] / tile[1])
    rows = [_tiles(clip, numbers, tile, cameras) for clip in (asked, done)]
    return arranged([*rows[0], *rows[1]], len(numbers))


def contact_sheet(
    clips: Sequence[tuple[str, Motion | Floats]], count: int = 8, tile: Size = TILE
) -> Image.Image:
    """Return one row of key frames per clip, each under its caption.

    Raises:
        ValueError: There are no clips, or one has impossible joints.
    """
    if not clips:
        raise ValueError("There is no clip to lay out.")
    rows = [(caption, key_frames(clip, count, tile, "row")) for caption, clip in clips]
    height = sum(row.height + _CAPTION for _, row in rows)
    sheet = Image.new("RGB", (max(row.width for _, row in rows), height), "white")
    top, draw, font = 0, ImageDraw.Draw(sheet), ImageFont.load_default(12)
    for caption, row in rows:
        draw.text((4, top + 2), caption, fill=_INK, font=font)
        sheet.paste(row, (0, top + _CAPTION))
        top += row.height + _CAPTION
    return sheet


def arranged(tiles: Sequence[Image.Image], columns: int) -> Image.Image:
    """Return equally large pictures side by side, `columns` per row, on white."""
    width, height = tiles[0].width + MARGIN, tiles[0].height + MARGIN
    rows = -(-len(tiles) // columns)
    sheet = Image.new("RGB", (columns * width + MARGIN, rows * height + MARGIN), "white")
    for i, tile in enumerate(tiles):
        sheet.paste(tile, (MARGIN + i % columns * width, MARGIN + i // columns * height))
    return sheet


def frame_numbers(frames: int, count: int) -> list[int]:
    """Return up to `count` evenly spaced frame numbers, first and last included, none twice."""
    if count < 1:
        raise ValueError(f"At least one key frame is needed; {count} were asked for.")
    return sorted(set(np.linspace(0, frames - 1, count).astype(int).tolist()))


def joints_of(motion: Motion | Floats) -> Floats:
    """Return the joints, shape (frames, 24, 3) [m], of a motion or of joints themselves."""
    joints = motion.joints if isinstance(motion, Motion) else motion
    if joints.ndim != 3 or joints.shape[1:] != (len(JOINTS), 3) or not len(joints):
        raise ValueError(f"Expected joints of shape (frames, 24, 3); got {joints.shape}.")
    return joints


def _tiles(
    joints: Floats, numbers: Sequence[int], tile: Size, cameras: Sequence[Camera] | None = None
) -> list[Image.Image]:
    cameras = cameras or cameras_for(joints, tile[0] / tile[1])
    return [photograph(joints, n, cameras[n], tile) for n in numbers]


def _columns(tiles: int) -> int:
    """Return how many columns make a grid 5/3 as wide as high in tiles (15: 5 x 3, 60: 10 x 6)."""
    return max(1, round(float(np.sqrt(tiles * 5 / 3))))


def _near(done: Floats, asked: Floats) -> npt.NDArray[np.floating]:
    """Keep the camera with the reference: a body that flew off must not shrink the picture."""
    centre = asked[:, :1]
    finite = np.nan_to_num(done, nan=0.0, posinf=0.0, neginf=0.0)
    return np.clip(finite, centre - 1.5, centre + 1.5)
