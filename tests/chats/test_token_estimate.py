import pytest

from claims_env.chat import Message, Picture, Question
from claims_env.chats.token_estimate import (
    gemini_tokens,
    input_tokens,
    openai_tokens,
    picture_tokens,
    qwen_tokens,
    text_tokens,
)

ROW_15, ROW_60 = (3632, 184), (14522, 184)
"""The paper's strips [px]: frames of 240 x 180 with margins of 2."""

GRID_15, GRID_16, GRID_60 = (1212, 548), (970, 730), (2422, 1094)


@pytest.mark.parametrize(
    ("size", "tokens"),
    [
        # 2048 x 104: 4 tiles; 1212 x 548: 3 x 2; 970 x 730: 2 x 2; 1700 x 768: 4 x 2
        (ROW_15, 85 + 170 * 4),
        (ROW_60, 85 + 170 * 4),
        (GRID_15, 85 + 170 * 6),
        (GRID_16, 85 + 170 * 4),
        (GRID_60, 85 + 170 * 8),
        ((1, 1), 255),
        ((512, 512), 255),
        ((4096, 4096), 85 + 170 * 4),
    ],
)
def test_a_picture_in_tiles_of_512(size: tuple[int, int], tokens: int) -> None:
    assert openai_tokens(*size) == tokens


@pytest.mark.parametrize(
    ("size", "high", "low"),
    [
        # 130 x 7 patches; 519 x 7, shrunk to 317 x 4; 43 x 20; 35 x 26; 86 x 39, to 53 x 24
        (ROW_15, 910, 910),
        (ROW_60, 3633, 1268),
        (GRID_15, 860, 860),
        (GRID_16, 910, 910),
        (GRID_60, 3354, 1272),
        ((1, 1), 4, 4),
    ],
)
def test_a_picture_in_patches_of_28(size: tuple[int, int], high: int, low: int) -> None:
    assert qwen_tokens(*size) == high
    assert qwen_tokens(*size, most=1280) == low


def test_a_picture_in_tiles_of_768() -> None:
    assert gemini_tokens(384, 384) == 1120
    assert gemini_tokens(*ROW_60) == 258 * 19
    assert gemini_tokens(*GRID_60) == 258 * 4 * 2


def test_the_model_decides_how_a_picture_counts_and_a_stranger_counts_most() -> None:
    strip = Picture(b"", "image/jpeg", *ROW_60)
    assert picture_tokens(strip, "openai:gpt-4o") == 765
    assert picture_tokens(strip, "dashscope:qwen-vl-max") == 3633
    assert picture_tokens(strip, "gemini:gemini-3.5-flash") == 4902
    assert picture_tokens(strip, "vllm:unheard-of") == 4902


def test_four_bytes_of_text_are_a_token() -> None:
    assert [text_tokens(text) for text in ("", "a", "abcd", "abcde", "动作")] == [0, 1, 1, 2, 2]


def test_a_question_is_its_texts_its_schema_and_its_pictures() -> None:
    grid = Picture(b"", "image/jpeg", *GRID_16)
    messages = (Message("system", "a" * 40), Message("user", "b" * 42, (grid, grid)))
    question = Question(messages, "difficulty", "difficulty 1")
    # 10 + 11 of text, 4 of each message's frame, 765 of each picture
    assert input_tokens(question, "openai:gpt-4o") == 10 + 11 + 8 + 1530
    typed = Question(messages, "difficulty", "difficulty 1", {"type": "object"})
    assert input_tokens(typed, "openai:gpt-4o") == 1559 + 5
