"""`claims-env evaluate` as a person uses it: what it tells, writes and refuses."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from supplied_humanoids import humanoid_text, write_humanoid
from toys import swaying

from claims_env.cli import main
from claims_env.motion import save_motion

WIDEST = 80
"""Characters a table may take, or it breaks in the smallest of terminals."""


@pytest.fixture
def clips(tmp_path: Path) -> Path:
    """A folder of two clips, and one file that is none."""
    folder = tmp_path / "two"
    folder.mkdir()
    for i, name in enumerate(("slow", "fast")):
        save_motion(swaying(1.0 + i, name, frames=31), folder / f"{name}.npz")
    (folder / "torn.npz").write_text("torn")
    return folder


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("mujoco")
    pytest.importorskip("torch")
    from claims_env.trackers.mujoco import MujocoSettings, MujocoTracker

    path = tmp_path_factory.mktemp("saved") / "tracker.ckpt"
    MujocoTracker(MujocoSettings(workers=1, hidden=(8,))).save(path)
    return path


def told(
    capsys: pytest.CaptureFixture[str], *arguments: object, status: int = 0
) -> tuple[str, str]:
    assert main(["evaluate", *map(str, arguments)]) == status
    return capsys.readouterr()


@pytest.mark.physics
def test_a_checkpoint_is_shown_beside_the_baselines_with_its_assist(
    checkpoint: Path, clips: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, _ = told(capsys, checkpoint, "--suite", clips)
    for word in ("trained", "zero action", "random actions", "assist 0 (unassisted)", "sha256"):
        assert word in out
    assert "two: 2 clips" in out and "all suites" not in out
    assert "two goes without torn:" in out
    assert "\x1b" not in out


@pytest.mark.physics
def test_a_table_fits_a_small_terminal(
    checkpoint: Path, clips: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, _ = told(capsys, checkpoint, "--suite", clips)
    lines = [line.rstrip() for line in out.splitlines()]
    begins = next(i for i, line in enumerate(lines) if "g-MPJPE" in line)
    ends = next(i for i, line in enumerate(lines) if "goes without torn:" in line)
    assert max(map(len, lines[begins:ends])) <= WIDEST


@pytest.mark.physics
def test_several_suites_are_pooled_and_everything_is_written(
    checkpoint: Path, clips: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out"
    flags = ("--suite", clips, "--suite", "composed-tier1", "--clips", 1, "--assist", 0.35)
    out, _ = told(capsys, checkpoint, *flags, "--errors", "until_failure", "--out", target)
    assert "all suites, pooled by clips: 3 clips, assist 0.35 (helped)" in out
    assert f"Look at {target / 'evaluation.html'}" in out
    summary = json.loads((target / "summary.json").read_text())
    assert summary["assist"] == 0.35 and summary["errors_shown"] == "until_failure"
    assert summary["body"] == "lite" and len(summary["checkpoint"]["sha256"]) == 64
    assert summary["asked"]["suites"] == [str(clips), "composed-tier1"]
    with (target / "clips.csv").open() as file:
        assert len(list(csv.DictReader(file))) == 9
    assert len(list((target / "tracked").rglob("*.npz"))) == 3


@pytest.mark.physics
def test_the_figures_depend_neither_on_workers_nor_on_when(
    checkpoint: Path, clips: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, workers in (("one", 1), ("two", 2)):
        flags = ("--suite", clips, "--workers", workers, "--out", tmp_path / "out" / name)
        told(capsys, checkpoint, *flags)
    for name in ("summary.json", "clips.csv", "clips.json", "evaluation.html"):
        one, two = ((tmp_path / "out" / n / name).read_bytes() for n in ("one", "two"))
        assert one == two, name


@pytest.mark.physics
def test_without_a_checkpoint_the_baselines_stand_alone(
    clips: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, _ = told(capsys, "none", "--suite", clips, "--out", tmp_path / "out", "--no-motions")
    assert "zero action" in out and "trained" not in out
    assert not (tmp_path / "out" / "tracked").exists()


@pytest.mark.physics
def test_a_runs_folder_means_its_newest_checkpoint(
    checkpoint: Path, clips: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = tmp_path / "run"
    for index in ("000", "001"):
        (run / "rounds" / index).mkdir(parents=True)
        (run / "rounds" / index / "tracker.ckpt").write_bytes(checkpoint.read_bytes())
    (run / "rounds" / "002").mkdir()
    (run / "run.json").write_text('{"schema_version": 1}')
    told(capsys, run, "--suite", clips, "--out", tmp_path / "out", "--no-motions")
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert summary["checkpoint"]["file"] == str(run / "rounds" / "001" / "tracker.ckpt")


@pytest.mark.physics
def test_a_run_on_a_body_of_ones_own_is_evaluated_with_its_file(
    clips: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    checkpoint, body = _trained_on_own_body(tmp_path)
    flags = ("--suite", clips, "--out", tmp_path / "out", "--no-motions")
    _, error = told(capsys, checkpoint, *flags, status=1)
    assert "was trained with the MJCF file of content hash" in error
    told(capsys, checkpoint, *flags, "--body", body)
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert summary["body"].startswith("mjcf-")


@pytest.mark.physics
def test_a_runs_folder_knows_which_body_of_ones_own_it_trained(
    clips: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    checkpoint, body = _trained_on_own_body(tmp_path)
    run = tmp_path / "run"
    kept = run / "rounds" / "000" / "tracker.ckpt"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(checkpoint.read_bytes())
    (run / "run.json").write_text('{"schema_version": 1}')
    (run / "config.yaml").write_text(f"tracker: {{options: {{body: '{body}'}}}}")
    for asked in (run, kept):
        out, _ = told(capsys, asked, "--suite", clips)
        assert "body mjcf-" in out


def _trained_on_own_body(folder: Path) -> tuple[Path, str]:
    from claims_env.trackers.mujoco import MujocoSettings, MujocoTracker

    body = write_humanoid(folder, humanoid_text())
    MujocoTracker(MujocoSettings(body=body, workers=1, hidden=(8,))).save(folder / "own.ckpt")
    return folder / "own.ckpt", body


def test_a_run_of_another_tracker_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = tmp_path / "run"
    small = ("smoke", "--tracker.name", "skill", "--held-out", "0")
    assert main(["run", *small, "--out", str(run)]) == 0
    capsys.readouterr()
    _, error = told(capsys, run, status=1)
    assert "trained the tracker 'skill'. Only these are evaluated: mujoco, phc" in error


@pytest.mark.physics
def test_a_checkpoint_of_another_tracker_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "skill.ckpt").write_text('{"start": 0.4, "skill": 0.4}')
    _, error = told(capsys, tmp_path / "skill.ckpt", status=1)
    assert "is no checkpoint of the mujoco tracker" in error


NOTHING_MADE: Sequence[tuple[list[str], str]] = [
    (["nowhere.ckpt"], "There is no checkpoint nowhere.ckpt"),
    (["."], "run.json is missing"),
    (["none", "--clips", "0"], "'--clips' is 0. Expected at least 1"),
    (["none", "--seed", "-1"], "'--seed' is -1. Expected 0 or more"),
    (["none", "--workers", "-1"], "'--workers' is -1"),
    (["none", "--assist", "1.5"], "'--assist' is 1.5. Expected from 0 to 1"),
    (["my.ckpt", "--body", "lite"], "--body is for none and base"),
    (["none", "--force"], "--force is about files"),
    (["none", "--no-motions"], "--no-motions is about files"),
    (["none", "--out", "."], "names no folder of its own"),
]


@pytest.mark.parametrize(("arguments", "message"), NOTHING_MADE)
def test_what_is_wrong_is_told_in_one_line_and_nothing_is_left(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    _, error = told(capsys, *arguments, status=1)
    assert message in error and len(error.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.physics
@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (["--suite", "heldout"], "No suite is called 'heldout'. Did you mean 'held-out'?"),
        (["--suite", "no/where"], "No suite at no/where"),
        (["--suite", "empty"], "empty holds no clip"),
        (["--suite", "here", "--suite", "./here"], "would be called 'here'"),
    ],
)
def test_a_suite_that_cannot_be_leaves_no_folder(
    flags: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("empty", "here"):
        (tmp_path / name).mkdir()
    save_motion(swaying(1.0, frames=31), tmp_path / "here" / "clip.npz")
    monkeypatch.chdir(tmp_path)
    _, error = told(capsys, "none", *flags, "--out", "out", status=1)
    assert message in error and len(error.splitlines()) == 1
    assert {path.name for path in tmp_path.iterdir()} == {"empty", "here"}


def test_the_help_teaches_by_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["evaluate", "--help"])
    assert stopped.value.code == 0
    said = capsys.readouterr().out
    for word in ("claims-env evaluate runs/quick", "composed-tier1", "held-out", "until_failure"):
        assert word in said
