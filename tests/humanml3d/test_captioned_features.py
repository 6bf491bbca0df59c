"""What there is to learn from a clip and its captions."""

import numpy as np
import pytest

from claims_env.captioned_motion import Caption
from claims_env.errors import MotionError
from claims_env.humanml3d import captioned
from claims_env.rotation import Floats


def frames(count: int) -> Floats:
    """Return features whose first number counts the frames."""
    features = np.zeros((count, 263))
    features[:, 0] = np.arange(count)
    return features


def test_captions_of_the_whole_clip_come_together() -> None:
    said = (Caption("he waves"), Caption("a man greets"), Caption(""))
    ((clip,), refused) = captioned("wave", frames(60), said)
    assert (clip.name, clip.captions, refused) == ("wave", ("he waves", "a man greets"), [])


def test_a_caption_about_a_part_makes_the_part_a_clip() -> None:
    said = (Caption("he waves"), Caption("he rests", 1.5, 4.0), Caption("he goes", 3.0))
    clips, refused = captioned("wave", frames(120), said)
    assert [clip.name for clip in clips] == ["wave", "wave@1.5-4", "wave@3-6"]
    assert clips[1].captions == ("he rests",)
    assert (clips[1].features[0, 0], len(clips[1].features)) == (30, 50)
    assert (clips[2].features[0, 0], len(clips[2].features)) == (60, 60)
    assert refused == []


def test_parts_of_a_long_clip_are_used_and_the_whole_refused() -> None:
    said = (Caption("a show"), Caption("a jump", 2, 6), Caption("a blink", 7, 7.5))
    clips, refused = captioned("show", frames(400), said)
    assert [clip.name for clip in clips] == ["show@2-6"]
    assert refused[0].startswith("show: it has 400 frames at 20 fps, and 40 to 199")
    assert refused[1].startswith("show@7-7.5: it has 10 frames")


@pytest.mark.parametrize(("count", "usable"), [(39, False), (40, True), (199, True), (200, False)])
def test_two_to_ten_seconds_can_be_learnt_from(count: int, usable: bool) -> None:
    if usable:
        assert len(captioned("clip", frames(count), [Caption("he stands")])[0]) == 1
        return
    with pytest.raises(MotionError, match=f"clip: it has {count} frames at 20 fps"):
        captioned("clip", frames(count), [Caption("he stands")])


def test_a_clip_of_which_nothing_is_said_is_refused_by_name() -> None:
    with pytest.raises(MotionError, match="mute: nothing is said of it"):
        captioned("mute", frames(60), [Caption("")])
