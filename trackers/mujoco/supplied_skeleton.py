"""Finds SMPL's skeleton in a compiled MJCF humanoid: which body is which joint, which way it faces.

PHC's own files come in two frames: `smpl_humanoid.xml` keeps SMPL's (y up), `smpl_0_humanoid.xml`
stands upright (z up, x forward). The bones tell them apart.
"""

import itertools
from pathlib import Path
from typing import Any

import mujoco
import numpy as np
import numpy.typing as npt

from claims_env.errors import ConfigError
from claims_env.rotation import Floats
from claims_env.skeleton import INDEX, JOINTS, OFFSETS, PARENTS

_PHC_NAMES = {
    "Torso": "Spine1",
    "Spine": "Spine2",
    "Chest": "Spine3",
    **{f"{side}_Thorax": f"{side}_Collar" for side in "LR"},
    **{f"{side}_Toe": f"{side}_Foot" for side in "LR"},
}
"""PHC's names of bodies that SMPL calls otherwise."""

_FARTHEST = np.cos(np.radians(45))
"""Cosine of how far a bone may point elsewhere than SMPL's at rest; body shapes differ by 20."""

_SQUARE = 1e-3  # cosine

_FREE, _BALL = int(mujoco.mjtJoint.mjJNT_FREE), int(mujoco.mjtJoint.mjJNT_BALL)
_HINGE = int(mujoco.mjtJoint.mjJNT_HINGE)

_CURE = "Take PHC's smpl_humanoid.xml, or a file built like it, with all 24 bodies."


def smpl_names(model: Any, path: Path) -> list[str]:
    """Return the SMPL joint of each moving body, in the model's order.

    Raises:
        ConfigError: Bodies are missing, too many, hang elsewhere or move in a way SMPL's do not.
    """
    given = [str(model.body(body).name) or "(unnamed)" for body in range(1, model.nbody)]
    names = [_PHC_NAMES.get(name, name) for name in given]
    missing = [_either_name(name) for name in JOINTS if name not in names]
    if missing:
        raise _no_humanoid(path, f"it has no body called {', '.join(missing)}.")
    if len(names) > len(JOINTS):
        odd = [g for i, g in enumerate(given) if names[i] not in JOINTS or names[i] in names[:i]]
        raise _no_humanoid(path, f"it has bodies that are no joint of SMPL: {', '.join(odd)}.")
    for body, name in enumerate(names, start=1):
        above = ["world", *names][model.body_parentid[body]]
        wanted = "world" if name == "Pelvis" else JOINTS[PARENTS[INDEX[name]]]
        if above != wanted:
            raise _no_humanoid(path, f"{name} hangs on {above}, not on {wanted}.")
        _check_joints(model, body, name, path)
    return names


def rest_rotation(model: Any, names: list[str], path: Path) -> Floats:
    """Return the rotation from SMPL's rest frame to the file's, a quaternion, shape (4,).

    It is the one of the 24 that bring axes onto axes under which the bones agree best.

    Raises:
        ConfigError: The rest pose is not SMPL's.
    """
    rows = [INDEX[name] for name in names[1:]]
    theirs, ours = _directions(model.body_pos[2:]), _directions(OFFSETS[rows])
    frame = max(_right_angles(), key=lambda turn: float(np.sum(theirs * (ours @ turn.T))))
    agreement = np.sum(theirs * (ours @ frame.T), axis=1)
    # a body turned against its parent would have other axes than the rest
    agreement[np.abs(model.body_quat[2:, 0]) < 1 - _SQUARE] = -1
    worst = int(agreement.argmin())
    if agreement[worst] < _FARTHEST:
        raise _no_humanoid(
            path, f"its rest pose is not SMPL's T-pose (seen at {names[1 + worst]})."
        )
    quaternion = np.empty(4)
    mujoco.mju_mat2Quat(quaternion, np.ascontiguousarray(frame).ravel())
    return quaternion


def _check_joints(model: Any, body: int, name: str, path: Path) -> None:
    first, count = int(model.body_jntadr[body]), int(model.body_jntnum[body])
    kinds = [int(kind) for kind in model.jnt_type[first : first + count]]
    if name == "Pelvis":
        if kinds != [_FREE]:
            raise _no_humanoid(path, "Pelvis has no free joint, so it could not leave its place.")
        return
    axes = model.jnt_axis[first : first + count]
    square = np.allclose(axes @ axes.T, np.eye(count), atol=_SQUARE)
    centred = np.allclose(model.jnt_pos[first : first + count], 0, atol=1e-6)
    if kinds not in ([_BALL], [_HINGE], [_HINGE] * 3) or not (square and centred):
        raise _no_humanoid(
            path, f"{name} needs a ball joint, one hinge or three square hinges at its origin."
        )


def _either_name(joint: str) -> str:
    phc = next((theirs for theirs, ours in _PHC_NAMES.items() if ours == joint), None)
    return f"{joint} (or {phc})" if phc else joint


def _no_humanoid(path: Path, reason: str) -> ConfigError:
    return ConfigError(f"The body '{path}' is no humanoid on SMPL's skeleton: {reason} {_CURE}")


def _directions(bones: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    lengths = np.linalg.norm(bones, axis=1, keepdims=True)
    directions: npt.NDArray[np.float64] = bones / np.maximum(lengths, 1e-9)
    return directions


def _right_angles() -> list[npt.NDArray[np.float64]]:
    """Return the 24 rotations that bring axes onto axes."""
    turns = []
    for order in itertools.permutations(range(3)):
        for signs in itertools.product((1.0, -1.0), repeat=3):
            turn = np.eye(3)[list(order)] * np.array(signs)[:, None]
            if np.linalg.det(turn) > 0:
                turns.append(turn)
    return turns
