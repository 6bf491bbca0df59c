"""`claims-env evaluate` with a tracker in a Python of its own: a double of PHC stands in."""

import json
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from phc_jobs import BRISK, SLOW, WILD, Desk, light_torch
from toys import swaying

from claims_env.cli import main
from claims_env.config import RunConfig, TrackerConfig, to_yaml
from claims_env.external_config import ExternalConfig
from claims_env.motion import save_motion
from claims_env.trackers.doubles.faults import VARIABLE
from claims_env.trackers.doubles.phc import write_checkout


class Place:
    """A released checkpoint, a suite, and what performs it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.repository = folder, folder / "phc"
        write_checkout(self.repository)
        self.learned = Desk(folder / "made", self.repository).trained([SLOW, BRISK])
        self.suite = folder / "clips"
        self.suite.mkdir()
        for i, swing in enumerate((SLOW, WILD, SLOW)):
            save_motion(swaying(swing, f"clip {i}", 40 + i), self.suite / f"k{i}.npz")
        light = shlex.quote(f"PYTHONPATH={light_torch(folder)}")
        self.python = f"env {light} OMP_NUM_THREADS=1 {shlex.quote(sys.executable)}"

    @property
    def who(self) -> list[str]:
        return [
            "--tracker", "phc", "--external.python", self.python,
            "--external.repository", str(self.repository),
        ]  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    yield Place(tmp_path_factory.mktemp("place"))


def evaluated(*words: object) -> int:
    return main(["evaluate", *map(str, words)])


def test_a_released_checkpoint_gets_the_same_tables_and_page_and_is_told_as_a_double(
    place: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flags = (*place.who, "--external.jobs", tmp_path / "jobs", "--suite", place.suite)
    assert evaluated(place.learned, *flags, "--out", tmp_path / "out") == 0
    out = capsys.readouterr().out
    assert "A double stood in for phc: no physics." in " ".join(out.split())
    assert "66.7% (2/3)" in out and "assist 0 (unassisted)" in out and "zero action" not in out
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert summary["tracker"]["double"] is True and summary["assist"] == 0
    assert "num_envs" not in summary["tracker"]
    assert len(list((tmp_path / "out" / "tracked").rglob("*.npz"))) == 3
    (job,) = (tmp_path / "jobs").iterdir()
    asked = json.loads((job / "job.json").read_text())
    assert asked["kind"] == "evaluate" and len(asked["clips"]) == 3, "one job, nothing trained"
    assert evaluated(place.learned, *flags) == 0
    assert len(list((tmp_path / "jobs").iterdir())) == 1, "what is done is not done again"


def test_clips_that_diverge_are_told_of_and_break_no_page(
    place: Place,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(VARIABLE, json.dumps({"divergence": 2}))
    flags = (*place.who, "--external.jobs", tmp_path / "jobs", "--suite", place.suite)
    assert evaluated(place.learned, *flags, "--out", tmp_path / "out") == 0
    assert "33.3% (1/3)" in capsys.readouterr().out
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert summary["tracker"]["diverged"] == ["k0"]
    page = (tmp_path / "out" / "evaluation.html").read_text()
    assert "NaN" not in page


def test_the_checkpoint_of_a_run_says_itself_who_performs_it(
    place: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = tmp_path / "run"
    (run / "rounds" / "000").mkdir(parents=True)
    (run / "rounds" / "000" / "tracker.ckpt").write_bytes(place.learned.read_bytes())
    (run / "run.json").write_text('{"schema_version": 1}')
    external = ExternalConfig(python=place.python, repository=place.repository)
    config = RunConfig(tracker=TrackerConfig(name="phc"), external=external)
    (run / "config.yaml").write_text(to_yaml(config))
    assert evaluated(run / "rounds/000/tracker.ckpt", "--suite", place.suite) == 0
    assert "66.7% (2/3)" in capsys.readouterr().out
    assert len(list((run / "jobs").iterdir())) == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--assist", "0.3"], "--assist is not for phc"),
        (["--errors", "full"], "nobody knows how it would go on"),
        (["--external.start", "other.pth"], "the checkpoint is named first"),
        (["--body", "lite"], "--body is"),
        (["--suite", "nowhere"], "--external.jobs FOLDER"),
    ],
)
def test_what_would_do_nothing_is_refused(
    place: Place, words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluated(place.learned, *place.who, *words) == 1
    assert told in " ".join(capsys.readouterr().err.split())


def test_the_embedded_tracker_takes_no_settings_of_others(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluated(place.learned, "--external.gpu", 0) == 1
    assert "Name one with --tracker: phc, masked_mimic" in " ".join(capsys.readouterr().err.split())


def test_a_checkpoint_of_another_sort_is_refused_before_anything_is_composed(
    place: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other.ckpt").write_bytes(b"other")
    flags = (*place.who, "--external.jobs", tmp_path / "jobs")
    assert evaluated(tmp_path / "other.ckpt", *flags) == 1
    assert "this is no checkpoint of PHC" in " ".join(capsys.readouterr().err.split())
