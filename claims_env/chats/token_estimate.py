"""How many tokens a question may take, before it is asked.

Providers count for themselves afterwards; this is for stopping in time, so it errs upwards: a
picture counts at the highest resolution its family offers, by the rules of
`claims_env.provider_pixels`.
"""

import json
import math

from claims_env import provider_pixels
from claims_env.chat import Picture, Question

FAMILIES = {
    "gpt-4o-mini": "openai-mini",
    "gpt-4o": "openai",
    "qwen": "qwen-high",
    "gemini": "gemini",
}
"""What a model's name may hold, the narrower one first, and whose rule counts its pictures."""

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
    named = (rule for part, rule in FAMILIES.items() if part in model.lower())
    return provider_pixels.picture_tokens(picture.width, picture.height, next(named, None))
