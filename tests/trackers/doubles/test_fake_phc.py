import ast
import json
import os
import pickle
import subprocess
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from claims_env.trackers.doubles import faults
from claims_env.trackers.doubles import phc as double
from claims_env.trackers.doubles.phc import checkpoint, figures, metrics, settings, skill
from claims_env.trackers.doubles.phc.library import Library
from claims_env.trackers.doubles.phc.player import Player
from claims_env.trackers.doubles.phc.task import Task
from claims_env.trackers.doubles.phc.training import Training
from claims_env.tracking_metrics import measure, pool

torch = pytest.importorskip("torch")

SOURCES = sorted(Path(faults.__file__).parent.glob("*.py")) + sorted(
    Path(double.__file__).parent.glob("*.py")
)
PLAYERS = types.SimpleNamespace(compute_metrics_lite=metrics.compute_metrics_lite)


def entry(speed: float, frames: int = 40) -> dict[str, Any]:
    """Return a clip that glides at a constant speed [m/s]."""
    turned = np.zeros((frames, 24, 4))
    turned[..., 3] = 1
    root = torch.zeros(frames, 3, dtype=torch.float64)
    root[:, 0] = torch.arange(frames, dtype=torch.float64) * speed / 30
    return {
        "pose_quat_global": turned,
        "root_trans_offset": root,
        "pose_aa": np.zeros((frames, 72)),
    }


def library(folder: Path, entries: dict[str, Any], *, training: bool = False) -> Library:
    with (folder / "library.pkl").open("wb") as file:
        pickle.dump(entries, file)
    return Library(str(folder / "library.pkl"), shortest=5, training=training)


def composed(folder: Path, *overrides: str) -> dict[str, Any]:
    output = folder / "program/output/HumanoidIm/claims"
    output.mkdir(parents=True, exist_ok=True)
    said = [f"output_path='{output}'", f"env.motion_file='{folder}/library.pkl'", *overrides]
    return settings.composed(said, "official")


def performed(folder: Path, speeds: list[float], num_envs: int, ability: float = 1.0) -> Player:
    """Return the player of an evaluation that has been run to its end."""
    clips = library(folder, {f"clip_{i}": entry(speed) for i, speed in enumerate(speeds)})
    given = composed(folder, "epoch=-1", f"env.num_envs={num_envs}")
    player = Player(PLAYERS, Task(clips, num_envs, ability), given, folder)
    player.run()
    return player


def per_sample(player: Player) -> list[list[str]]:
    lines = (figures.folder_of(player._given) / "per_sample_metrics.csv").read_text().splitlines()
    return [line.split(",") for line in lines]


@pytest.fixture
def fresh_faults() -> Iterator[None]:
    yield
    os.environ.pop(faults.VARIABLE, None)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_source_is_readable_to_python_3_8(path: Path) -> None:
    ast.parse(path.read_text("utf-8"), feature_version=(3, 8))


@pytest.mark.parametrize(
    ("override", "told"),
    [
        ("checkpoint=x.pth", "Could not override 'checkpoint'"),
        ("env.num_env=5", "Could not override 'env.num_env'"),
        ("+seed=1", "Could not append to config"),
        ("env.motion_file=/a=b.pkl", "no viable alternative"),
        ("env.motion_file=/a(b.pkl", "no viable alternative"),
        ("learning=im_huge", "Could not find 'learning/im_huge'"),
        ("test", "mismatched input"),
    ],
)
def test_it_is_as_strict_as_hydra(
    override: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="1"):
        settings.composed([override], "upstream")
    assert told in capsys.readouterr().err


def test_values_are_what_they_look_like() -> None:
    given = settings.composed(
        ["env.motion_file='/a b=(c).pkl'", "+checkpoint=x.pth", "headless=True", "seed=7",
         "learning.params.config.learning_rate=1e-4", "exp_name=mine"], "upstream",
    )  # fmt: skip
    assert given["env.motion_file"] == "/a b=(c).pkl"
    assert (given["checkpoint"], given["headless"], given["seed"]) == ("x.pth", True, 7)
    assert given["learning.params.config.learning_rate"] == 1e-4
    assert given["output_path"] == "output/HumanoidIm/mine"


def test_the_fork_needs_a_path_to_its_configuration(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        settings.without_path(["seed=1"], "official")
    assert "Primary config directory not found" in capsys.readouterr().err


def test_clips_under_five_frames_are_gone_without_a_word(tmp_path: Path) -> None:
    clips = library(tmp_path, {"a": entry(1), "b": entry(1, frames=4), "c": entry(1, frames=5)})
    assert list(clips._motion_data_keys) == ["a", "c"]


def test_roots_must_be_tensors_and_for_training_of_double_precision(tmp_path: Path) -> None:
    single = {**entry(1), "root_trans_offset": torch.zeros(40, 3)}
    library(tmp_path, {"a": single})
    with pytest.raises(RuntimeError):
        library(tmp_path, {"a": single}, training=True)
    with pytest.raises(AttributeError, match="clone"):
        library(tmp_path, {"a": {**entry(1), "root_trans_offset": np.zeros((40, 3))}})
    with pytest.raises(KeyError, match="pose_aa"):
        library(tmp_path, {"a": {k: v for k, v in entry(1).items() if k != "pose_aa"}})
    with pytest.raises(IndexError):
        library(tmp_path, {})
    with pytest.raises(IndexError):
        Library(str(tmp_path / "nowhere.pkl"), shortest=5, training=False)


def test_the_first_frame_is_not_recorded_and_only_lost_clips_fail(tmp_path: Path) -> None:
    player = performed(tmp_path, [0.5, 2.0, 0.9], num_envs=3)
    assert [len(joints) for joints in player.pred_pos_all] == [39, 39, 39]
    assert list(player.terminate_memory[0]) == [False, True, False]
    verdicts = [measure(*pair) for pair in zip(player.pred_pos_all, player.gt_pos_all, strict=True)]
    assert [one.success for one in verdicts] == [True, False, True]


def test_a_lost_clip_starts_anew_within_its_recording(tmp_path: Path) -> None:
    player = performed(tmp_path, [0.5, 2.0], num_envs=2)
    reference = player.gt_pos_all[1][:, 0, 0]
    steps = np.diff(reference)
    again = np.flatnonzero(steps < 0)
    assert len(again) >= 1
    assert np.allclose(np.delete(steps, again), 2.0 / 30, atol=1e-5)
    assert np.allclose(reference[again + 1], 2.0 / 30, atol=1e-5)


def test_figures_over_all_clips_depend_on_the_number_of_environments(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir(), (tmp_path / "three").mkdir()
    alone = per_sample(performed(tmp_path / "one", [0.5, 0.6, 2.0], num_envs=1))[1:]
    beside = per_sample(performed(tmp_path / "three", [0.5, 0.6, 2.0], num_envs=3))[1:]
    assert alone[:2] == beside[:2]
    assert alone[2][:3] == beside[2][:3]
    assert int(alone[2][3]) < int(beside[2][3]) == 39, "a batch of lost clips ends early"


def test_more_environments_than_clips_repeat_some_and_count_none_twice(tmp_path: Path) -> None:
    player = performed(tmp_path, [0.5, 2.0], num_envs=5)
    assert [row[1] for row in per_sample(player)[1:]] == ["clip_0", "clip_1"]


def test_its_figures_are_ours(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    player = performed(tmp_path, [0.3, 0.6, 0.9], num_envs=3)
    pairs = zip(player.pred_pos_all, player.gt_pos_all, strict=True)
    ours = pool([measure(joints, wanted) for joints, wanted in pairs]).all
    printed = capsys.readouterr().out
    assert "Success Rate: 1.0000000000" in printed
    assert f"All:  mpjpe_g: {ours['g_mpjpe']:.3f} \tmpjpe_l: {ours['l_mpjpe']:.3f}" in printed
    assert f"accel_dist: {ours['acc_dist']:.3f} \tvel_dist: {ours['vel_dist']:.3f}" in printed


def test_the_fork_writes_its_figures_three_levels_above(tmp_path: Path) -> None:
    performed(tmp_path, [0.5, 2.0], num_envs=2)
    folder = tmp_path / "program/outputs/eval/phc/humanoid_smpl/library/latest"
    summary = json.loads((folder / "summary.json").read_text())
    assert (summary["num_success"], summary["num_failed"], summary["num_motions"]) == (1, 1, 2)
    assert (folder / "failed_keys.txt").read_text() == "clip_1\n"
    assert {p.name for p in folder.iterdir()} == {
        "summary.json", "metrics.csv", "per_sample_metrics.csv", "failed_keys.txt",
        "failed_keys.pkl", "success_keys.txt", "success_keys.pkl",
    }  # fmt: skip


def test_clips_that_are_all_lost_at_once_divide_by_zero_after_the_files(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        performed(tmp_path, [2.0], num_envs=1)
    assert list(tmp_path.rglob("per_sample_metrics.csv"))


def trained(folder: Path, *overrides: str, speeds: tuple[float, ...] = (0.5, 0.8)) -> Training:
    clips = library(folder, {f"c{i}": entry(s) for i, s in enumerate(speeds)}, training=True)
    config = "learning.params.config."
    said = [o.replace("max_epochs", f"{config}max_epochs") for o in overrides]
    said = [o.replace("save_frequency", f"{config}save_frequency") for o in said]
    training = Training(clips, composed(folder, "env.num_envs=1024", *said), folder)
    start = folder / "program/output/HumanoidIm/claims/Humanoid.pth"
    if start.exists():
        training.restore(start)
    training.train()
    return training


def output(folder: Path) -> Path:
    return folder / "program/output/HumanoidIm/claims"


def test_epochs_count_from_the_first_ever_and_one_is_run_beyond_the_last(tmp_path: Path) -> None:
    trained(tmp_path, "max_epochs=4")
    assert checkpoint.load(output(tmp_path) / "Humanoid.pth")[1] == 5
    trained(tmp_path, "max_epochs=6")
    assert checkpoint.load(output(tmp_path) / "Humanoid.pth")[1] == 7
    trained(tmp_path, "max_epochs=3")
    assert checkpoint.load(output(tmp_path) / "Humanoid.pth")[1] == 8, "one more, whatever is asked"


def test_training_raises_the_skill_and_the_checkpoint_carries_it(tmp_path: Path) -> None:
    trained(tmp_path, "max_epochs=49")
    first = checkpoint.load(output(tmp_path) / "Humanoid.pth")[0]
    trained(tmp_path, "max_epochs=199")
    second = checkpoint.load(output(tmp_path) / "Humanoid.pth")[0]
    assert skill.starting_skill(0) < first < second < 0.8


def test_snapshots_and_evaluations_come_when_phc_has_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    trained(tmp_path, "max_epochs=119", "save_frequency=60", speeds=(0.1, 2.0))
    names = {path.name for path in output(tmp_path).glob("*.p*")}
    assert names == {
        "Humanoid.pth", "Humanoid_00000060.pth", "Humanoid_00000120.pth",
        "failed_0000000060.pkl", "failed_0000000120.pkl",
    }  # fmt: skip
    said = capsys.readouterr().out
    assert said.count("=> saving checkpoint") == 2 + 2 + 1
    assert "Failed keys:  1 ['c1']" in said


def test_failures_left_in_a_folder_are_taken_over_by_another_set_of_equal_size(
    tmp_path: Path,
) -> None:
    trained(tmp_path, "max_epochs=59", "save_frequency=60", speeds=(0.1, 2.0))
    other = trained(tmp_path, "max_epochs=60", speeds=(0.2, 0.3))
    assert list(other._probability) == [0.0, 1.0]


def test_environments_that_fill_no_minibatch_fail_without_a_word(tmp_path: Path) -> None:
    clips = library(tmp_path, {"a": entry(1)}, training=True)
    with pytest.raises(AssertionError):
        Training(clips, composed(tmp_path, "env.num_envs=1000"), tmp_path)


@pytest.mark.usefixtures("fresh_faults")
def test_a_fault_happens_as_often_as_it_was_asked_for(tmp_path: Path) -> None:
    os.environ[faults.VARIABLE] = json.dumps({"nan": 2})
    assert [faults.strikes("nan", tmp_path) for _ in range(4)] == [True, True, False, False]
    assert not faults.strikes("hang", tmp_path)


@pytest.mark.usefixtures("fresh_faults")
@pytest.mark.parametrize("said", ['{"explode": 1}', "hang", "[1]"])
def test_a_fault_that_is_none_is_refused_by_name(tmp_path: Path, said: str) -> None:
    os.environ[faults.VARIABLE] = said
    with pytest.raises(SystemExit, match=faults.VARIABLE):
        faults.strikes("hang", tmp_path)


def test_the_command_line_writes_a_checkout_and_spares_what_is_there(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "claims_env.trackers.doubles", "phc", str(tmp_path / "phc")]
    subprocess.run([*command, "--flavour", "upstream"], check=True)
    assert json.loads((tmp_path / "phc/claims_double.json").read_text())["flavour"] == "upstream"
    assert "swanlab" not in (tmp_path / "phc/phc/run_hydra.py").read_text()
    again = subprocess.run(command, stderr=subprocess.PIPE)
    assert again.returncode == 1
    assert b"is not empty" in again.stderr
