"""The double of `motion_lib.py`: motions packaged into one file, and read back.

Runs under Python 3.8 with numpy and torch; copied into every checkout that the double writes.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

import torch

from .terminal import say

PACKED = {
    "gts": "rigid_body_pos",
    "grs": "rigid_body_rot",
    "gvs": "rigid_body_vel",
    "gavs": "rigid_body_ang_vel",
    "dvs": "dof_vel",
    "dps": "dof_pos",
    "lrs": "local_rigid_body_rot",
    "contacts": "rigid_body_contacts",
}
"""Every per-frame field of a library, and its name in a single motion."""

UNTOUCHED = (
    "WARNING:protomotions.components.motion_lib:All contact labels in motion library are zero. "
    "Discarding contacts"
)


def main(arguments: list[str] | None = None) -> None:
    """Package what the command line names."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--motion-path", default="")
    parser.add_argument("--output-file", default="motion_lib.pt")
    parser.add_argument("--device", default="cpu")
    asked = parser.parse_args(arguments)
    files = _files(asked.motion_path)
    motions = []
    for number, file in enumerate(files):
        say(f"Loading {number + 1}/{len(files)} motion files: {file}")
        motions.append(torch.load(file, weights_only=False))
    assert asked.output_file.split(".")[-1] == "pt", "Name must end with .pt"
    Path(asked.output_file).parent.mkdir(parents=True, exist_ok=True)
    torch.save(packed(motions, files), asked.output_file)
    say(f"Motion library saved to {asked.output_file}")


def packed(motions: list[dict[str, Any]], files: list[str]) -> dict[str, Any]:
    """Return a library of motions; contacts that never occur are left out."""
    frames = torch.tensor([len(motion["rigid_body_pos"]) for motion in motions])
    library = {
        name: torch.cat([motion[field] for motion in motions]) for name, field in PACKED.items()
    }
    if not library["contacts"].any():
        say(UNTOUCHED)
        del library["contacts"]
    step = torch.tensor([1 / motion["fps"] for motion in motions], dtype=torch.float64)
    return {
        **library,
        "length_starts": frames.cumsum(0) - frames,
        "motion_lengths": ((frames - 1) * step).float(),
        "motion_dt": step.float(),
        "motion_num_frames": frames,
        "motion_weights": torch.ones(len(motions)),
        "motion_files": tuple(files),
    }


def load(path: str) -> dict[str, Any]:
    """Return a packaged library.

    Raises:
        FileNotFoundError: There is none.
    """
    say(f"Loading motion library from {path}")
    library: dict[str, Any] = torch.load(path, weights_only=False)
    return library


def _files(path: str) -> list[str]:
    if path.endswith(".yaml"):
        # as much of YAML as a list of files needs; the real one reads all of it
        lines = [line.strip() for line in Path(path).read_text("utf-8").splitlines()]
        names = [line[len("- file:") :].strip() for line in lines if line.startswith("- file:")]
        return [os.path.join(os.path.dirname(path), name) for name in names]
    if path.endswith(".motion"):
        return [path]
    files = [str(file) for file in Path(path).rglob("*.motion")]
    assert files, "No motion files found in directory"
    return files
