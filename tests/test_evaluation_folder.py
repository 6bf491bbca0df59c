"""An evaluation's folder: all of it or nothing, the assist in every file, nothing lost unasked."""

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest
from evaluations import record, suite

from claims_env.errors import OutputError
from claims_env.evaluation_files import clips_csv, clips_json, summary_json
from claims_env.evaluation_folder import evaluation_folder
from claims_env.evaluation_record import EvaluationRecord
from claims_env.tracking_metrics import ERRORS


def written(target: Path, *, replace: bool = False, assist: float = 0.0) -> EvaluationRecord:
    with evaluation_folder(target, replace=replace) as folder:
        found = record(assist=assist, keep=lambda s, clip: folder.keep(s, clip, fps=30.0))
        folder.finish(found, "<html>")
    return found


def test_everything_is_there_when_it_is_there(tmp_path: Path) -> None:
    target = tmp_path / "new" / "evaluation"
    written(target)
    files = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()}
    assert files == {
        "summary.json", "clips.csv", "clips.json", "evaluation.html",
        "tracked/one/a.npz", "tracked/one/b.npz", "tracked/two/c.npz",
    }  # fmt: skip
    assert [path.name for path in target.parent.iterdir()] == ["evaluation"]


def test_a_tracked_motion_says_what_it_is(tmp_path: Path) -> None:
    written(tmp_path / "out")
    with np.load(tmp_path / "out" / "tracked" / "one" / "a.npz") as arrays:
        assert arrays["tracked"].shape == arrays["reference"].shape == (59, 24, 3)
        apart = np.linalg.norm(arrays["tracked"] - arrays["reference"], axis=-1)
        np.testing.assert_allclose(apart, 0.1, atol=1e-6)
        assert float(arrays["fps"]) == 30.0 and arrays["joints"][0] == "Pelvis"
        assert bool(arrays["success"]) and int(arrays["failed_at"]) == -1


def test_an_evaluation_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    with (
        pytest.raises(KeyboardInterrupt),
        evaluation_folder(tmp_path / "out", replace=False) as folder,
    ):
        record(keep=lambda s, clip: folder.keep(s, clip, fps=30.0))
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_evaluation_is_replaced_only_when_told_to(tmp_path: Path) -> None:
    target = tmp_path / "out"
    written(target)
    with pytest.raises(OutputError, match="--force"):
        written(target)
    (target / "notes.txt").write_text("mine")
    written(target, replace=True)
    assert not (target / "notes.txt").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_earlier_evaluation_stays_when_its_successor_breaks_off(tmp_path: Path) -> None:
    target = tmp_path / "out"
    written(target)
    before = (target / "summary.json").read_bytes()
    with pytest.raises(KeyboardInterrupt), evaluation_folder(target, replace=True):
        raise KeyboardInterrupt
    assert (target / "summary.json").read_bytes() == before


@pytest.mark.parametrize("replace", [False, True])
def test_what_is_no_evaluation_is_never_replaced(tmp_path: Path, replace: bool) -> None:
    (tmp_path / "thesis.txt").write_text("irreplaceable")
    with pytest.raises(OutputError, match="holds something else"):
        written(tmp_path, replace=replace)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_an_empty_folder_is_taken_and_the_current_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    written(tmp_path / "empty")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OutputError, match="names no folder of its own"):
        written(Path("."))


def test_names_of_clips_need_not_be_names_of_files(tmp_path: Path) -> None:
    names = ("../up", "a b", "A b", "a?b", "", "..", "x" * 300)
    with evaluation_folder(tmp_path / "out", replace=False) as folder:
        found = record(
            suite("one/two", *names), keep=lambda s, clip: folder.keep(s, clip, fps=30.0)
        )
        folder.finish(found, "")
        kept = dict(folder.files)
    assert {clip for _, clip in kept} == set(names)
    assert len({file.lower() for file in kept.values()}) == len(names)
    assert all((tmp_path / "out" / file).is_file() for file in kept.values())
    assert all(file.startswith("tracked/one_two/") for file in kept.values())
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_the_same_evaluation_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first", "second"):
        written(tmp_path / name)
    for path in (tmp_path / "first").rglob("*"):
        twin = tmp_path / "second" / path.relative_to(tmp_path / "first")
        assert path.is_dir() or path.read_bytes() == twin.read_bytes(), path.name


def test_the_assist_is_never_silent(tmp_path: Path) -> None:
    found = written(tmp_path / "out", assist=0.35)
    assert found.help == "assist 0.35 (helped)"
    for name in ("summary.json", "clips.json"):
        assert json.loads((tmp_path / "out" / name).read_text())["assist"] == 0.35
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out" / "clips.csv").read_text())))
    assert {row["assist"] for row in rows} == {"0.35"}
    assert any("not plain tracking success" in told for told in found.reality)
    assert record().help == "assist 0 (unassisted)"


def test_the_summary_pools_by_clips_and_gives_intervals() -> None:
    summary = json.loads(summary_json(record()))
    assert [s["name"] for s in summary["suites"]] == ["one", "two"]
    pooled = summary["pooled_by_clips"]
    assert pooled["clips"] == 3
    trained = pooled["results"]["trained"]
    assert (trained["succeeded"], trained["success_rate"]) == (3, 1.0)
    assert trained["interval_95"][0] == pytest.approx(0.4385, abs=1e-4)
    assert set(trained["errors"]) == {"phc", "until_failure", "full"}
    assert trained["errors"]["full"]["all"]["g_mpjpe"] == pytest.approx(100.0)
    assert pooled["results"]["zero"]["errors"]["phc"]["succeeded"]["g_mpjpe"] is None
    assert summary["suites"][0]["refused"] == {"torn": "torn.npz: it is torn. Mend it."}
    assert any("not motion capture" in told for told in summary["what_was_real"])


def test_a_single_suite_is_its_own_pool() -> None:
    summary = json.loads(summary_json(record(suite("only", "a", "b"))))
    assert summary["pooled_by_clips"]["results"] == summary["suites"][0]["results"]


def test_the_csv_has_a_row_for_every_clip_and_policy() -> None:
    rows = list(csv.DictReader(io.StringIO(clips_csv(record()))))
    assert [(r["suite"], r["clip"], r["policy"]) for r in rows[:4]] == [
        ("one", "a", "trained"), ("one", "a", "zero"), ("one", "a", "random"),
        ("one", "b", "trained"),
    ]  # fmt: skip
    assert len(rows) == 9
    assert [r["success"] for r in rows[:3]] == ["1", "0", "0"]
    assert [r["failed_at"] for r in rows[:3]] == ["", "31", "11"]
    assert {f"{error}_until_failure" for error in ERRORS} <= set(rows[0])


def test_no_figure_is_an_empty_cell_and_a_null() -> None:
    brief = record(suite("brief", "a", frames=3))  # two tracked frames have no acceleration
    (row, *_) = csv.DictReader(io.StringIO(clips_csv(brief)))
    assert row["acc_dist_phc"] == "" and float(row["vel_dist_phc"]) == pytest.approx(0, abs=1e-6)
    (clip,) = json.loads(clips_json(brief, {}))["clips"]
    assert clip["results"]["trained"]["phc"]["acc_dist"] is None
    assert clip["tracked"] is None
