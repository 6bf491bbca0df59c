"""Reads a domain's YAML with the line of everything in it."""

from collections.abc import Iterator
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from claims_env.checked_library import Place
from claims_env.finding import Finding
from claims_env.library.schema import Source, faults

_Loader: Any = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)  # libyaml, where built in, is 8x faster

DEEPEST = 12
"""Levels of lists and mappings in a file; the fields need three, notes on origin a few more."""


def read_source(file: Traversable) -> tuple[Source, list[Finding]]:
    """Return a file's content and every fault that keeps it from being a domain's words.

    Lines are looked up only for a file that has a fault; `placed` looks them up for any.
    """
    try:
        text = file.read_text(encoding="utf-8")
        if (line := _alias_line(text)) is not None:
            return _refused(file, line, "it uses an alias (*name).", "Write it out there.")
        source = Source(file.name, yaml.load(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        said = f"it is no readable YAML ({error.problem})."
        return _refused(file, line, said, "Mend that line.")
    except (yaml.YAMLError, UnicodeDecodeError, OSError, RecursionError) as error:
        said = f"it is no readable YAML ({str(error) or type(error).__name__})."
        return _refused(file, None, said, "Save it as YAML in UTF-8.")
    if _is_deeper(source.content, DEEPEST):
        said = f"its lists and mappings nest deeper than {DEEPEST} levels."
        return _refused(file, None, said, "No field of a domain's file needs that; flatten it.")
    found = list(faults(source))
    if not found:
        return source, []
    source = placed(file, source)
    return source, list(faults(source))


def placed(file: Traversable, source: Source) -> Source:
    """Return a source with the line of everything in it."""
    node = _compose(file)
    return Source(source.name, source.content, {(): 1, **dict(_lines((), node))})


def repeated_keys(file: Traversable) -> list[Finding]:
    """Return an error for each key written twice in one mapping, of which YAML keeps the last."""
    cure = "Remove one of them."
    return [
        Finding("error", file.name, line, key, f"the key '{key}' is written twice.", cure)
        for key, line in _twice(_compose(file))
    ]


def _refused(
    file: Traversable, line: int | None, problem: str, cure: str
) -> tuple[Source, list[Finding]]:
    return Source(file.name, None), [Finding("error", file.name, line, "", problem, cure)]


def _alias_line(text: str) -> int | None:
    """Return the line of the first alias: through one, a few lines may stand for endless words."""
    if "*" not in text:
        return None
    events = yaml.parse(text, Loader=_Loader)
    marks = (event.start_mark for event in events if isinstance(event, yaml.AliasEvent))
    return next((mark.line + 1 for mark in marks if mark is not None), None)


def _is_deeper(content: Any, levels: int) -> bool:
    """Say whether lists and mappings nest deeper than so many levels; looks no further down."""
    if not isinstance(content, list | dict):
        return False
    inner: list[Any] = list(content.values()) if isinstance(content, dict) else content
    return levels == 0 or any(_is_deeper(item, levels - 1) for item in inner)


def _compose(file: Traversable) -> Any:
    return yaml.compose(file.read_text(encoding="utf-8"), Loader=_Loader)


def _lines(place: Place, node: Any) -> Iterator[tuple[Place, int]]:
    for step, line, child in _children(node):
        yield (*place, step), line
        yield from _lines((*place, step), child)


def _twice(node: Any) -> Iterator[tuple[str, int]]:
    seen: set[Any] = set()
    for step, line, child in _children(node):
        if step in seen:
            yield str(step), line
        seen.add(step)
        yield from _twice(child)


def _children(node: Any) -> Iterator[tuple[Any, int, Any]]:
    """Yield the key or index, the line and the node of everything directly in a node."""
    if isinstance(node, yaml.MappingNode):
        yield from ((key.value, key.start_mark.line + 1, value) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from ((i, item.start_mark.line + 1, item) for i, item in enumerate(node.value))
