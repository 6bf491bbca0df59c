"""Nearest neighbours: whether clips of one kind lie closer to each other than to other kinds."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from claims_env.rotation import Floats


def distances(a: Floats, b: Floats) -> Floats:
    """Return the Euclidean distance of every row of `a` to every row of `b`, shape (a, b)."""
    squared = (a**2).sum(1)[:, None] + (b**2).sum(1) - 2 * a @ b.T
    return np.asarray(np.sqrt(np.maximum(squared, 0)))


def nearest_labels(train: Floats, labels: Sequence[str], test: Floats, k: int = 1) -> list[str]:
    """Return for each test row the label most of its k nearest training rows have.

    Of labels equally frequent among them, the one that comes nearest first is taken.
    """
    order: list[list[int]] = distances(test, train).argsort(1, kind="stable")[:, :k].tolist()
    votes = [Counter(labels[i] for i in row) for row in order]
    return [vote.most_common(1)[0][0] for vote in votes]


def z_scored(train: Floats, *others: Floats) -> tuple[Floats, ...]:
    """Return rows with every figure in deviations from the training rows' mean."""
    centre, scale = train.mean(0), train.std(0)
    scale = np.where(scale > 1e-9, scale, 1.0)
    return tuple((rows - centre) / scale for rows in (train, *others))


def silhouette(rows: Floats, labels: Sequence[str]) -> float:
    """Return the mean silhouette of labelled rows (Rousseeuw 1987), -1 to 1.

    For each row, with a the mean distance to its own kind and b that to the nearest other kind,
    (b - a) / max(a, b); a row alone of its kind counts 0, and so do all if there is but one kind.
    """
    kinds, apart = sorted(set(labels)), distances(rows, rows)
    if len(kinds) < 2:
        return 0.0
    members = np.array([[label == kind for label in labels] for kind in kinds])
    sums, counts = apart @ members.T, members.sum(1)
    own = np.array([kinds.index(label) for label in labels])
    each = np.arange(len(rows))
    a = sums[each, own] / np.maximum(counts[own] - 1, 1)
    others = sums / counts
    others[each, own] = np.inf
    b = others.min(1)
    scores = np.where(counts[own] > 1, (b - a) / np.maximum(np.maximum(a, b), 1e-12), 0.0)
    return float(scores.mean())
