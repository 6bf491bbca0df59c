"""Which tiers may be chosen."""

import numpy as np
from toys import curt_library, tiny_library

from claims_env.tier_mask import masked, offered_tiers


def standing(*tiers: float) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    return np.array([[(tier - 1) / 4] for tier in tiers])


def test_every_tier_with_words_of_its_own_is_offered() -> None:
    assert offered_tiers(tiny_library()).all()
    # phrases of tiers 1, 3 and 5 alone: 2 means what 1 does, 4 what 3 does
    assert offered_tiers(curt_library()).tolist() == [[True, False, True, False, True]] * 2


def test_tiers_out_of_reach_are_masked() -> None:
    offered = np.ones((2, 5), bool)
    allowed = masked(offered, standing(1.0, 3.5), reach=1.0)
    assert allowed.tolist() == [
        [True, True, False, False, False],
        [False, False, True, True, False],
    ]


def test_where_nothing_is_in_reach_the_nearest_is_left() -> None:
    offered = np.array([[True, False, False, False, True]])
    assert masked(offered, standing(2.0), reach=0.5).tolist() == [[True, *[False] * 4]]
