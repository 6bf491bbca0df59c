"""What a damaged run folder says of itself: which file it is, and never a traceback."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from claims_env.errors import LedgerError
from claims_env.ledger import RunLedger
from claims_env.run_folder import (
    read_arrays,
    read_clock,
    read_events,
    read_header,
    read_rounds,
    round_folder,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "run"
    with RunLedger.create(path, "seed: 1\n", {"seed": 1}) as ledger:
        for name in ("first", "second"):
            ledger.stage(0, name, lambda: {"found": 3})
        ledger.keep_arrays(0, "tracked", {"c.tracked": np.zeros((2, 24, 3))})
    return path


def append(path: Path, content: bytes) -> None:
    path.write_bytes(path.read_bytes() + content)


@pytest.mark.parametrize("text", ["[]", "3", "null", "{", '"run"'])
def test_a_header_that_is_no_mapping_is_refused_by_name(folder: Path, text: str) -> None:
    (folder / "run.json").write_text(text)
    with pytest.raises(LedgerError, match=r"run\.json .*Restore it from a backup"):
        read_header(folder)


@pytest.mark.parametrize(
    "line",
    [
        b"3",
        b"[]",
        b"{}",
        b"",
        b"{",
        b'"\xff"',
        b'{"round": 0, "stage": "train"}',
        b'{"round": 0, "stage": "train", "result": 3}',
        b'{"round": "0", "stage": "train", "result": {}}',
    ],
)
def test_a_line_that_records_no_stage_is_refused_by_its_number(folder: Path, line: bytes) -> None:
    append(folder / "events.jsonl", line + b"\n")
    with pytest.raises(LedgerError, match=r"events\.jsonl is damaged: line 3 "):
        read_events(folder)


def test_a_torn_last_line_is_passed_over_even_if_it_is_no_text(folder: Path) -> None:
    append(folder / "events.jsonl", b'{"round": 1, "st\xff\xfe')
    assert [event["stage"] for event in read_events(folder)] == ["first", "second"]


def test_a_record_that_cannot_be_opened_is_refused_by_name(folder: Path) -> None:
    (folder / "events.jsonl").unlink()
    (folder / "events.jsonl").mkdir()
    with pytest.raises(LedgerError, match=r"events\.jsonl cannot be read"):
        read_events(folder)


@pytest.mark.parametrize("result", [{}, {"round": 3}, {"round": {"index": 0}}])
def test_a_closed_round_that_is_none_is_refused(folder: Path, result: dict[str, Any]) -> None:
    event = {"round": 0, "stage": "close", "result": result}
    append(folder / "events.jsonl", json.dumps(event).encode() + b"\n")
    with pytest.raises(LedgerError, match="holds a damaged round"):
        read_rounds(folder)


@pytest.mark.parametrize(
    "line",
    [
        b"3",
        b"{",
        b"\xff",
        b'{"round": 0}',
        b'{"round": 0, "stage": "x", "seconds": "1"}',
        b'{"round": 0, "stage": "x", "seconds": NaN}',
    ],
)
def test_the_clock_passes_over_what_is_no_time(folder: Path, line: bytes) -> None:
    path = folder / "clock.jsonl"
    path.write_bytes(line + b"\n" + path.read_bytes() + b'{"round": 0')
    assert [entry["stage"] for entry in read_clock(folder)] == ["first", "second"]


def test_a_clock_that_cannot_be_opened_has_no_times(folder: Path) -> None:
    (folder / "clock.jsonl").unlink()
    assert read_clock(folder) == []
    (folder / "clock.jsonl").mkdir()
    assert read_clock(folder) == []


def test_damaged_arrays_are_as_good_as_none(folder: Path) -> None:
    path = round_folder(folder, 0) / "tracked.npz"
    whole = path.read_bytes()
    assert read_arrays(folder, 0, "tracked")["c.tracked"].shape == (2, 24, 3)
    for content in (b"", b"broken", whole[:-30], whole[:60] + b"\xff" * 20 + whole[80:]):
        path.write_bytes(content)
        assert read_arrays(folder, 0, "tracked") == {}
