"""A clip in one npz file: of this package, or as AMASS writes it."""

from pathlib import Path

from claims_env.formats.amass import import_amass
from claims_env.formats.npz_arrays import read_arrays
from claims_env.motion import FORMAT, Motion, load_motion


def load_clip(path: Path, *, trans_is_pelvis: bool | None = None) -> Motion:
    """Return the motion in one npz file, of this package or AMASS-like.

    Args:
        path: The file.
        trans_is_pelvis: Of foreign files, whether `trans` is the pelvis; None lets the file say.

    Raises:
        MotionError: It is neither.
    """
    if is_ours(path):
        return load_motion(path)
    return import_amass(path, trans_is_pelvis=trans_is_pelvis)


def is_ours(path: Path) -> bool:
    """Return whether this package wrote an npz file.

    Raises:
        MotionError: It is no readable npz.
    """
    found, _ = read_arrays(path, ("format",))
    return str(found.get("format", "")) == FORMAT
