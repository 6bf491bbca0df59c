"""The folder that stands in for a checkout of PHC."""

from __future__ import annotations

import json
from pathlib import Path

FLAVOURS = ("official", "upstream")
"""Whose PHC: the CLAIMS release's fork, or PHC itself."""

_ENTRY = '''"""The entry of a double of PHC; see claims_double/phc/__init__.py."""

import os
import sys

sys.path.append(os.getcwd())

from isaacgym import gymapi
{import_swanlab}from learning import im_amp_players

from claims_double.phc.command import follow


def main():
    follow(im_amp_players, "{flavour}")


if __name__ == "__main__":
    main()
'''

_PLAYERS = '''"""The players of a double of PHC: what an evaluation runs, and measures with."""

from claims_double.phc.metrics import compute_metrics_lite
from claims_double.phc.player import Player as IMAMPPlayerContinuous
'''

_EMPTY = {
    "isaacgym/__init__.py": '"""Nothing: a double simulates nothing."""\n',
    "isaacgym/gymapi.py": '"""Nothing: a double simulates nothing."""\n',
    "phc/data/cfg/config.yaml": "# what a double knows of it is in claims_double/phc/settings.py\n",
    "data/smpl/SMPL_NEUTRAL.pkl": "a double needs no body model\n",
    "data/smpl/SMPL_MALE.pkl": "a double needs no body model\n",
    "data/smpl/SMPL_FEMALE.pkl": "a double needs no body model\n",
    "sample_data/amass_isaac_gender_betas_unique.pkl": "a double needs no shapes\n",
}


def write_checkout(folder: Path, flavour: str = "official") -> None:
    """Write a double of PHC.

    Args:
        folder: Where to; made if it does not exist.
        flavour: One of `FLAVOURS`.

    Raises:
        ValueError: There is no such flavour.
    """
    if flavour not in FLAVOURS:
        raise ValueError(f"PHC's double has no flavour '{flavour}'; there are {FLAVOURS}.")
    swanlab = "import swanlab\n" if flavour == "official" else ""
    files = {
        **_EMPTY,
        "phc/run_hydra.py": _ENTRY.format(import_swanlab=swanlab, flavour=flavour),
        "phc/learning/__init__.py": "",
        "phc/learning/im_amp_players.py": _PLAYERS,
        "claims_double.json": json.dumps({"program": "phc", "flavour": flavour}) + "\n",
        **_sources(),
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _sources() -> dict[str, str]:
    """Return the double's own modules, which import one another by relative names."""
    here = Path(__file__).resolve().parent
    above = [here.parent / "__init__.py", here.parent / "faults.py"]
    found = {f"claims_double/{path.name}": path.read_text("utf-8") for path in above}
    for path in sorted(here.glob("*.py")):
        found[f"claims_double/phc/{path.name}"] = path.read_text("utf-8")
    return found
