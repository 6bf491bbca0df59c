"""How key frames are laid out in one picture, so that each stays large where a model sees it."""

from dataclasses import dataclass
from functools import cache

from claims_env.errors import ConfigError
from claims_env.rendering.contact_sheet import MARGIN, Layout
from claims_env.rendering.painter import TILE, Size
from claims_env.rendering.provider_pixels import served_size

WIDEST, WIDEST_OF_MANY, MANY = 320, 240, 24
"""Width of a frame where there is room [px], and where there are more than so many frames."""

NARROWEST = 64
"""Below this width no frame is drawn [px]: a figure's limbs are a pixel thick."""

LEGEND_HEIGHT = 20
"""Of the line above a grid which says what the colours mean [px]."""

_STEP = 4
_SHAPES, _UNSHRUNK = (1.0, 2.8), 0.98


@dataclass(frozen=True, slots=True)
class Tiling:
    """Where frames go.

    Attributes:
        frames: How many there are.
        columns: How many stand side by side.
        tile: Width and height of one [px].
        head: Height kept free above them [px].
    """

    frames: int
    columns: int
    tile: Size
    head: int = 0

    @property
    def rows(self) -> int:
        """How many rows there are, the last perhaps not full."""
        return -(-self.frames // self.columns)

    @property
    def size(self) -> Size:
        """Width and height of the whole picture [px]."""
        width, height = (side + MARGIN for side in self.tile)
        return self.columns * width + MARGIN, self.rows * height + MARGIN + self.head

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
        width, height = (max(1, int(side * share)) for side in self.tile)
        return Tiling(self.frames, self.columns, (width, height), self.head)


@cache
def tiling_for(
    frames: int, provider: str | None = None, layout: Layout = "grid", tile: Size | None = None
) -> Tiling:
    """Return the layout that leaves each frame the widest in the eyes of a provider's model.

    Args:
        frames: How many there are, 1 or more.
        provider: Who will be sent it, see `served_size`; None makes it fit all.
        layout: row: one row, as in the paper. grid: as many columns as serve best.
        tile: Width and height of a frame [px]; None takes the paper's for a row, and as large a
            one as arrives unshrunk for a grid, 4 by 3.

    Raises:
        ConfigError: There are no frames, or they are too small to show anybody.
        UnknownName: There is no such provider.
    """
    if frames < 1 or (tile is not None and (tile[0] < NARROWEST or tile[1] < 1)):
        raise ConfigError(
            f"{frames} frames of {tile} px cannot be shown; at least 1 frame, {NARROWEST} px wide, "
            "is needed."
        )
    if layout == "row":
        return Tiling(frames, frames, tile or TILE)
    widest = WIDEST if frames <= MANY else WIDEST_OF_MANY
    tiles = [tile] if tile else [(w, w * 3 // 4) for w in range(widest, NARROWEST - 1, -_STEP)]
    every = [
        Tiling(frames, columns, size, LEGEND_HEIGHT)
        for size in tiles
        for columns in range(1, frames + 1)
    ]
    shapely = [t for t in every if _SHAPES[0] <= t.shape <= _SHAPES[1]] or every
    unshrunk = [t for t in shapely if t.served_share(provider) >= _UNSHRUNK]
    return max(unshrunk or shapely, key=lambda tiling: _worth(tiling, provider))


def _worth(tiling: Tiling, provider: str | None) -> tuple[int, int, int]:
    """Return what makes a layout better: wide frames, no empty places, and no pixel to spare.

    Frames less than `_STEP` pixels apart count as equally wide, and none as wider than it was sent.
    """
    empty = tiling.rows * tiling.columns - tiling.frames
    width, height = tiling.size
    seen = min(tiling.served_width(provider), tiling.tile[0])
    return round(seen / _STEP), -empty, -width * height
