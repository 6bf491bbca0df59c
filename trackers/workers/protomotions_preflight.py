"""What ProtoMotions needs before it can run, what of it is missing, and how to get it.

Runs under Python 3.8. Sources: ProtoMotions' README and `requirements_isaacgym.txt` (commit
607ca7a), and what its four scripts import.
"""

from __future__ import annotations

import importlib.util
import json
import os
import platform
import sys
from pathlib import Path
from typing import Any

import graphics_card
import protomotions_program

DOUBLE = "claims_double.json"
"""What lies in a checkout that is a double, which needs no GPU."""

SIMULATORS = {
    "isaacgym": "Install Isaac Gym Preview 4 (https://developer.nvidia.com/isaac-gym) into this "
    "Python, which must be 3.6 to 3.8: pip install -e isaacgym/python.",
    "isaaclab": "Install Isaac Lab 3 (https://isaac-sim.github.io/IsaacLab), Python 3.12.",
    "newton": "pip install newton-physics, Python 3.10 or later.",
}
"""Simulators that train at 30 Hz, and how to get each."""

_REQUIREMENTS = "pip install -r requirements_%s.txt in the checkout."
_PACKAGES = ("torch", "lightning", "tensordict", "wandb", "dm_control", "easydict", "typer")
_CLONE = (
    "git clone https://github.com/NVlabs/ProtoMotions (version 3); with git-lfs installed, so that "
    "its models are files."
)


def missing(repository: Path) -> list[str]:
    """Return the files that a checkout of version 3 has and this one lacks."""
    return [name for name in protomotions_program.NEEDED if not (repository / name).is_file()]


def require(repository: Path) -> None:
    """Refuse what is no checkout of version 3; version 2, which Hydra configures, is none.

    Raises:
        job_files.WorkerError: It is none.
    """
    import job_files

    lacking = missing(repository)
    if lacking:
        told = (repository, lacking[0], _CLONE)
        raise job_files.WorkerError(
            "missing",
            "import",
            "{} is no checkout of ProtoMotions 3: it lacks {}. Cure: {}".format(*told),
        )


def findings(repository: Path, simulator: str = "isaacgym") -> list[dict[str, Any]]:
    """Return what was looked at: `name`, whether it is `ok`, the `detail`, and the `cure`."""
    lacking = missing(repository)
    detail = f"lacks {lacking[0]}" if lacking else "is there"
    found = [_finding(str(repository), not lacking, detail, _CLONE)]
    if lacking or is_double(repository):
        return found
    packages = {name: _REQUIREMENTS % simulator for name in _PACKAGES}
    packages[simulator] = SIMULATORS.get(simulator, _REQUIREMENTS % simulator)
    for name, cure in packages.items():
        there = importlib.util.find_spec(name) is not None
        detail = "is installed" if there else f"is not installed for {sys.executable}"
        found.append(_finding(name, there, detail, cure))
    found.append(_gpu())
    return found


def is_double(repository: Path) -> bool:
    """Return whether a checkout is a double."""
    return (repository / DOUBLE).is_file()


def versions(repository: Path) -> dict[str, Any]:
    """Return what ran, for the record."""
    told: dict[str, Any] = {
        "python": platform.python_version(),
        "protomotions": _commit(repository),
        "double": is_double(repository),
    }
    for name in ("numpy", "torch"):
        module = sys.modules.get(name)  # whatever was used is loaded
        told[name] = None if module is None else str(getattr(module, "__version__", ""))
    return told


def main(repository: Path, simulator: str = "isaacgym") -> None:
    """Write what was found as one line of JSON."""
    found = findings(repository, simulator)
    told = {"findings": found, "ok": all(one["ok"] for one in found)}
    sys.stdout.write(json.dumps({**told, "versions": versions(repository)}) + "\n")


def _finding(name: str, ok: bool, detail: str, cure: str) -> dict[str, Any]:
    return {"name": name, "ok": ok, "detail": detail, "cure": "" if ok else cure}


def _gpu() -> dict[str, Any]:
    name = graphics_card.name()
    cure = "Run where there is a CUDA GPU, with a torch built for it (CUDA_VISIBLE_DEVICES is %s)."
    hidden = os.environ.get("CUDA_VISIBLE_DEVICES", "not set")
    return _finding("gpu", bool(name), name or "none", cure % hidden)


def _commit(repository: Path) -> str:
    """Return the commit of a checkout, read without git; 'unknown' where there is none."""
    try:
        head = (repository / ".git" / "HEAD").read_text("utf-8").strip()
        if not head.startswith("ref: "):
            return head
        return (repository / ".git" / head[5:]).read_text("utf-8").strip()
    except OSError:
        return "unknown"
