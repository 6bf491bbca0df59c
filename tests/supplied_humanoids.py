"""Writes MJCF humanoids built like PHC's, for tests of what a user may bring."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from claims_env.skeleton import INDEX, JOINTS, OFFSETS, PARENTS

PHC_NAMES = {
    "Spine1": "Torso",
    "Spine2": "Spine",
    "Spine3": "Chest",
    "L_Collar": "L_Thorax",
    "R_Collar": "R_Thorax",
    "L_Foot": "L_Toe",
    "R_Foot": "R_Toe",
}

IN_SMPL_FRAME = np.eye(3)
UPRIGHT_FRAME = np.array([[0.0, 0, 1], [1, 0, 0], [0, 1, 0]])
"""x forward, y left, z up: what SMPL calls z, x, y."""

Hinges = Callable[[str], str]


def three_hinges(name: str, order: str = "xyz", attributes: str = "") -> str:
    axes = {"x": "1 0 0", "y": "0 1 0", "z": "0 0 1"}
    return "".join(
        f'<joint name="{name}_{axis}" type="hinge" axis="{axes[axis]}" {attributes}/>'
        for axis in order
    )


def humanoid_text(
    frame: np.ndarray = IN_SMPL_FRAME,
    names: dict[str, str] = PHC_NAMES,
    joints: Hinges = three_hinges,
    actuators: str = "",
) -> str:
    """Return a humanoid of balls on SMPL's bones, in axes that `frame` brings SMPL's onto."""
    return (
        "<mujoco><worldbody><geom name='floor' type='plane' size='9 9 1'/>"
        f"{_body('Pelvis', frame, names, joints)}</worldbody>"
        f"<actuator>{actuators}</actuator></mujoco>"
    )


def write_humanoid(folder: Path, text: str, name: str = "humanoid.xml") -> str:
    """Write it into a folder and return its path."""
    path = folder / name
    path.write_text(text, "utf-8")
    return str(path)


def _body(joint: str, frame: np.ndarray, names: dict[str, str], joints: Hinges) -> str:
    name = names.get(joint, joint)
    children = [c for c, p in zip(JOINTS, PARENTS, strict=True) if p == INDEX[joint]]
    place = " ".join(str(x) for x in frame @ OFFSETS[INDEX[joint]])
    moves = "<freejoint/>" if joint == "Pelvis" else joints(name)
    inside = "".join(_body(child, frame, names, joints) for child in children)
    return f'<body name="{name}" pos="{place}">{moves}{_shape(joint, frame)}{inside}</body>'


def _shape(joint: str, frame: np.ndarray) -> str:
    """Return a sole for an ankle, a ball for anything else; all weigh 70 kg together."""
    if joint.endswith("Ankle"):
        place = " ".join(str(x) for x in frame @ (0, -0.03, 0.03))
        half = " ".join(str(x) for x in np.abs(frame @ (0.045, 0.042, 0.09)))
        return f'<geom type="box" pos="{place}" size="{half}" mass="1"/>'
    arms = {"Collar", "Shoulder", "Elbow", "Wrist", "Hand", "Foot", "Head", "Neck"}
    mass = 0.5 if joint.split("_")[-1] in arms else 7.625
    return f'<geom type="sphere" size="0.02" mass="{mass}"/>'
