"""The stratified bootstrap: what it keeps to, what it repeats, what it refuses."""

import subprocess
import sys

import numpy as np
import pytest

from claims_env.errors import ConfigError, ContractBroken
from claims_env.statistics.aggregate import Scores, iqm, mean
from claims_env.statistics.stratified import band, blocks, distribution, estimates, over_rounds

SCORES = np.random.default_rng(1).random((10, 4))


def test_each_task_keeps_its_own_runs() -> None:
    scores = np.arange(12.0).reshape(3, 4)
    seen: list[Scores] = []

    def looked_at(drawn: Scores) -> Scores:
        seen.append(drawn)
        return mean(drawn)

    distribution(looked_at, scores, blocks(3, 4, 50, 0))
    assert seen[0].shape == (50, 3, 4)
    assert (seen[0] % 4 == np.arange(4)).all()


def test_blocks_add_up_to_the_draws_and_each_run_is_as_likely() -> None:
    drawn = list(blocks(10, 400, 150, 3))
    assert len(drawn) > 1
    assert sum(len(places) for places in drawn) == 150
    counts = np.bincount(np.concatenate(drawn).ravel(), minlength=10)
    assert counts.min() > 0.98 * 150 * 400 > 0.96 * counts.max()


def test_the_interval_of_a_mean_is_about_what_theory_says() -> None:
    scores = np.random.default_rng(0).normal(size=(400, 1))
    found = estimates(scores, {"mean": mean}, seed=0, draws=4000)["mean"]
    half = 1.96 * scores.std() / 20
    assert found.low is not None and found.high is not None
    assert found.value == pytest.approx(scores.mean())
    assert found.high - found.low == pytest.approx(2 * half, rel=0.05)


def test_the_same_seed_gives_the_same_interval() -> None:
    first, again, other = (estimates(SCORES, seed=s, draws=300) for s in (0, 0, 1))
    assert first == again != other


def test_another_process_finds_the_same_bytes() -> None:
    code = (
        "import numpy as np; from claims_env.statistics.stratified import estimates; "
        "print(estimates(np.random.default_rng(1).random((10, 4)), seed=0, draws=300))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == str(estimates(SCORES, seed=0, draws=300))


def test_a_single_run_has_no_interval() -> None:
    found = estimates([[0.25, 0.75]], seed=0, draws=10)["mean"]
    assert (found.value, found.low, found.high) == (0.5, None, None)


def test_a_learning_curve_draws_whole_runs() -> None:
    curve = np.stack([SCORES, SCORES + 1.0], axis=-1)
    found = band(over_rounds(iqm), curve, seed=0, draws=500)
    assert found.value.shape == (2,)
    assert found.low is not None
    assert np.diff(found.low) == pytest.approx([1.0])


def test_a_missing_cell_is_named() -> None:
    scores = np.array([[0.1, 0.2], [0.3, np.nan]])
    with pytest.raises(ContractBroken, match="run 1, task 1 is nan"):
        estimates(scores, seed=0, draws=10)


def test_settings_out_of_range_are_refused() -> None:
    with pytest.raises(ConfigError, match=r"level is 95\.0"):
        estimates(SCORES, seed=0, draws=10, level=95.0)
    with pytest.raises(ConfigError, match="draws is 0"):
        estimates(SCORES, seed=0, draws=0)
