"""The interval of a share, against published values and its laws."""

import pytest

from claims_env.proportion import wilson_interval


def test_wilsons_interval_has_the_published_values() -> None:
    # Newcombe (1998), table I, method 3
    assert wilson_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson_interval(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson_interval(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert wilson_interval(1, 29) == pytest.approx((0.0061, 0.1718), abs=5e-5)


def test_all_and_none_are_mirror_images_and_stay_within_a_share() -> None:
    low, high = wilson_interval(10, 10)
    assert wilson_interval(0, 10) == pytest.approx((1 - high, 1 - low))
    assert high == pytest.approx(1.0) and high <= 1 and 0 < low < 1


def test_more_clips_of_the_same_share_say_more() -> None:
    few, many = wilson_interval(5, 10), wilson_interval(500, 1000)
    assert many[1] - many[0] < few[1] - few[0]


@pytest.mark.parametrize(("successes", "of"), [(0, 0), (-1, 3), (4, 3)])
def test_what_is_no_share_is_refused(successes: int, of: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        wilson_interval(successes, of)
