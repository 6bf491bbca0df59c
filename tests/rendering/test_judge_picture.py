import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image
from smpl.synthetic_body import write_synthetic
from toys import swaying

from claims_env.errors import ConfigError, UnknownName
from claims_env.motion import Motion
from claims_env.rendering import judge_picture, judge_sheet
from claims_env.rendering.contact_sheet import MARGIN, Layout
from claims_env.rendering.figure import LEFT, RIGHT
from claims_env.rendering.floor import FLOOR
from claims_env.rendering.legend import write_label
from claims_env.rendering.painter import CONTACT, GHOST
from claims_env.rendering.shots import painted, shots_of, told
from claims_env.rendering.tiling import LEGEND_HEIGHT, tiling_for
from claims_env.smpl import load_body

STANDING = swaying(1.0)


def travelling(metres: float) -> Motion:
    way = np.linspace([0, 0, 0], [0, -metres, 0], STANDING.frames)
    return replace(STANDING, root=STANDING.root + way)


def near(picture: Image.Image, colour: tuple[int, int, int], by: int = 12) -> npt.NDArray[np.bool_]:
    """Say which points have about a colour."""
    return np.asarray((np.abs(np.asarray(picture).astype(int) - colour) <= by).all(-1))


def test_a_picture_is_a_jpeg_of_the_size_it_says() -> None:
    picture = judge_picture(STANDING, frames=4, provider="openai")
    with Image.open(io.BytesIO(picture.data)) as image:
        assert (image.format, image.size) == ("JPEG", (picture.width, picture.height))
    assert picture.media_type == "image/jpeg"


@pytest.mark.parametrize(("frames", "size"), [(15, (3632, 184)), (60, (14522, 184))])
def test_a_row_is_as_large_as_the_papers_strip(frames: int, size: tuple[int, int]) -> None:
    picture = judge_picture(STANDING, frames=frames, layout="row", provider="openai")
    assert (picture.width, picture.height) == size


def test_a_clip_shorter_than_asked_shows_each_frame_once() -> None:
    short = judge_sheet(swaying(1.0, frames=3), frames=15, layout="row")
    assert short.size == (3 * 242 + 2, 184)


def test_frames_are_evenly_spaced_with_both_ends() -> None:
    shots = shots_of(STANDING, 4, 4 / 3)
    assert [shot.number for shot in shots] == [0, 19, 39, 59]
    assert [len(shot.trail) for shot in shots] == [1, 20, 40, 60]


def test_a_frame_tells_its_number_its_time_and_how_far_it_is() -> None:
    first, last = shots_of(travelling(3.0), 2, 4 / 3)
    assert told(STANDING, first) == ("0", "0.00 s", "")
    assert told(STANDING, last) == ("59", "1.97 s", "3.0 m")


@pytest.mark.parametrize("layout", ["grid", "row"])
def test_nothing_is_written_where_a_body_can_be(layout: Layout) -> None:
    motion = travelling(3.0)
    tiling = tiling_for(5, None, layout)
    sheet = judge_sheet(motion, frames=5, layout=layout)
    width, height = tiling.view
    shots = shots_of(motion, 5, width / height)
    for i, painting in enumerate(painted(motion, shots, tiling.view)):
        row, column = divmod(i, tiling.columns)
        left = MARGIN + column * (tiling.tile[0] + MARGIN)
        top = tiling.head + MARGIN + row * (tiling.tile[1] + MARGIN) + tiling.label
        shown = sheet.crop((left, top, left + width, top + height))
        assert shown.tobytes() == painting.tobytes()
        line = np.asarray(sheet.crop((left, top - tiling.label, left + width, top)))
        # ink in the line above, and none where the view begins
        assert (line[:, :20] < 128).any()
        assert (line[-1] > 200).all()


def test_a_way_there_is_no_room_for_is_left_out_and_the_rest_is_written() -> None:
    plain, narrow, wide = (Image.new("RGB", (300, 12), "white") for _ in range(3))
    write_label(plain, (0, 0, 64, 12), ("179", "5.97 s", ""))
    write_label(narrow, (0, 0, 64, 12), ("179", "5.97 s", "13.3 m"))
    write_label(wide, (0, 0, 132, 12), ("179", "5.97 s", "13.3 m"))
    assert narrow.tobytes() == plain.tobytes()
    assert near(wide, (40, 48, 58), 80).sum() > near(narrow, (40, 48, 58), 80).sum()


def test_the_first_label_of_a_row_says_which_colour_is_left_and_which_right() -> None:
    head = judge_sheet(STANDING, frames=15, layout="row").crop((0, 0, 240, 2 + 17))
    left, right = (np.nonzero(near(head, colour))[1] for colour in (LEFT, RIGHT))
    assert 20 < left.max() < right.min() < right.max() < 240


def test_the_same_clip_gives_the_same_bytes_in_another_process_and_hash_seed() -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from toys import swaying;"
        "from claims_env.rendering import judge_picture;"
        "print(judge_picture(swaying(1.0), frames=5, ghost=True).digest)"
    )
    tests = str(Path(__file__).parents[1])
    said = subprocess.run(
        [sys.executable, "-c", code, tests],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "7"},
    )
    assert said.stdout.strip() == judge_picture(STANDING, frames=5, ghost=True).digest


def test_a_judge_sees_neither_the_name_nor_where_a_clip_came_from() -> None:
    other = STANDING.renamed("a backflip").with_provenance(prompt="a person does a backflip")
    assert judge_picture(other, frames=4).data == judge_picture(STANDING, frames=4).data


def test_a_picture_too_large_loses_quality_first_and_size_last() -> None:
    best = judge_picture(STANDING, frames=6, provider="openai")
    poorer = judge_picture(STANDING, frames=6, provider="openai", at_most=len(best.data) - 1)
    assert len(poorer.data) < len(best.data)
    assert (poorer.width, poorer.height) == (best.width, best.height)
    small = judge_picture(STANDING, frames=6, provider="openai", at_most=len(best.data) // 5)
    assert len(small.data) <= len(best.data) // 5
    assert small.width < best.width


def test_a_cap_nothing_fits_is_refused_with_the_cure() -> None:
    with pytest.raises(ConfigError, match=r"2 frames fits into 100 bytes. Cure"):
        judge_picture(swaying(1.0, frames=2), frames=15, at_most=100)


def test_the_line_above_a_grid_says_which_colour_is_left_and_which_right() -> None:
    sheet = judge_sheet(STANDING, frames=15)
    head = sheet.crop((0, 0, sheet.width, LEGEND_HEIGHT))
    left, right = (np.nonzero(near(head, colour))[1] for colour in (LEFT, RIGHT))
    assert len(left) > 50
    assert len(right) > 50
    assert left.max() < right.min()


def test_left_and_right_stay_apart_in_a_jpeg_of_the_smallest_frames() -> None:
    picture = judge_picture(STANDING, frames=60)
    with Image.open(io.BytesIO(picture.data)) as image:
        pixels = np.asarray(image.convert("RGB")).astype(int)[LEGEND_HEIGHT:]
    assert (pixels[..., 2] - pixels[..., 0] > 80).sum() > 60 * 80
    assert (pixels[..., 0] - pixels[..., 2] > 80).sum() > 60 * 80


def test_ghosts_show_the_frames_before_and_the_first_frame_has_none() -> None:
    moving = travelling(2.0)
    plain, haunted = (
        judge_sheet(moving, frames=4, layout="row", ghost=ghost) for ghost in (False, True)
    )
    columns = np.nonzero(near(haunted, GHOST) & ~near(plain, GHOST))[1]
    assert len(columns) > 500
    assert columns.min() > 240 + 2 * MARGIN
    assert [len(s.ghosts) for s in shots_of(moving, 4, 4 / 3, ghosts=True)] == [0, 1, 2, 2]


def test_a_skin_takes_the_place_of_the_figure(tmp_path: Path) -> None:
    body = load_body(write_synthetic(tmp_path))
    figure = judge_sheet(STANDING, frames=2, tile=(120, 90))
    skin = judge_sheet(STANDING, frames=2, tile=(120, 90), painter="mesh", body=body)
    assert skin.size == figure.size
    differ = (np.asarray(skin) != np.asarray(figure)).any(-1)
    assert 200 < differ.sum() < 0.3 * differ.size


def test_a_skin_without_a_body_is_refused_with_the_cure() -> None:
    with pytest.raises(ConfigError, match=r"none was given\. Cure"):
        judge_sheet(STANDING, frames=2, painter="mesh")


def test_painters_and_providers_nobody_knows_are_refused_by_name() -> None:
    with pytest.raises(UnknownName, match="painter is called 'oil'"):
        judge_sheet(STANDING, frames=2, painter="oil")  # type: ignore[arg-type]
    with pytest.raises(UnknownName, match="'gpt'"):
        judge_picture(STANDING, frames=2, provider="gpt")


def test_no_frames_are_refused() -> None:
    with pytest.raises(ConfigError, match="0 frames"):
        judge_picture(STANDING, frames=0)


def test_a_raised_body_is_seen_against_the_posts_and_above_its_shadow() -> None:
    jump = replace(STANDING, root=STANDING.root + np.linspace([0, 0, 0], [0, 0, 0.8], 60))
    low, high = (
        judge_sheet(jump, frames=2, layout="row", tile=(240, 180)).crop((x, 20, x + 240, 184))
        for x in (MARGIN, 242 + MARGIN)
    )
    heads = [np.nonzero(near(tile, RIGHT, 40))[0].mean() for tile in (low, high)]
    assert heads[0] > heads[1] + 30
    floor_left = near(high, FLOOR).mean()
    assert 0.5 < floor_left < 0.98


@pytest.mark.parametrize(("raised", "is_marked"), [(0.0, True), (0.04, True), (0.12, False)])
def test_feet_that_hover_as_recorded_ones_do_are_marked_and_lifted_ones_are_not(
    raised: float, is_marked: bool
) -> None:
    motion = replace(STANDING, root=STANDING.root + [0, 0, raised])
    frame = judge_sheet(motion, frames=1, tile=(240, 180)).crop((0, LEGEND_HEIGHT + 90, 240, 200))
    assert (near(frame, CONTACT).sum() > 30) == is_marked
