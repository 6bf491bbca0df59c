"""Strips for people: the frames that tell a clip, what stands above and below them, their files."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFont
from toys import swaying

from claims_env.motion import Motion
from claims_env.rendering import Caption, filmstrip, save_clip, save_picture, stacked
from claims_env.rendering.filmstrip import STRIP_TILE
from claims_env.rendering.lettering import MOST_LINES, shortened, wrapped
from claims_env.rendering.telling_frames import telling_frames
from claims_env.rendering.timeline import Span, first_pass, move_at, timeline_of
from claims_env.rotation import Floats

FONT = ImageFont.load_default(12)
TIMELINE = [
    {"primitive": "front_kick", "start": 0.1, "end": 0.8},
    {"primitive": "jump", "start": 0.8, "end": 1.5},
    {"primitive": "front_kick", "start": 1.5, "end": 1.9},
]


def jabbing(at: int, frames: int = 61) -> Floats:
    """Return a body that stands still but for one hand, out and back around one frame."""
    joints = np.zeros((frames, 24, 3))
    away = np.maximum(1 - np.abs(np.arange(frames) - at) / 3, 0)
    joints[:, 22, 0] = away
    return joints


def with_timeline(**more: object) -> Motion:
    return swaying(1.0).with_provenance(timeline=TIMELINE, moves=["front_kick", "jump"], **more)


def test_the_extreme_of_a_strike_is_shown_which_even_spacing_would_miss() -> None:
    assert 37 in telling_frames(jabbing(37), 6)
    assert 37 not in np.linspace(0, 60, 6).astype(int)


def test_the_first_and_the_last_frame_are_shown_and_none_twice() -> None:
    for count in (2, 3, 12, 61, 100):
        numbers = telling_frames(jabbing(20), count)
        assert (numbers[0], numbers[-1]) == (0, 60)
        assert len(numbers) == min(count, 61)
        assert numbers == sorted(set(numbers))


def test_a_body_at_rest_is_shown_evenly() -> None:
    assert telling_frames(np.zeros((9, 24, 3)), 5) == [0, 2, 4, 6, 8]


def test_frames_after_the_last_one_wanted_are_not_shown() -> None:
    assert max(telling_frames(jabbing(50), 5, last=30)) == 30


def test_a_small_part_is_seen_beside_a_large_one() -> None:
    parts = [(1, 5), (6, 50)]
    assert telling_frames(jabbing(30), 4, parts=parts)[1] in range(1, 6)
    assert telling_frames(jabbing(30), 4)[1] not in range(1, 6)


def test_the_peak_of_a_move_is_shown_beside_a_move_that_goes_far() -> None:
    joints = jabbing(37)
    joints[:34, :, 1] += 0.2 * np.arange(34)[:, None]  # all of the body travels, then is back
    numbers = telling_frames(joints, 4, parts=[(1, 33), (34, 50)])
    assert 37 in numbers and any(1 <= number <= 33 for number in numbers)


def test_a_move_of_one_frame_is_shown() -> None:
    assert 7 in telling_frames(jabbing(30), 4, parts=[(7, 7), (20, 40)])


def test_no_frame_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="At least one frame"):
        telling_frames(jabbing(5), 0)


def test_a_timeline_is_read_from_mappings_and_rows_and_what_is_neither_is_passed_over() -> None:
    mixed = [*TIMELINE[1:2], ["hop", 0, 0.5], "jump", {"primitive": 3, "start": 0, "end": 1}, None]
    spans = timeline_of(swaying(1.0).with_provenance(timeline=mixed))
    assert spans == (Span("hop", 0.0, 0.5), Span("jump", 0.8, 1.5))
    assert timeline_of(swaying(1.0)) == ()
    assert timeline_of(swaying(1.0).with_provenance(timeline="jump")) == ()


def test_the_first_pass_ends_with_the_last_move_that_is_new() -> None:
    assert first_pass(with_timeline()) == 45  # two moves: 1.5 s at 30 Hz
    assert first_pass(with_timeline(left_out=["jump"])) == 24
    assert first_pass(swaying(1.0)) == 59


def test_a_move_is_named_while_it_lasts() -> None:
    spans = timeline_of(with_timeline())
    assert move_at(spans, 0.05) is None
    assert move_at(spans, 0.8) == spans[1]
    assert move_at(spans, 1.95) is None


def test_a_strip_has_one_row_of_tiles_or_as_many_as_are_asked_for() -> None:
    one = filmstrip(swaying(2.0), Caption("sway"), count=6)
    two = filmstrip(swaying(2.0), Caption("sway"), count=6, columns=3)
    assert one.width == 6 * (STRIP_TILE[0] + 2) + 2
    assert two.width == 3 * (STRIP_TILE[0] + 2) + 2
    assert two.height > one.height + STRIP_TILE[1]


def test_moves_are_named_below_the_frames_only_where_they_are_known() -> None:
    named, plain = (filmstrip(m, Caption("x")) for m in (with_timeline(), swaying(1.0)))
    assert named.height > plain.height


def test_a_tier_colours_its_badge_and_a_long_caption_takes_more_lines() -> None:
    easy, hard = (filmstrip(swaying(1.0), Caption("x", tier), count=2) for tier in (1, 5))
    assert easy.size == hard.size and easy.tobytes() != hard.tobytes()
    long = filmstrip(swaying(1.0), Caption("a very long caption " * 9, 3, "with a note"), count=2)
    assert long.height > easy.height and long.width == easy.width


def test_strips_of_any_width_stand_below_one_another_under_a_title() -> None:
    strips = [Image.new("RGB", (30, 10)), Image.new("RGB", (50, 20))]
    assert stacked(strips).size == (50, 30)
    assert stacked(strips, "two").size == (50, 70)


def test_a_strip_of_one_clip_is_always_the_same() -> None:
    first, second = (filmstrip(swaying(2.0), Caption("x", 2)).tobytes() for _ in range(2))
    assert first == second


def test_text_is_broken_between_words_and_cut_where_there_is_no_room() -> None:
    lines = wrapped("one two three four five six", FONT, FONT.getlength("one two three") + 1)
    assert lines == ["one two three", "four five six"]
    assert wrapped("", FONT, 50) == [""]
    many = wrapped("word " * 400, FONT, 100)
    assert len(many) == MOST_LINES and many[-1].endswith("...")
    assert all(FONT.getlength(line) <= 100 for line in [*many, *wrapped("m" * 90, FONT, 100)])


def test_text_that_fits_is_not_shortened() -> None:
    assert shortened("short", FONT, 500) == "short"
    assert shortened("anything", FONT, 1) == ""


def test_a_picture_is_compressed_until_it_is_small_enough(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (200, 200, 3), dtype=np.uint8)
    picture = Image.fromarray(noise)
    free = save_picture(picture, tmp_path / "free.webp").stat().st_size
    bound = save_picture(picture, tmp_path / "bound.webp", at_most=7 * free // 10).stat().st_size
    assert bound <= 7 * free // 10
    with Image.open(save_picture(picture, tmp_path / "exact.png")) as exact:
        assert np.array_equal(np.asarray(exact), noise)


def test_a_clip_that_cannot_be_as_small_as_asked_is_as_small_as_it_gets(tmp_path: Path) -> None:
    motion = swaying(2.0, frames=20)
    usual = save_clip(motion, tmp_path / "a.webp").stat().st_size
    least = save_clip(motion, tmp_path / "b.webp", at_most=1).stat().st_size
    assert least < usual


def test_a_picture_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "taken.png").mkdir()
    with pytest.raises(OSError, match="taken"):
        save_picture(Image.new("RGB", (4, 4)), tmp_path / "taken.png")
    assert [path.name for path in tmp_path.iterdir()] == ["taken.png"]


def test_a_body_in_flight_has_no_rim_on_the_floor_and_a_standing_one_has() -> None:
    standing = swaying(1.0, frames=2)
    flying = replace(standing, root=standing.root + [0, 0, 0.5])
    # the rim is teal: much more green than red
    rims = [
        int((pixels[..., 1] - pixels[..., 0] > 60).sum())
        for motion in (standing, flying)
        for pixels in [np.asarray(filmstrip(motion, Caption(""), count=2)).astype(int)]
    ]
    assert rims[0] > 20 and rims[1] < rims[0] / 4
