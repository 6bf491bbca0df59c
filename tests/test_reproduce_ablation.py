"""The script of the ablations, end to end on the simulated tracker."""

import csv
import json
import runpy
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "scripts" / "reproduce_ablation.py"


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(SCRIPT))


def options(script: dict[str, Any], out: Path, **more: Any) -> Any:
    small = {"seeds": 1, "rounds": 2, "sets": 2, "held_out": 2, "judges": ("kinematic",)}
    return script["Options"](out=out, **{**small, "arms": ("full", "one-shot"), **more})


def test_two_arms_are_run_compared_written_and_not_run_again(
    script: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script["main"](options(script, tmp_path))
    told = capsys.readouterr().out
    assert "NOTHING WAS TRAINED" in told
    assert "NO LANGUAGE MODEL WAS ASKED" in told
    assert "| one-shot (after L0) |" in told
    with (tmp_path / "ablation.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found = [(row["arm"], row["seed"], row["loop"]) for row in rows]
    assert found == [("full", "0", "0"), ("full", "0", "1"), ("one-shot", "0", "0")]
    assert json.loads((tmp_path / "ablation.json").read_text("utf-8"))["said"]
    page, events = (tmp_path / "ablation.md").read_text("utf-8"), tmp_path / "full/seed-0"
    before = (events / "events.jsonl").read_bytes()
    script["main"](options(script, tmp_path))
    assert (events / "events.jsonl").read_bytes() == before
    assert (tmp_path / "ablation.md").read_text("utf-8") == page


def test_a_run_begun_with_other_settings_is_told_of_and_left_out(
    script: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script["main"](options(script, tmp_path, arms=("one-shot",)))
    script["main"](options(script, tmp_path, arms=("one-shot", "random-prompts"), sets=3, rounds=1))
    told = capsys.readouterr().out
    assert "one-shot, seed 0, is missing" in told
    assert "was begun with other settings. Name another folder with --out" in told
    assert "| random-prompts |" in told
