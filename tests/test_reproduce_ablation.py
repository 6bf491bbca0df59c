"""The script of the ablations, end to end on the simulated tracker."""

import csv
import json
import runpy
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from toys import ForgetfulTracker

from claims_env.motion import Motion
from claims_env.tracker import Budget, OnProgress, TrainingReport

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
    assert "| full, seed 0 | offline:rule | 2x2 rule, no language model | 2 | 0 | 0 |" in told
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


class Fragile:
    """Breaks down, in a way of its own, when it trains for long."""

    def __init__(self) -> None:
        self.sound = ForgetfulTracker()
        self.facts, self.reset, self.evaluate = (
            self.sound.facts,
            self.sound.reset,
            self.sound.evaluate,
        )
        self.save, self.load = self.sound.save, self.sound.load

    def train(
        self, motions: Sequence[Motion], budget: Budget, on_progress: OnProgress | None = None
    ) -> TrainingReport:
        if budget.samples > 1000:
            raise ZeroDivisionError("too long")
        return self.sound.train(motions, budget, on_progress)


def test_a_tracker_that_breaks_down_in_a_way_of_its_own_ends_one_run_alone(
    script: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = {
        "tracker": "test_reproduce_ablation:Fragile",
        "arms": ("one-shot", "full"),
        "samples": 1000,
    }
    script["main"](options(script, tmp_path, **own))
    told = capsys.readouterr().out
    assert "- one-shot, seed 0, is missing: ZeroDivisionError: too long" in told
    assert "| full |" in told


def test_a_model_is_named_only_where_a_run_asked_one(
    script: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script["main"](options(script, tmp_path, arms=("one-shot",), model="openai:gpt-4o"))
    told = capsys.readouterr().out
    assert "Scheduler's model" not in told
    assert "NO LANGUAGE MODEL" not in told
    assert "Who chose" not in told


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"arms": ("fulll",)}, "Did you mean 'full'"),
        ({"arms": ()}, "Nothing is to be played"),
        ({"seeds": 0}, "Nothing is to be played"),
        ({"held_out": 0}, "Name a --suite, or --held-out of 1 or more"),
        ({"arms": ("full", "single-judge"), "judges": ()}, "'single-judge' needs a judge"),
    ],
)
def test_what_cannot_be_compared_is_refused_before_anything_is_played(
    script: dict[str, Any], tmp_path: Path, wrong: dict[str, Any], told: str
) -> None:
    with pytest.raises(SystemExit, match=told):
        script["main"](options(script, tmp_path / "out", **wrong))
    assert not (tmp_path / "out").exists()


def test_a_missing_key_leaves_no_begun_folder(
    script: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(SystemExit, match="No run came to an end"):
        script["main"](options(script, tmp_path, arms=("full",), model="openai:gpt-4o"))
    assert "full, seed 0, is missing" in capsys.readouterr().out
    assert not (tmp_path / "full").exists()
