"""The bootstrap: what it returns, what it keeps to, and what it admits not to know."""

import numpy as np
import pytest

from claims_env.bootstrap import Places, estimate
from claims_env.rank_correlation import paired, spearman

VALUES = np.array([1.0, 2.0, 3.0, 10.0])


def mean(places: Places) -> float:
    return float(VALUES[places].mean())


def test_the_value_is_that_of_the_clips_themselves() -> None:
    found = estimate(mean, [0] * 4, seed=0)
    assert found is not None
    assert found.value == 4.0
    assert found.low is not None and found.high is not None
    assert 1.0 <= found.low < 4.0 < found.high <= 10.0


def test_the_same_seed_gives_the_same_interval() -> None:
    assert estimate(mean, [0] * 4, seed=5) == estimate(mean, [0] * 4, seed=5)
    assert estimate(mean, [0] * 4, seed=5) != estimate(mean, [0] * 4, seed=6)


def test_the_interval_is_about_what_theory_says() -> None:
    values = np.random.default_rng(2).normal(size=400)
    found = estimate(lambda p: float(values[p].mean()), [0] * 400, seed=0)
    assert found is not None and found.low is not None and found.high is not None
    half = 1.96 * values.std() / np.sqrt(400)
    assert found.high - found.low == pytest.approx(2 * half, rel=0.1)


def test_groups_keep_their_sizes() -> None:
    sizes: set[tuple[int, ...]] = set()

    def counted(places: Places) -> float:
        groups = np.array([0, 0, 0, 1])[places]
        sizes.add((int((groups == 0).sum()), int((groups == 1).sum())))
        return 0.0

    estimate(counted, ["a", "a", "a", "b"], seed=0)
    assert sizes == {(3, 1)}


def test_a_single_clip_has_no_interval() -> None:
    found = estimate(lambda p: 3.0, ["only"], seed=0)
    assert found is not None
    assert (found.value, found.low, found.high) == (3.0, None, None)


def test_without_clips_or_without_a_figure_there_is_no_estimate() -> None:
    assert estimate(mean, [], seed=0) is None
    assert estimate(lambda p: None, [0, 0], seed=0) is None


def test_draws_that_determine_nothing_are_left_out() -> None:
    columns = paired([1, 2], [3, 4])
    found = estimate(lambda p: spearman(columns.table(p)), [0, 0], seed=0)
    assert found is not None
    assert found.low == pytest.approx(1.0)
    assert found.high == pytest.approx(1.0)
