"""The real rung: which seeds count, who is ahead of random, and which world foretold it."""

from pathlib import Path

import pytest
from rung_rows import SCHEDULERS, made_rung, made_world, rung_row

from claims_env.benchmark.real_rung import against_baseline, foretold, real_rung
from claims_env.benchmark.world_order import order_of, read_orders, write_orders
from claims_env.errors import BenchmarkError

FINALS = {"edit": (0.5, 0.7), "random": (0.4, 0.4), "rule": (0.3, 0.1)}


def test_a_seed_that_somebody_lacks_does_not_count_and_is_told_of() -> None:
    rows = [rung_row(name, seed, 0.5) for name in SCHEDULERS for seed in (0, 1)]
    rung = real_rung([*rows, rung_row("edit", 2, 0.9)])
    assert rung.seeds == (0, 1)
    assert rung.left_out == ("edit, seed 2, does not count: not everybody has finished that seed.",)
    assert rung.final().shape == (2, 3)


def test_runs_with_different_assist_are_not_compared() -> None:
    rows = [rung_row("edit", 0, 0.5), rung_row("random", 0, 0.5, assist=0.0)]
    with pytest.raises(BenchmarkError, match=r"of 2 kinds.*one assist"):
        real_rung(rows)


def test_where_no_seed_is_complete_there_is_nothing_to_compare() -> None:
    with pytest.raises(BenchmarkError, match="No seed was finished by every scheduler"):
        real_rung([rung_row("edit", 0, 0.5), rung_row("random", 1, 0.5)])


def test_schedulers_are_compared_with_random_on_the_same_seeds() -> None:
    found = against_baseline(made_rung(FINALS), seed=0)
    assert set(found) == {"edit", "rule"}
    assert found["edit"][0].estimate.value == pytest.approx(0.2)
    assert found["rule"][0].estimate.value == pytest.approx(-0.2)
    # two seeds: both of one sign in 2 of 4 flips, and twice that for two questions
    assert found["edit"][0].p == pytest.approx(0.5)
    assert found["edit"][1] == pytest.approx(1.0)


def test_a_world_in_the_same_order_agrees_and_one_upside_down_does_not() -> None:
    alike = made_world("rasch", [[0.6, 0.5, 0.4], [0.7, 0.5, 0.2]])
    opposite = made_world("deceptive", [[0.4, 0.5, 0.6], [0.3, 0.5, 0.6]])
    first, second = foretold(made_rung(FINALS), [alike, opposite], seed=0)
    assert first.agreement.tau is not None and second.agreement.tau is not None
    assert (first.agreement.tau.value, second.agreement.tau.value) == pytest.approx((1, -1))
    # one of six orders; two worlds were asked
    assert first.agreement.p == pytest.approx(1 / 6)
    assert first.holm == pytest.approx(1 / 3)
    assert (first.best, second.best) == ("edit", "rule")


def test_a_world_that_was_fitted_to_such_runs_is_shown_and_not_tested() -> None:
    worlds = [made_world(n, [[0.6, 0.5, 0.4], [0.7, 0.5, 0.2]]) for n in ("emulator", "rasch")]
    emulator, rasch = foretold(made_rung(FINALS), worlds, seed=0)
    assert emulator.holm is None
    assert rasch.holm == rasch.agreement.p


def test_the_scores_of_a_rung_are_what_the_statistics_of_a_benchmark_take() -> None:
    scores = made_rung(FINALS).scores
    assert scores.held_out.shape == (3, 1, 2, 2)
    assert scores.worlds[0].kind == "physics"
    assert scores.budgets["edit"]["training samples"] == 2000.0


def test_the_order_of_a_world_is_its_final_scores_and_survives_a_file(tmp_path: Path) -> None:
    rows = [rung_row(n, s, f) for n, fs in FINALS.items() for s, f in enumerate(fs)]
    order = order_of(rows)
    assert order.scores.tolist() == [[0.5, 0.4, 0.3], [0.7, 0.4, 0.1]]
    write_orders([order], tmp_path / "orders.jsonl")
    (again,) = read_orders(tmp_path / "orders.jsonl")
    assert again.of(["rule", "edit"]).tolist() == [[0.3, 0.5], [0.1, 0.7]]
    assert (again.world, again.sets, again.rounds) == ("mujoco", 15, 2)


def test_a_world_somebody_did_not_play_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match="'rasch' was not played by ladder"):
        made_world("rasch", [[0.1, 0.2, 0.3]]).of(["edit", "ladder"])
    rows = [rung_row("edit", 0, 0.5), rung_row("edit", 1, 0.5), rung_row("rule", 0, 0.5)]
    with pytest.raises(BenchmarkError, match="has 3 episodes; expected each of 2 schedulers"):
        order_of(rows)
    (tmp_path / "orders.jsonl").write_text("nonsense\n")
    with pytest.raises(BenchmarkError, match="holds no scores of worlds"):
        read_orders(tmp_path / "orders.jsonl")
