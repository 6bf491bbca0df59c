"""Distinctness: whether a base action can be told from its clip, whatever else the prompt says."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from claims_env.analysis.discriminant import fit
from claims_env.analysis.measured_clip import MeasuredClip
from claims_env.analysis.neighbours import distances, nearest_labels, z_scored
from claims_env.rotation import Floats

FIRST = 5
"""How many guesses a base action may be among."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often held-out clips of one base action were taken for another's."""

    true: str
    guessed: str
    times: int


@dataclass(frozen=True, slots=True)
class Distinctness:
    """How well base actions are recognised.

    Attributes:
        actions: How many there are; one in so many is chance.
        clips: How many held-out clips were tried.
        nearest: Share recognised by the nearest clip in z-scores of the signature.
        discriminant: Share recognised by the nearest class mean along the discriminants.
        among_first: Share whose action is among the nearest `FIRST` class means there.
        confusions: Mistakes of the nearest clip, the most frequent first.
    """

    actions: int
    clips: int
    nearest: float
    discriminant: float
    among_first: float
    confusions: tuple[Confusion, ...]


def distinctness(
    train: Sequence[tuple[str, MeasuredClip]], test: Sequence[tuple[str, MeasuredClip]]
) -> Distinctness:
    """Return how often test clips are given their own label by what training clips taught.

    Args:
        train: Labelled clips of some seeds.
        test: Labelled clips of other seeds.
    """
    rows, labels = _with_mirrors(train)
    tried, truth = np.stack([clip.signature for _, clip in test]), [label for label, _ in test]
    near, near_tried = z_scored(rows, tried)
    ranked = _ranked(rows, labels, tried)
    nearest = nearest_labels(near, labels, near_tried)
    return Distinctness(
        actions=len(set(labels)),
        clips=len(test),
        nearest=_share_equal(nearest, truth),
        discriminant=_share_equal([guesses[0] for guesses in ranked], truth),
        among_first=_share([t in g[:FIRST] for t, g in zip(truth, ranked, strict=True)]),
        confusions=_confusions(truth, nearest),
    )


def _ranked(rows: Floats, labels: Sequence[str], tried: Floats) -> list[list[str]]:
    """Return for each clip tried all labels, the one whose mean is nearest first."""
    kinds = sorted(set(labels))
    told = fit(rows, labels, len(kinds) - 1)
    places, own = told.project(rows), np.array(labels)
    means = np.stack([places[own == kind].mean(0) for kind in kinds])
    order: list[list[int]] = distances(told.project(tried), means).argsort(1).tolist()
    return [[kinds[i] for i in row] for row in order]


def _with_mirrors(clips: Sequence[tuple[str, MeasuredClip]]) -> tuple[Floats, list[str]]:
    """Return signatures of the clips and of their mirror images, and the label of each.

    A take may lead with either side, which changes what a body does and not what was asked.
    """
    rows = [*(clip.signature for _, clip in clips), *(clip.mirror for _, clip in clips)]
    return np.stack(rows), [label for label, _ in clips] * 2


def _share_equal(a: Sequence[str], b: Sequence[str]) -> float:
    return _share([x == y for x, y in zip(a, b, strict=True)])


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits)


def _confusions(truth: Sequence[str], guessed: Sequence[str]) -> tuple[Confusion, ...]:
    wrong = Counter((t, g) for t, g in zip(truth, guessed, strict=True) if t != g)
    return tuple(
        Confusion(true, other, times)
        for (true, other), times in sorted(wrong.items(), key=lambda item: (-item[1], item[0]))
    )
