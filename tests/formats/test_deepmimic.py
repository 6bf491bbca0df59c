"""DeepMimic's motions: 44 numbers a frame, hinges about z, a body that faces +x."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from claims_env.errors import MotionError
from claims_env.formats.deepmimic import WIDTH, import_deepmimic
from claims_env.skeleton import INDEX

ONE = [1.0, 0.0, 0.0, 0.0]


def frame(**changes: list[float]) -> list[float]:
    """Return a frame of a body that stands with its arms down."""
    parts: dict[str, list[float]] = {
        "dt": [0.033333], "root": [0.0, 0.9, 0.0], "turn": ONE, "chest": ONE, "neck": ONE,
        "right_hip": ONE, "right_knee": [0.0], "right_ankle": ONE, "right_shoulder": ONE,
        "right_elbow": [0.0], "left_hip": ONE, "left_knee": [0.0], "left_ankle": ONE,
        "left_shoulder": ONE, "left_elbow": [0.0],
    }  # fmt: skip
    return [number for part in (parts | changes).values() for number in part]


def write(path: Path, frames: Any, **more: Any) -> Path:
    path.write_text(json.dumps({"Loop": "none", "Frames": frames, **more}))
    return path


def direction(path: Path, start: str, end: str) -> np.ndarray:
    joints = import_deepmimic(path).joints[0]
    bone = joints[INDEX[end]] - joints[INDEX[start]]
    return np.asarray(bone / np.linalg.norm(bone))


def test_a_frame_has_44_numbers() -> None:
    assert len(frame()) == WIDTH == 44


def test_a_standing_body_stands_with_its_arms_down_and_faces_minus_y(tmp_path: Path) -> None:
    path = write(tmp_path / "stand.txt", [frame(), frame()])
    motion = import_deepmimic(path)
    assert (motion.name, motion.fps, motion.frames) == ("stand", 30.0, 2)
    for start, end in (
        ("Hip", "Knee"),
        ("Knee", "Ankle"),
        ("Shoulder", "Elbow"),
        ("Elbow", "Wrist"),
    ):
        for side in "LR":
            bone = direction(path, f"{side}_{start}", f"{side}_{end}")
            assert bone == pytest.approx([0, 0, -1], abs=1e-9)
    joints = motion.joints[0]
    assert joints[INDEX["L_Hip"], 0] > joints[INDEX["R_Hip"], 0]
    assert joints[INDEX["L_Foot"], 1] < joints[INDEX["L_Ankle"], 1]
    assert motion.provenance["raised_m"] != 0


def test_a_knee_bends_backwards_and_an_elbow_forwards(tmp_path: Path) -> None:
    bent = frame(left_knee=[-np.pi / 2], left_elbow=[np.pi / 2])
    path = write(tmp_path / "bent.txt", [bent, bent])
    assert direction(path, "L_Knee", "L_Ankle") == pytest.approx([0, 1, 0], abs=1e-9)
    assert direction(path, "L_Elbow", "L_Wrist") == pytest.approx([0, -1, 0], abs=1e-9)
    assert direction(path, "R_Knee", "R_Ankle") == pytest.approx([0, 0, -1], abs=1e-9)


def test_its_way_grows_with_smpls_legs(tmp_path: Path) -> None:
    far = frame(root=[2.0, 0.9, 0.0])
    motion = import_deepmimic(write(tmp_path / "step.txt", [frame(), far]))
    scale = motion.provenance["retargeting"]["scale"]
    assert motion.root[1] - motion.root[0] == pytest.approx([0, -2 * scale, 0], abs=1e-5)


def test_a_last_frame_may_last_no_time(tmp_path: Path) -> None:
    frames = [frame(), frame(), frame(dt=[0.0])]
    assert import_deepmimic(write(tmp_path / "a.txt", frames)).fps == 30.0


@pytest.mark.parametrize(
    ("frames", "says"),
    [
        ([frame(), frame()[:-1]], "frame 1 of 'Frames' is 43 numbers.*Expected 44"),
        ([frame(), 3], "frame 1 of 'Frames' is no list"),
        ([frame()], "1 frame"),
        ([], "0 frame"),
        ({"a": 1}, "no list 'Frames'"),
        (
            [frame(), frame(neck=[0.0, 0.0, 0.0, 0.0])],
            "frame 1 has a quaternion of length 0 for neck",
        ),
        ([frame(), frame(dt=[0.1]), frame()], "last 0.033333 to 0.1 s"),
        ([frame(), frame(left_knee=["x"])], "more than numbers"),  # type: ignore[list-item]
        ([frame(), frame(left_knee=[float("nan")])], "NaN"),
    ],
)
def test_a_malformed_file_is_refused_with_its_frame(tmp_path: Path, frames: Any, says: str) -> None:
    with pytest.raises(MotionError, match=f"(?s)bad.txt: .*{says}"):
        import_deepmimic(write(tmp_path / "bad.txt", frames))


def test_what_is_no_json_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("{")
    with pytest.raises(MotionError, match="no readable JSON"):
        import_deepmimic(tmp_path / "a.txt")


def test_the_spin_kick_kicks_high_and_turns(native_folder: Path) -> None:
    motion = import_deepmimic(native_folder / "deepmimic_humanoid3d_spinkick.txt")
    assert (motion.frames, motion.fps) == (78, 60.0)
    assert motion.provenance["loop"] == "wrap"
    ankles = motion.joints[:, [INDEX["L_Ankle"], INDEX["R_Ankle"]], 2]
    assert ankles.max() > 0.9


def test_a_mark_before_the_json_does_not_matter_and_absurd_numbers_are_refused(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b'\xef\xbb\xbf{"Frames": []}')
    with pytest.raises(MotionError, match="it has 0 frame"):
        import_deepmimic(path)
    path.write_text(f'{{"Frames": {[[10**400] * 44] * 2}}}')
    with pytest.raises(MotionError, match="more than numbers"):
        import_deepmimic(path)
