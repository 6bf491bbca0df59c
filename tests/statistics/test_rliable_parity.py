"""What rliable 1.2.0 and marl-eval 0.0.4 find on the same inputs, pinned.

The numbers were printed by rliable 1.2.0 (arch 7.2.0, pandas 2.3.3, NumPy 2.4.6, SciPy 1.17.1) and
id-marl-eval 0.0.4. Point estimates must be equal to rounding. Intervals must be equal too where
both are given the same draws: rliable draws from NumPy's global legacy generator (also where it is
handed a `random_state`, which it does not use), so that seeding one alike gives its very indices.
"""

import numpy as np
import pytest

from claims_env.statistics.aggregate import (
    AGGREGATES,
    Scores,
    iqm,
    mean,
    median,
    optimality_gap,
)
from claims_env.statistics.improvement import (
    improvement_distribution,
    improvement_matrix,
    probability_of_improvement,
)
from claims_env.statistics.performance_profile import above
from claims_env.statistics.stratified import Places, distribution, estimates, over_rounds

EXACT = 1e-12


def shared(which: int, runs: int = 10) -> Scores:
    """Return scores any program can make, without a generator."""
    i, j = np.ogrid[:runs, :4]
    return np.asarray(
        ((37 * i + 101 * j + 53 * which + 7 * i * j * (which + 1)) % 97) / 97 + 0.05 * which
    )


A, B, C = shared(0), shared(1, 8), shared(2)
THRESHOLDS = np.array([0, 0.25, 0.5, 0.75, 1.0, A[3, 2]])


def all_four(scores: Scores) -> Scores:
    return np.stack([f(scores) for f in (iqm, mean, median, optimality_gap)], axis=-1)


def rliables_draws(draws: int, *runs: int, seed: int = 7) -> list[Places]:
    """Return the runs rliable takes under a global seed, for each matrix: (draws, runs, 4)."""
    legacy = np.random.RandomState(seed)
    drawn = [[legacy.choice(n, (n, 4), replace=True) for n in runs] for _ in range(draws)]
    return [np.array([each[k] for each in drawn]) for k in range(len(runs))]


@pytest.mark.parametrize(
    ("scores", "pinned"),
    [
        (A, [0.4628865979381443, 0.4654639175257732, 0.4654639175257732, 0.5345360824742269]),
        (B, [0.5596649484536083, 0.5635309278350515, 0.5635309278350515, 0.43798324742268036]),
        (C, [0.529381443298969, 0.5574742268041236, 0.5670103092783505, 0.44590206185567016]),
    ],
)
def test_point_estimates_are_those_of_rliable(scores: Scores, pinned: list[float]) -> None:
    assert all_four(scores) == pytest.approx(pinned, abs=EXACT)


def test_probabilities_of_improvement_are_those_of_rliable() -> None:
    assert probability_of_improvement(A, B) == pytest.approx(0.403125, abs=EXACT)
    assert probability_of_improvement(B, A) == pytest.approx(0.596875, abs=EXACT)
    assert probability_of_improvement(A, C) == pytest.approx(0.41, abs=EXACT)
    ties = [np.round(4 * scores) / 4 for scores in (A, C)]
    assert probability_of_improvement(*ties) == pytest.approx(0.4275, abs=EXACT)


def test_performance_profiles_are_those_of_rliable() -> None:
    found = above(THRESHOLDS)(A)
    assert found == pytest.approx([0.975, 0.7, 0.475, 0.225, 0.0, 0.35], abs=EXACT)


def test_intervals_on_the_same_draws_are_those_of_rliable() -> None:
    found = distribution(all_four, A, rliables_draws(500, 10))
    pinned = [
        [0.33375, 0.38091494845360824, 0.36823453608247425, 0.4371971649484536],
        [0.5935695876288659, 0.5628028350515463, 0.5603092783505155, 0.6190850515463917],
    ]
    assert np.percentile(found, [2.5, 97.5], axis=0) == pytest.approx(np.array(pinned), abs=EXACT)


def test_bands_on_the_same_draws_are_those_of_rliable() -> None:
    found = distribution(above(THRESHOLDS), A, rliables_draws(300, 10))
    pinned = [[0.925, 0.55, 0.325, 0.1, 0.0, 0.225], [1.0, 0.85, 0.625, 0.35, 0.0, 0.5]]
    assert np.percentile(found, [2.5, 97.5], axis=0) == pytest.approx(np.array(pinned), abs=EXACT)


def test_intervals_of_improvement_on_the_same_draws_are_those_of_rliable() -> None:
    found = improvement_distribution(A, B, *rliables_draws(300, 10, 8))
    assert np.percentile(found, [2.5, 97.5]) == pytest.approx([0.26875, 0.534375], abs=EXACT)


def test_learning_curves_are_those_of_rliable_but_for_its_draws_within_rounds() -> None:
    curve = np.stack([A * k / 4 for k in (1, 2, 4)], axis=-1) ** 1.5
    points = [0.0412014653175196, 0.11653534208336185, 0.3296117225401568]
    assert over_rounds(iqm)(curve) == pytest.approx(points, abs=EXACT)


def test_own_draws_agree_within_monte_carlo_error() -> None:
    # 50,000 draws each: bounds scatter by about 1 % of the interval's width
    pinned = {
        "IQM": (0.327319587628866, 0.5917525773195875),
        "mean": (0.37654639175257726, 0.5548969072164948),
        "median": (0.365979381443299, 0.5649484536082474),
        "optimality gap": (0.4451030927835051, 0.6234536082474227),
    }
    found = estimates(A, seed=0, draws=20_000)
    for name in AGGREGATES:
        width = pinned[name][1] - pinned[name][0]
        assert (found[name].low, found[name].high) == pytest.approx(pinned[name], abs=0.03 * width)


def test_aggregates_of_marl_evals_scale_are_those_of_marl_eval() -> None:
    # it scales each task to the least and greatest score of anyone in it, plus a millionth
    logged = np.stack([A, C])
    logged = np.concatenate([logged, logged / 2], axis=1)  # an earlier step of half the score
    low, high = logged.min((0, 1)), logged.max((0, 1))
    scaled = [(scores - low) / (high - low + 1e-6) for scores in (A, C)]
    pinned = [
        [0.44573762890884383, 0.4536232251688658, 0.44718005753879086, 0.5463767748311342],
        [0.5234497690969745, 0.5418640113317231, 0.5520944168139267, 0.4581359886682769],
    ]
    for scores, expected in zip(scaled, pinned, strict=True):
        assert all_four(scores) == pytest.approx(expected, abs=EXACT)


def test_means_of_one_task_are_those_of_marl_eval() -> None:
    # its interval is 1.96 sd / sqrt(10) whatever the number of runs, and is not reproduced
    assert mean(A[:, :1]) == pytest.approx(0.4164948453608247, abs=EXACT)
    assert mean(C[:, :1]) == pytest.approx(0.5092783505154639, abs=EXACT)


def test_the_matrix_holds_the_point_probabilities() -> None:
    found = improvement_matrix({"a": A, "b": B, "c": C}, seed=0, draws=200)
    assert found.value[0] == pytest.approx([0.5, 0.403125, 0.41], abs=EXACT)
    assert found.value + found.value.T == pytest.approx(np.ones((3, 3)))
    assert (found.low <= found.value).all() and (found.value <= found.high).all()


def test_another_scheduler_changes_nobodys_interval() -> None:
    two = improvement_matrix({"a": A, "b": B}, seed=0, draws=200)
    three = improvement_matrix({"c": C, "b": B, "a": A}, seed=0, draws=200)
    assert three.low[2, 1] == pytest.approx(two.low[0, 1], abs=EXACT)
    assert three.high[2, 1] == pytest.approx(two.high[0, 1], abs=EXACT)
