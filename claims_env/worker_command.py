"""The command line that starts a worker: here, or on another host through a prefix."""

import os
import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

MASK = "***"

_SECRETS = ("KEY", "TOKEN", "SECRET", "PASSWORD", "PASSWD", "CREDENTIALS")
"""How the names of environment variables end whose values are nobody's business."""

_SHORTEST = 8
"""Characters from which a value is long enough not to be an ordinary word."""

_MARK = "CLAIMS_JOB"
"""Environment variable that every process of a job on this host inherits."""


@dataclass(frozen=True, slots=True)
class Launch:
    """How a worker is started.

    Attributes:
        python: The tracker's interpreter, and its arguments if any.
        prefix: What carries a command elsewhere, such as ('ssh', 'gpu3') or ('docker', 'exec',
            'phc'); the job's folder must have the same path there. Empty runs here.
        environment: Variables set for the worker; their values appear in no text, but through a
            prefix they stand in the command line, which others on both hosts can list.
    """

    python: tuple[str, ...] = (sys.executable,)
    prefix: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict[str, str])


def command(launch: Launch, program: Path, folder: Path) -> list[str]:
    """Return the words that start a worker's script on a job's folder."""
    return _carried(launch, program, folder, dict(launch.environment))


def shown(launch: Launch, program: Path, folder: Path) -> str:
    """Return the same as a line for people, without the values of the environment."""
    masked = dict.fromkeys(launch.environment, MASK)
    return shlex.join(_carried(launch, program, folder, masked))


def environment(launch: Launch, folder: Path) -> dict[str, str]:
    """Return the environment of the process started here: ours without secrets, and the mark."""
    ours = {name: value for name, value in os.environ.items() if not _is_secret(name)}
    return {**ours, **launch.environment, **mark(folder)}


def mark(folder: Path) -> dict[str, str]:
    """Return the variable by which the processes of a job are known."""
    return {_MARK: str(folder)}


def struck(text: str, launch: Launch) -> str:
    """Return text without the values of secrets, whoever printed them."""
    secrets = [value for name, value in os.environ.items() if _is_secret(name)]
    secrets += [value for name, value in launch.environment.items() if _is_secret(name)]
    for value in sorted(secrets, key=len, reverse=True):
        if len(value) >= _SHORTEST:
            text = text.replace(value, MASK)
    return text


def _carried(
    launch: Launch, program: Path, folder: Path, environment: Mapping[str, str]
) -> list[str]:
    words = [*launch.python, "-u", str(program), str(folder)]
    if not launch.prefix:
        return words
    if environment:
        words = ["env", *(f"{name}={value}" for name, value in environment.items()), *words]
    # ssh joins what it is given with spaces, and a shell over there takes it apart again
    for word in launch.prefix:
        if Path(word).name == "ssh":
            words = [shlex.join(words)]
    return [*launch.prefix, *words]


def _is_secret(name: str) -> bool:
    return name.upper().endswith(_SECRETS)
