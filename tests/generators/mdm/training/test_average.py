import torch

from claims_env.generators.mdm.training.average import follow
from claims_env.generators.mdm.training.recipe import Recipe


def test_the_average_keeps_its_share_and_takes_the_rest_from_the_weights() -> None:
    average = {"a": torch.tensor([1.0, 2.0])}
    for _ in range(2):
        follow(average, {"a": torch.tensor([5.0, 2.0])}, 0.75)
    # 0.75 * 1 + 0.25 * 5 = 2, then 0.75 * 2 + 0.25 * 5 = 2.75
    assert average["a"].tolist() == [2.75, 2.0]


def test_a_warm_average_forgets_the_beginning_and_ends_at_its_rate() -> None:
    warm, cold = Recipe(), Recipe(warm_average=False)
    assert warm.average_at(0) == 0.1
    assert warm.average_at(90) == 0.91
    assert warm.average_at(10**6) == 0.9999
    assert cold.average_at(0) == 0.9999
