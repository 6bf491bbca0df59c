"""The leaderboard's page: it says what is simulated, what is missing, and who cannot be told."""

import re
from dataclasses import replace

import numpy as np
from bench_scores import SCHEDULERS, WORLDS, bench_scores

from claims_env.benchmark_summary import summarise
from claims_env.report.bench_bands import GREY, BandLine, band_chart
from claims_env.report.bench_charts import hues_of, interval_chart, learning_charts, profile_chart
from claims_env.report.bench_matrices import agreement_table, improvement_table, rank_table
from claims_env.report.bench_page import leaderboard_markdown, leaderboard_page
from claims_env.report.bench_tables import budget_table, leaderboard_table, world_table
from claims_env.report.bench_whiskers import Whisker, whisker_chart
from claims_env.report.bench_words import caveats, headline
from claims_env.report.table import NONE, Table
from claims_env.statistics.benchmark_scores import BenchmarkScores

SUMMARY = summarise(bench_scores(lost=True), draws=200)
SIMULATED, PHYSICS = SUMMARY.pools
PAGE = leaderboard_page(SUMMARY, "A <benchmark>")


def column(table: Table, heading: str) -> list[str]:
    place = table.headings.index(heading)
    return [row[place].text for row in table.rows]


def test_the_page_is_one_file_that_repeats() -> None:
    assert leaderboard_page(SUMMARY, "A <benchmark>") == PAGE
    assert "http" not in re.sub(r"http-equiv|http://www\.w3\.org\S*", "", PAGE)
    assert "A &lt;benchmark&gt;" in PAGE


def test_every_figure_says_whether_it_is_simulated() -> None:
    titles = re.findall(r"<figcaption>(.*?)</figcaption>", PAGE)
    assert len(titles) == 2 * 2 + 4
    assert all("simulated" in title or "physics" in title for title in titles)


def test_a_winner_is_a_headline() -> None:
    assert headline(SUMMARY).startswith("Winner (simulated worlds): plr, better than each")


def test_no_winner_is_a_headline_too() -> None:
    level = np.random.default_rng(1).normal(0.5, 0.1, size=(5, 4, 8, 3))
    summary = summarise(BenchmarkScores(SCHEDULERS, WORLDS, level), draws=50)
    assert headline(summary) == (
        "No winner (simulated worlds): no two schedulers can be told apart. "
        "No winner (physics, mujoco): no two schedulers can be told apart."
    )


def test_what_to_read_first_names_missing_cells_controls_and_budgets() -> None:
    said = "\n".join(caveats(SUMMARY))
    assert "never pooled" in said
    assert "Missing: edit on mujoco, seed 2 (<killed>)." in said
    assert "Not ranked over physics worlds, for want of cells: edit." in said
    assert "Control 'null', in which no scheduler has an effect: no difference was found" in said
    assert "not matched in trained: from 640 (random) to 700 (plr)" in said
    assert "seconds" not in said
    assert "all 256 sign flips of 8 runs" in said
    assert "likely (80 %) to see differences of about 1.9 points" in said
    assert "&lt;killed&gt;" in PAGE


def test_few_seeds_are_said_to_be_few() -> None:
    assert any("With 3 seed(s)" in s for s in caveats(summarise(bench_scores(3), draws=50)))


def test_purely_simulated_results_say_so_first() -> None:
    scores = bench_scores()
    only = BenchmarkScores(SCHEDULERS, WORLDS[:2], scores.held_out[:, :2])
    assert caveats(summarise(only, draws=50))[0].startswith("Everything here is simulated")


def test_the_leaderboard_is_sorted_and_keeps_the_oracle_out_of_competition() -> None:
    table = leaderboard_table(SIMULATED, SUMMARY)
    assert column(table, "scheduler") == ["oracle", "plr", "edit", "random", "greedy-easiest"]
    assert column(table, "p against the best mean")[:2] == ["out of competition", "best"]
    assert column(table, "leads in worlds")[1] == "2 of 2"
    assert "median [%]" not in leaderboard_table(PHYSICS, SUMMARY).headings


def test_nothing_rounds_to_a_signed_nought() -> None:
    assert "-0.0" not in leaderboard_markdown(SUMMARY, "T")


def test_ranks_mark_who_cannot_be_told_from_the_best() -> None:
    table = rank_table(SIMULATED)
    assert column(table, "forgetting") == ["1*", "2", "3", "4"]
    assert column(table, "mean rank") == ["1.0", "2.0", "3.0", "4.0"]


def test_probabilities_of_improvement_add_up() -> None:
    table = improvement_table(SIMULATED)
    assert [row[k + 1].text for k, row in enumerate(table.rows)] == [NONE] * 5
    first, second = table.rows[0][2].sort, table.rows[1][1].sort
    assert first is not None and second is not None
    assert round(first + second, 12) == 1.0


def test_agreement_says_which_worlds_are_simulated() -> None:
    table = agreement_table(SUMMARY)
    assert table is not None
    assert table.headings == (
        "world",
        "rasch (simulated)",
        "forgetting (simulated)",
        "mujoco (physics)",
    )
    assert table.rows[0][0].text == "rasch (simulated)"
    assert "over 4 schedulers" in table.caption


def test_a_single_world_agrees_with_nobody() -> None:
    only = BenchmarkScores(SCHEDULERS, WORLDS[:1], bench_scores().held_out[:, :1])
    summary = summarise(only, draws=50)
    assert agreement_table(summary) is None
    assert budget_table(summary) is None
    assert "Kendall" not in leaderboard_page(summary, "T")


def test_worlds_show_their_head_room() -> None:
    table = world_table(SUMMARY)
    assert column(table, "winner")[:3] == ["plr", "plr", "none"]
    assert column(table, "kind") == ["simulated", "simulated", "simulated, control", "physics"]
    assert column(table, "p of it")[1] == "0.008"


def test_budgets_mark_who_used_another_amount() -> None:
    table = budget_table(SUMMARY)
    assert table is not None
    assert [row[2].tone for row in table.rows] == ["", "", "weak", "", ""]
    assert [row[3].tone for row in table.rows] == [""] * 5
    assert column(table, "plays its episodes again")[2] == "claims-env validate results.jsonl"


def test_every_chart_is_drawn_from_the_same_summary() -> None:
    assert interval_chart(SIMULATED).html.count("<circle") == 5
    assert profile_chart(SIMULATED).html.count("<polygon") == 5
    assert len(learning_charts(SUMMARY)) == 4
    assert "in null (simulated, control)" in learning_charts(SUMMARY)[2].html


def test_colours_go_to_the_yardsticks_and_the_best() -> None:
    order = ["oracle", *(f"s{k}" for k in range(8)), "random"]
    hues = hues_of(order)
    assert list(hues) == ["oracle", "s0", "s1", "s2", "random"]
    assert GREY not in hues.values()
    assert len(set(hues.values())) == 5


def test_grey_lines_have_neither_band_nor_key() -> None:
    flat = (1.0, 2.0)
    lines = [BandLine("a", flat, flat, flat, 0), BandLine("b", flat, flat, flat, GREY)]
    drawn = band_chart("T", lines, (0.0, 1.0), "round").html
    assert drawn.count("<polygon") == 1
    assert drawn.count("swatch") == 1
    assert "<title>b</title>" in drawn


def test_a_line_without_a_band_and_a_single_round_can_be_drawn() -> None:
    drawn = band_chart("T", [BandLine("a", (1.0,), None, None, 0)], (0.0,), "round").html
    assert "nan" not in drawn
    assert "<polygon" not in drawn


def test_a_figure_without_an_interval_has_no_whisker() -> None:
    rows = [Whisker("a", 1.0, None, None, 0, "h"), Whisker("b", 2.0, 1.0, 3.0, 0, "h")]
    drawn = whisker_chart("T", rows, "x").html
    assert drawn.count("stroke-width:3") == 1
    assert drawn.count("<circle") == 2


def test_few_seeds_decide_no_pair() -> None:
    for runs in (1, 3):
        (pool, _) = summarise(bench_scores(runs), draws=50).pools
        cells = [cell for row in improvement_table(pool).rows for cell in row]
        assert not any("*" in cell.text for cell in cells)
        assert any("nothing is known of the spread" in cell.hint for cell in cells) == (runs == 1)


def test_a_scheduler_alone_is_no_comparison_and_no_control() -> None:
    only = BenchmarkScores(("edit",), WORLDS, bench_scores().held_out[1:2])
    summary = summarise(only, draws=50)
    assert headline(summary).startswith("No comparison (simulated worlds): only edit")
    assert not any("Control" in sentence for sentence in caveats(summary))


def test_controls_that_alone_were_finished_settle_nothing() -> None:
    scores = bench_scores()
    held_out = scores.held_out.copy()
    held_out[:, [0, 1, 3]] = np.nan
    summary = summarise(BenchmarkScores(SCHEDULERS, WORLDS, held_out), draws=50)
    assert headline(summary).startswith("Nothing is settled: outside the controls nobody")


def test_whoever_lacks_cells_is_not_said_to_have_been_cheaper() -> None:
    scores = bench_scores(lost=True)
    budgets = {**scores.budgets, "plr": scores.budgets["random"], "edit": {"clips": 9.0}}
    summary = summarise(replace(scores, budgets=budgets), draws=50)
    assert not any("not matched" in sentence for sentence in caveats(summary))
    told = ("On rasch the budgets are not matched: so it is.",)
    assert told[0] in caveats(summarise(replace(scores, unmatched=told), draws=50))


def test_shares_of_a_way_that_may_be_none_are_left_out() -> None:
    few = summarise(bench_scores(3), draws=50).pools[0]
    assert SIMULATED.gain and not few.gain
