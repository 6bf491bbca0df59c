"""What a report says of what stays learned, and of records that do not tell."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from toys import ForgetfulTracker, Toy

from claims_env.ledger import RunLedger
from claims_env.report import write_report
from claims_env.report.retention_table import forgotten, forgotten_table, retention_table
from claims_env.report.run_record import read_record
from claims_env.report.table import NONE
from claims_env.run_folder import read_rounds

NEWER = {"random", "corpus_random", "before", "retention"}
"""Fields that records of earlier versions lack."""


@pytest.fixture
def run(toy: Toy, tmp_path: Path) -> Path:
    """Return a run of three rounds of four clips, of which the tracker remembers the last five."""
    folder = tmp_path / "run"
    with RunLedger.create(folder, "rounds: 3\n", {"seed": 0}) as ledger:
        env = toy.env(ledger=ledger, tracker=ForgetfulTracker(5))
        env.reset(seed=0)
        for _ in range(2):
            env.step(env.action_space.sample())
    return folder


def aged(folder: Path, rounds: range = range(3)) -> Path:
    """Take from some rounds of a record what earlier versions did not write."""
    events = folder / "events.jsonl"
    lines = [json.loads(line) for line in events.read_text().splitlines()]
    kept = [
        json.dumps(line) if line["round"] not in rounds else older(line)
        for line in lines
        if line["round"] not in rounds or line["stage"] != "pretest"
    ]
    events.write_text("\n".join(kept) + "\n")
    return folder


def older(line: dict[str, Any]) -> str:
    text = json.dumps(line)
    return json.dumps(json.loads(text, object_hook=without_newer))


def without_newer(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key not in NEWER}


def test_rounds_go_down_and_the_clips_of_each_go_across(run: Path) -> None:
    table = retention_table(read_record(run))
    assert table is not None
    assert [[cell.text for cell in row[:4]] for row in table.rows] == [
        ["the start", "(0%)", NONE, NONE],
        ["round 0", "100%", "(0%)", NONE],
        ["round 1", "25%", "100%", "(0%)"],
        ["round 2", "0%", "25%", "100%"],
    ]
    assert [row[-2].text for row in table.rows] == [NONE, "100%", "62%", "42%"]
    assert [row[-1].text for row in table.rows] == [NONE, NONE, "75% (3/4)", "88% (7/8)"]
    assert "clips of round 1 (4)" in table.headings


def test_the_forgotten_clips_are_named(run: Path) -> None:
    cell = forgotten(read_rounds(run)[1])
    assert cell.hint == "r000_s000, r000_s001, r000_s002"
    assert cell.tone == "bad"


def test_each_forgotten_clip_is_shown_with_its_prompt_and_its_history(run: Path) -> None:
    record = read_record(run)
    table = forgotten_table(record)
    assert table is not None
    assert [row[0].text for row in table.rows][-1] == "r001_s002"
    assert table.rows[0][1].text == record.rounds[0].sets[0].prompt.text
    assert [row[2].text for row in table.rows][2:5] == ["✓ ✗ ✗", "✓ ✓ ✗", "✓ ✗"]


def test_where_nothing_is_forgotten_nothing_is_listed(run: Path) -> None:
    record = read_record(run)
    assert forgotten_table(replace(record, rounds=record.rounds[:1])) is None


def test_the_page_shades_the_table_and_the_text_tells_the_same(run: Path) -> None:
    page = write_report(run).read_text("utf-8")
    assert '<td class="heat" style="--heat:0.250"' in page
    assert "What stays learned" in page
    assert "88% (7/8)</b><span>forgotten" in page
    told = (run / "report.md").read_text("utf-8")
    assert re.search(r"\| round 1 +\| 25% +\| 100% +\| \(0%\) ", told)


def test_a_record_from_before_all_this_still_gives_its_page(run: Path) -> None:
    record = read_record(aged(run))
    assert record.last.retention is None and record.last.before is None
    assert retention_table(record) is None
    page = write_report(run).read_text("utf-8")
    assert "What stays learned" not in page
    assert "forgotten" not in page


def test_a_run_begun_before_all_this_shows_what_it_recorded_since(run: Path) -> None:
    table = retention_table(read_record(aged(run, range(1))))
    assert table is not None
    assert [cell.text for cell in table.rows[0]] == ["the start", *[NONE] * 5]
    assert [cell.text for cell in table.rows[1]] == [
        "round 0", "100%", "(0%)", NONE, "100%", NONE,
    ]  # fmt: skip
    assert [cell.text for cell in table.rows[2][:3]] == ["round 1", "25%", "100%"]
