"""The summary of a benchmark: what is pooled, who competes, what is missing."""

import numpy as np
import pytest
from bench_scores import SCHEDULERS, WORLDS, bench_scores

from claims_env.benchmark_summary import summarise
from claims_env.errors import ContractBroken
from claims_env.statistics.benchmark_scores import BenchmarkScores

SUMMARY = summarise(bench_scores(), draws=300)


def test_simulated_worlds_and_physics_are_never_pooled_and_controls_with_nothing() -> None:
    assert [(pool.kind, pool.worlds) for pool in SUMMARY.pools] == [
        ("simulated", ("rasch", "forgetting")),
        ("physics", ("mujoco",)),
    ]


def test_the_oracle_is_shown_and_does_not_compete() -> None:
    pool = SUMMARY.pools[0]
    assert next(iter(pool.aggregates)) == "oracle"
    assert "oracle" not in pool.decision.names
    assert "oracle" not in pool.robust.schedulers
    assert pool.decision.winner == "plr"


def test_the_way_from_random_to_the_oracle_is_the_scale_of_gains() -> None:
    gain = SUMMARY.pools[0].gain
    assert gain["random"].value == pytest.approx(0)
    assert gain["oracle"].value == pytest.approx(1)
    assert gain["greedy-easiest"].value < 0 < gain["plr"].value < 1


def test_head_room_is_how_far_the_oracle_is_ahead() -> None:
    forgetting = SUMMARY.worlds[1]
    assert forgetting.decision is not None
    assert forgetting.head_room is not None
    final = bench_scores().final[:, 1].mean(1)
    assert forgetting.decision.best == "plr"
    assert forgetting.head_room.estimate.value == pytest.approx(final[4] - final[2])
    assert forgetting.head_room.p == 2 / 256


def test_a_control_says_what_was_found_where_nothing_is() -> None:
    ((name, decision),) = SUMMARY.controls
    assert name == "null"
    assert not decision.found


def test_a_missing_cell_leaves_out_its_scheduler_there_and_nowhere_else() -> None:
    summary = summarise(bench_scores(lost=True), draws=100)
    simulated, physics = summary.pools
    assert "edit" in simulated.aggregates
    assert "edit" not in physics.aggregates
    assert "edit" not in summary.worlds[3].curves
    assert summary.agreement[0][1].schedulers == 4


def test_worlds_that_order_schedulers_alike_agree() -> None:
    assert SUMMARY.agreement_worlds == ("rasch", "forgetting", "mujoco")
    agreement = SUMMARY.agreement[0][2]
    assert agreement.tau is not None
    assert agreement.tau.value == 1.0
    assert agreement.p == pytest.approx(1 / 120)


def test_the_same_scores_give_the_same_summary() -> None:
    again = summarise(bench_scores(), draws=300)
    assert again.pools[0].aggregates == SUMMARY.pools[0].aggregates
    assert again.worlds[0].decision == SUMMARY.worlds[0].decision
    assert again.agreement == SUMMARY.agreement


def test_one_seed_and_one_scheduler_can_be_summarised() -> None:
    scores = BenchmarkScores(("edit",), WORLDS[:1], np.full((1, 1, 1, 1), 0.5))
    (pool,) = summarise(scores, draws=10).pools
    assert pool.aggregates["edit"]["IQM"].value == 0.5
    assert pool.aggregates["edit"]["IQM"].low is None
    assert pool.decision.winner is None


def test_a_benchmark_nobody_finished_is_refused() -> None:
    scores = BenchmarkScores(SCHEDULERS, WORLDS, np.full((5, 4, 2, 3), np.nan))
    with pytest.raises(ContractBroken, match="No scheduler in competition finished all its runs"):
        summarise(scores)


def test_scores_of_other_schedulers_are_refused() -> None:
    with pytest.raises(ContractBroken, match=r"expected \(5, 4\) schedulers and worlds"):
        BenchmarkScores(SCHEDULERS, WORLDS, np.zeros((4, 4, 2, 3)))
