"""The paper's tables as data: that they are what was printed, and that the averages come out."""

import pytest

from claims_env.errors import ConfigError
from claims_env.paper_tables import averages, clip_weighted, paper_table, suite_clips


@pytest.mark.parametrize(("number", "rows"), [(1, 8), (2, 3), (3, 15), (4, 2), (5, 7)])
def test_every_row_of_a_table_has_a_figure_in_each_column(number: int, rows: int) -> None:
    table = paper_table(number)
    assert len(table.rows) == rows
    assert all(len(row.cells) == len(table.columns) == 4 for row in table.rows)


def test_a_table_that_is_not_kept_is_refused_by_number() -> None:
    with pytest.raises(ConfigError, match=r"Table 9 .* Known: 1, 2, 3, 4, 5"):
        paper_table(9)


def test_a_row_that_is_not_there_is_refused_by_name() -> None:
    with pytest.raises(ConfigError, match="no row 'full L9'"):
        paper_table(3).row("full", "L9")


def test_the_suites_hold_2201_clips() -> None:
    assert sum(suite_clips().values()) == 663 + 45 + 1320 + 173 == 2201


def test_an_average_weighs_each_suite_by_its_clips() -> None:
    # (3 * 50 + 1 * 90) / 4
    assert clip_weighted({"a": 50.0, "b": 90.0}, {"a": 3, "b": 1, "not asked": 7}) == 60.0


def test_a_suite_of_unknown_size_is_not_averaged() -> None:
    with pytest.raises(ConfigError, match="how many clips c hold"):
        clip_weighted({"a": 50.0, "c": 1.0}, {"a": 3})


def test_the_averages_of_table_1_come_out_but_for_one_misprint() -> None:
    found = averages(paper_table(1))
    off = [a for a in found if not a.is_as_printed]
    # L1 is (663 * 47.7 + 45 * 33.3 + 1320 * 75.3 + 173 * 38.7) / 2201 = 139214.7 / 2201
    assert [(a.row.loop, a.row.average) for a in off] == [("L1", 64.0)]
    assert off[0].recomputed == pytest.approx(139214.7 / 2201)
    assert any("64.0" in doubt and "63.3" in doubt for doubt in paper_table(1).doubts)


def test_what_comes_out_within_a_tenth_only_is_told() -> None:
    found = {a.row.loop or a.row.method: round(a.recomputed, 2) for a in averages(paper_table(1))}
    assert (found["AMASS"], found["L4"]) == (58.27, 71.87)
    # the appendix has other cells for L0, and only those are shares of whole clips
    appendix = {"Kungfu": 37.9, "EMDB": 31.1, "AIST++": 68.9, "VC": 33.5}
    assert round(clip_weighted(appendix, suite_clips()), 1) == 56.0
    doubts = " ".join(paper_table(1).doubts)
    assert all(figure in doubts for figure in ("58.27", "71.867", "37.9", "33.5", "68.9"))


def test_table_3_by_clips_has_full_tie_with_the_arm_without_vlms() -> None:
    at_l3 = {a.row.method: a.recomputed for a in averages(paper_table(3)) if a.row.loop == "L3"}
    rounded = {method: round(value, 1) for method, value in at_l3.items()}
    assert rounded == {
        "full (var)": 72.4,
        "w/o var": 68.7,
        "w/o VLMs": 72.4,
        "w/o metrics": 67.7,
        "w/o VLMs+metrics": 67.7,
    }


def test_full_in_table_3_is_claims_in_table_1() -> None:
    one, three = paper_table(1), paper_table(3)
    for loop in ("L1", "L2", "L3"):
        assert one.row("CLAIMS", loop).cells == three.row("full (var)", loop).cells


def test_the_failure_rate_falls_by_the_45_percent_the_paper_states() -> None:
    table = paper_table(1)
    before, after = table.row("AMASS").average, table.row("CLAIMS", "L6").average
    assert before is not None
    assert after is not None
    # (41.7 - 23.1) / 41.7
    assert 1 - (100 - after) / (100 - before) == pytest.approx(0.446, abs=0.001)
