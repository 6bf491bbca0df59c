"""How many tokens a question may take, before it is asked: pixel arithmetic of three families.

Providers count for themselves afterwards; this is for stopping in time, so it errs upwards: a
picture counts at the highest resolution its family offers.
"""

import json
import math

from claims_env.chat import Picture, Question

_MESSAGE = 4
"""Tokens of a message beside its text: its role and separators in chat formats."""


def input_tokens(question: Question, model: str) -> int:
    """Return about how many tokens a question has.

    Text counts a token per four bytes of UTF-8, the providers' rule of thumb for English, which
    also holds for scripts of three bytes a character; the schema is text to the provider as well.

    Args:
        question: What is to be asked.
        model: Who is to be asked, such as 'openai:gpt-4o': decides how pictures count.
    """
    schema = "" if question.schema is None else json.dumps(question.schema, default=dict)
    texts = [message.text for message in question.messages] + [schema]
    pictures = [picture for message in question.messages for picture in message.pictures]
    words = sum(map(text_tokens, texts))
    framing = _MESSAGE * len(question.messages)
    return words + framing + sum(picture_tokens(picture, model) for picture in pictures)


def text_tokens(text: str) -> int:
    """Return about how many tokens a text has."""
    return math.ceil(len(text.encode("utf-8", "replace")) / 4)


def picture_tokens(picture: Picture, model: str) -> int:
    """Return about how many tokens a picture is; the most of all families for a model of none."""
    rules = {"gpt-4o": openai_tokens, "qwen": qwen_tokens, "gemini": gemini_tokens}
    named = [rule for family, rule in rules.items() if family in model.lower()]
    return max(rule(picture.width, picture.height) for rule in named or rules.values())


def openai_tokens(width: int, height: int) -> int:
    """Return a picture's tokens as GPT-4o counts them.

    It is shrunk into 2048 x 2048 px, then to a short side of 768 px, and costs 85 tokens and 170
    per tile of 512 px (OpenAI's vision guide).

    Args:
        width: [px].
        height: [px].
    """
    fit = min(1.0, 2048 / max(width, height))
    fit *= min(1.0, 768 / (min(width, height) * fit))
    # rounded first: 2048 px may come out as 2048.0000000000002
    tiles = [math.ceil(round(side * fit, 6) / 512) for side in (width, height)]
    return 85 + 170 * tiles[0] * tiles[1]


def qwen_tokens(width: int, height: int, most: int = 16384) -> int:
    """Return a picture's tokens as Qwen-VL counts them: one per 28 x 28 px.

    Sides are rounded to whole patches; a picture of more than `most` patches is shrunk first
    (the Qwen2-VL image processor).

    Args:
        width: [px].
        height: [px].
        most: 16384 with high resolution switched on, 1280 without.
    """
    rows, columns = (max(1, round(side / 28)) for side in (height, width))
    if rows * columns > most:
        shrink = math.sqrt(width * height / (most * 28 * 28))
        rows, columns = (max(1, math.floor(side / shrink / 28)) for side in (height, width))
    return max(4, rows * columns)


def gemini_tokens(width: int, height: int) -> int:
    """Return a picture's tokens as Gemini counts them.

    258 up to 384 px on both sides, else 258 per tile of 768 px (Gemini 2; ai.google.dev, tokens);
    at least 1120, what Gemini 3 grants any picture (ai.google.dev, media resolution).

    Args:
        width: [px].
        height: [px].
    """
    return max(1120, 258 * math.ceil(width / 768) * math.ceil(height / 768))
