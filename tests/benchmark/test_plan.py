"""What a benchmark consists of: cells, their seeds, and how a plan may grow."""

from dataclasses import replace
from pathlib import Path

import pytest
from played_toys import toy_plan

from claims_env.benchmark.asked_part import read_part, split_parts
from claims_env.benchmark.cell import Cell, cell_seed
from claims_env.benchmark.folder import planned, writing
from claims_env.benchmark.plan import Plan, read_plan, write_plan
from claims_env.errors import ConfigError, LedgerError


def test_a_plan_has_every_scheduler_with_every_tracker_under_every_seed() -> None:
    cells = toy_plan(seeds=2).cells
    assert len(cells) == len(set(cells)) == 8
    assert cells[:3] == (Cell("easy", "bold", 0), Cell("easy", "bold", 1), Cell("easy", "shy", 0))


def test_schedulers_and_trackers_meet_the_same_seeds() -> None:
    plan = toy_plan()
    assert len({plan.seed_of(cell) for cell in plan.cells if cell.index == 1}) == 1


def test_seeds_follow_from_base_and_index_alone_and_zero_is_one_like_any_other() -> None:
    drawn = [cell_seed(0, index) for index in range(100)]
    assert len(set(drawn)) == 100
    assert all(0 <= seed < 2**31 for seed in drawn)
    assert cell_seed(0, 0) == 1484405855
    assert cell_seed(0, 1) != cell_seed(1, 0)


def test_a_plan_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_plan(toy_plan(), tmp_path / "plan.json")
    assert read_plan(tmp_path / "plan.json") == toy_plan()


def test_a_folder_without_a_plan_is_told(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"holds no benchmark: plan\.json is missing"):
        read_plan(tmp_path / "plan.json")


def test_a_plan_of_another_schema_is_refused(tmp_path: Path) -> None:
    write_plan(replace(toy_plan(), schema=99), tmp_path / "plan.json")
    with pytest.raises(LedgerError, match="written with schema 99"):
        read_plan(tmp_path / "plan.json")


def test_a_plan_grows_by_schedulers_trackers_and_seeds(tmp_path: Path) -> None:
    planned(tmp_path, toy_plan(("bold",), ("easy",), 2))
    grown = planned(tmp_path, toy_plan(("shy",), ("hard",), 1))
    assert (grown.schedulers, grown.trackers, grown.seeds) == (("bold", "shy"), ("easy", "hard"), 2)
    assert read_plan(tmp_path / "plan.json") == grown


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"sets": 9}, "sets was 1 and is 9"),
        ({"base_seed": 5}, "base_seed was 0 and is 5"),
        ({"actions": "other words"}, "actions was words and is other words"),
        ({"facts": {"easy": {"kind": "physics", "name": "easy"}}}, "kind was simulated and is ph"),
    ],
)
def test_a_plan_whose_cells_would_play_differently_is_refused_by_name(
    change: dict[str, object], told: str
) -> None:
    other: Plan = replace(toy_plan(), **change)  # type: ignore[arg-type]  # one field at a time
    with pytest.raises(LedgerError, match=told):
        toy_plan().grown(other)


def test_two_processes_do_not_write_one_folder(tmp_path: Path) -> None:
    refused = pytest.raises(LedgerError, match="Another process is writing")
    with writing(tmp_path), refused, writing(tmp_path):
        pass


def test_parts_are_read_with_their_settings() -> None:
    parts = split_parts("random, plr[beta=0.1,staleness=2] ,my_pkg:Mine[fast=true],random")
    assert [part.label for part in parts] == [
        "random",
        "plr[beta=0.1,staleness=2]",
        "my_pkg:Mine[fast=true]",
    ]
    assert parts[1].settings == {"beta": 0.1, "staleness": 2}
    assert parts[2].settings == {"fast": True}


def test_one_part_has_one_label_however_its_settings_are_ordered() -> None:
    assert read_part("plr[b=2, a=1]").label == read_part("plr[a=1,b=2]").label == "plr[a=1,b=2]"


@pytest.mark.parametrize("line", ["", " , ", "plr[beta]", "plr[beta=]", "plr[", "a b"])
def test_what_names_no_part_is_refused(line: str) -> None:
    with pytest.raises(ConfigError, match="Expected"):
        split_parts(line)


@pytest.mark.parametrize("field", ["seeds", "sets"])
def test_a_plan_of_nothing_is_refused(field: str) -> None:
    with pytest.raises(ConfigError, match=f"'{field}' is 0"):
        replace(toy_plan(), **{field: 0})
