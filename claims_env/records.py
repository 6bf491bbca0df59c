"""Dataclasses to plain JSON values and back, refusing whatever does not fit.

Records and configurations both pass through here, so that both explain a wrong key or type the same
way: where it is, what was expected, what was probably meant.
"""

import difflib
import math
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from claims_env.errors import ConfigError


def to_json(value: Any) -> Any:
    """Return a dataclass, or anything made of them, as dicts, lists and scalars; NaN as None."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_json(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, float) and math.isnan(value):
        return None
    return value


def from_json(kind: Any, value: Any, where: str = "") -> Any:
    """Return `value` as an instance of `kind`, the inverse of `to_json`.

    Args:
        kind: A dataclass, a union of dataclasses, or a type of JSON values.
        value: What `to_json` gave, or what a person wrote in YAML.
        where: The path to this value, for error texts.

    Raises:
        ConfigError: A key is unknown or missing, or a value is of another type.
    """
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _from_union(args, value, where)
    if origin is Literal:
        return _from_literal(args, value, where)
    if origin is tuple:
        items = _expect(list, value, where)
        return tuple(from_json(args[0], item, f"{where}[{i}]") for i, item in enumerate(items))
    if origin is list:
        items = _expect(list, value, where)
        return [from_json(args[0], item, f"{where}[{i}]") for i, item in enumerate(items)]
    if origin in (dict, Mapping):
        entries = _expect(dict, value, where)
        return {key: from_json(args[1], item, _join(where, key)) for key, item in entries.items()}
    if is_dataclass(kind):
        return _from_fields(kind, _expect(dict, value, where), where)
    return _from_scalar(kind, value, where)


def _from_fields(kind: Any, value: dict[str, Any], where: str) -> Any:
    types_by_name, known = get_type_hints(kind), {f.name: f for f in fields(kind)}
    for key in value:
        if key not in known:
            close = difflib.get_close_matches(str(key), known, n=1)
            hint = f"Did you mean '{close[0]}'? " if close else ""
            raise ConfigError(
                f"There is no setting '{_join(where, key)}'. {hint}Known: {', '.join(known)}."
            )
    for name, f in known.items():
        optional = f.default is not MISSING or f.default_factory is not MISSING
        if name not in value and not optional:
            raise ConfigError(f"The setting '{_join(where, name)}' is missing.")
    return kind(
        **{
            name: from_json(types_by_name[name], item, _join(where, name))
            for name, item in value.items()
        }
    )


def _from_union(options: tuple[Any, ...], value: Any, where: str) -> Any:
    if value is None and type(None) in options:
        return None
    options = tuple(option for option in options if option is not type(None))
    if isinstance(value, dict) and len(options) > 1:
        # records are told apart by their field names
        for option in options:
            if is_dataclass(option) and {f.name for f in fields(option)} == set(value):
                return from_json(option, value, where)
    problems: list[str] = []
    for option in options:
        try:
            return from_json(option, value, where)
        except ConfigError as error:
            problems.append(str(error))
    raise ConfigError(" ".join(dict.fromkeys(problems)))


def _from_literal(options: tuple[Any, ...], value: Any, where: str) -> Any:
    if value in options:
        return value
    raise ConfigError(f"'{where}' is {value!r}. Expected one of {', '.join(map(str, options))}.")


def _from_scalar(kind: Any, value: Any, where: str) -> Any:
    if kind is Any:
        return value
    if kind is Path and isinstance(value, str | Path):
        return Path(value)
    if kind is float and value is None:
        return math.nan
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is kind:
        return value
    name = getattr(kind, "__name__", str(kind))
    raise ConfigError(
        f"'{where}' is {value!r}, of type {type(value).__name__}. Expected a value of type {name}."
    )


def _expect(kind: type, value: Any, where: str) -> Any:
    if isinstance(value, kind):
        return value
    words = "a list" if kind is list else "a mapping of names to values"
    raise ConfigError(f"'{where or 'the file'}' is {value!r}. Expected {words}.")


def _join(where: str, key: object) -> str:
    return f"{where}.{key}" if where else str(key)
