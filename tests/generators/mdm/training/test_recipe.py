from typing import Any

import pytest

from claims_env.errors import ConfigError
from claims_env.generators.mdm.training.recipe import Recipe


@pytest.mark.parametrize(
    ("field", "value"),
    [("batch", 0), ("learning_rate", 0.0), ("text_dropped", 0.0), ("average", 1.0),
     ("longest", 4), ("gradient_norm", -1.0), ("seed", -1)],
)  # fmt: skip
def test_a_setting_out_of_range_is_refused_by_name(field: str, value: Any) -> None:
    with pytest.raises(ConfigError, match=field):
        Recipe(**{field: value})


def test_the_learning_rate_falls_in_a_straight_line_and_stays_at_zero() -> None:
    recipe = Recipe(learning_rate=1.0, anneal_steps=4)
    assert [recipe.rate_at(step) for step in range(6)] == [1.0, 0.75, 0.5, 0.25, 0.0, 0.0]
    assert Recipe().rate_at(10**6) == 1e-4
