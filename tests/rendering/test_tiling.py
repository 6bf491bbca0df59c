import pytest

from claims_env.errors import ConfigError
from claims_env.provider_pixels import ALIASES, PIXEL_RULES, arrives_whole
from claims_env.rendering.tiling import Tiling, tiling_for

PROVIDERS = [None, *PIXEL_RULES, *ALIASES]


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("frames", [15, 60])
def test_every_frame_of_a_grid_arrives_at_least_100_pixels_wide(
    provider: str | None, frames: int
) -> None:
    assert tiling_for(frames, provider).served_width(provider) >= 100


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("frames", [15, 60])
def test_a_grid_is_sent_as_it_arrives(provider: str | None, frames: int) -> None:
    assert arrives_whole(*tiling_for(frames, provider).size, provider)


def test_sixty_frames_reach_gpt_4o_in_lines_of_twelve_pixel_for_pixel() -> None:
    tiling = tiling_for(60, "openai")
    # 12 x (168 + 2) + 2; 5 x (126 + 12 + 2) + 2 + 20 for the legend, of 768 at most
    assert (tiling.columns, tiling.view, tiling.size) == (12, (168, 126), (2042, 722))


def test_a_sheet_is_filled_up_to_whole_patches() -> None:
    assert Tiling(frames=5, columns=2, tile=(100, 50), head=20, step=28).size == (224, 196)


def test_a_grid_made_for_nobody_suits_everybody() -> None:
    tiling = tiling_for(60)
    assert all(tiling.served_width(provider) >= 100 for provider in PIXEL_RULES)


def test_fifteen_frames_stand_five_by_three_and_sixty_ten_by_six_or_twelve_by_five() -> None:
    assert (tiling_for(15, "openai").columns, tiling_for(15, "openai").rows) == (5, 3)
    assert (tiling_for(60).columns, tiling_for(60).rows) == (10, 6)
    assert (tiling_for(60, "openai").columns, tiling_for(60, "openai").rows) == (12, 5)


def test_a_row_has_the_papers_measures() -> None:
    assert tiling_for(15, layout="row").size == (3632, 184)
    assert tiling_for(60, layout="row").size == (14522, 184)


def test_a_row_of_sixty_leaves_gpt_4o_34_pixels_a_frame() -> None:
    assert tiling_for(60, layout="row").served_width("openai") == pytest.approx(33.8, abs=0.1)


def test_the_size_counts_tiles_margins_and_what_stands_above() -> None:
    tiling = Tiling(frames=5, columns=2, tile=(100, 50), head=20)
    assert (tiling.rows, tiling.size) == (3, (2 * 102 + 2, 3 * 52 + 2 + 20))
    # 38 px of view below a line of 12
    assert tiling.reduced(0.5).tile == (50, 19 + 12)


def test_a_tile_of_ones_own_is_kept() -> None:
    assert tiling_for(15, "gemini", tile=(200, 200)).tile == (200, 200)


@pytest.mark.parametrize(("frames", "tile"), [(0, None), (15, (10, 10)), (15, (100, 39))])
def test_what_would_show_nobody_is_refused(frames: int, tile: tuple[int, int] | None) -> None:
    with pytest.raises(ConfigError, match=f"{frames} frames"):
        tiling_for(frames, tile=tile)
