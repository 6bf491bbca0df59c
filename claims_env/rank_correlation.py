"""Rank correlations: whether one figure rises with another, whatever the shape of the rise.

Both are read from a table of how often each pair of values occurs, so that a bootstrap, which only
changes the counts, need not sort again.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from claims_env.rotation import Floats

Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class PairedColumns:
    """Two columns of equal length, as places in the order of their values.

    Attributes:
        first: Place of each value of the first column among its different values, from 0.
        second: Likewise.
        shape: How many different values each column has.
    """

    first: Places
    second: Places
    shape: tuple[int, int]

    def table(self, places: Places | None = None) -> Floats:
        """Return how often each pair of values occurs, shape as `shape`.

        Args:
            places: Rows to count, some perhaps several times; None counts each once.
        """
        cells = self.first * self.shape[1] + self.second
        chosen = cells if places is None else cells[places]
        counts = np.bincount(chosen, minlength=self.shape[0] * self.shape[1])
        return counts.reshape(self.shape).astype(float)


def paired(a: npt.ArrayLike, b: npt.ArrayLike) -> PairedColumns:
    """Return two columns of equal length as places in the order of their values."""
    values, first = np.unique(np.asarray(a, dtype=float), return_inverse=True)
    others, second = np.unique(np.asarray(b, dtype=float), return_inverse=True)
    return PairedColumns(first, second, (len(values), len(others)))


def spearman(table: Floats) -> float | None:
    """Return Spearman's correlation, -1 to 1, of the pairs a table counts.

    Pearson's correlation of the ranks (Spearman, 1904); equal values share their mean rank. None
    where a column does not vary: then there is no order to compare.
    """
    rows, columns = table.sum(1), table.sum(0)
    first, second = _centred_ranks(rows), _centred_ranks(columns)
    size = float(np.sqrt((rows @ first**2) * (columns @ second**2)))
    return float(first @ table @ second) / size if size > 0 else None


def kendall(table: Floats) -> float | None:
    """Return Kendall's tau-b, -1 to 1, of the pairs a table counts.

    Pairs in the same order minus pairs in opposite order, over the geometric mean of the pairs each
    column tells apart (Kendall, 1945). None where a column does not vary.
    """
    up_to = table.cumsum(0).cumsum(1)
    same = (table[1:, 1:] * up_to[:-1, :-1]).sum()
    opposite = (table[1:] * (up_to[:-1, -1:] - up_to[:-1])).sum()
    told_apart = (table.sum() ** 2 - np.array([(table.sum(i) ** 2).sum() for i in (0, 1)])) / 2
    size = float(np.sqrt(told_apart.prod()))
    return float(same - opposite) / size if size > 0 else None


def _centred_ranks(counts: Floats) -> Floats:
    """Return the mean rank of each value that occurs so often, less the mean of all ranks."""
    ranks = np.cumsum(counts) - (counts - 1) / 2
    return np.asarray(ranks - (counts.sum() + 1) / 2)
