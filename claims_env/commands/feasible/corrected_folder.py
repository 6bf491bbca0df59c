"""The folder corrected clips are written to."""

from collections.abc import Sequence
from pathlib import Path

from claims_env.errors import OutputError
from claims_env.motion import Motion, save_motion


def require_room(folder: Path, names: Sequence[str], *, overwrite: bool) -> None:
    """Make the folder, and see that nothing in it is in the way.

    Raises:
        OutputError: It cannot be made, or holds files of these names.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"{folder} cannot be made ({error.strerror}). Name a folder with --out."
        ) from None
    taken = [name for name in names if _file(folder, name).exists()]
    if taken and not overwrite:
        raise OutputError(
            f"{folder} holds {_file(folder, taken[0]).name} already. Name another folder, or add "
            "--overwrite."
        )


def write_corrected(folder: Path, motions: Sequence[Motion]) -> None:
    """Write the clips, each all at once or not at all.

    Raises:
        OutputError: One cannot be written.
    """
    for motion in motions:
        try:
            save_motion(motion, _file(folder, motion.name))
        except OSError as error:
            raise OutputError(
                f"{_file(folder, motion.name)} cannot be written ({error.strerror})."
            ) from None


def _file(folder: Path, name: str) -> Path:
    # a manifest may give a clip any name
    return folder / f"{name.replace('/', '_')}.npz"
