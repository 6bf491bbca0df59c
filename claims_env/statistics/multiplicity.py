"""Multiplicity: what is left of p-values when many questions were asked at once."""

import numpy as np
import numpy.typing as npt

from claims_env.errors import ContractBroken
from claims_env.statistics.aggregate import Scores


def holm(p: npt.ArrayLike) -> Scores:
    """Return p-values adjusted so that any false finding at all is rare, shape (questions,).

    Holm's step-down rule (1979): the k-th smallest of m is multiplied by m - k + 1. It holds
    however the questions depend on one another.
    """
    given, order = _ordered(p)
    factors = np.arange(len(given), 0, -1)
    stepped = np.maximum.accumulate(given[order] * factors)
    return _back(stepped, order)


def benjamini_hochberg(p: npt.ArrayLike) -> Scores:
    """Return p-values adjusted for the share of false findings among all, shape (questions,).

    Benjamini and Hochberg's step-up rule (1995): the k-th smallest of m is multiplied by m / k. It
    holds for independent and for positively dependent questions.
    """
    given, order = _ordered(p)
    factors = len(given) / np.arange(1, len(given) + 1)
    stepped = np.minimum.accumulate((given[order] * factors)[::-1])[::-1]
    return _back(stepped, order)


def _ordered(p: npt.ArrayLike) -> tuple[Scores, npt.NDArray[np.intp]]:
    given = np.asarray(p, dtype=np.float64)
    if given.ndim != 1 or not ((given >= 0) & (given <= 1)).all():
        raise ContractBroken(f"p-values are {given.tolist()}; expected one row within 0 to 1.")
    return given, np.argsort(given, kind="stable")


def _back(stepped: Scores, order: npt.NDArray[np.intp]) -> Scores:
    adjusted = np.empty_like(stepped)
    adjusted[order] = np.minimum(stepped, 1.0)
    return adjusted
