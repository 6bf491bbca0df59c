import pytest

from claims_env import provider_pixels
from claims_env.chat import Message, Picture, Question
from claims_env.chats.token_estimate import (
    input_tokens,
    picture_tokens,
    text_tokens,
)

ROW_60, GRID_16 = (14522, 184), (970, 730)
"""The paper's strip, and sixteen of its frames four by four [px]."""


def test_the_model_decides_how_a_picture_counts_and_a_stranger_counts_most() -> None:
    strip = Picture(b"", "image/jpeg", *ROW_60)
    assert picture_tokens(strip, "openai:gpt-4o") == 765
    assert picture_tokens(strip, "openai:gpt-4o-mini-2024-07-18") == 2833 + 5667 * 4
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


@pytest.mark.parametrize(
    ("model", "provider"),
    [("openai:gpt-4o", "openai"), ("dashscope:qwen-vl-max", "qwen"), ("gemini:new", "gemini")],
)
@pytest.mark.parametrize("size", [(384, 384), (960, 540), (2422, 1094), (1372, 700), ROW_60])
def test_a_budget_counts_no_less_than_the_picture_was_made_for(
    model: str, provider: str, size: tuple[int, int]
) -> None:
    counted = picture_tokens(Picture(b"", "image/jpeg", *size), model)
    assert counted >= provider_pixels.picture_tokens(*size, provider)
    assert counted <= picture_tokens(Picture(b"", "image/jpeg", *size), "vllm:unheard-of")
