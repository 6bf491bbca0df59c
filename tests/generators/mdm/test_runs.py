"""A run with a model of the user's: what it tells, and with what it is continued."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("torch")

import torch
from generators.mdm.tiny_model import write_model

from claims_env.assembly import build_parts, env_of
from claims_env.cli import main
from claims_env.config import TrackerConfig
from claims_env.errors import NoMotionSurvived
from claims_env.mdm_config import MdmConfig
from claims_env.observer import NobodyWatches
from claims_env.presets import preset
from claims_env.tracker import Progress

QUICK = ["--generator", "mdm", "--tracker.name", "skill", "--held-out", "0", "--sets", "2"]


def begun(tmp_path: Path) -> tuple[Path, Path]:
    """Return a model and the folder of a run with it, whose clips were all rejected."""
    model, run = write_model(tmp_path / "model"), tmp_path / "run"
    asked = ["run", "smoke", *QUICK, "--checkpoint", str(model), "--mdm.frames", "20"]
    assert main([*asked, "--out", str(run)]) == 1
    return model, run


def edited(run: Path, before: str, after: str) -> None:
    config = run / "config.yaml"
    assert before in config.read_text()
    config.write_text(config.read_text().replace(before, after))


def test_a_run_whose_clips_were_all_rejected_promises_nothing_of_a_resume(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, run = begun(tmp_path)
    out, error = capsys.readouterr()
    assert "All 2 clips of round 0 were rejected" in error
    assert f"Start anew: claims-env run --from {run / 'config.yaml'}" in out
    assert "claims-env resume" not in out


def test_the_same_model_under_another_name_is_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model, run = begun(tmp_path)
    model.parent.rename(tmp_path / "moved")
    edited(run, f"{model}", f"{tmp_path / 'moved' / model.name}")
    capsys.readouterr()
    assert main(["resume", str(run)]) == 1
    error = capsys.readouterr().err
    assert "All 2 clips of round 0 were rejected" in error
    assert "began with something else" not in error


def test_what_differs_of_the_settings_is_named_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, run = begun(tmp_path)
    edited(run, "guidance: 2.5", "guidance: 3.0")
    capsys.readouterr()
    assert main(["resume", str(run)]) == 1
    told = capsys.readouterr().err
    assert "something else: generator_data.guidance was 2.5 and is 3.0. Restore" in told


def test_other_weights_are_told_by_their_hash(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model, run = begun(tmp_path)
    weights = torch.load(model, weights_only=True)
    torch.save({name: 1.01 * tensor for name, tensor in weights.items()}, model)
    capsys.readouterr()
    recorded = json.loads((run / "events.jsonl").read_text().splitlines()[0])["result"]
    assert set(recorded["generator_data"]["checkpoint"]) >= {"sha256", "heads", "weights"}
    assert str(model.name) not in json.dumps(recorded)
    assert main(["resume", str(run)]) == 1
    told = r"else: generator_data\.checkpoint\.sha256 was \w{16} and is \w{16}\. Restore"
    assert re.search(told, capsys.readouterr().err)


class Hears(NobodyWatches):
    """Keeps the fractions it is told of."""

    def __init__(self) -> None:
        self.fractions: list[float] = []

    def progress(self, progress: Progress) -> None:
        self.fractions.append(progress.fraction)


def test_a_run_tells_how_far_it_is_within_a_clip(tmp_path: Path) -> None:
    config = replace(
        preset("smoke"),
        generator="mdm",
        mdm=MdmConfig(checkpoint=write_model(tmp_path), frames=20, device="cpu"),
        tracker=TrackerConfig(name="skill"),
        held_out=0,
        sets=2,
    )
    hears = Hears()
    env = env_of(build_parts(config), config, observer=hears)
    with pytest.raises(NoMotionSurvived):
        env.reset(seed=0)
    tenths = [0.1, 0.2, 0.3, 0.4, 0.5, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.0]
    assert hears.fractions[: len(tenths)] == pytest.approx(tenths)
