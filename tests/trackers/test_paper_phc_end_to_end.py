"""The paper's loop on PHC's double, from the command line, with every bad luck there is."""

import json
import re
import shlex
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from phc_jobs import light_torch

from claims_env.cli import main
from claims_env.run_folder import read_events
from claims_env.trackers.doubles.faults import FAULTS, VARIABLE
from claims_env.trackers.doubles.phc import write_checkout

PASSING = ("jobs", "retries", "exit_status")
"""What a record tells of how a training went, on which nothing rests."""

SESSIONS: list[tuple[dict[str, int], str, str]] = [
    ({"slow_start": 1, "gpu_oom": 1}, "oom", "CUDA out of memory"),
    ({"crash_before_write": 2}, "crash", "told to crash before it wrote"),
    ({"full_disk": 1}, "disk_full", "No space left on device"),
    ({"nan": 2}, "bad_output", "weights that are not finite"),
    ({"truncated": 2}, "bad_output", "no whole checkpoint of PHC"),
    ({"wrong_count": 2}, "bad_output", "performed 1"),
    ({"segfault": 2}, "crash", "SIGSEGV"),
    ({"stale_failed_keys": 2}, "bad_output", "failures of another clip set"),
]
"""What happens in each session until it is too much, the kind it is called, and what is told."""


class Pipeline:
    """Starts and resumes a run of the paper's size in nothing, on a double of its own."""

    def __init__(
        self, folder: Path, capsys: pytest.CaptureFixture[str], *, rounds: int = 3
    ) -> None:
        self.rounds = rounds
        self.folder, self.run, self.checkout = folder, folder / "run", folder / "phc"
        self._capsys = capsys
        folder.mkdir()
        write_checkout(self.checkout)
        light_torch(folder)

    def start(self) -> tuple[int, str]:
        """Begin the run, or resume it; return the exit status and what it said in errors."""
        begun = (self.run / "run.json").exists()
        status = main(["resume", str(self.run)] if begun else self._begin())
        return status, self._capsys.readouterr().err

    def events(self) -> list[dict[str, Any]]:
        """Return the record, but for the names of jobs, which tell where the tracker lies."""
        return [_without_jobs(event) for event in read_events(self.run)]

    def jobs(self) -> list[Path]:
        return list((self.run / "jobs").iterdir())

    def _begin(self) -> list[str]:
        light = shlex.quote(f"PYTHONPATH={self.folder / 'light'}")
        python = f"env OMP_NUM_THREADS=1 {light} {shlex.quote(sys.executable)}"
        return [
            "run", "paper-phc", "--rounds", str(self.rounds), "--sets", "2",
            "--scheduler", "ladder",
            "--generator", "composer", "--judges", "kinematic", "posture", "--filter", "default",
            "--tracker.samples", str(4 * 512 * 32), "--external.num-envs", "512",
            "--external.python", python, "--external.repository", str(self.checkout),
            "--external.stall-seconds", "8", "--external.grace-seconds", "0.3",
            "--out", str(self.run),
        ]  # fmt: skip


def _without_jobs(event: Any) -> Any:
    if isinstance(event, dict):
        return {k: _without_jobs(v) for k, v in event.items() if k not in PASSING}
    return [_without_jobs(one) for one in event] if isinstance(event, list) else event


def test_a_run_with_every_fault_ends_in_the_rounds_of_an_undisturbed_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    calm = Pipeline(tmp_path / "calm", capsys)
    assert calm.start() == (0, "")
    assert not any(path.name.count("-") > 1 for path in calm.jobs())

    rough = Pipeline(tmp_path / "rough", capsys)
    for faults, kind, told in SESSIONS:
        monkeypatch.setenv(VARIABLE, json.dumps(faults))
        status, error = rough.start()
        assert status == 1, (faults, error)
        _require_whole_story(error, kind, told)
        _require_prefix(rough.events(), calm.events())
    # one that is survived without a word, and those that cost a second attempt
    monkeypatch.setenv(VARIABLE, json.dumps({"crash_after_write": 1, "hang": 1, "divergence": 1}))
    status, _ = rough.start()
    assert status == 0
    assert rough.events() == calm.events()
    happened = Counter((rough.checkout / ".faults").read_text().split())
    assert set(happened) == set(FAULTS)
    for pipeline in (calm, rough):
        _require_no_copies(pipeline)


def _require_no_copies(pipeline: Pipeline) -> None:
    """Of each training one checkpoint stays, whatever failed; and no second one in its round."""
    for folder in pipeline.jobs():
        found = [
            p for p in folder.rglob("*") if p.suffix in (".pth", ".ckpt") or "parent" in p.name
        ]
        learned = folder / "Humanoid.pth"
        assert found == ([learned] if learned.exists() else [])
    kept = sorted(pipeline.run.glob("rounds/*/tracker.ckpt"))
    assert len(kept) == 3 and all(path.stat().st_nlink == 2 for path in kept)


def _require_whole_story(error: str, kind: str, told: str) -> None:
    """An error shows what broke, the command, the exit status, the log's tail, and the folder."""
    assert kind in error and told in error, error
    command = re.search(r"^Command: (.+)$", error, re.MULTILINE)
    assert command and "phc_worker.py" in command.group(1)
    assert re.search(r"^Exit status: |Exit status: 1\.", error, re.MULTILINE)
    assert "--- stdout.log" in error
    folder = re.search(r"Everything about it is in (.+)$", error, re.MULTILINE)
    assert folder and (Path(folder.group(1)) / "result.json").exists()


def _require_prefix(events: list[Any], whole: list[Any]) -> None:
    """Whatever a disturbed run has recorded is what the undisturbed one has, so far."""
    assert events == whole[: len(events)]


def test_it_goes_on_where_our_own_death_left_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    calm = Pipeline(tmp_path / "calm", capsys, rounds=2)
    assert calm.start() == (0, "")
    first = sorted(path.name for path in calm.jobs())
    # the record of the last rounds is lost, and the jobs are there
    lines = (calm.run / "events.jsonl").read_text().splitlines(keepends=True)
    whole = calm.events()
    kept = next(i for i, line in enumerate(lines) if json.loads(line)["round"] == 1)
    (calm.run / "events.jsonl").write_text("".join(lines[: kept + 2]))
    assert calm.start()[0] == 0
    assert calm.events() == whole
    assert "A double stood in for phc: no physics." in (calm.run / "report.md").read_text()
    assert sorted(path.name for path in calm.jobs()) == first, "nothing was done twice"
