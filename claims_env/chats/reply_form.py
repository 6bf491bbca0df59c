"""The form a reply is asked for in: a schema for the provider, or words for the model."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from claims_env.chat import Message, Question
from claims_env.chats.abilities import Abilities


def messages_for(question: Question, abilities: Abilities) -> tuple[Message, ...]:
    """Return the messages; where no provider can see to the schema, the last one states it.

    Providers that offer JSON without a schema refuse a request that does not say 'JSON' (Model
    Studio, structured output).
    """
    if question.schema is None or "json_schema" in abilities.structured[:1]:
        return question.messages
    *others, last = question.messages
    schema = json.dumps(question.schema, ensure_ascii=False, sort_keys=True)
    told = f"{last.text}\n\nReply with one JSON object and nothing else. Its schema: {schema}"
    return (*others, replace(last, text=told))


def form_of(question: Question, abilities: Abilities) -> str:
    """Return how the reply's form was asked for, as the record says it."""
    return "words" if question.schema is None else next(iter(abilities.structured), "words")


def left_out(question: Question, abilities: Abilities) -> list[str]:
    """Return what was asked for and not sent, since the model does not take it."""
    wanted = {
        "temperature": question.temperature is not None and not abilities.temperature,
        "seed": question.seed is not None and not abilities.seed,
        "max_tokens": not abilities.caps,
        "schema": question.schema is not None and not abilities.structured,
    }
    return [name for name, missing in wanted.items() if missing]


def is_strict(schema: Any) -> bool:
    """Whether a schema is of the kind OpenAI can enforce: closed objects, every field required."""
    if isinstance(schema, Mapping):
        closed = schema.get("additionalProperties") is False
        whole = set(schema.get("required", ())) == set(schema.get("properties", ()))
        fits = schema.get("type") != "object" or (closed and whole)
        return fits and all(is_strict(part) for part in schema.values())
    return not isinstance(schema, list) or all(is_strict(part) for part in schema)


def schema_name(question: Question) -> str:
    """Return a name for the schema: letters, digits and '_', 64 at most."""
    return re.sub(r"\W", "_", question.purpose, flags=re.ASCII)[:64] or "reply"


def without_thoughts(text: str) -> str:
    """Return an answer without the thoughts some open models write before it, in <think> tags."""
    return re.sub(r"^\s*<think>.*?</think>\s*", "", text, flags=re.DOTALL)
