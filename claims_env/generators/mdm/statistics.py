"""Mean and standard deviation of the features a model was trained on."""

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from claims_env.errors import CheckpointError
from claims_env.generators.mdm.humanml3d_figures import SOURCE, Floats, check_humanml3d
from claims_env.humanml3d import FEATURES


@dataclass(frozen=True, slots=True)
class Statistics:
    """What features were normalised by: x = (features - mean) / std.

    Attributes:
        mean: Shape (263,), float32.
        std: Shape (263,), float32.
        digest: SHA-256 of both, the first 16 hexadecimal digits.
    """

    mean: npt.NDArray[np.float32]
    std: npt.NDArray[np.float32]
    digest: str

    def normalised(self, features: Floats) -> Floats:
        """Return features as a network takes them, shape (..., 263)."""
        return (features - self.mean) / self.std

    def restored(self, features: Floats) -> Floats:
        """Return features as they were before `normalised`, shape (..., 263)."""
        return features * self.std + self.mean


def load_statistics(folder: Path, *, own: bool = False) -> Statistics:
    """Read a folder's Mean.npy and Std.npy.

    Published models need HumanML3D's. The evaluator's files, which upstream ships under other
    names (`dataset/t2m_mean.npy`), have the same shape and would give motions that slide and spin,
    so the figures themselves are compared with HumanML3D's.

    Args:
        folder: Where both lie.
        own: Whether the model was trained with statistics of its own data, as `"statistics": "own"`
            in its args.json says (`Checkpoint.own_statistics`); any figures are good then.

    Raises:
        CheckpointError: A file is missing, damaged or misshapen, or they are not HumanML3D's.
    """
    mean, std = _read(folder / "Mean.npy"), _read(folder / "Std.npy")
    if not (std > 0).all():
        raise CheckpointError(f"{folder / 'Std.npy'}: a deviation is not above zero. {SOURCE}")
    if not own:
        check_humanml3d(mean, std, folder)
    digest = hashlib.sha256(mean.tobytes() + std.tobytes()).hexdigest()[:16]
    return Statistics(mean, std, digest)


def _read(path: Path) -> npt.NDArray[np.float32]:
    try:
        with path.open("rb") as file:
            array = np.load(file, allow_pickle=False)
    except FileNotFoundError:
        raise CheckpointError(f"{path}: there is no such file. {SOURCE}") from None
    except OSError as error:
        raise CheckpointError(
            f"{path}: it cannot be read ({error.strerror}). Check its permissions."
        ) from None
    except (ValueError, EOFError, zipfile.BadZipFile):
        raise CheckpointError(f"{path}: it is no numpy array, or is damaged. {SOURCE}") from None
    return _checked(array, path)


def _checked(array: object, path: Path) -> npt.NDArray[np.float32]:
    if not isinstance(array, np.ndarray) or array.shape != (FEATURES,) or array.dtype.kind != "f":
        held = f"{array.dtype} {array.shape}" if isinstance(array, np.ndarray) else "an archive"
        raise CheckpointError(
            f"{path}: it holds {held}, expected {FEATURES} real numbers. {SOURCE}"
        )
    single = array.astype("<f4")
    if not np.isfinite(single).all():
        raise CheckpointError(f"{path}: it holds NaN or infinite numbers. {SOURCE}")
    return single
