"""What a tracker's own Python has, looked at from within, for `claims-env doctor`.

Runs under Python 3.8 with the standard library alone, given to an interpreter as text, so that
another host or a container needs no file of ours. Whatever is imported is imported in a process of
its own, with a time limit: a simulator may crash, or wait for a licence for ever.

Sources of what is expected: PHC's `requirement.txt` (rl-games 1.1.4), its `run_hydra.py`
(`version_base`, which Hydra knows from 1.2 on), and Isaac Gym Preview 4, whose `torch_utils.py`
uses `np.float`, gone from numpy 1.24 on.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

MARK = "@claims "
"""How the line begins that holds the findings, whatever else is printed."""

IMPORT_S = 60.0
"""How long one import may take [s]."""

_TRIALS = {
    "numpy": "import numpy",
    "torch": "import torch; print('CUDA' if torch.cuda.is_available() else 'no CUDA')",
    # it insists on being loaded before torch
    "isaacgym": "import isaacgym; from isaacgym import gymapi, torch_utils",
}

_CURES = (
    ("np.float", "pip install 'numpy<1.24': Isaac Gym uses a name that newer ones have dropped."),
    ("'float'", "pip install 'numpy<1.24': Isaac Gym uses a name that newer ones have dropped."),
    (
        "libpython",
        "Put the folder of libpython into LD_LIBRARY_PATH: $CONDA_PREFIX/lib with conda.",
    ),
    ("GLIBCXX", "conda install -c conda-forge libstdcxx-ng; its folder goes in LD_LIBRARY_PATH."),
    ("No module named", "pip install it into this Python."),
)
"""What an import says when it fails, and what helps."""

_OTHERWISE = {
    "isaacgym": "Isaac Gym's python/examples/joint_monkey.py has to run in this Python first.",
}
"""What helps where its words say too little."""

_DISTRIBUTIONS = ("torch", "numpy", "joblib", "rl-games", "hydra-core", "lightning", "isaacgym")

_RL_GAMES = "1.1.4"


def main(preflight: Any, tracker: str, repository: Path, simulator: str) -> None:
    """Write what was found as a line of JSON.

    Args:
        preflight: The module that knows what the tracker needs.
        tracker: Which: phc or masked_mimic.
        repository: Its checkout.
        simulator: What masked_mimic trains in.
    """
    is_phc = tracker == "phc"
    found = preflight.findings(repository) if is_phc else preflight.findings(repository, simulator)
    told = {
        "python": platform.python_version(),
        "executable": sys.executable,
        "platform": f"{platform.system()} {platform.machine()} on {platform.node()}",
        "double": preflight.is_double(repository),
        "findings": [*found, *_imports(found, repository), *_pinned(tracker, found)],
        "versions": _versions(),
        "commit": preflight._commit(repository),
        "flavour": preflight.flavour(repository) if is_phc else "v3",
    }
    sys.stdout.write("\n" + MARK + json.dumps(told) + "\n")


def _imports(found: list[dict[str, Any]], repository: Path) -> list[dict[str, Any]]:
    """Return what came of importing whatever is said to be there, and what everything needs."""
    there = {one["name"] for one in found if one["ok"]}
    lacking = {one["name"] for one in found if not one["ok"]}
    names = [name for name in ("numpy", "torch") if name not in lacking]
    names += [name for name in ("isaacgym",) if name in there]
    return [_tried(name, repository) for name in names]


def _tried(name: str, repository: Path) -> dict[str, Any]:
    paths = [os.path.join(sys.base_prefix, "lib"), os.environ.get("LD_LIBRARY_PATH", "")]
    environment = {**os.environ, "LD_LIBRARY_PATH": os.pathsep.join(p for p in paths if p)}
    try:
        done = subprocess.run(
            [sys.executable, "-c", _TRIALS[name]],
            cwd=str(repository) if repository.is_dir() else None,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=IMPORT_S,
        )
    except subprocess.TimeoutExpired:
        return _finding(name, False, f"not done after {IMPORT_S:g} s", "Try it by hand.")
    if done.returncode == 0:
        last = done.stdout.decode("utf-8", "replace").strip().splitlines()[-1:]
        return _finding(name, True, ", ".join(["imports", *last]), "")
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    told = said[-1] if said else f"ended with {done.returncode}"
    known = next((cure for sign, cure in _CURES if sign in told), _OTHERWISE.get(name, ""))
    return _finding(name, False, told, known)


def _pinned(tracker: str, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what PHC needs in one version alone, where it is there."""
    version = _versions().get("rl-games")
    wanted = any(one["name"] == "rl_games" and one["ok"] for one in found)
    if tracker != "phc" or not wanted or version in (None, _RL_GAMES):
        return []
    cure = f"pip install rl-games=={_RL_GAMES}."
    return [_finding("rl-games", False, f"{version}; PHC needs {_RL_GAMES}", cure)]


def _versions() -> dict[str, str]:
    """Return the versions of what is installed, without importing it."""
    from importlib import metadata

    found = {}
    for name in _DISTRIBUTIONS:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def _finding(name: str, ok: bool, detail: str, cure: str) -> dict[str, Any]:
    return {"name": name + " import" * (name in _TRIALS), "ok": ok, "detail": detail, "cure": cure}
