"""Whether a value meets a JSON schema, and if not, why, in sentences a model can act upon.

It checks the part of JSON Schema (json-schema.org, draft 2020-12) that providers' structured output
and this package have in common, and refuses a schema that asks for more.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from claims_env.errors import ContractBroken

Schema = Mapping[str, Any]

_KINDS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "object": (lambda v: isinstance(v, dict), "an object"),
    "array": (lambda v: isinstance(v, list), "a list"),
    "string": (lambda v: isinstance(v, str), "a text"),
    "integer": (lambda v: isinstance(v, int) and not isinstance(v, bool), "an integer"),
    "number": (lambda v: isinstance(v, int | float) and not isinstance(v, bool), "a number"),
    "boolean": (lambda v: isinstance(v, bool), "true or false"),
    "null": (lambda v: v is None, "null"),
}

_FORM = {"type", "properties", "required", "additionalProperties", "items", "enum"}
_BOUNDS = {"minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems"}
_CHECKED = _FORM | _BOUNDS
_SILENT = {"$schema", "$id", "title", "description", "default", "examples"}

_SHOWN = 60
"""Characters of a wrong value that are repeated."""


def misfits(value: Any, schema: Schema, where: str = "") -> list[str]:
    """Return one sentence per way in which a value does not meet a schema; none if it does.

    Args:
        value: What `json.loads` gives.
        schema: What it should be; `check_schema` says which words it may use.
        where: The path to this value; empty for the whole.
    """
    if not _is_of_kind(value, schema) or value not in schema.get("enum", [value]):
        return [f"{where or 'The answer'} is {shown(value)}. Expected {expected(schema)}."]
    if isinstance(value, dict):
        return list(_object_misfits(value, schema, where))
    if isinstance(value, list):
        return list(_list_misfits(value, schema, where))
    return list(_range_misfits(value, schema, where))


def expected(schema: Schema) -> str:
    """Return what a schema asks for, such as 'an integer from 1 to 10'."""
    if "enum" in schema:
        return f"one of {', '.join(map(shown, schema['enum']))}"
    kinds = " or ".join(_KINDS[kind][1] for kind in _kinds(schema)) or "a value"
    return kinds + _range(schema)


def shown(value: Any) -> str:
    """Return a value as JSON has it, in one line; a long one is cut."""
    words = {True: "true", False: "false", None: "null"}
    if value is None or isinstance(value, bool):
        return words[value]
    if isinstance(value, dict):
        return "an object"
    return repr(_cut(value) if isinstance(value, str) else value)[: _SHOWN + 2]


def check_schema(schema: Schema, where: str = "schema") -> None:
    """Refuse a schema of which a part would go unchecked.

    Raises:
        ContractBroken: It uses a word, a type or a form that `misfits` does not know.
    """
    for word in sorted(set(schema) - _CHECKED - _SILENT):
        _refuse(f"{where} uses '{word}'", f"Known: {', '.join(sorted(_CHECKED))}")
    for kind in sorted(set(_kinds(schema)) - set(_KINDS)):
        _refuse(f"{where}.type is {kind!r}", f"Known: {', '.join(_KINDS)}")
    if not isinstance(schema.get("additionalProperties", False), bool):
        _refuse(f"{where}.additionalProperties is a schema", "Expected true or false")
    for name, part in schema.get("properties", {}).items():
        check_schema(part, f"{where}.{name}")
    if "items" in schema:
        check_schema(schema["items"], f"{where}.items")


def _object_misfits(value: dict[str, Any], schema: Schema, where: str) -> Iterator[str]:
    parts: Mapping[str, Schema] = schema.get("properties", {})
    for name in schema.get("required", []):
        if name not in value:
            yield f"{_join(where, name)} is missing. Expected {expected(parts.get(name, {}))}."
    for name, item in value.items():
        if name in parts:
            yield from misfits(item, parts[name], _join(where, name))
        elif not schema.get("additionalProperties", True):
            yield f"{_join(where, name)} was not asked for. Expected only {', '.join(parts)}."


def _list_misfits(value: list[Any], schema: Schema, where: str) -> Iterator[str]:
    yield from _count_misfits(len(value), "items", schema, "minItems", "maxItems", where)
    for i, item in enumerate(value):
        yield from misfits(item, schema.get("items", {}), f"{where}[{i}]")


def _range_misfits(value: Any, schema: Schema, where: str) -> Iterator[str]:
    if isinstance(value, str):
        yield from _count_misfits(len(value), "characters", schema, "minLength", "maxLength", where)
    elif isinstance(value, int | float):
        low, high = schema.get("minimum", value), schema.get("maximum", value)
        if not low <= value <= high:
            yield f"{where or 'The answer'} is {value}. Expected {expected(schema)}."


def _count_misfits(
    count: int, what: str, schema: Schema, least: str, most: str, where: str
) -> Iterator[str]:
    name = where or "The answer"
    if count < schema.get(least, 0):
        yield f"{name} has {count} {what}. Expected at least {schema[least]}."
    elif most in schema and count > schema[most]:
        yield f"{name} has {count} {what}. Expected at most {schema[most]}."


def _is_of_kind(value: Any, schema: Schema) -> bool:
    kinds = _kinds(schema)
    return not kinds or any(_KINDS[kind][0](value) for kind in kinds)


def _kinds(schema: Schema) -> Sequence[str]:
    kinds: Any = schema.get("type", ())
    return (kinds,) if isinstance(kinds, str) else tuple(kinds)


def _range(schema: Schema) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None and high is not None:
        return f" from {low} to {high}"
    if low is not None:
        return f" of at least {low}"
    return f" of at most {high}" if high is not None else ""


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."


def _join(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def _refuse(problem: str, cure: str) -> None:
    raise ContractBroken(f"{problem}, which is not checked here. {cure}.")
