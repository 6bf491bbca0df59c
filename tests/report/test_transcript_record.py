"""What is kept of a choice and of its costs, and what is counted in it."""

from dataclasses import replace
from pathlib import Path

import pytest
from report.recorded import RunWriter
from report.talked import CHANGES, COUNTS, GROUP, TALK, section, spend, talked

from claims_env.decision_record import (
    decision_as_json,
)
from claims_env.report import write_report
from claims_env.report.caveats import caveats
from claims_env.report.run_record import read_record
from claims_env.report.transcript_record import read_spent
from claims_env.report.transcript_tables import changes_table, repairs_table, usage_table


def test_the_repairs_of_each_round_are_counted(writer: RunWriter) -> None:
    table = repairs_table(read_record(talked(writer, decision_as_json(TALK))))
    assert table is not None
    (row,) = table.rows
    assert [cell.text for cell in row] == [
        "1", "vendor:served", "served, other", "2", "1", "2", "1", "0", "0", "1", "0", "50% (1/2)",
    ]  # fmt: skip
    assert row[2].tone == "weak"


def test_a_run_without_talks_has_no_table_of_them(two_rounds: Path) -> None:
    record = read_record(two_rounds)
    assert repairs_table(record) is None
    assert usage_table(record) is None


def test_what_a_broken_off_stage_spent_is_added_to_its_second_try(writer: RunWriter) -> None:
    folder = talked(writer, decision_as_json(TALK))
    timed_out = {**COUNTS, "answers": 1, "errors": {"timeout": 1}, "usd": 0.5, "served": {"x": 1}}
    line = {"round": 1, "stage": "decide", "chats": [COUNTS]}
    spend(folder, line, {**line, "chats": [timed_out]})
    (spent,) = read_spent(folder)[1]
    assert (spent.calls, spent.answers, spent.attempts, spent.usd) == (4, 3, 6, 0.75)
    assert spent.errors == {"timeout": 1}
    assert spent.others == ("other", "x")
    table = usage_table(read_record(folder))
    assert table is not None
    assert [cell.text for cell in table.rows[0]] == [
        "1", "scheduler", "vendor:served", "served, other, x", "4", "3", "1 timeout", "6", "3,700",
        "300", "0.7500",
    ]  # fmt: skip


def test_a_price_nobody_knows_is_never_a_zero(writer: RunWriter) -> None:
    folder = talked(writer, decision_as_json(TALK))
    unpriced = {**COUNTS, "usd": None, "estimated": 1}
    spend(folder, {"round": 1, "stage": "decide", "chats": [COUNTS, unpriced]})
    told = "2 of 2"
    table = usage_table(read_record(folder))
    assert table is not None
    assert [cell.text for cell in table.rows[0]][-3:] == ["~3,700", "~300", "unknown"]
    assert f"vendor:served: {told}" not in section(folder).text
    assert "at a price nobody knows. Answered by other." in section(folder).text


@pytest.mark.parametrize("line", ["no json", "[]", "{}", '{"round": 1, "chats": [{"purpose": 3}]}'])
def test_damaged_usage_is_passed_over(writer: RunWriter, line: str) -> None:
    folder = talked(writer)
    (folder / "usage.jsonl").write_text(f"{line}\n", "utf-8")
    assert read_spent(folder) == {}


def test_the_markdown_tells_what_changed_and_who_chose(writer: RunWriter) -> None:
    folder = talked(writer, decision_as_json(TALK))
    write_report(folder)
    told = (folder / "report.md").read_text("utf-8")
    assert "From round 0 to 1: how the prompts changed" in told
    assert "How the prompts were chosen, round by round" in told
    record = read_record(folder)
    before, after = record.rounds
    rows = changes_table(before, after, record).rows
    assert [cell.text for cell in rows[0]] == [
        "0", "speed rhythm 4 → 5; mean tier 2.5 → 2.8", "llm", "yes", "tracked", "lost at 20",
    ]  # fmt: skip
    assert [cell.text for cell in rows[1]][2:] == [
        "rule: cut at max_tokens (8000)", "no", "tracked", "rejected",
    ]  # fmt: skip


def test_what_no_model_chose_is_said_first(writer: RunWriter) -> None:
    folder = talked(writer, decision_as_json(replace(TALK, model="scripted")))
    told = caveats(read_record(folder))
    assert "No language model: the scheduler's answers come from scripted." in told
    assert "The rule in code chose 1 of 2 prompts in the model's place." in told


def test_a_model_that_chose_every_prompt_needs_no_caveat(writer: RunWriter) -> None:
    alone = replace(TALK, groups=(replace(GROUP, changes=CHANGES[:1]),))
    told = " ".join(caveats(read_record(talked(writer, decision_as_json(alone)))))
    assert "rule in code" not in told
    assert "script" not in told
