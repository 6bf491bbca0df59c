"""Suites: folders and manifests, in which a bad clip spoils nothing but itself."""

import json
from pathlib import Path

import numpy as np
import pytest

from claims_env.errors import SuiteError
from claims_env.formats.suite_folder import load_suite
from claims_env.motion import Motion, save_motion


def ours(path: Path, name: str = "any", fps: float = 30.0, frames: int = 7) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    rotations = np.tile([1.0, 0, 0, 0], (frames, 24, 1))
    save_motion(Motion(rotations, np.zeros((frames, 3)), fps, name), path)
    return path


def amass(path: Path) -> Path:
    np.savez(path, poses=np.zeros((25, 156)), trans=np.zeros((25, 3)), mocap_framerate=120.0)
    return path


def test_a_folder_is_a_suite_named_after_itself(tmp_path: Path) -> None:
    ours(tmp_path / "kicks" / "b.npz")
    amass(tmp_path / "kicks" / "a.npz")
    suite = load_suite(tmp_path / "kicks")
    assert (suite.name, suite.kind) == ("kicks", "real")
    assert [motion.name for motion in suite.motions] == ["a", "b"]
    assert suite.refused == ()


def test_clips_keep_their_frame_rates(tmp_path: Path) -> None:
    amass(tmp_path / "a.npz")
    ours(tmp_path / "b.npz", fps=20.0)
    assert [motion.fps for motion in load_suite(tmp_path).motions] == [120.0, 20.0]


def test_clips_of_the_same_name_in_two_folders_stay_apart(tmp_path: Path) -> None:
    for folder in ("s1", "s2"):
        ours(tmp_path / folder / "walk.npz")
    assert [m.name for m in load_suite(tmp_path).motions] == ["s1_walk", "s2_walk"]


def test_a_bad_clip_is_refused_by_name_and_the_others_are_used(tmp_path: Path) -> None:
    ours(tmp_path / "good.npz")
    (tmp_path / "torn.npz").write_bytes(b"no archive")
    np.savez(tmp_path / "timeless.npz", poses=np.zeros((4, 72)), trans=np.zeros((4, 3)))
    suite = load_suite(tmp_path)
    assert [motion.name for motion in suite.motions] == ["good"]
    assert {refusal.name for refusal in suite.refused} == {"torn", "timeless"}
    assert any("no frame rate" in refusal.reason for refusal in suite.refused)


def test_a_clip_too_short_for_a_tracker_is_refused_and_the_others_are_used(tmp_path: Path) -> None:
    ours(tmp_path / "long.npz", frames=7)  # 6 / 30 Hz = 0.2 s
    ours(tmp_path / "short.npz", frames=6)
    suite = load_suite(tmp_path)
    assert [motion.name for motion in suite.motions] == ["long"]
    (refusal,) = suite.refused
    assert refusal.name == "short"
    assert "0.167 s: 6 frames at 30 Hz. Give a cut of at least 0.2 s" in refusal.reason


def test_a_manifest_that_cannot_be_read_makes_no_suite(tmp_path: Path) -> None:
    unreadable = Path("/proc/self/mem")
    if not unreadable.is_file():
        pytest.skip("no file here that may be opened and not read")
    (tmp_path / "suite.yaml").symlink_to(unreadable)
    with pytest.raises(SuiteError, match="is not readable"):
        load_suite(tmp_path / "suite.yaml")


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    ours(tmp_path / "good.npz")
    (tmp_path / "metadata.json").write_text("{}")
    (tmp_path / "LICENCE.md").write_text("free")
    assert load_suite(tmp_path).refused == ()


@pytest.mark.parametrize("suffix", ["yaml", "yml", "json"])
def test_a_manifest_names_its_clips(tmp_path: Path, suffix: str) -> None:
    ours(tmp_path / "clips" / "a.npz")
    ours(tmp_path / "clips" / "b.npz")
    content = {
        "name": "chosen",
        "kind": "mimed",
        "clips": [{"path": "clips/b.npz", "name": "second"}, "clips/a.npz"],
    }
    manifest = tmp_path / f"suite.{suffix}"
    manifest.write_text(json.dumps(content))  # JSON is YAML
    suite = load_suite(manifest)
    assert (suite.name, suite.kind) == ("chosen", "mimed")
    assert [motion.name for motion in suite.motions] == ["second", "a"]


def test_a_manifest_may_be_a_bare_list(tmp_path: Path) -> None:
    ours(tmp_path / "a.npz")
    (tmp_path / "few.yaml").write_text("- a.npz\n- gone.npz\n")
    suite = load_suite(tmp_path / "few.yaml")
    assert (suite.name, suite.kind, len(suite.motions)) == ("few", "real", 1)
    assert suite.refused[0].name == "gone"
    assert "there is no such file" in suite.refused[0].reason


def test_a_name_taken_twice_is_refused_the_second_time(tmp_path: Path) -> None:
    ours(tmp_path / "a.npz")
    (tmp_path / "twice.yaml").write_text("- a.npz\n- a.npz\n")
    suite = load_suite(tmp_path / "twice.yaml")
    assert len(suite.motions) == len(suite.refused) == 1
    assert "'a' is taken" in suite.refused[0].reason


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("clips: [", "is not readable"),
        ("name: x", "holds no list of clips"),
        ("hello", "holds no list of clips"),
        ("clips: [3]", "a clip reads 3"),
        ("clips: [{name: x}]", "a clip reads"),
        ("clips: []", "holds no clip"),
        (
            "clips: [{path: a.npz, nme: x}]",
            "a clip says nme. Did you mean 'name'. Known: name, path",
        ),
        ("clips: [{pth: a.npz}]", "a clip says pth. Did you mean 'path'"),
        ("clps: [a.npz]\nclips: []", "says clps. Did you mean 'clips'"),
        ("clips: [gone.npz]\nauthor: me", "says author. Known: clips, kind, name"),
        ("clips: [gone.npz]", r"None of the 1 clip\(s\).*gone: .*no such file"),
    ],
)
def test_a_manifest_that_makes_no_suite_is_refused_with_the_reason(
    tmp_path: Path, text: str, says: str
) -> None:
    (tmp_path / "suite.yaml").write_text(text)
    with pytest.raises(SuiteError, match=says):
        load_suite(tmp_path / "suite.yaml")


def test_an_empty_folder_is_no_suite(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match="holds no clip"):
        load_suite(tmp_path)


def test_a_path_that_is_not_there_is_no_suite(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match="No suite at"):
        load_suite(tmp_path / "gone")


def test_a_file_of_another_kind_is_no_suite(tmp_path: Path) -> None:
    (tmp_path / "suite.txt").write_text("a.npz")
    with pytest.raises(SuiteError, match="neither a folder nor one of"):
        load_suite(tmp_path / "suite.txt")


def test_real_clips_make_a_suite(mocap_folder: Path) -> None:
    suite = load_suite(mocap_folder)
    assert len(suite.motions) == len(list(mocap_folder.glob("*.npz")))
    assert suite.refused == ()


def test_a_folder_of_generated_clips_does_not_pass_for_real(tmp_path: Path) -> None:
    rotations = np.tile([1.0, 0, 0, 0], (7, 24, 1))
    made = Motion(rotations, np.zeros((7, 3)), 30.0, "any", {"generator": "composer"})
    save_motion(made, tmp_path / "made.npz")
    assert load_suite(tmp_path).kind == "generated: composer"
