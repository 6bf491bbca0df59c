"""What the rooms say of themselves when nothing is to be made: drivers, cassettes, addresses."""

import importlib
from pathlib import Path

from claims_env.assembly.chats import VENDORS
from claims_env.errors import ChatError


def gl_problem() -> str | None:
    """Return why the painter mujoco cannot draw here, or None if it can."""
    problem: str | None = importlib.import_module("claims_env.rendering.gl_probe").gl_available()
    return problem


def cassette_facts(cassette: Path) -> tuple[int, tuple[str, ...]]:
    """Return how many answers a cassette holds, and what is worth telling about it.

    Raises:
        ChatError: There is none, or it cannot be read.
    """
    path = cassette.expanduser()
    if not path.is_file():
        raise ChatError("cassette", str(path), "There is no such file.", "Record it first.")
    file = importlib.import_module("claims_env.chats.cassette_file").CassetteFile(path)
    return len(file.entries), file.remarks


def official_address(vendor: str) -> str:
    """Return where a vendor's model is asked unless the environment says otherwise."""
    address: str = importlib.import_module(VENDORS[vendor].partition(":")[0]).OFFICIAL
    return address
