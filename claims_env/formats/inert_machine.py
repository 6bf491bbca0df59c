"""The machine a pickle is written for, with the one part left out that could do harm.

A pickle is a list of instructions for a machine with a stack, and may name any function and have it
called. This machine calls nothing: a call becomes a record of it (`Call`), of which others make
arrays if they know how. Names that are not admitted end the reading, by name.
"""

import pickletools
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, Any

Origin = tuple[str, str]
"""A module, and a name in it."""


@dataclass(frozen=True, slots=True)
class Named:
    """A class or function that a pickle named; nothing was imported for it."""

    origin: Origin


@dataclass(slots=True, eq=False)
class Call:
    """A call that a pickle asked for and did not get.

    Attributes:
        origin: What was to be called.
        arguments: What with.
        state: What was to be set on the result, or None.
    """

    origin: Origin
    arguments: tuple[Any, ...]
    state: Any = None


class Forbidden(Exception):
    """The pickle names something that is not admitted; the argument is its dotted name."""


class Damaged(Exception):
    """The bytes are no pickle, or not all of one; the argument says how."""


@dataclass(slots=True)
class _Machine:
    admitted: Collection[Origin]
    lookup: Callable[[Any], Any]
    built: Callable[[Call], Any]
    stack: list[Any] = field(default_factory=list[Any])
    memo: dict[int, Any] = field(default_factory=dict[int, Any])

    def top_to_mark(self) -> list[Any]:
        """Take off and return all above the last mark, and the mark."""
        start = len(self.stack) - 1
        while self.stack[start] is not _MARK:
            start -= 1
            if start < 0:
                raise Damaged("a mark is missing")
        items = self.stack[start + 1 :]
        del self.stack[start:]
        return items

    def name(self, module: str, name: str) -> Named:
        if (module, name) not in self.admitted:
            raise Forbidden(f"{module}.{name}")
        return Named((module, name))

    def call(self) -> None:
        """Replace what is to be called, and with what, by a record of the call."""
        arguments, what = self.stack.pop(), self.stack.pop()
        if not isinstance(what, Named) or not isinstance(arguments, tuple):
            raise Damaged("it calls what is no function")
        is_plain = what.origin == _ORDERED and not arguments
        self.stack.append({} if is_plain else Call(what.origin, arguments))

    def build(self) -> None:
        """Keep the state that was to be set on what a call made."""
        state, made = self.stack.pop(), self.stack[-1]
        if not isinstance(made, Call):
            raise Damaged(f"it sets the state of a {type(made).__name__}")
        made.state = state
        self.stack[-1] = self.built(made)

    def fill(self, items: list[Any]) -> None:
        """Put keys and values in turn into the dictionary on top."""
        if not isinstance(self.stack[-1], dict):
            raise Damaged(f"it fills a {type(self.stack[-1]).__name__}")
        self.stack[-1].update(_paired(items))


def _paired(items: list[Any]) -> Iterator[tuple[Any, Any]]:
    # tuples within tuples may take for ever to hash
    if not all(isinstance(key, str | bytes | int | None) for key in items[::2]):
        raise Damaged("a dictionary has other keys than texts and numbers")
    return zip(items[::2], items[1::2], strict=True)


MOST = 30_000_000
"""Instructions that are followed: half the clips of AMASS take some two million."""

_MARK = object()
_ORDERED = ("collections", "OrderedDict")

_VALUES = frozenset((
    "INT", "BININT", "BININT1", "BININT2", "LONG", "LONG1", "LONG4", "STRING", "BINSTRING",
    "SHORT_BINSTRING", "BINBYTES", "SHORT_BINBYTES", "BINBYTES8", "BYTEARRAY8", "UNICODE",
    "SHORT_BINUNICODE", "BINUNICODE", "BINUNICODE8", "FLOAT", "BINFLOAT",
))  # fmt: skip
_SILENT = frozenset(("PROTO", "FRAME"))
_REMEMBER = frozenset(("PUT", "BINPUT", "LONG_BINPUT"))
_RECALL = frozenset(("GET", "BINGET", "LONG_BINGET"))

_DEEDS: dict[str, Callable[[_Machine], None]] = {
    "NONE": lambda m: m.stack.append(None),
    "NEWTRUE": lambda m: m.stack.append(True),
    "NEWFALSE": lambda m: m.stack.append(False),
    "MARK": lambda m: m.stack.append(_MARK),
    "EMPTY_LIST": lambda m: m.stack.append([]),
    "EMPTY_DICT": lambda m: m.stack.append({}),
    "EMPTY_TUPLE": lambda m: m.stack.append(()),
    "LIST": lambda m: m.stack.append(m.top_to_mark()),
    "TUPLE": lambda m: m.stack.append(tuple(m.top_to_mark())),
    "TUPLE1": lambda m: m.stack.append((m.stack.pop(),)),
    "TUPLE2": lambda m: m.stack.append(_last(m, 2)),
    "TUPLE3": lambda m: m.stack.append(_last(m, 3)),
    "DICT": lambda m: m.stack.append(dict(_paired(m.top_to_mark()))),
    "SETITEM": lambda m: m.fill(list(_last(m, 2))),
    "SETITEMS": lambda m: m.fill(m.top_to_mark()),
    "APPEND": lambda m: _extend(m, [m.stack.pop()]),
    "APPENDS": lambda m: _extend(m, m.top_to_mark()),
    "POP": lambda m: _drop(m.stack.pop()),
    "POP_MARK": lambda m: _drop(m.top_to_mark()),
    "DUP": lambda m: m.stack.append(m.stack[-1]),
    "MEMOIZE": lambda m: m.memo.update({len(m.memo): m.stack[-1]}),
    "STACK_GLOBAL": lambda m: m.stack.append(m.name(*_last(m, 2))),
    "REDUCE": _Machine.call,
    "NEWOBJ": _Machine.call,
    "BUILD": _Machine.build,
    "BINPERSID": lambda m: m.stack.append(m.lookup(m.stack.pop())),
}


def _last(machine: _Machine, count: int) -> tuple[Any, ...]:
    if len(machine.stack) < count:
        raise Damaged("the stack runs empty")
    items = tuple(machine.stack[-count:])
    del machine.stack[-count:]
    return items


def _extend(machine: _Machine, items: list[Any]) -> None:
    if not isinstance(machine.stack[-1], list):
        raise Damaged(f"it appends to a {type(machine.stack[-1]).__name__}")
    machine.stack[-1].extend(items)


def _drop(_: object) -> None:
    pass


def _unknown(_: object) -> Any:
    raise Damaged("it refers to something outside itself")


def replay(
    stream: IO[bytes],
    admitted: Collection[Origin],
    *,
    lookup: Callable[[Any], Any] = _unknown,
    built: Callable[[Call], Any] = lambda call: call,
) -> Any:
    """Return what a pickle holds, with `Call` in place of whatever it would have called.

    Args:
        stream: Read up to the end of the pickle, and no further.
        admitted: The names that may occur.
        lookup: Returns what an identifier of something outside of the pickle stands for.
        built: Told every call as its state is set, the stream standing right behind; what it
            returns takes the call's place.

    Raises:
        Forbidden: It names something else.
        Damaged: It is no pickle, or not all of one.
    """
    machine = _Machine(admitted, lookup, built)
    try:
        for code, argument, _ in islice(pickletools.genops(stream), MOST):
            if code.name == "STOP":
                return machine.stack.pop()
            _step(machine, code.name, argument)
    except _FAULTS as error:
        raise Damaged(str(error) or type(error).__name__) from None
    raise Damaged(f"it has no end within {MOST} instructions")


_FAULTS = (
    ValueError, TypeError, AttributeError, IndexError, KeyError, OverflowError, MemoryError,
    EOFError, UnicodeDecodeError, DeprecationWarning,
)  # fmt: skip
"""What Python says to instructions that make no sense; of odd backslashes it may only warn."""


def _step(machine: _Machine, code: str, argument: Any) -> None:
    if code in _VALUES:
        machine.stack.append(argument)
    elif code in _REMEMBER:
        machine.memo[int(argument)] = machine.stack[-1]
    elif code in _RECALL:
        machine.stack.append(machine.memo[int(argument)])
    elif code == "GLOBAL":
        module, _, name = argument.partition(" ")
        machine.stack.append(machine.name(module, name))
    elif code in _DEEDS:
        _DEEDS[code](machine)
    elif code not in _SILENT:
        raise Damaged(f"it uses the instruction {code}, which no array needs")
