"""Folders of captioned clips: every way to say what a clip shows, and every way to be wrong."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from toys import swaying

from claims_env.captioned_motion import Caption
from claims_env.errors import MotionError
from claims_env.formats.captioned_folder import load_captioned
from claims_env.formats.captions import name_words
from claims_env.motion import save_motion


def clip(folder: Path, name: str, frames: int = 60) -> Path:
    path = folder / f"{name}.npz"
    path.parent.mkdir(parents=True, exist_ok=True)
    save_motion(swaying(1.0, "any", frames), path)
    return path


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        ("ma_cmu135_07_roundhouse", "roundhouse"),
        ("FrontKick-take2", "front kick"),
        ("000123", ""),
    ],
)
def test_a_files_name_says_its_words(stem: str, words: str) -> None:
    assert name_words(stem) == words


def test_clips_without_captions_speak_through_their_names(tmp_path: Path) -> None:
    clip(tmp_path, "s1/slow_walk_01")
    folder = load_captioned(tmp_path)
    (walk,) = folder.clips
    assert (walk.motion.name, walk.file) == ("s1_slow_walk_01", "s1/slow_walk_01.npz")
    assert walk.captions == (Caption("slow walk"),)
    assert (folder.name, folder.captions_from) == (tmp_path.name, "file names")


def test_texts_hold_several_captions_with_times(tmp_path: Path) -> None:
    clip(tmp_path, "000001")
    lines = "a man sways.#a/DET man/NOUN sway/VERB#0.0#0.0\nhe stops.#he/PRON#0.5#1.5\n"
    write(tmp_path / "texts" / "000001.txt", lines + "he rests.#he/PRON#nan#nan\n\njust a sentence")
    folder = load_captioned(tmp_path)
    assert folder.captions_from == "texts"
    assert folder.clips[0].captions == (
        Caption("a man sways."),
        Caption("he stops.", 0.5, 1.5),
        Caption("he rests."),
        Caption("just a sentence"),
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("captions.json", '{"a": "he sways", "b.npz": ["he rests", "he stands"]}'),
        (
            "captions.json",
            '{"a": {"caption": "he sways"}, "b": [{"text": "he rests"}, "he stands"]}',
        ),
        ("captions.csv", "name,caption\na,he sways\nb,he rests\nb,he stands\n"),
        (
            "captions.csv",
            "\ufeffFile,Text,start_s,end_s\na.npz,he sways,,\nb,he rests,0,0\nb,he stands,,\n",
        ),
        (
            "metadata.json",
            '{"clips": [{"name": "a", "description": "he sways"},'
            ' {"name": "b", "caption": "he rests"}, {"name": "b", "caption": "he stands"}]}',
        ),
    ],
)
def test_a_table_captions_the_clips(tmp_path: Path, name: str, text: str) -> None:
    clip(tmp_path, "a")
    clip(tmp_path, "b")
    write(tmp_path / name, text)
    folder = load_captioned(tmp_path)
    assert folder.captions_from == name
    said = [[caption.text for caption in c.captions] for c in folder.clips]
    assert said == [["he sways"], ["he rests", "he stands"]]


def test_metadata_about_something_else_is_no_table(tmp_path: Path) -> None:
    clip(tmp_path, "slow_walk")
    write(tmp_path / "metadata.json", '{"fps": 30, "clips": ["slow_walk"]}')
    assert load_captioned(tmp_path).captions_from == "file names"


def test_bytes_and_licence_files_are_on_record(tmp_path: Path) -> None:
    path = clip(tmp_path, "walk")
    write(tmp_path / "LICENSE.txt", "free")
    write(tmp_path / "licences.md", "free")
    folder = load_captioned(tmp_path)
    assert folder.clips[0].sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert folder.licences == ("LICENSE.txt", "licences.md")


# What is refused, and what is used all the same


def test_a_damaged_clip_and_one_without_a_word_are_named_and_the_others_used(
    tmp_path: Path,
) -> None:
    clip(tmp_path, "walk")
    clip(tmp_path, "0042")
    (tmp_path / "torn_run.npz").write_bytes(b"no archive")
    np.savez(tmp_path / "shape.npz", betas=np.zeros(10))
    folder = load_captioned(tmp_path)
    assert [c.motion.name for c in folder.clips] == ["walk"]
    reasons = {refusal.name: refusal.reason for refusal in folder.refused}
    assert sorted(reasons) == ["0042", "shape", "torn_run"]
    assert "no readable npz" in reasons["torn_run"]
    assert "its name holds no word. Write a caption" in reasons["0042"]


def test_captions_beyond_the_end_of_their_clip_are_refused(tmp_path: Path) -> None:
    clip(tmp_path, "a", frames=31)  # 30 / 30 Hz = 1 s
    clip(tmp_path, "b")
    write(tmp_path / "texts" / "a.txt", "he stops.#x/X#1.5#2.0")
    write(tmp_path / "texts" / "b.txt", "he sways.#x/X#0.0#0.0")
    (refusal,) = load_captioned(tmp_path).refused
    assert "begin at 1.5 s, and it lasts 1 s" in refusal.reason


def test_captions_of_clips_that_are_elsewhere_are_counted_in_one_line(tmp_path: Path) -> None:
    clip(tmp_path, "a")
    write(tmp_path / "captions.json", json.dumps({n: "he sways" for n in "abcdef"}))
    (refusal,) = load_captioned(tmp_path).refused
    assert refusal.name == "captions.json"
    assert "5 clip(s) it describes are not there: b, c, d and 2 more." in refusal.reason


def test_captions_of_no_clip_at_all_are_an_error(tmp_path: Path) -> None:
    clip(tmp_path, "walk_01")
    write(tmp_path / "captions.json", '{"other": "he sways"}')
    with pytest.raises(MotionError, match=r"describes other, and no clip.*called walk_01"):
        load_captioned(tmp_path)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("captions.json", "{", "it is no JSON"),
        ("captions.json", "[1]", "it is no mapping"),
        pytest.param(
            "captions.json",
            '{"a": ' + "[" * 200_000 + "]" * 200_000 + "}",
            r"captions\.json: its values are nested too deeply",
            id="deep",
        ),
        pytest.param(
            "captions.csv",
            "name,text\na," + "x" * 140_000 + "\n",
            r"captions\.csv: it is no readable table \(field larger than",
            id="long",
        ),
        pytest.param(
            "captions.json",
            '{"a": {"caption": "x", "start_s": 1' + "0" * 400 + "}}",
            "'a': times read 1000",
            id="huge",
        ),
        ("captions.json", '{"a": 3}', "'a': it reads 3"),
        ("captions.json", '{"a": {"caption": "x", "start_s": "soon"}}', "times read 'soon'"),
        ("captions.csv", "who,what\na,b\n", "first line names who, what. Name a column name or"),
        ("captions.csv", "name,text,start_s,end_s\na,x,2,1\n", "line 2: it goes from 2 to 1 s"),
        ("texts/a.txt", "he sways.#x/X#1.0", "line 1: it has 3 parts"),
        ("texts/a.txt", "ok\nhe sways.#x/X#0#inf", "line 2: it goes from 0 to inf s"),
    ],
)
def test_malformed_captions_are_refused_with_their_place(
    tmp_path: Path, name: str, text: str, says: str
) -> None:
    clip(tmp_path, "a")
    write(tmp_path / name, text)
    with pytest.raises(MotionError, match=says):
        load_captioned(tmp_path)


def test_a_missing_folder_and_an_empty_one_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(MotionError, match="there is no such folder"):
        load_captioned(tmp_path / "nowhere")
    with pytest.raises(MotionError, match=r"it holds nothing, and so no npz.*Expected npz files"):
        load_captioned(tmp_path)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("a.bvh", "1 .bvh file.*look like BVH.*claims-env convert"),
        ("a.pkl", "look like Python pickles.*claims-env convert"),
        ("a.joblib", "look like Python pickles"),
        ("a.c3d", "look like C3D marker recordings"),
        ("notes.md", "1 file.s., none of them npz"),
    ],
)
def test_a_folder_of_another_format_says_what_it_looks_like(
    tmp_path: Path, name: str, says: str
) -> None:
    write(tmp_path / name, "x")
    with pytest.raises(MotionError, match=says):
        load_captioned(tmp_path)


@pytest.mark.parametrize(
    ("shape", "says"),
    [
        ((5, 263), "HumanML3D's 263 features.*Take the AMASS npz"),
        ((5, 22, 3), "joint positions, as in HumanML3D's new_joints"),
        ((5, 7), "bare numpy arrays"),
    ],
)
def test_bare_arrays_are_told_apart_by_their_shape(
    tmp_path: Path, shape: tuple[int, ...], says: str
) -> None:
    np.save(tmp_path / "a.npy", np.zeros(shape))
    with pytest.raises(MotionError, match=says):
        load_captioned(tmp_path)


def test_a_folder_in_which_nothing_is_usable_tells_the_first_reasons(tmp_path: Path) -> None:
    (tmp_path / "torn.npz").write_bytes(b"no archive")
    with pytest.raises(MotionError, match=r"none of its 1 clip.*torn\.npz: it is no readable npz"):
        load_captioned(tmp_path)


def test_real_clips_are_captioned_by_their_metadata(mocap_folder: Path) -> None:
    folder = load_captioned(mocap_folder)
    assert len(folder.clips) == len(list(mocap_folder.glob("*.npz")))
    assert folder.refused == ()


def test_a_digest_changes_with_a_file_or_a_caption_and_with_nothing_else(tmp_path: Path) -> None:
    clip(tmp_path, "a")
    table = write(tmp_path / "captions.json", '{"a": "he sways"}')
    before = load_captioned(tmp_path).digest
    write(tmp_path / "LICENSE", "free")
    assert load_captioned(tmp_path).digest == before
    write(table, '{"a": "he rests"}')
    reworded = load_captioned(tmp_path).digest
    clip(tmp_path, "a", frames=61)
    assert len({before, reworded, load_captioned(tmp_path).digest}) == 3
