"""Some arrays of an npz file, whatever else is in it: AMASS's own hold Python objects besides."""

import zipfile
import zlib
from collections.abc import Collection
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from claims_env.errors import MotionError

_UNREADABLE = (
    OSError, ValueError, TypeError, EOFError, RuntimeError, MemoryError, zipfile.BadZipFile,
    zlib.error,
)  # fmt: skip
"""What zipfile, zlib and numpy raise on damaged, encrypted, pickled or foreign files."""


def read_arrays(
    path: Path, wanted: Collection[str]
) -> tuple[dict[str, npt.NDArray[Any]], list[str]]:
    """Return those arrays of an npz that are wanted and there, and the names of all.

    Nothing else is read, and nothing unpickled: AMASS's SMPL-X files keep their marker labels as
    Python objects.

    Raises:
        MotionError: There is no such file, it is no npz, or what is wanted is damaged or pickled.
    """
    try:
        # opened here, because np.load leaves the file of a damaged archive open
        with path.open("rb") as file:
            archive = np.load(file, allow_pickle=False)
            if not isinstance(archive, np.lib.npyio.NpzFile):
                raise MotionError(
                    path, "it is one bare array.", "Expected arrays saved by numpy.savez."
                )
            with archive:
                found = {key: archive[key] for key in archive.files if key in wanted}
                return found, list(archive.files)
    except FileNotFoundError:
        raise MotionError(path, "there is no such file.", "Check the path.") from None
    except _UNREADABLE as error:
        told = str(error) or type(error).__name__
        raise MotionError(
            path, f"it is no readable npz ({told}).", "Expected arrays saved by numpy.savez."
        ) from None
