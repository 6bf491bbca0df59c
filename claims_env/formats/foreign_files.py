"""Foreign files: what a folder seems to hold when it holds no motion this package reads."""

from collections import Counter
from pathlib import Path

import numpy as np

from claims_env.errors import MotionError

_KINDS = {
    ".bvh": ("BVH skeleton animation", "Bring it to SMPL: claims-env convert IN OUT."),
    ".pkl": (
        "Python pickles, as PHC and SMPL tools write them",
        "Convert PHC's: claims-env convert IN OUT. Of others, save poses, trans, fps as npz.",
    ),
    ".fbx": ("FBX scenes", "Retarget them to SMPL, and save AMASS-like npz."),
    ".c3d": ("C3D marker recordings", "Fit SMPL to the markers (MoSh), or take AMASS's npz."),
    ".npy": ("bare numpy arrays", "Save poses, trans and mocap_framerate together as npz."),
}
"""What the files of each suffix probably are, and the cure."""

_ALIKE = {".p": ".pkl", ".pickle": ".pkl", ".joblib": ".pkl"}

AMASS_LIKE = "Expected npz files with poses (frames, 72), trans (frames, 3) and mocap_framerate."


def bytes_of(path: Path) -> bytes:
    """Return what a file holds.

    Raises:
        MotionError: There is no such file, or it cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise MotionError(path, "there is no such file.", "Check the path.") from None
    except OSError as error:
        raise MotionError(path, f"it cannot be read ({error.strerror}).", "Check it.") from None


def describe_foreign(folder: Path) -> tuple[str, str]:
    """Return what a folder without npz files seems to hold, and what to do about it."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    suffixes = [_ALIKE.get(path.suffix.lower(), path.suffix.lower()) for path in files]
    known = Counter(suffix for suffix in suffixes if suffix in _KINDS)
    if not known:
        found = f"{len(files)} file(s), none of them" if files else "nothing, and so no"
        return f"it holds {found} npz.", AMASS_LIKE
    suffix, count = known.most_common(1)[0]
    what, cure = _KINDS[suffix]
    if suffix == ".npy":
        what, cure = _array(files[suffixes.index(suffix)], what, cure)
    return f"it holds {count} {suffix} file(s), which look like {what}, and no npz.", cure


def _array(path: Path, what: str, cure: str) -> tuple[str, str]:
    """Tell HumanML3D's arrays from others by their shape."""
    origin = "Take the AMASS npz files they were made from; HumanML3D's index.csv names them."
    try:
        with path.open("rb") as file:
            shape = np.load(file, allow_pickle=False).shape
    except (OSError, ValueError, EOFError):
        return what, cure
    if shape[-1:] == (263,):
        return "HumanML3D's 263 features per frame", origin
    if len(shape) == 3 and shape[1:] in ((22, 3), (24, 3)):
        return "joint positions, as in HumanML3D's new_joints", origin
    return what, cure
