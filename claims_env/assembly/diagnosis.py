"""What the rooms say of themselves when nothing is to be made: drivers, cassettes, addresses."""

import base64
import importlib
import json
import zlib
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


def probe_code(tracker: str) -> str:
    """Return Python text that looks at an outside tracker's installation from within.

    It is for an interpreter of the tracker's own, from version 3.8 on, as `-c`; the words after it
    are, from the end: the checkout, and the simulator. No file of ours is needed there.

    Args:
        tracker: One of `OUTSIDE`.
    """
    names = _PROBES[tracker]
    folder = Path(str(importlib.import_module("claims_env.trackers.workers").__path__[0]))
    texts = {name: (folder / f"{name}.py").read_text("utf-8") for name in names}
    packed = base64.b64encode(zlib.compress(json.dumps(texts).encode())).decode()
    return _LOADER.format(packed=packed, preflight=names[-2], tracker=tracker)


_PROBES = {
    "phc": ("graphics_card", "phc_preflight", "installation_probe"),
    "masked_mimic": (
        "graphics_card", "job_files", "protomotions_program", "protomotions_preflight",
        "installation_probe",
    ),
}  # fmt: skip
"""The scripts each probe is made of: each after what it imports, the tracker's own knowledge and
the probe last."""

OUTSIDE = tuple(_PROBES)
"""The trackers with an installation of their own."""

# one line, which every shell on the way carries
_LOADER = (
    "import sys,types,json,zlib,base64,pathlib;"
    "texts=json.loads(zlib.decompress(base64.b64decode('{packed}')));"
    "mods={{n:types.ModuleType(n) for n in texts}};sys.modules.update(mods);"
    "[exec(compile(t,n+'.py','exec'),mods[n].__dict__) for n,t in texts.items()];"
    "mods['installation_probe'].main("
    "mods['{preflight}'],'{tracker}',pathlib.Path(sys.argv[-1]),sys.argv[-2])"
)
