import pytest

from claims_env.errors import ConfigError, UnknownName
from claims_env.provider_pixels import (
    ALIASES,
    PIXEL_RULES,
    arrives_whole,
    picture_tokens,
    rules_of,
    served_size,
)

STRIP_OF_15, STRIP_OF_60, GRID_OF_60 = (3632, 184), (14522, 184), (2422, 1094)
"""The paper's strips, and sixty of their frames ten by six [px]."""


@pytest.mark.parametrize(
    ("sent", "provider", "seen"),
    [
        (STRIP_OF_15, "openai", (2048, 104)),
        (STRIP_OF_60, "openai", (2048, 26)),
        ((1600, 1600), "openai", (768, 768)),
        ((700, 500), "openai", (700, 500)),
        ((1800, 2400), "openai-patches", (1056, 1408)),
        ((1024, 1024), "openai-patches", (1024, 1024)),
        (STRIP_OF_15, "qwen", (130 * 28, 7 * 28)),
        (STRIP_OF_60, "qwen", (317 * 28, 4 * 28)),
        (STRIP_OF_60, "qwen-high", (519 * 28, 7 * 28)),
        ((10, 10), "qwen", (56, 56)),
        (STRIP_OF_60, "gemini", (3072, 39)),
        ((2422, 1114), "gemini", (2422, 1114)),
    ],
)
def test_a_picture_arrives_as_the_provider_resizes_it(
    sent: tuple[int, int], provider: str, seen: tuple[int, int]
) -> None:
    assert served_size(*sent, provider) == seen


@pytest.mark.parametrize(
    ("sent", "provider", "tokens"),
    [
        (STRIP_OF_15, "openai", 85 + 170 * 4),
        ((1212, 546), "openai", 85 + 170 * 6),
        # 2048 x 104: 4 tiles; 970 x 730: 2 x 2; 2422 x 1094, shrunk to 1700 x 768: 4 x 2
        (STRIP_OF_60, "openai", 85 + 170 * 4),
        ((970, 730), "openai", 85 + 170 * 4),
        (GRID_OF_60, "openai", 85 + 170 * 8),
        ((512, 512), "openai", 255),
        ((4096, 4096), "openai", 85 + 170 * 4),
        ((970, 730), "openai-mini", 2833 + 5667 * 4),
        # 1024 and 33 x 44 patches, at 2.46 each
        ((1024, 1024), "openai-patches", 2520),
        ((1800, 2400), "openai-patches", 3572),
        (STRIP_OF_15, "qwen", 910),
        (STRIP_OF_60, "qwen", 1268),
        (STRIP_OF_60, "qwen-high", 3633),
        # 86 x 39 patches, shrunk to 53 x 24 where 1280 are the most
        (GRID_OF_60, "qwen", 1272),
        (GRID_OF_60, "qwen-high", 3354),
        ((1, 1), "qwen", 4),
        # longer than Qwen takes, and counted all the same
        ((2100, 10), "qwen", 75),
        ((384, 384), "gemini", 1120),
        # a square of 360 fits three times across and twice down
        ((960, 540), "gemini", 258 * 6),
        # nineteen squares of 768, as it was sent; of what fits 3072, twelve of 256
        (STRIP_OF_60, "gemini", 258 * 19),
    ],
)
def test_a_picture_counts_for_the_published_tokens(
    sent: tuple[int, int], provider: str, tokens: int
) -> None:
    assert picture_tokens(*sent, provider) == tokens


@pytest.mark.parametrize("provider", PIXEL_RULES)
@pytest.mark.parametrize("sent", [(1, 1), (28, 28), (190, 1), (5000, 4000), (31, 4321)])
def test_what_arrived_is_not_made_smaller_when_sent_again(
    provider: str, sent: tuple[int, int]
) -> None:
    once = served_size(*sent, provider)
    assert served_size(*once, provider) == pytest.approx(once, abs=28)


def test_an_unknown_provider_gets_what_every_known_one_would_see() -> None:
    assert served_size(*STRIP_OF_60) == (2048, 26)
    assert picture_tokens(*STRIP_OF_60) == max(
        picture_tokens(*STRIP_OF_60, p) for p in PIXEL_RULES if p != "openai-mini"
    )


def test_a_picture_arrives_whole_only_where_no_side_changes() -> None:
    assert arrives_whole(2042, 722, "openai") and not arrives_whole(1662, 772, "openai")
    assert arrives_whole(1344, 700, "qwen") and not arrives_whole(1345, 700, "qwen")
    assert arrives_whole(1344, 700) and not arrives_whole(1345, 700)


def test_vendors_of_the_same_models_share_a_rule() -> None:
    assert served_size(3000, 3000, "dashscope") == served_size(3000, 3000, "qwen")
    assert rules_of("compatible") == rules_of(None)
    assert all(name is None or name in PIXEL_RULES for name in ALIASES.values())


def test_a_provider_nobody_knows_is_refused_by_name() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'openai'"):
        served_size(100, 100, "openia")


def test_pictures_qwen_would_refuse_are_refused_here() -> None:
    with pytest.raises(ConfigError, match="200 times as long as high"):
        served_size(2100, 10, "qwen")
    with pytest.raises(ConfigError, match="0 x 10"):
        served_size(0, 10, "openai")
