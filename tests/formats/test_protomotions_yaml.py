"""ProtoMotions' lists: the order counts, files lie beside, and both ways give the same clips."""

from pathlib import Path

import numpy as np
import pytest
import yaml
from toys import swaying

from claims_env.errors import MotionError
from claims_env.formats.protomotions_yaml import read_protomotions, write_protomotions
from claims_env.motion import save_motion


def test_a_list_comes_back_in_its_order(tmp_path: Path) -> None:
    motions = [swaying(speed, name) for speed, name in ((1.0, "zz"), (2.0, "aa"), (1.5, "mm"))]
    write_protomotions(motions, tmp_path / "list.yaml")
    read, refused = read_protomotions(tmp_path / "list.yaml")
    assert [motion.name for motion in read] == ["zz", "aa", "mm"]
    assert refused == []
    assert [motion.provenance["protomotions_index"] for motion in read] == [0, 1, 2]
    for a, b in zip(read, motions, strict=True):
        assert np.abs(a.joints - b.joints).max() < 1e-4


def test_the_files_lie_as_the_converter_wants_them(tmp_path: Path) -> None:
    write_protomotions([swaying(1.0, "kick (a)-1")], tmp_path / "my list.yaml")
    listed = yaml.safe_load((tmp_path / "my list.yaml").read_text())
    assert listed == {"motions": [{"file": "my_list_clips/npz/kick__a__1.motion", "weight": 1.0}]}
    assert (tmp_path / "my_list_clips" / "npz" / "kick__a__1.npz").is_file()


def test_two_names_that_become_one_are_refused(tmp_path: Path) -> None:
    with pytest.raises(MotionError, match="two clips would be called 'a_b'"):
        write_protomotions([swaying(1.0, "a-b"), swaying(1.0, "a_b")], tmp_path / "l.yaml")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("item", "says"),
    [
        ("a.motion", "names no file"),
        ({"weight": 1}, "names no file"),
        ({"file": "gone.motion"}, "gone.npz, and .motion files are not read"),
        ({"file": "a.motion", "weight": "much"}, "'weight' is 'much'"),
        ({"file": "a.motion", "sub_motions": []}, "'sub_motions', a part"),
        ({"file": "a.npz"}, "'a' is taken"),
    ],
)
def test_a_bad_entry_is_refused_by_its_number(tmp_path: Path, item: object, says: str) -> None:
    save_motion(swaying(1.0, "any"), tmp_path / "a.npz")
    (tmp_path / "l.yaml").write_text(yaml.safe_dump({"motions": [{"file": "a.motion"}, item]}))
    motions, (refusal,) = read_protomotions(tmp_path / "l.yaml")
    assert [motion.name for motion in motions] == ["a"]
    assert refusal.name == "motion 1" and says in refusal.reason


@pytest.mark.parametrize("text", ["[", "a: 1", "motions: 3", "motions: []", ""])
def test_what_is_no_list_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "l.yaml").write_text(text)
    with pytest.raises(MotionError, match=r"l\.yaml: it (is no readable YAML|lists no motions)"):
        read_protomotions(tmp_path / "l.yaml")


def test_weights_survive_and_files_of_one_name_are_told_apart_by_their_folders(
    tmp_path: Path,
) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        save_motion(swaying(1.0, "walk"), tmp_path / folder / "walk.npz")
    items = [{"file": f"{folder}/walk.motion", "weight": 0.5} for folder in ("a", "b")]
    (tmp_path / "l.yaml").write_text(yaml.safe_dump({"motions": items}))
    motions, refused = read_protomotions(tmp_path / "l.yaml")
    assert ([motion.name for motion in motions], refused) == (["a_walk", "b_walk"], [])
    write_protomotions(motions, tmp_path / "again.yaml")
    again, _ = read_protomotions(tmp_path / "again.yaml")
    assert [motion.provenance["weight"] for motion in again] == [0.5, 0.5]


@pytest.mark.parametrize("weight", [float("nan"), float("inf"), -1.0])
def test_a_weight_that_is_none_is_refused(tmp_path: Path, weight: float) -> None:
    save_motion(swaying(1.0, "any"), tmp_path / "a.npz")
    item = {"file": "a.motion", "weight": weight}
    (tmp_path / "l.yaml").write_text(yaml.safe_dump({"motions": [item]}))
    _, (refusal,) = read_protomotions(tmp_path / "l.yaml")
    assert "'weight' is" in refusal.reason
