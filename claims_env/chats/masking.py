"""Keys of the environment, struck out of what comes back: a server may repeat what it is sent."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from claims_env.chat import Answer

MASK = "***"

_SECRETS = ("_KEY", "_TOKEN", "_SECRET")
_SHORTEST = 12
"""Characters from which a secret is long enough not to be an ordinary word."""


def masked_answer(answer: Answer) -> Answer:
    """Return an answer without the environment's keys."""
    return replace(
        answer,
        text=masked(answer.text),
        served_model=masked(answer.served_model),
        facts={name: _masked_fact(fact) for name, fact in answer.facts.items()},
    )


def masked(text: str) -> str:
    """Return text without the values of environment variables that are named like secrets."""
    return _struck(text, str)


def masked_json(text: str) -> str:
    """Return JSON without them, as JSON spells them."""
    return _struck(text, lambda value: json.dumps(value)[1:-1])


def _masked_fact(fact: Any) -> Any:
    return masked(fact) if isinstance(fact, str) else fact


def _struck(text: str, spelled: Callable[[str], str]) -> str:
    for value in _secrets():
        text = text.replace(spelled(value), MASK)
    return text


def _secrets() -> Iterator[str]:
    for name, value in os.environ.items():
        stripped = value.strip()
        if name.endswith(_SECRETS) and len(stripped) >= _SHORTEST:
            yield stripped
