"""What the tables of a report say where nothing was said."""

from dataclasses import replace

from report.recorded import RunWriter, entry, finished, prompt

from claims_env.prompt import UNSAID
from claims_env.report.run_record import read_record
from claims_env.report.run_tables import prompt_table
from claims_env.report.table import NONE


def test_a_slot_left_unsaid_is_a_dash(writer: RunWriter) -> None:
    curt = replace(prompt("a step"), template="Do {base_action}.", detail=UNSAID)
    record = read_record(writer.write(finished(0, [entry("c0", prompt=curt)])))
    (row,) = prompt_table(record.last, record).rows
    (tiers,) = [cell for cell in row if cell.text == f"1 2 {NONE} 4"]
    assert f"detail: {NONE}\n" in tiers.hint
    assert "tier 0" not in tiers.hint
