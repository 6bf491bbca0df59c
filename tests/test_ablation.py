"""Several arms over several seeds: means, intervals and gaps by hand, and the page they make."""

import pytest
from toys import Toy

from claims_env.ablation import AVERAGE, Ablation, Choice, Outcome, choice_of, outcomes_of
from claims_env.ablation_page import ablation_page, shown
from claims_env.agents.random_scheduler import RandomScheduler
from claims_env.bootstrap import Estimate
from claims_env.decision_record import Asking, Decision, GroupTalk, SetChange
from claims_env.run import run


def runs(arm: str, loop: int, *success: float, suite: str = "a", clips: int = 10) -> list[Outcome]:
    return [Outcome(arm, seed, loop, suite, clips, s) for seed, s in enumerate(success)]


FOUND = Ablation(
    (
        *runs("full", 0, 10.0, 20.0, 30.0),
        *runs("full", 1, 40.0, 60.0, 80.0),
        *runs("full", 1, 0.0, 10.0, 20.0, suite="b", clips=30),
        *runs("without-metrics", 1, 30.0, 50.0, 70.0),
        *runs("without-metrics", 1, 0.0, 10.0, 20.0, suite="b", clips=30),
        *runs("one-shot", 0, 55.0),
    )
)


def test_a_success_is_the_mean_over_seeds_with_an_interval_around_it() -> None:
    found = FOUND.success("full", 1, "a")
    assert found is not None
    assert found.value == 60.0
    assert found.low is not None
    assert found.high is not None
    assert 40.0 <= found.low < 60.0 < found.high <= 80.0


def test_a_single_seed_has_no_interval() -> None:
    assert FOUND.success("one-shot", 0, "a") == Estimate(55.0, None, None)


def test_what_was_not_run_has_no_success() -> None:
    assert FOUND.success("full", 5, "a") is None


def test_the_average_weighs_suites_by_their_clips() -> None:
    # (10 * 40 + 30 * 0) / 40, (10 * 60 + 30 * 10) / 40, (10 * 80 + 30 * 20) / 40
    assert FOUND.by_seed("full", 1, AVERAGE) == {0: 10.0, 1: 22.5, 2: 35.0}


def test_a_gap_is_had_seed_by_seed_so_that_equal_gaps_are_certain() -> None:
    assert FOUND.gap("without-metrics", "full", "a") == Estimate(-10.0, -10.0, -10.0)


def test_a_run_gives_an_outcome_for_each_round_and_suite(toy: Toy) -> None:
    env = toy.env(rounds=2)
    found = outcomes_of("random", 3, run(RandomScheduler(toy.library), env, seed=3))
    assert [(o.arm, o.seed, o.loop, o.suite, o.clips) for o in found] == [
        ("random", 3, 0, "toy", 2),
        ("random", 3, 1, "toy", 2),
    ]
    assert all(0 <= o.success <= 100 for o in found)


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (None, "-"),
        (Estimate(1.26, None, None), "+1.3"),
        (Estimate(-1.0, -2.0, 0.5), "-1.0 [-2.0, +0.5]"),
        (Estimate(0.0, -0.04, 0.04), "0.0 [0.0, 0.0]"),
    ],
)
def test_a_gap_is_shown_with_its_sign(figure: Estimate | None, text: str) -> None:
    assert shown(figure, signed=True) == text


def test_the_page_says_first_what_was_real_and_ends_with_the_papers_doubts() -> None:
    page = ablation_page(FOUND, ["Nothing here was real.", "Neither was this."])
    assert "- **Nothing here was real.**\n- Neither was this." in page
    lines = page.splitlines()
    assert any(line.startswith("| full | 20.0 [") for line in lines)
    assert "| without-metrics (w/o metrics) | 48.0 | 50.7 | 54.6 |" in page
    assert "| one-shot (after L0) | 55.0 |" in page
    assert "misprint" in page[page.index("What does not fit together") :]
    assert lines[-1].startswith("- Tab. 4:")


def test_every_row_of_a_table_has_as_many_cells_as_its_head() -> None:
    blocks = [b for b in ablation_page(FOUND, ["x"]).split("\n\n") if b.startswith("|")]
    assert len(blocks) == 4
    for block in blocks:
        assert len({line.count("|") for line in block.splitlines()}) == 1


def decided(*outcomes: str, served: str = "m-2") -> Decision:
    changes = tuple(SetChange(i, outcome, {}) for i, outcome in enumerate(outcomes))
    talk = GroupTalk("combat", (Asking("", (0,), served), Asking("", (1,))), {}, changes)
    return Decision("v:m", "scheduler 1", {}, (talk,))


def test_who_chose_is_counted_over_all_rounds_of_a_run() -> None:
    first = decided("llm", "llm after correction", "rule: cut at max_tokens (8000)")
    second = decided("llm asked again", "rule", "redrawn", served="m-3")
    found = choice_of("full", 1, [first, second])
    assert found == Choice("full", 1, "v:m", ("m-2", "m-3"), model=3, rule=2, redrawn=1)
    assert choice_of("one-shot", 0, []) is None


def test_the_page_begins_with_what_the_rule_chose_in_the_models_place() -> None:
    ruled = Choice("full", 1, "v:m", (), model=0, rule=4, redrawn=1)
    well = Choice("without-metrics", 0, "v:m", ("m-2",), model=5, rule=0, redrawn=0)
    page = ablation_page(Ablation(FOUND.outcomes, (ruled, well)), ["x"])
    first = page.split("\n\n")[1]
    assert first.startswith("**The rule in code, not the model")
    assert first.endswith("full, seed 1: 4 of 4.**")
    assert "| full, seed 1 | v:m | nobody | 0 | 4 | 1 |" in page
    assert "| without-metrics, seed 0 | v:m | m-2 | 5 | 0 | 0 |" in page
    assert ablation_page(Ablation(FOUND.outcomes, (well,)), ["x"]).split("\n\n")[1] == "- **x**"


def test_gaps_are_free_of_what_binary_fractions_add() -> None:
    # 100 * 0.55 is 55.00000000000001
    shares = [Outcome(arm, 0, 0, "a", 20, 100 * s) for arm, s in (("full", 0.5), ("b", 0.55))]
    assert Ablation(tuple(shares)).gap("b", "full", "a") == Estimate(5.0, None, None)
