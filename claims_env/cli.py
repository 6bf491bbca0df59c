"""The command line: claims-env COMMAND [...]."""

import importlib
import os
import sys
from collections.abc import Callable, Sequence
from types import ModuleType

from claims_env.errors import ClaimsError, UnknownName

COMMANDS = ("run", "resume", "report", "library")
"""Each is a module of `claims_env.commands`."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return the exit status: 0, 1 for our errors, 130 for Ctrl-C."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
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
    except BrokenPipeError:
        # whoever read our output, head for one, has seen enough; the interpreter must not notice
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _command(name: str) -> Callable[[Sequence[str]], int]:
    if name not in COMMANDS:
        raise UnknownName("command", name, COMMANDS)
    command: Callable[[Sequence[str]], int] = _module(name).main
    return command


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"claims_env.commands.{name}")


def _overview() -> str:
    lines = ["claims-env: a curriculum for humanoid motion tracking, played as an environment.", ""]
    for name in COMMANDS:
        lines.append(f"  claims-env {name:<9} {_module(name).ABOUT}")
    lines += ["", "Each command explains itself: claims-env run --help"]
    return "\n".join(lines)


def _say(text: str, *, error: bool = False) -> None:
    (sys.stderr if error else sys.stdout).write(text + "\n")
