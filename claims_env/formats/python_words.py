"""Word lists as literals in Python source: found by their shape, read without being run."""

import ast
import io
import tokenize
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from claims_env.errors import LibraryError
from claims_env.prompt import SLOTS

_ENDINGS = ("_vars", "_variables", "_words", "_library", "_phrases")
_SINGULAR = {"sports": "sport"}
"""The release's variable says sports where its commands say sport."""

Scope = ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True, slots=True)
class WordList:
    """The words of one domain as literals of a source file.

    Attributes:
        templates: The sentences, in their order.
        phrases: The texts of each slot, in their order.
        headings: For each slot, the comment each phrase stands under; empty before the first.
        line: Where the dict of slots begins, from 1.
    """

    templates: tuple[str, ...]
    phrases: Mapping[str, tuple[str, ...]]
    headings: Mapping[str, tuple[str, ...]]
    line: int

    @property
    def is_graded(self) -> bool:
        """Whether every phrase stands under a heading, and every slot under several."""
        return all(all(above) and len(set(above)) > 1 for above in self.headings.values())


def word_lists(tree: ast.Module, text: str, file: str) -> Iterator[tuple[str, WordList]]:
    """Yield the name and the words of each domain in a source file.

    Args:
        tree: The parsed source.
        text: The source.
        file: Its name, for errors.

    Raises:
        LibraryError: A list of words is no list of plain strings, or lacks its templates.
    """
    names, comments = _dispatched(tree), _comments(text)
    for scope in _scopes(tree):
        templates = [(a.lineno, read) for a, read in _template_lists(scope, file)]
        for variable, slots in _slot_dicts(scope):
            after = [read for line, read in templates if line > slots.lineno]
            before = [read for line, read in templates if line < slots.lineno]
            if not after and not before:
                raise LibraryError(
                    f"{file}:{slots.lineno}: '{variable}' has no list of templates beside it. "
                    "Restore the file from the release."
                )
            nearest = after[0] if after else before[-1]
            own = names.get(getattr(scope, "name", ""))
            yield own or _domain(variable), _word_list(slots, nearest, comments, file)


def _word_list(
    slots: ast.Dict, templates: tuple[str, ...], comments: Mapping[int, str], file: str
) -> WordList:
    lists = {_text(k): v for k, v in zip(slots.keys, slots.values, strict=True)}
    phrases = {slot: _strings(lists[slot], slot, file) for slot in SLOTS}
    headings = {slot: _headings(lists[slot], comments) for slot in SLOTS}
    return WordList(templates, phrases, headings, slots.lineno)


def _strings(node: ast.expr | None, slot: str, file: str) -> tuple[str, ...]:
    """Return the strings of a list literal.

    Raises:
        LibraryError: It is something else, or holds something else.
    """
    if not isinstance(node, ast.List | ast.Tuple):
        raise LibraryError(
            f"{file}:{getattr(node, 'lineno', '?')}: {slot} is no list of plain strings. What "
            "would have to be run to be known is not read; write the strings out."
        )
    for element in node.elts:
        if _text(element) is None:
            raise LibraryError(
                f"{file}:{element.lineno}: an entry of {slot} is no plain string. What would have "
                "to be run to be known is not read; write the string out."
            )
    return tuple(text for element in node.elts if (text := _text(element)) is not None)


def _headings(node: ast.expr | None, comments: Mapping[int, str]) -> tuple[str, ...]:
    """Return for each element of a list the last comment above it."""
    above: list[str] = []
    heading, last = "", node.lineno if node is not None else 0
    for element in node.elts if isinstance(node, ast.List | ast.Tuple) else ():
        between = [comments[line] for line in range(last + 1, element.lineno) if line in comments]
        heading = " ".join(between) or heading
        above.append(heading)
        last = element.end_lineno or element.lineno
    return tuple(above)


def _comments(text: str) -> dict[int, str]:
    """Return the lines that hold nothing but a comment; headings within a list are such lines."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    try:
        return {
            token.start[0]: token.string.lstrip("# ").rstrip()
            for token in tokens
            if token.type == tokenize.COMMENT and token.line.lstrip().startswith("#")
        }
    except (tokenize.TokenError, SyntaxError):
        return {}


def _scopes(tree: ast.Module) -> Iterator[Scope]:
    for node in ast.walk(tree):
        if isinstance(node, Scope):
            yield node


def _slot_dicts(scope: Scope) -> Iterator[tuple[str, ast.Dict]]:
    for variable, value in _assignments(scope):
        if isinstance(value, ast.Dict) and set(SLOTS) <= {_text(key) for key in value.keys}:
            yield variable, value


def _template_lists(scope: Scope, file: str) -> Iterator[tuple[ast.expr, tuple[str, ...]]]:
    for variable, value in _assignments(scope):
        if isinstance(value, ast.List | ast.Tuple) and "template" in variable.lower():
            yield value, _strings(value, variable, file)


def _assignments(scope: Scope) -> Iterator[tuple[str, ast.expr]]:
    for statement in scope.body:
        if not isinstance(statement, ast.Assign | ast.AnnAssign) or statement.value is None:
            continue
        target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
        if isinstance(target, ast.Name):
            yield target.id, statement.value


def _dispatched(tree: ast.Module) -> dict[str, str]:
    """Return which domain each function writes for, from a module's dict of names to functions."""
    return {
        function.id: name
        for _, value in _assignments(tree)
        if isinstance(value, ast.Dict)
        for key, function in zip(value.keys, value.values, strict=True)
        if (name := _text(key)) is not None and isinstance(function, ast.Name)
    }


def _domain(variable: str) -> str:
    name = variable.lower().strip("_")
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    return _SINGULAR.get(name, name)


def _text(node: ast.expr | None) -> str | None:
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return str(node.value) if is_text and isinstance(node, ast.Constant) else None
