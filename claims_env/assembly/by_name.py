"""Constructs what is registered under a name, or what 'module:Class' points at."""

import importlib
import os
import sys
from collections.abc import Mapping
from importlib.metadata import entry_points
from typing import Any

from claims_env.errors import ConfigError, UnknownName


def create(kind: str, name: str, table: Mapping[str, str], *arguments: Any, **options: Any) -> Any:
    """Import and construct what is registered under a name, or what 'module:Class' points at.

    A module of one's own is also looked for in the current folder, after everything installed.

    Raises:
        UnknownName: Neither is there.
        ConfigError: It cannot be imported, or not be constructed from these arguments.
    """
    module, _, attribute = table.get(name, name).partition(":")
    if not module or not attribute:
        raise UnknownName(kind, name, table)
    if name not in table and os.getcwd() not in sys.path:
        # a console script does not look there by itself, as `python -m` does
        sys.path.append(os.getcwd())
    try:
        made = getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError) as error:
        raise ConfigError(f"The {kind} '{name}' cannot be imported: {error}.") from error
    try:
        return made(*arguments, **options)
    except TypeError as error:
        raise ConfigError(f"The {kind} '{name}' cannot be made: {error}.") from error


def with_plugins(name: str, table: Mapping[str, str], group: str) -> Mapping[str, str]:
    """Return a table that knows a name if some installed package does.

    Names of the table, and 'module:Class', are not looked up: packages can add names, and change
    none.

    Args:
        name: What is asked for.
        table: The shipped names.
        group: The entry points a package declares its own under, 'name = "module:Class"'.
    """
    if name in table or ":" in name:
        return table
    found = {point.name: f"{point.module}:{point.attr}" for point in entry_points(group=group)}
    return {**found, **table}
