"""Mean and standard deviation of the features a model was trained on."""

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from claims_env.errors import CheckpointError
from claims_env.generators.mdm.weight_sizes import FEATURES

Floats = npt.NDArray[np.floating]

_STD = (
    (slice(0, 1), 0.012826),
    (slice(1, 3), 0.016927),
    (slice(3, 4), 0.153766),
    (slice(4, 67), 0.122244),
    (slice(67, 193), 0.299692),
    (slice(193, 259), 0.019470),
    (slice(259, 263), 0.355933),
)
"""The one deviation that all features of a group share in HumanML3D's Std.npy."""

_MEAN_HEIGHT = 0.938551
"""HumanML3D's mean pelvis height [m]: Mean.npy at `_HEIGHT`."""

_HEIGHT = 3
_TOLERANCE = 0.01
"""Relative; the evaluator's figures are off by a factor of 25, a rebuilt data set's by less."""

_EVALUATORS = 25.0
"""By what upstream's evaluator divides the deviations of root and contacts."""

_SHRUNK = (0, 1, 3, 259)
"""One feature of each of the groups it divides."""

_SOURCE = (
    "Both come with HumanML3D (github.com/EricGuo5513/HumanML3D, folder HumanML3D); put them "
    "beside the checkpoint, or name their folder: --statistics FOLDER."
)


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
        raise CheckpointError(f"{folder / 'Std.npy'}: a deviation is not above zero. {_SOURCE}")
    if not own:
        _check_humanml3d(mean, std, folder)
    digest = hashlib.sha256(mean.tobytes() + std.tobytes()).hexdigest()[:16]
    return Statistics(mean, std, digest)


def _read(path: Path) -> npt.NDArray[np.float32]:
    try:
        with path.open("rb") as file:
            array = np.load(file, allow_pickle=False)
    except FileNotFoundError:
        raise CheckpointError(f"{path}: there is no such file. {_SOURCE}") from None
    except OSError as error:
        raise CheckpointError(
            f"{path}: it cannot be read ({error.strerror}). Check its permissions."
        ) from None
    except (ValueError, EOFError, zipfile.BadZipFile):
        raise CheckpointError(f"{path}: it is no numpy array, or is damaged. {_SOURCE}") from None
    return _checked(array, path)


def _checked(array: object, path: Path) -> npt.NDArray[np.float32]:
    if not isinstance(array, np.ndarray) or array.shape != (FEATURES,) or array.dtype.kind != "f":
        held = f"{array.dtype} {array.shape}" if isinstance(array, np.ndarray) else "an archive"
        raise CheckpointError(
            f"{path}: it holds {held}, expected {FEATURES} real numbers. {_SOURCE}"
        )
    single = array.astype("<f4")
    if not np.isfinite(single).all():
        raise CheckpointError(f"{path}: it holds NaN or infinite numbers. {_SOURCE}")
    return single


def _check_humanml3d(mean: Floats, std: Floats, folder: Path) -> None:
    expected = np.empty(FEATURES)
    for group, value in _STD:
        expected[group] = value
    if np.allclose(std[list(_SHRUNK)] * _EVALUATORS, expected[list(_SHRUNK)], rtol=0.1):
        raise CheckpointError(
            f"{folder / 'Std.npy'}: these are the evaluator's statistics (upstream's t2m_std), "
            f"whose deviations of root and contacts are {_EVALUATORS:.0f} times smaller; no "
            f"model was trained with them. {_SOURCE}"
        )
    off = np.abs(std / expected - 1) > _TOLERANCE
    if off.any():
        at = int(np.argmax(off))
        raise _foreign(folder / "Std.npy", at, float(std[at]), float(expected[at]))
    if abs(mean[_HEIGHT] / _MEAN_HEIGHT - 1) > _TOLERANCE:
        raise _foreign(folder / "Mean.npy", _HEIGHT, float(mean[_HEIGHT]), _MEAN_HEIGHT)


def _foreign(path: Path, at: int, got: float, expected: float) -> CheckpointError:
    return CheckpointError(
        f"{path}: its number {at} is {got:.6f}, and HumanML3D's is {expected:.6f}. {_SOURCE} If "
        'the model was trained on other data, its args.json must say "statistics": "own".'
    )
