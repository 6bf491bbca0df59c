"""Constructs what is registered under a name, or what 'module:Class' points at."""

import importlib
from collections.abc import Mapping
from typing import Any

from claims_env.errors import ConfigError, UnknownName


def create(kind: str, name: str, table: Mapping[str, str], *arguments: Any, **options: Any) -> Any:
    """Import and construct what is registered under a name, or what 'module:Class' points at.

    Raises:
        UnknownName: Neither is there.
        ConfigError: It cannot be imported, or not be constructed from these arguments.
    """
    module, _, attribute = table.get(name, name).partition(":")
    if not module or not attribute:
        raise UnknownName(kind, name, table)
    try:
        made = getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError) as error:
        raise ConfigError(f"The {kind} '{name}' cannot be imported: {error}.") from error
    try:
        return made(*arguments, **options)
    except TypeError as error:
        raise ConfigError(f"The {kind} '{name}' cannot be made: {error}.") from error
