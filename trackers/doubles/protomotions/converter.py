"""The double of `convert_amass_to_proto.py`: AMASS npz to `.motion`, beside each npz.

Runs under Python 3.8 with numpy and torch; copied into every checkout that the double writes.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

import numpy as np
import torch

from . import body
from .terminal import say


def main(arguments: list[str] | None = None) -> None:
    """Convert what the command line names."""
    parser = argparse.ArgumentParser()
    parser.add_argument("amass_root_dir", type=Path)
    parser.add_argument("--humanoid-type", default="smpl", choices=["smpl", "smplx"])
    parser.add_argument("--force-remake", action="store_true")
    parser.add_argument("--output-fps", type=int, default=30)
    parser.add_argument("--motion-config", action="append")
    asked = parser.parse_args(arguments)
    if not Path("protomotions/data/assets/mjcf/smpl_humanoid.xml").is_file():
        raise FileNotFoundError("protomotions/data/assets/mjcf/smpl_humanoid.xml")
    root = asked.amass_root_dir
    folders = [entry.name for entry in os.scandir(str(root)) if entry.is_dir()]
    if list(root.glob("*.[np][pk][lz]")):
        folders.append("")
    for name in folders:
        if "smpl" not in name:
            _convert_folder(root / name, asked)


def _convert_folder(folder: Path, asked: argparse.Namespace) -> None:
    say(f"Processing subset {folder.name}")
    for source in sorted(folder.glob("**/*.[np][pk][lz]")):
        if source.name == "shape.npz" or "stagei.npz" in source.name:
            continue
        target = source.with_name(_renamed(source.name))
        if target.exists() and not asked.force_remake:
            continue
        say(f"Processing {source}")
        if source.suffix != ".npz" or "samp" in str(source):
            say(f"Skipping {source} as it is not a valid file")
            continue
        _convert(source, target, asked.output_fps)


def _renamed(name: str) -> str:
    for odd in ("-", " ", "(", ")"):
        name = name.replace(odd, "_")
    return name.replace(".npz", ".motion").replace(".pkl", ".motion")


def _convert(source: Path, target: Path, output_fps: int) -> None:
    arrays = np.load(str(source))
    poses, trans = arrays["poses"], arrays["trans"]
    fps = int(np.round(arrays["mocap_framerate"]))
    if len(poses) < 2:
        say(f"Skipping {source}: only {len(poses)} frame(s), need at least 2")
        return
    rate = min([d for d in range(1, fps + 1) if fps % d == 0 and d >= output_fps] or [fps])
    poses, trans = poses[:: fps // rate], trans[:: fps // rate]
    say(f"Saving to {target}")
    torch.save(motion(poses, trans, rate), str(target))


def motion(poses: Any, trans: Any, fps: int) -> dict[str, Any]:
    """Return what a `.motion` file holds, for poses (frames, 72) and a pelvis (frames, 3).

    Raises:
        ValueError: Something is not finite.
    """
    places, turned = body.positions(poses, trans)
    if not np.isfinite(places).all():
        raise ValueError("rigid_body_pos contains NaN or Inf")
    speeds = np.gradient(places, 1 / fps, axis=0)
    rotations = body.quaternions(turned @ body.turns(np.full(3, -2 * np.pi / 3 / np.sqrt(3))))
    empty = np.zeros((len(places), 24, 3))
    tensors = {
        "dof_pos": poses.reshape(len(poses), 24, 3)[:, 1:].reshape(len(poses), 69),
        "dof_vel": np.zeros((len(poses), 69)),
        "rigid_body_pos": places,
        "rigid_body_rot": rotations,
        "rigid_body_vel": speeds,
        "rigid_body_ang_vel": empty,
        "local_rigid_body_rot": rotations,
    }
    return {
        "state_conversion": "common",
        "fps": fps,
        "rigid_body_contacts": torch.from_numpy(body.contacts(places, speeds)),
        **{name: torch.from_numpy(np.asarray(v, np.float32)) for name, v in tensors.items()},
    }
