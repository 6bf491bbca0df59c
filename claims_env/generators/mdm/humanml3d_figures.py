"""HumanML3D's own mean and deviation, known by a few figures of theirs."""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from claims_env.errors import CheckpointError
from claims_env.humanml3d.layout import FEATURES, GROUPS

SOURCE = (
    "Both come with HumanML3D (github.com/EricGuo5513/HumanML3D, folder HumanML3D); put them "
    "beside the checkpoint, or name their folder: --statistics FOLDER."
)

Floats = npt.NDArray[np.floating]

_STD = (0.012826, 0.016927, 0.153766, 0.122244, 0.299692, 0.019470, 0.355933)
"""The one deviation that all features of a group share in its Std.npy; see `GROUPS`."""

_MEANS = (
    (slice(0, 1), 0.0),  # turn
    (slice(1, 2), 0.0),  # step aside
    (slice(2, 3), 0.008683),  # step ahead
    (slice(3, 4), 0.938551),  # height of the pelvis
    (slice(4, 67, 3), -0.0004),  # positions
    (slice(5, 67, 3), 0.8958),
    (slice(6, 67, 3), 0.0240),
    (slice(67, 193, 6), 0.6493),  # rotations
    (slice(68, 193, 6), 0.0001),
    (slice(69, 193, 6), -0.0003),
    (slice(70, 193, 6), -0.0001),
    (slice(71, 193, 6), 0.6144),
    (slice(72, 193, 6), -0.0423),
    (slice(193, 259, 3), 0.0),  # velocities
    (slice(194, 259, 3), 0.0),
    (slice(195, 259, 3), 0.008772),
    (slice(259, 263), 0.8546),  # contacts
)
"""What the figures of a group average to in its Mean.npy."""

_STD_TOLERANCE = 0.01
"""Relative; the evaluator's figures are off by a factor of 25, a rebuilt data set's by less."""

_MEAN_TOLERANCE = 0.05
"""Of a feature's deviation; the evaluator's mean height is off by 0.14 of it."""

_EVALUATORS = 25.0
"""By what upstream's evaluator divides the deviations of root and contacts."""

_SHRUNK = (0, 1, 3, 259)
"""One feature of each of the groups it divides."""


def check_humanml3d(mean: Floats, std: Floats, folder: Path) -> None:
    """Check that statistics, of shape (263,) both, are those of HumanML3D.

    Args:
        mean: Of Mean.npy.
        std: Of Std.npy.
        folder: Where both lie.

    Raises:
        CheckpointError: A figure is not; it is named.
    """
    expected = np.empty(FEATURES)
    for group, value in zip(GROUPS, _STD, strict=True):
        expected[group] = value
    _refuse_evaluators(std, expected, folder)
    off = np.abs(std / expected - 1) > _STD_TOLERANCE
    if off.any():
        at = int(np.argmax(off))
        number = f"number {at} is"
        raise _foreign(folder / "Std.npy", number, float(std[at]), float(expected[at]))
    for group, value in _MEANS:
        average, deviation = float(mean[group].mean()), float(expected[group][0])
        if abs(average - value) > _MEAN_TOLERANCE * deviation:
            raise _foreign(folder / "Mean.npy", _numbers(group), average, value)


def _refuse_evaluators(std: Floats, expected: Floats, folder: Path) -> None:
    shrunk = list(_SHRUNK)
    if np.allclose(std[shrunk] * _EVALUATORS, expected[shrunk], rtol=0.1):
        raise CheckpointError(
            f"{folder / 'Std.npy'}: these are the evaluator's statistics (upstream's t2m_std), "
            f"whose deviations of root and contacts are {_EVALUATORS:.0f} times smaller; no "
            f"model was trained with them. {SOURCE}"
        )


def _numbers(group: slice) -> str:
    """Return which numbers a group is, as the subject of a sentence."""
    held = range(FEATURES)[group]
    if len(held) == 1:
        return f"number {held[0]} is"
    return f"numbers {held[0]}, {held[1]}, ... {held[-1]} average"


def _foreign(path: Path, numbers: str, got: float, expected: float) -> CheckpointError:
    whose = "HumanML3D's is" if numbers.endswith(" is") else "HumanML3D's average"
    return CheckpointError(
        f"{path}: its {numbers} {got:.6f}, and {whose} {expected:.6f}. {SOURCE} If the model was "
        'trained on other data, its args.json must say "statistics": "own".'
    )
