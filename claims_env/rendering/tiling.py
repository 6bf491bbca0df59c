"""How key frames are laid out in one picture, so that each stays large where a model sees it."""

from dataclasses import dataclass, replace
from functools import cache

from claims_env.errors import ConfigError
from claims_env.provider_pixels import arrives_whole, served_size
from claims_env.rendering.contact_sheet import MARGIN, Layout
from claims_env.rendering.painter import TILE, Size

WIDEST, WIDEST_OF_MANY, MANY = 320, 240, 24
"""Width of a frame where there is room [px], and where there are more than so many frames."""

NARROWEST, LOWEST = 64, 40
"""Below this width or height no frame is drawn [px]: a figure's limbs are a pixel thick."""

LEGEND_HEIGHT = 20
"""Of the line above a grid which says what the colours mean [px]."""

STEPS = (1, 28)
"""Sides of a sheet are multiples of one of these [px]: Qwen's models see whole patches of 28."""

_STEP = 4
_SHAPES, _UNSHRUNK = (1.0, 2.9), 0.98
_LABEL, _LABEL_SHARE = 12, 14


@dataclass(frozen=True, slots=True)
class Tiling:
    """Where frames go.

    Attributes:
        frames: How many there are.
        columns: How many stand side by side.
        tile: Width and height of one, its line of text included [px].
        head: Height kept free above them [px].
        step: The whole picture's sides are filled up with white to multiples of this [px].
    """

    frames: int
    columns: int
    tile: Size
    head: int = 0
    step: int = 1

    @property
    def label(self) -> int:
        """Height of the line of text above each frame, where no body can be [px]."""
        return label_height(self.tile[0])

    @property
    def view(self) -> Size:
        """Width and height of what is painted of the scene in one frame [px]."""
        return self.tile[0], self.tile[1] - self.label

    @property
    def rows(self) -> int:
        """How many rows there are, the last perhaps not full."""
        return -(-self.frames // self.columns)

    @property
    def size(self) -> Size:
        """Width and height of the whole picture [px]."""
        width, height = (side + MARGIN for side in self.tile)
        across, down = self.columns * width + MARGIN, self.rows * height + MARGIN + self.head
        return -(-across // self.step) * self.step, -(-down // self.step) * self.step

    @property
    def shape(self) -> float:
        """How many times as wide as high the picture is."""
        width, height = self.size
        return width / height

    def served_share(self, provider: str | None = None) -> float:
        """Return how much of its width and height is left in a provider's eyes, the lesser."""
        pairs = zip(served_size(*self.size, provider), self.size, strict=True)
        return min(seen / sent for seen, sent in pairs)

    def served_width(self, provider: str | None = None) -> float:
        """Return how wide a frame is where a provider's model sees it [px]."""
        return self.tile[0] * served_size(*self.size, provider)[0] / self.size[0]

    def reduced(self, share: float) -> "Tiling":
        """Return the same with smaller frames."""
        width, height = (max(1, int(side * share)) for side in self.view)
        return replace(self, tile=(width, height + label_height(width)))


def label_height(width: int) -> int:
    """Return how high the line of text above a frame of some width is [px]."""
    return max(_LABEL, width // _LABEL_SHARE)


@cache
def tiling_for(
    frames: int, provider: str | None = None, layout: Layout = "grid", tile: Size | None = None
) -> Tiling:
    """Return the layout that leaves each frame the widest in the eyes of a provider's model.

    Args:
        frames: How many there are, 1 or more.
        provider: Who will be sent it, see `served_size`; None makes it fit all.
        layout: row: one row, as in the paper. grid: as many columns as serve best.
        tile: Width and height of a frame, its line of text included [px]; None takes the paper's
            for a row, and for a grid as large a one as arrives pixel for pixel, whose view is 4
            by 3.

    Raises:
        ConfigError: There are no frames, or they are too small to show anybody.
        UnknownName: There is no such provider.
    """
    if frames < 1 or (tile is not None and (tile[0] < NARROWEST or tile[1] < LOWEST)):
        raise ConfigError(
            f"{frames} frames of {tile} px cannot be shown; at least 1 frame, {NARROWEST} px wide "
            f"and {LOWEST} px high, is needed."
        )
    if layout == "row":
        return Tiling(frames, frames, tile or TILE)
    sheets = _grids(frames, tile)
    whole = [sheet for sheet in sheets if arrives_whole(*sheet.size, provider)]
    unshrunk = whole or [t for t in sheets if t.served_share(provider) >= _UNSHRUNK]
    return max(unshrunk or sheets, key=lambda tiling: _worth(tiling, provider))


def _grids(frames: int, tile: Size | None) -> list[Tiling]:
    """Return all grids to choose from, of a sound shape where there are such."""
    widest = WIDEST if frames <= MANY else WIDEST_OF_MANY
    widths = range(widest, NARROWEST - 1, -_STEP)
    tiles = [tile] if tile else [(w, w * 3 // 4 + label_height(w)) for w in widths]
    every = [
        Tiling(frames, columns, size, LEGEND_HEIGHT, step)
        for size in tiles
        for columns in range(1, frames + 1)
        for step in STEPS
    ]
    return [t for t in every if _SHAPES[0] <= t.shape <= _SHAPES[1]] or every


def _worth(tiling: Tiling, provider: str | None) -> tuple[int, int, int]:
    """Return what makes a layout better: wide frames, no empty places, and no pixel to spare.

    Frames less than `_STEP` pixels apart count as equally wide, and none as wider than it was sent.
    """
    empty = tiling.rows * tiling.columns - tiling.frames
    width, height = tiling.size
    seen = min(tiling.served_width(provider), tiling.tile[0])
    return round(seen / _STEP), -empty, -width * height
