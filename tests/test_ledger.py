"""The record: atomic, resumable at every stage, equal to the uninterrupted run byte for byte."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from toys import Toy

from claims_env.agents.rule_scheduler import RuleScheduler
from claims_env.errors import LedgerError
from claims_env.ledger import RunLedger, Work, write_atomically
from claims_env.motion import Motion
from claims_env.run import run
from claims_env.run_folder import read_clock, read_events, read_header, read_rounds

STAGES = 2 * 7 + 1
"""Of a toy run: two rounds of seven stages, and one decision."""


class PowerCut(BaseException):
    """Ends a run as abruptly as a test can."""


class DyingLedger:
    """A run ledger whose power is cut while a given stage is at work, or right after it."""

    def __init__(self, ledger: RunLedger, stages: int, *, before_recording: bool) -> None:
        self._ledger, self._left, self._before = ledger, stages, before_recording

    def stage(self, round_index: int, name: str, work: Work) -> dict[str, Any]:
        self._left -= 1
        if self._left == 0 and self._before:
            work()
            raise PowerCut
        result = self._ledger.stage(round_index, name, work)
        if self._left == 0:
            raise PowerCut
        return result

    def keep_motion(self, round_index: int, motion: Motion) -> None:
        self._ledger.keep_motion(round_index, motion)

    def motion(self, round_index: int, name: str) -> Motion:
        return self._ledger.motion(round_index, name)

    def keep_arrays(self, round_index: int, name: str, arrays: Mapping[str, Any]) -> None:
        self._ledger.keep_arrays(round_index, name, arrays)

    def keep_document(self, round_index: int, name: str, content: Mapping[str, Any]) -> None:
        self._ledger.keep_document(round_index, name, content)

    def keep_checkpoint(self, round_index: int, save: Callable[[Path], None]) -> None:
        self._ledger.keep_checkpoint(round_index, save)

    def keep_unfinished(self, round_index: int, save: Callable[[Path], None]) -> None:
        self._ledger.keep_unfinished(round_index, save)

    def checkpoint(self, round_index: int) -> Path | None:
        return self._ledger.checkpoint(round_index)


def create(folder: Path) -> RunLedger:
    return RunLedger.create(folder, "seed: 0\n", {"claims_env": "test"})


def play(toy: Toy, ledger: RunLedger | DyingLedger) -> None:
    env = toy.env(ledger=ledger, sets=2, rounds=2)
    run(RuleScheduler(env.parts.library), env, seed=0, ledger=ledger)


def content(folder: Path) -> dict[str, bytes]:
    """Return every file but the clock, the only one equal runs may differ in."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "clock.jsonl"]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    from toys import tiny_library

    folder = tmp_path_factory.mktemp("uninterrupted") / "run"
    with create(folder) as ledger:
        play(Toy(tiny_library()), ledger)
    assert len(read_events(folder)) == STAGES
    return content(folder)


@pytest.mark.parametrize("before_recording", [True, False])
@pytest.mark.parametrize("stages", range(1, STAGES + 1))
def test_a_run_cut_at_any_stage_resumes_to_the_same_bytes(
    toy: Toy,
    tmp_path: Path,
    uninterrupted: dict[str, bytes],
    stages: int,
    before_recording: bool,
) -> None:
    folder = tmp_path / "run"
    with create(folder) as ledger, pytest.raises(PowerCut):
        play(toy, DyingLedger(ledger, stages, before_recording=before_recording))
    assert len(read_events(folder)) == stages - before_recording
    with RunLedger.resume(folder) as ledger:
        play(toy, ledger)
    assert content(folder) == uninterrupted


def test_a_killed_process_leaves_a_run_that_resumes_to_the_same_bytes(
    toy: Toy, tmp_path: Path, uninterrupted: dict[str, bytes]
) -> None:
    folder = tmp_path / "run"
    script = (
        "from pathlib import Path; from toys import Toy, tiny_library; "
        "import test_ledger as t; import sys; l = t.create(Path(sys.argv[1])); "
        "t.play(Toy(tiny_library()), l)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    process = subprocess.Popen([sys.executable, "-c", script, str(folder)], env=environment)
    events = folder / "events.jsonl"
    while process.poll() is None and not (events.exists() and events.stat().st_size):
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.wait()
    with RunLedger.resume(folder) as ledger:
        play(toy, ledger)
    assert content(folder) == uninterrupted


def test_finishing_twice_changes_nothing(
    toy: Toy, tmp_path: Path, uninterrupted: dict[str, bytes]
) -> None:
    folder = tmp_path / "run"
    for open_ledger in (create, RunLedger.resume):
        with open_ledger(folder) as ledger:
            play(toy, ledger)
    assert content(folder) == uninterrupted


def test_rounds_read_back_are_the_rounds_played(toy: Toy, tmp_path: Path) -> None:
    with create(tmp_path / "run") as ledger:
        env = toy.env(ledger=ledger, sets=2, rounds=2)
        rounds = run(RuleScheduler(env.parts.library), env, seed=0, ledger=ledger)
    assert read_rounds(tmp_path / "run") == rounds
    assert {entry["stage"] for entry in read_clock(tmp_path / "run")} >= {"train", "decide"}


def test_a_torn_last_line_is_dropped(tmp_path: Path) -> None:
    with create(tmp_path / "run") as ledger:
        ledger.stage(0, "first", lambda: {"value": 1})
    with (tmp_path / "run" / "events.jsonl").open("a") as file:
        file.write('{"round": 0, "stage": "sec')
    with RunLedger.resume(tmp_path / "run") as ledger:
        ledger.stage(0, "second", lambda: {"value": 2})
    assert [e["stage"] for e in read_events(tmp_path / "run")] == ["first", "second"]


def test_a_full_disk_leaves_the_record_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with create(tmp_path / "run") as ledger:
        ledger.stage(0, "first", lambda: {"value": 1})
        before = content(tmp_path / "run")

        def full(descriptor: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(LedgerError, match=r"disk is full.*claims-env resume"):
            ledger.stage(0, "second", lambda: {"value": 2})
        assert content(tmp_path / "run") == before
        with pytest.raises(OSError, match="No space"):
            write_atomically(tmp_path / "run" / "config.yaml", b"half")
        assert content(tmp_path / "run") == before
        monkeypatch.undo()
        ledger.stage(0, "second", lambda: {"value": 2})
    assert len(read_events(tmp_path / "run")) == 2


def test_a_folder_in_use_is_refused(tmp_path: Path) -> None:
    with (
        create(tmp_path / "run"),
        pytest.raises(LedgerError, match="Another process is writing"),
    ):
        RunLedger.resume(tmp_path / "run")


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("do not lose me")
    with pytest.raises(LedgerError, match="not empty"):
        create(tmp_path)


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LedgerError, match=r"cannot be written.*--out"):
        create(tmp_path / "file" / "run")


def test_a_run_of_another_schema_is_refused(tmp_path: Path) -> None:
    create(tmp_path / "run").close()
    header = tmp_path / "run" / "run.json"
    header.write_text(json.dumps({"schema_version": 99, "claims_env": "9.0"}))
    with pytest.raises(LedgerError, match=r"schema version 99.*9\.0"):
        read_header(tmp_path / "run")


def test_a_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"run\.json is missing"):
        RunLedger.resume(tmp_path)


def test_one_record_holds_one_episode(toy: Toy, tmp_path: Path) -> None:
    with create(tmp_path / "run") as ledger:
        env = toy.env(ledger=ledger, sets=2, rounds=2)
        env.reset(seed=0)
        with pytest.raises(LedgerError, match="one episode"):
            env.reset(seed=0)


def test_a_torn_line_of_the_clock_does_no_harm(tmp_path: Path) -> None:
    with create(tmp_path / "run") as ledger:
        ledger.stage(0, "first", lambda: {"value": 1})
    with (tmp_path / "run" / "clock.jsonl").open("a") as file:
        file.write('{"round": 0, "st')
    with RunLedger.resume(tmp_path / "run") as ledger:
        ledger.stage(0, "second", lambda: {"value": 2})
    assert [e["stage"] for e in read_clock(tmp_path / "run")] == ["first", "second"]


def test_a_start_that_was_cut_off_may_be_made_again(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("seed: 0\n")
    with create(tmp_path) as ledger:
        assert read_header(ledger.folder)["claims_env"] == "test"
