"""The five errors of a clip: success comes first, then a draw from one of two components.

Over seven rounds the published errors of a suite are `p * tracked + (1 - p) * lost` with both
levels nearly constant, so they say little beyond success. Published of the lost:
global error 135-150 mm on Kungfu, 152-166 on AIST++ and 144-152 on Video-Convert, acceleration
18.4-19.7, 23-31 and 21-23 mm/frame^2, velocity 18.8-20.1, 26-33 and 24-25 mm/frame (App. E of arXiv
2602.21599). EMDB stands at the mean of the three. Least squares over the seven rows of Tab. 5 give
both levels of generated clips: 42.6 and 80.1 mm, 6.6 and 15.6 mm/frame, 4.5 and 11.4 mm/frame^2.
The errors relative to the pelvis are our guess, in proportion.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from claims_env.trackers.simulated.noise import Luck
from claims_env.word_grid import Floats
from claims_env.world import SimulatedSuite

TRACKED = (42.6, 30.0, 24.0, 6.6, 4.5)
"""Of a clip that is tracked, in the order of `ERRORS`."""

LOST = {
    "Kungfu": (142.5, 71.0, 55.0, 19.5, 19.0),
    "EMDB": (149.0, 75.0, 58.0, 24.5, 22.7),
    "AIST++": (159.0, 80.0, 62.0, 29.5, 27.0),
    "VC": (148.0, 74.0, 57.0, 24.5, 22.0),
}
"""Of the lost clips of each suite."""

ELSEWHERE = (80.1, 52.0, 40.0, 15.6, 11.4)
"""Of a generated clip that is lost, and of any other suite."""

OF_PLACE, OF_CHANGE = np.float32(0.25), np.float32(0.3)
"""Spread of the errors of place and of change about their level [log]."""


def spread_of(luck: Luck) -> Floats:
    """Return what multiplies the level of each error, log-normal, shape (B, S, 5)."""
    place = np.exp(OF_PLACE * luck.normal[4])
    change = np.exp(OF_CHANGE * luck.normal[5])
    both = np.sqrt(place * change)
    return np.stack([place, np.sqrt(place * both), np.sqrt(place), both, change], axis=-1)


def suite_levels(
    suites: Sequence[SimulatedSuite], lost: Sequence[float], tracked: Sequence[float]
) -> npt.NDArray[np.float64]:
    """Return the levels of each suite for lost and tracked clips, shape (suites, 2, 5).

    Args:
        suites: Which ones.
        lost: The level of lost clips of suites nothing was published of.
        tracked: The level of tracked clips.
    """
    return np.array([[LOST.get(suite.name, lost), tracked] for suite in suites])
