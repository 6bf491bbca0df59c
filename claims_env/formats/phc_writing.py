"""PHC's motion library, written: exactly what its loader asks for, type by type.

A run does not need this: there, PHC's own Python writes its library. numpy 2 and numpy 1 both read
what is written here, since joblib keeps arrays outside of the pickle and torch has its own form.
Source of the layout: the official release's convert_data_mdm_hik.py, and PHC's loader, tried.
"""

import importlib
import os
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from claims_env.errors import MissingDependency, MotionError
from claims_env.formats.amass import EVALUATION_ONLY
from claims_env.formats.upright import BODIES, upright_of
from claims_env.motion import Motion
from claims_env.rotation import to_rotvec

_HANDS = (22, 23)
_NEEDED = ("joblib", "torch")


def write_phc(motions: Sequence[Motion], path: Path) -> None:
    """Write motions as a PHC pickle, all at once or not at all.

    SMPL's two hand joints are set to rest, as PHC has them; nothing hangs on them.

    Raises:
        MissingDependency: joblib or torch is not installed.
        MotionError: Two motions have one name.
    """
    require_writable()
    names = [motion.name for motion in motions]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise MotionError(path, f"two clips are called '{twice[0]}'.", "Give one another name.")
    library = {motion.name: _entry(motion) for motion in motions}
    partial = path.with_name(f".{path.name}.partial")
    try:
        with partial.open("wb") as file:
            importlib.import_module("joblib").dump(library, file)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def require_writable() -> None:
    """Refuse to write where the packages for it are missing.

    Raises:
        MissingDependency: joblib or torch is not installed.
    """
    for package in _NEEDED:
        if find_spec(package) is None:
            raise MissingDependency(
                package,
                "Writing PHC's pickle (torch tensors in joblib's form)",
                f"pip install {' '.join(_NEEDED)}; or convert to a folder of npz, which a run "
                "hands to PHC's own Python.",
            )


def _entry(motion: Motion) -> dict[str, Any]:
    torch = importlib.import_module("torch")
    rotations = motion.rotations.astype(np.float64)
    rotations[:, list(_HANDS)] = (1.0, 0.0, 0.0, 0.0)
    root = motion.root.astype(np.float64)
    only = motion.provenance.get(EVALUATION_ONLY)
    return {
        "pose_quat_global": np.ascontiguousarray(upright_of(rotations)),
        "pose_quat": np.ascontiguousarray(rotations[:, BODIES][..., [1, 2, 3, 0]]),
        "root_trans_offset": torch.from_numpy(root.copy()),
        "trans_orig": root,
        "pose_aa": np.ascontiguousarray(to_rotvec(rotations).reshape(len(root), -1)),
        "beta": np.zeros(10),
        "gender": "neutral",
        "fps": float(motion.fps),
        # PHC looks only for the keys it knows
        **({} if only is None else {EVALUATION_ONLY: str(only)}),
    }
