"""The HIERARCHY of a BVH file: joints, where they are from their parents, and their channels."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from claims_env.errors import MotionError

KEYWORDS = {w: w for w in ("ROOT", "JOINT", "OFFSET", "CHANNELS", "MOTION")} | {"END": "End"}
"""Every word a line of the tree may begin with, however it is written."""

CHANNELS = frozenset(f"{axis}{what}" for axis in "XYZ" for what in ("position", "rotation"))
"""Every channel there is."""


@dataclass(slots=True)
class Tree:
    """The joints of a BVH file, parents before children; ends of chains are left out.

    Attributes:
        names: As the file calls them.
        parents: Index of each joint's parent; the root's is -1.
        offsets: Where each joint is from its parent.
        channels: What a frame says of each joint, in its order.
    """

    names: list[str] = field(default_factory=list[str])
    parents: list[int] = field(default_factory=list[int])
    offsets: list[tuple[float, ...]] = field(default_factory=list[tuple[float, ...]])
    channels: list[tuple[str, ...]] = field(default_factory=list[tuple[str, ...]])


def read_tree(lines: Iterator[str], source: str) -> Tree:
    """Return the tree at the start of a BVH file; the lines then stand at MOTION's.

    Raises:
        MotionError: The tree is malformed; its line is told.
    """
    return _Reader(lines, source).read()


class _Reader:
    def __init__(self, lines: Iterator[str], source: str) -> None:
        self._lines, self._source = lines, source
        self._number, self._tree = 0, Tree()
        self._open: list[int | None] = []
        """The joints whose braces are open; None for an end of a chain."""
        self._next: int | None = None
        self._pending: list[list[str]] = []
        """What is left of a line with braces in it."""

    def read(self) -> Tree:
        if list(map(str.upper, self._words())) != ["HIERARCHY"]:
            raise self._error("it does not begin with HIERARCHY.")
        while (words := self._words()) != ["MOTION"]:
            self._take(words)
        if self._open or not self._tree.names:
            raise self._error("MOTION comes before the tree is closed.")
        return self._tree

    def _words(self) -> list[str]:
        """Return the words up to the next brace or end of a line, the keyword as we know it."""
        while not self._pending:
            line = next(self._lines, None)
            if line is None:
                raise self._error("it ends within the HIERARCHY.")
            self._number += 1
            parts = (part.split() for part in re.split(r"([{}])", line))
            self._pending = [words for words in parts if words]
        words = self._pending.pop(0)
        return [KEYWORDS.get(words[0].upper(), words[0]), *words[1:]]

    def _take(self, words: list[str]) -> None:
        match words:
            case ["ROOT" | "JOINT", *name] if name:
                self._add(" ".join(name), is_root=words[0] == "ROOT")
            case ["End", *_]:
                self._next = None
            case ["{"]:
                self._open.append(self._next)
            case ["}"] if self._open:
                self._open.pop()
            case ["OFFSET", _, _, _] if self._open:
                self._offset(words[1:])
            case ["CHANNELS", count, *names] if self._open and self._open[-1] is not None:
                self._channels(count, names)
            case _:
                raise self._error(f"it reads '{' '.join(words)[:60]}', which has no place there.")

    def _add(self, name: str, *, is_root: bool) -> None:
        parent = self._open[-1] if self._open else -1
        if parent is None or is_root != (parent == -1) or (is_root and self._tree.names):
            raise self._error(f"'{name}' has no place there; only one tree is read.")
        self._next = len(self._tree.names)
        self._tree.names.append(name)
        self._tree.parents.append(parent)
        self._tree.offsets.append((0.0, 0.0, 0.0))
        self._tree.channels.append(())

    def _offset(self, words: list[str]) -> None:
        try:
            offset = tuple(map(float, words))
        except ValueError:
            raise self._error(f"OFFSET reads '{' '.join(words)[:60]}'.") from None
        joint = self._open[-1]
        if joint is not None:
            self._tree.offsets[joint] = offset

    def _channels(self, count: str, names: list[str]) -> None:
        names = [name[:1].upper() + name[1:].lower() for name in names]
        unknown = sorted(set(names) - CHANNELS)
        if unknown or count != str(len(names)) or len(set(names)) != len(names):
            what = f"the unknown {unknown[0]}" if unknown else f"{len(names)} of {count} channels"
            raise self._error(f"CHANNELS names {what}.")
        joint = self._open[-1]
        assert joint is not None
        self._tree.channels[joint] = tuple(names)

    def _error(self, problem: str) -> MotionError:
        return MotionError(
            self._source, f"line {self._number}: {problem}", "Expected a BVH file; export it again."
        )
