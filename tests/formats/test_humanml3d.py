"""HumanML3D's folders: what is written is read again, and everything wrong is named."""

from pathlib import Path

import numpy as np
import pytest
from toys import swaying

from claims_env.captioned_motion import Caption
from claims_env.errors import MotionError, OutputError
from claims_env.formats.humanml3d import read_humanml3d, write_humanml3d
from claims_env.humanml3d import encode_joints, joints_of, mean_and_std
from claims_env.motion import Motion


def sways(count: int, frames: int = 90) -> list[tuple[Motion, list[Caption]]]:
    return [
        (swaying(0.5 + 0.1 * k, f"sway_{k:02d}", frames), [Caption(f"a man sways {k} times.")])
        for k in range(count)
    ]


def content(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert write_humanml3d(tmp_path / "data", sways(5)) == ()
    return tmp_path / "data"


def test_what_is_written_is_read_again(folder: Path) -> None:
    train, test = read_humanml3d(folder), read_humanml3d(folder, "test")
    assert sorted(clip.name for clip in train.clips + test.clips) == [
        f"sway_{k:02d}" for k in range(5)
    ]
    assert train.refused == ()
    motion, (caption,) = sways(5)[int(train.clips[0].name[-2:])]
    assert train.clips[0].captions == (caption.text,)
    assert train.clips[0].features.dtype == np.float32
    expected = encode_joints(joints_of(motion))
    np.testing.assert_allclose(train.clips[0].features, expected, atol=1e-6)


def test_a_captions_line_is_one_the_original_reads(tmp_path: Path) -> None:
    said = [Caption("A man's 2 arms sway."), Caption("he rests", 0.5, 2.5), Caption("he goes", 0.9)]
    write_humanml3d(tmp_path / "data", [(swaying(1, "sway", 90), said)])
    lines = (tmp_path / "data" / "texts" / "sway.txt").read_text("utf-8").splitlines()
    assert lines[0] == (
        "A man's 2 arms sway.#a/OTHER man's/OTHER 2/OTHER arms/OTHER sway/OTHER#0.0#0.0"
    )
    assert lines[1] == "he rests#he/OTHER rests/OTHER#0.5#2.5"
    _, tokens, start, end = lines[2].split("#")
    assert [len(token.split("/")) for token in tokens.split(" ")] == [2, 2]
    assert (float(start), float(end)) == (0.9, pytest.approx(89 / 30))
    clips = read_humanml3d(tmp_path / "data").clips
    assert [clip.name for clip in clips] == ["sway", "sway@0.5-2.5", "sway@0.9-2.96667"]


def test_statistics_are_those_of_the_clips_trained_on(folder: Path) -> None:
    mean, std = mean_and_std(clip.features for clip in read_humanml3d(folder).clips)
    np.testing.assert_array_equal(np.load(folder / "Mean.npy"), mean)
    np.testing.assert_array_equal(np.load(folder / "Std.npy"), std)
    assert np.load(folder / "Std.npy").dtype == np.float32


def test_the_same_clips_and_seed_give_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        write_humanml3d(tmp_path / name, iter(sways(20, 70)), seed=seed)
    assert content(tmp_path / "a") == content(tmp_path / "b")
    assert content(tmp_path / "a")["test.txt"] != content(tmp_path / "c")["test.txt"]


def test_one_clip_in_five_is_held_out_and_none_is_in_two_splits(tmp_path: Path) -> None:
    write_humanml3d(tmp_path / "data", sways(20, 70))
    splits = [
        (tmp_path / "data" / f"{s}.txt").read_text().split() for s in ("train", "val", "test")
    ]
    assert [len(names) for names in splits] == [16, 1, 3]
    assert len({name for names in splits for name in names}) == 20


def test_what_cannot_be_learnt_from_is_left_out_with_its_reason(tmp_path: Path) -> None:
    clips = [
        *sways(2),
        (swaying(1, "sway_01"), [Caption("again")]),
        (swaying(1, "SWAY_00"), [Caption("again")]),
        (swaying(1, "a/b"), [Caption("elsewhere")]),
        (swaying(1, "brief", 30), [Caption("a blink")]),
        (swaying(1, "mute"), []),
        (swaying(1, "hash", 90), [Caption("a # b")]),
        (swaying(1, "lines", 90), [Caption("a\nb")]),
    ]
    refused = write_humanml3d(tmp_path / "data", clips)
    assert [refusal.name for refusal in refused] == [motion.name for motion, _ in clips[2:]]
    told = " ".join(refusal.reason for refusal in refused)
    for reason in ("has that name", "cannot name a file", "it has 19 frames", "nothing is said"):
        assert reason in told
    assert "a # b" in told
    kept = content(tmp_path / "data")
    assert sorted(n for n in kept if "/" in n) == [
        f"{kind}/sway_0{k}.{suffix}"
        for kind, suffix in (("new_joint_vecs", "npy"), ("texts", "txt"))
        for k in (0, 1)
    ]


def test_a_folder_that_holds_something_is_not_written_into(folder: Path) -> None:
    before = content(folder)
    with pytest.raises(OutputError, match=r"already holds Mean\.npy"):
        write_humanml3d(folder, sways(1))
    assert content(folder) == before


def test_no_usable_clip_is_an_error_that_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(MotionError, match=r"no clip is usable.*brief"):
        write_humanml3d(tmp_path / "data", [(swaying(1, "brief", 30), [Caption("a blink")])])
    assert content(tmp_path) == {}


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="file"):
        write_humanml3d(tmp_path / "file", sways(1))


def test_what_is_wrong_with_a_clip_is_told_and_the_others_are_used(folder: Path) -> None:
    train = [clip.name for clip in read_humanml3d(folder).clips]
    vectors, texts = folder / "new_joint_vecs", folder / "texts"
    (vectors / f"{train[0]}.npy").unlink()
    (texts / f"{train[1]}.txt").write_text("broken#line\n")
    for name, array in {
        "nan": np.full((60, 263), np.nan),
        "shape": np.zeros((60, 251)),
        "text": np.array(["no numbers"]),
        "long": np.zeros((200, 263)),
        "mute": np.zeros((60, 263)),
        "pickle": np.array([{}], dtype=object),
    }.items():
        np.save(vectors / f"{name}.npy", array)
        (texts / f"{name}.txt").write_text("" if name == "mute" else "he stands#he/PRON#0.0#0.0")
    (vectors / "cut.npy").write_bytes((vectors / "nan.npy").read_bytes()[:300])
    (vectors / "zip.npy").write_bytes(b"PK\x03\x04" + bytes(300))
    (vectors / "header.npy").write_bytes(b"\x93NUMPY\x01\x00\x10\x00{'descr': (((   \n" + bytes(99))
    huge = b"{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999, 263), }"
    (vectors / "huge.npy").write_bytes(b"\x93NUMPY\x01\x00" + bytes([len(huge), 0]) + huge)
    names = [
        *train,
        "zip",
        "header",
        "huge",
        "nan",
        "shape",
        "text",
        "long",
        "mute",
        "pickle",
        "cut",
        "",
        train[2],
    ]
    (folder / "train.txt").write_text("\n".join(names))
    split = read_humanml3d(folder)
    assert [clip.name for clip in split.clips] == train[2:]
    reasons = {refusal.name: refusal.reason for refusal in split.refused}
    expected = {
        train[0]: "no such file",
        train[1]: "line 1: it has 2 parts",
        "nan": "NaN",
        "shape": "(60, 251)",
        "text": "no array of real numbers",
        "long": "200 frames",
        "mute": "nothing is said",
        "pickle": "no readable npy",
        **dict.fromkeys(("cut", "zip", "header", "huge"), "no readable npy"),
    }
    assert set(reasons) == set(expected)
    for name, reason in expected.items():
        assert reason in reasons[name]


def test_a_split_that_is_missing_empty_or_useless_is_refused(folder: Path) -> None:
    with pytest.raises(MotionError, match=r"valid\.txt: there is no such split.*train, val, test"):
        read_humanml3d(folder, "valid")
    with pytest.raises(MotionError, match=r"val\.txt: it names no clip"):
        read_humanml3d(folder, "val")
    (folder / "val.txt").write_text("gone\n")
    with pytest.raises(MotionError, match=r"none of its 1 clip.s. is usable: .*gone\.npy"):
        read_humanml3d(folder, "val")
    with pytest.raises(MotionError, match="no such folder"):
        read_humanml3d(folder / "deeper")


def test_the_originals_lines_are_read(folder: Path) -> None:
    (name, *_) = [clip.name for clip in read_humanml3d(folder).clips]
    lines = "a man sways#a/DET man/NOUN sway/VERB#nan#nan\nhe ends.#he/PRON end/VERB#0.5#2.6\n"
    (folder / "texts" / f"{name}.txt").write_text(lines)
    whole, part = read_humanml3d(folder).clips[:2]
    assert (whole.name, whole.captions) == (name, ("a man sways",))
    assert (part.name, part.captions, len(part.features)) == (f"{name}@0.5-2.6", ("he ends.",), 42)
