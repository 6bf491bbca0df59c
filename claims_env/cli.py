"""The command line: claims-env COMMAND [...]."""

import importlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import ModuleType
from typing import TextIO

from claims_env.errors import ClaimsError, UnknownName

COMMANDS = (
    "run", "resume", "report", "bench", "validate", "generate", "convert", "check", "feasible",
    "judge", "judge-reliability", "evaluate", "library", "doctor",
)  # fmt: skip
"""Each is a module of `claims_env.commands`, with underscores for dashes."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return the exit status: 0, 1 for our errors, 130 for Ctrl-C."""
    _open_streams()
    try:
        try:
            return _answer(list(sys.argv[1:] if arguments is None else arguments))
        finally:
            # not left to the interpreter, which could only complain
            sys.stdout.flush()
    except BrokenPipeError:
        # whoever read our output, head for one, has seen enough
        _silence(sys.stdout)
        return 0
    except OSError as error:
        if error.filename is not None:
            raise
        _silence(sys.stdout)
        _say(f"claims-env: the output cannot be written ({error.strerror}).", error=True)
        return 1


def _answer(arguments: list[str]) -> int:
    try:
        if not arguments or arguments[0] in ("-h", "--help", "help"):
            _say(_overview())
            return 0
        if arguments[0] == "--version":
            from claims_env import __version__

            _say(__version__)
            return 0
        return _command(arguments[0])(arguments[1:])
    except ClaimsError as error:
        _say(f"claims-env: {error}", error=True)
        return 1
    except KeyboardInterrupt:
        _say("claims-env: stopped.", error=True)
        return 130


def _command(name: str) -> Callable[[Sequence[str]], int]:
    if name not in COMMANDS:
        raise UnknownName("command", name, COMMANDS)
    command: Callable[[Sequence[str]], int] = _module(name).main
    return command


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"claims_env.commands.{name.replace('-', '_')}")


def _overview() -> str:
    lines = ["claims-env: a curriculum for humanoid motion tracking, played as an environment.", ""]
    widest = max(map(len, COMMANDS))
    for name in COMMANDS:
        lines.append(f"  claims-env {name:<{widest}} {_module(name).ABOUT}")
    lines += ["", "Each command explains itself: claims-env run --help"]
    return "\n".join(lines)


def _say(text: str, *, error: bool = False) -> None:
    if not error:
        sys.stdout.write(text + "\n")
        return
    with suppress(OSError):
        sys.stderr.write(text + "\n")


def _open_streams() -> None:
    """See to it that there are streams, and that they take any text, a file's odd name included."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            # closed before we began; left so, the next file opened would take its place
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper) and stream.errors != "backslashreplace":
            stream.reconfigure(errors="backslashreplace")


def _silence(stream: TextIO) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
