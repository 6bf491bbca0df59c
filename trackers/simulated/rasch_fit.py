"""One ability per training and one difficulty per suite, fitted to shares of tracked clips."""

import numpy as np
import numpy.typing as npt

from claims_env.word_grid import Floats

_STEPS = 50


def fit_rasch(success: Floats, clips: Floats) -> tuple[Floats, Floats]:
    """Return abilities and difficulties, the first ability being 0 [logit].

    Maximum likelihood of Rasch's model, logit of success = ability - difficulty (Rasch,
    "Probabilistic models for some intelligence and attainment tests", 1960), by Newton's method.

    Args:
        success: The share of clips tracked, shape (trainings, suites), 0 to 1.
        clips: How many clips each suite holds, shape (suites,).
    """
    trainings, suites = success.shape
    rows = np.zeros((trainings, suites, trainings + suites))
    for t in range(trainings):
        rows[t, :, t] = 1
    for s in range(suites):
        rows[:, s, trainings + s] = -1
    design = rows.reshape(-1, trainings + suites)[:, 1:]
    weights = np.tile(clips, trainings)
    found = _logistic(design, success.reshape(-1), weights)
    return np.concatenate([[0.0], found[: trainings - 1]]), found[trainings - 1 :]


def ability_of(success: Floats, clips: Floats, difficulty: Floats) -> Floats:
    """Return the likeliest ability for each row of successes, given the suites [logit].

    Args:
        success: The share of clips tracked, shape (n, suites).
        clips: How many clips each suite holds, shape (suites,).
        difficulty: How hard each suite is, shape (suites,).
    """
    ability = np.zeros(len(success))
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(difficulty - ability[:, None]))
        slope = (clips * chance * (1 - chance)).sum(1)
        ability = ability + np.clip((clips * (success - chance)).sum(1) / slope, -1, 1)
    return ability


def logit(share: Floats) -> Floats:
    """Return the logarithm of the odds."""
    found: Floats = np.log(share / (1 - share))
    return found


def _logistic(design: Floats, share: Floats, weights: Floats) -> npt.NDArray[np.float64]:
    found = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-design @ found))
        curve = design.T @ (design * (weights * chance * (1 - chance))[:, None])
        found = found + np.linalg.solve(curve, design.T @ (weights * (share - chance)))
    return np.asarray(found, np.float64)
