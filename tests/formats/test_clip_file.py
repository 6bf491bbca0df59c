"""Files of clips: recognised by what they are, and suites made of them, official ones included."""

import pickle
from pathlib import Path

import pytest
from toys import SwayGenerator, swaying

from claims_env.assembly.evaluation import build_suite
from claims_env.assembly.suites import build_suites
from claims_env.config import RunConfig, from_yaml, to_yaml
from claims_env.errors import MotionError, SuiteError, UnknownName
from claims_env.formats.amass import write_amass
from claims_env.formats.captioned_folder import load_captioned
from claims_env.formats.clip_file import read_clips, recognise
from claims_env.formats.clip_writing import write_clips
from claims_env.formats.suite_folder import load_suite
from claims_env.formats.upright import upright_of
from claims_env.motion import save_motion
from claims_env.rotation import to_rotvec


def library(path: Path, names: list[str]) -> Path:
    """Write PHC's pickle of swaying clips."""
    entries = {}
    for name in names:
        motion = swaying(1.0, name, frames=9)
        entries[name] = {
            "pose_quat_global": upright_of(motion.rotations),
            "root_trans_offset": motion.root,
            "pose_aa": to_rotvec(motion.rotations).reshape(motion.frames, -1),
            "fps": 30.0,
        }
    path.write_bytes(pickle.dumps(entries))
    return path


def test_each_format_is_recognised_by_what_is_in_it(tmp_path: Path) -> None:
    save_motion(swaying(1.0), tmp_path / "ours.npz")
    write_amass(swaying(1.0), tmp_path / "amass.npz")
    library(tmp_path / "phc.pkl", ["a"])
    (tmp_path / "bvh.dat").write_text("HIERARCHY\nROOT a")
    (tmp_path / "mimic.txt").write_text('{"Loop": "wrap",\n"Frames": []}')
    (tmp_path / "list.yaml").write_text("motions:\n- file: a.motion\n")
    kinds = {path.name: recognise(path) for path in tmp_path.iterdir()}
    assert kinds == {
        "ours.npz": "claims", "amass.npz": "amass", "phc.pkl": "phc", "bvh.dat": "bvh",
        "mimic.txt": "deepmimic", "list.yaml": "protomotions",
    }  # fmt: skip


def test_what_is_no_clip_is_told_what_would_be_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("hello")
    with pytest.raises(MotionError, match=r"(?s)a\.txt: .*no format.*bvh: BVH"):
        read_clips(tmp_path / "a.txt")
    with pytest.raises(UnknownName, match="Did you mean 'bvh'"):
        read_clips(tmp_path / "a.txt", "bvhh")
    with pytest.raises(MotionError, match="no such file"):
        read_clips(tmp_path / "b.txt")


def test_a_folder_mixes_formats_and_refuses_by_name(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    save_motion(swaying(1.0), tmp_path / "in" / "a.npz")
    write_amass(swaying(1.0), tmp_path / "b.npz")
    library(tmp_path / "c.pkl", ["one", "two"])
    (tmp_path / "d.bvh").write_text("torn")
    (tmp_path / "metadata.json").write_text("{}")
    clips = read_clips(tmp_path)
    found = dict(zip((m.name for m in clips.motions), clips.kinds, strict=True))
    assert found == {"b": "amass", "one": "phc", "two": "phc", "in_a": "claims"}
    assert [refusal.name for refusal in clips.refused] == ["d"]


@pytest.mark.parametrize("pelvis", [True, False])
def test_amass_goes_both_ways_with_and_without_the_rest_pelvis(
    tmp_path: Path, pelvis: bool
) -> None:
    motion = swaying(1.0)
    kind = "claims" if pelvis else "amass"
    write_clips([motion], tmp_path / "a.npz", kind)
    (read,) = read_clips(tmp_path / "a.npz").motions
    assert abs(read.joints - motion.joints).max() < 1e-4
    (wrong,) = read_clips(tmp_path / "a.npz", "amass", trans_is_pelvis=not pelvis).motions
    assert abs(wrong.root - motion.root).max() == pytest.approx(0.2233)


def test_a_pickle_is_a_suite(tmp_path: Path) -> None:
    suite = load_suite(library(tmp_path / "tests.pkl", ["a", "b"]))
    assert (suite.name, suite.kind, [m.name for m in suite.motions]) == (
        "tests",
        "real",
        ["a", "b"],
    )


def test_a_named_set_is_counted_through_every_door(tmp_path: Path) -> None:
    names = [f"clip{i}" for i in range(45)]
    whole, less = library(tmp_path / "w.pkl", names), library(tmp_path / "l.pkl", names[:-1])
    assert build_suite(f"emdb={whole}", clips=1, seed=0).name == "emdb"
    with pytest.raises(SuiteError, match=r"44 clip.*45"):
        build_suite(f"emdb={less}", clips=1, seed=0)
    config = RunConfig(suite=(Path(f"emdb:partial={less}"),), held_out=0)
    (suite,) = build_suites(from_yaml(to_yaml(config), "x"), None, SwayGenerator())
    assert (suite.name, suite.kind, len(suite.motions)) == ("emdb-44-of-45", "real", 44)


def test_an_unknown_name_of_a_set_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownName, match=r"kungfu, emdb, aist\+\+, video-convert"):
        build_suite("kungfoo", clips=1, seed=0)


def test_official_evaluation_clips_are_never_learned_from(tmp_path: Path) -> None:
    official = library(tmp_path / "kungfu_g_clean.pkl", ["kick"])
    with pytest.raises(MotionError, match=r"Nothing may learn from it.*--suite kungfu="):
        load_captioned(official)
    clips = read_clips(official)
    write_clips(clips.motions, tmp_path / "clips", "claims")
    assert load_suite(tmp_path / "clips").motions[0].name == "kick"
    with pytest.raises(MotionError, match=r"kick.npz: it is of the set 'kungfu'.*Nothing may"):
        load_captioned(tmp_path / "clips")


def test_what_a_named_set_holds_and_cannot_use_does_not_count(tmp_path: Path) -> None:
    path = library(tmp_path / "l.pkl", [f"clip{i}" for i in range(45)])
    entries = pickle.loads(path.read_bytes())
    entries["clip7"]["fps"] = 0.0
    path.write_bytes(pickle.dumps(entries))
    with pytest.raises(SuiteError, match=r"44 clip.*45.*Another 1 cannot be used.*'clip7'.*fps"):
        load_suite(Path(f"emdb={path}"))
    assert load_suite(Path(f"emdb:partial={path}")).name == "emdb-44-of-45"


def test_a_misspelt_set_is_told_the_known_ones() -> None:
    with pytest.raises(SuiteError, match=r"NAME=PATH for kungfu, emdb"):
        load_suite(Path("kungfoo=x/y.pkl"))
