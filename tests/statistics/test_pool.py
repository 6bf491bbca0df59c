"""Worlds taken together: what so many seeds can see in them."""

import numpy as np
import pytest

from claims_env.statistics.pool import visible_effect


def test_the_visible_effect_by_hand() -> None:
    # differences of -0.1 and 0.1 in turn, ten runs: spread 0.1 sqrt(10 / 9), one pair
    turn = np.tile([[0.1], [-0.1]], (5, 1))
    found = visible_effect({"a": 0.5 + turn, "b": np.full((10, 1), 0.5)}, 0.05)
    assert found == pytest.approx(
        (1.95996 + 0.84162) * 0.1 * np.sqrt(10 / 9) / np.sqrt(10), rel=1e-4
    )


def test_more_comparisons_need_more() -> None:
    rng = np.random.default_rng(0)
    scores = {str(k): rng.normal(size=(10, 2)) for k in range(6)}
    two, six = visible_effect(dict(list(scores.items())[:2]), 0.05), visible_effect(scores, 0.05)
    assert two is not None and six is not None
    assert six > two


def test_without_a_spread_nothing_is_said() -> None:
    assert visible_effect({"a": np.zeros((10, 1)), "b": np.ones((10, 1))}, 0.05) is None
    assert visible_effect({"a": np.zeros((10, 1))}, 0.05) is None
    assert visible_effect({"a": np.zeros((1, 1)), "b": np.ones((1, 1))}, 0.05) is None
