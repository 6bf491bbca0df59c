"""What PHC needs before it can run, what of it is missing, and how to get it.

Runs under Python 3.8. Sources: PHC's `humanoid_amp.py` (three SMPL files, without looking whether
they exist), `humanoid.py` (the shape samples, even where shapes do not vary), its README and
`download_data.sh`.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

import graphics_card

DOUBLE = "claims_double.json"
"""What lies in a checkout that is a double, which needs no GPU."""

_SMPL = "data/smpl/SMPL_%s.pkl"
_SHAPES = "sample_data/amass_isaac_gender_betas_unique.pkl"

_SMPL_CURE = (
    "Register at https://smpl.is.tue.mpg.de, download SMPL 1.1.0 for Python and put the three "
    "models into PHC's data/smpl as SMPL_NEUTRAL.pkl, SMPL_MALE.pkl and SMPL_FEMALE.pkl."
)
_PACKAGES = {
    "numpy": "pip install 'numpy<1.24'.",
    "isaacgym": "Install Isaac Gym Preview 4 (https://developer.nvidia.com/isaac-gym) into this "
    "Python, which must be 3.6 to 3.8: pip install -e isaacgym/python.",
    "torch": "pip install torch, with CUDA, as PHC's README says.",
    "rl_games": "pip install rl-games==1.1.4.",
    "hydra": "pip install 'hydra-core>=1.2'.",
    "smpl_sim": "pip install git+https://github.com/ZhengyiLuo/SMPLSim.git@master",
    "joblib": "pip install 'joblib>=1.2'.",
}
"""What the program imports, and how to get it."""


def findings(repository: Path) -> list[dict[str, Any]]:
    """Return what was looked at: `name`, whether it is `ok`, the `detail`, and the `cure`."""
    entry = repository / "phc" / "run_hydra.py"
    found = [_file(entry, "Clone https://github.com/ZhengyiLuo/PHC, or the CLAIMS release's fork.")]
    if not found[0]["ok"]:
        return found
    genders = ("NEUTRAL", "MALE", "FEMALE")
    found += [_file(repository / (_SMPL % gender), _SMPL_CURE) for gender in genders]
    found.append(_file(repository / _SHAPES, "Run PHC's download_data.sh in its folder."))
    if is_double(repository):
        return found
    found += [_package(name, cure, repository) for name, cure in _PACKAGES.items()]
    found.append(_gpu())
    return found


def is_double(repository: Path) -> bool:
    """Return whether a checkout is a double."""
    return (repository / DOUBLE).exists()


def flavour(repository: Path) -> str:
    """Return whose PHC it is: 'official' (the CLAIMS release's fork) or 'upstream'."""
    try:
        text = (repository / "phc" / "run_hydra.py").read_text("utf-8", "replace")
    except OSError:
        return "unknown"
    return "official" if "swanlab" in text else "upstream"


def versions(repository: Path) -> dict[str, Any]:
    """Return what ran, for the record."""
    told: dict[str, Any] = {
        "python": platform.python_version(),
        "numpy": _version("numpy"),
        "torch": _version("torch"),
        "phc": flavour(repository),
        "commit": _commit(repository),
        "double": is_double(repository),
    }
    return told


def main(repository: Path) -> None:
    """Write what was found as one line of JSON."""
    found = findings(repository)
    told = {"findings": found, "ok": all(one["ok"] for one in found)}
    sys.stdout.write(json.dumps({**told, "versions": versions(repository)}) + "\n")


def _file(path: Path, cure: str) -> dict[str, Any]:
    empty = path.is_file() and path.stat().st_size == 0
    detail = "is there" if path.is_file() and not empty else "is empty" if empty else "is missing"
    return {
        "name": str(path),
        "ok": detail == "is there",
        "detail": detail,
        "cure": "" if detail == "is there" else cure,
    }


def _package(name: str, cure: str, repository: Path) -> dict[str, Any]:
    # PHC runs in its own folder, so that a package lying there counts
    sys.path.append(str(repository))
    try:
        there = importlib.util.find_spec(name) is not None
    finally:
        sys.path.remove(str(repository))
    detail = "is installed" if there else f"is not installed for {sys.executable}"
    return {"name": name, "ok": there, "detail": detail, "cure": "" if there else cure}


def _gpu() -> dict[str, Any]:
    name = graphics_card.name()
    hidden = os.environ.get("CUDA_VISIBLE_DEVICES")
    cure = "Run where there is a CUDA GPU, with a torch built for it" + (
        f"; CUDA_VISIBLE_DEVICES is '{hidden}'." if hidden is not None else "."
    )
    return {"name": "gpu", "ok": bool(name), "detail": name or "none", "cure": "" if name else cure}


def _version(package: str) -> str | None:
    """Return the version of a package as it is imported, None where it cannot be."""
    try:
        return str(importlib.import_module(package).__version__)
    except Exception:  # a package half installed fails in its own way
        return None


def _commit(repository: Path) -> str | None:
    try:
        done = subprocess.run(
            # with '-dirty' behind it where files were changed since
            ["git", "-C", str(repository), "describe", "--always", "--dirty", "--abbrev=40"]
            + ["--exclude=*"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=20,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode().strip() or None if done.returncode == 0 else None
