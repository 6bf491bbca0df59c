from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from toys import swaying

from claims_env.motion import Motion, motion_from_poses, read_npz
from claims_env.rendering import (
    Camera,
    cameras_for,
    compared,
    contact_sheet,
    key_frames,
    paint,
    save_clip,
)
from claims_env.rendering.camera import HALF_VIEW, facing
from claims_env.rendering.contact_sheet import frame_numbers
from claims_env.rendering.figure import _AT, landmarks
from claims_env.rotation import Floats
from claims_env.skeleton import INDEX

STANDING = swaying(1.0)


def travelling(metres: float, frames: int = 60) -> Motion:
    motion = swaying(1.0, frames=frames)
    return replace(motion, root=motion.root + np.linspace([0, 0, 0], [0, -metres, 0], frames))


def reddish(picture: Image.Image) -> Floats:
    return channel_excess(picture, 0, 2)


def bluish(picture: Image.Image) -> Floats:
    return channel_excess(picture, 2, 0)


def channel_excess(picture: Image.Image, more: int, less: int) -> Floats:
    """Return the columns [px] of the pixels with much more of one channel than of another."""
    pixels = np.asarray(picture).astype(int)
    return np.nonzero(pixels[..., more] - pixels[..., less] > 80)[1].astype(float)


def test_a_camera_shows_its_target_in_the_middle_and_a_metre_to_scale() -> None:
    # at this distance half the picture's height, 50 px, is one metre
    camera = Camera(np.array([1.0, 2.0, 3.0]), 0.0, 1 / HALF_VIEW)
    points = camera.target + np.array([[0, 0, 0], [0, -1, 0]])
    xy, scale = camera.project(points, (200, 100))
    assert xy == pytest.approx(np.array([[100, 50], [150, 50]]))
    assert scale == pytest.approx(np.array([50, 50]))


def test_what_is_higher_appears_higher_and_what_is_nearer_larger() -> None:
    camera = Camera(np.zeros(3), 0.0, 5.0)
    xy, scale = camera.project(np.array([[0, 0, 0.5], [0, 0, 0], [-1, 0, 0]]), (200, 100))
    assert xy[0, 1] < xy[1, 1]
    assert scale[2] > scale[1]


@pytest.mark.parametrize("metres", [0.0, 3.0, 20.0])
@pytest.mark.parametrize("aspect", [1.0, 4 / 3])
def test_every_joint_of_every_frame_is_in_the_picture(metres: float, aspect: float) -> None:
    joints = travelling(metres).joints
    for pose, camera in zip(joints, cameras_for(joints, aspect), strict=True):
        xy, _ = camera.project(pose, (round(90 * aspect), 90))
        assert (xy >= 0).all()
        assert (xy <= [90 * aspect, 90]).all()


def test_one_camera_serves_a_clip_unless_it_travels_far() -> None:
    assert len(set(map(id, cameras_for(travelling(2.0).joints, 4 / 3)))) == 1
    far = cameras_for(travelling(20.0).joints, 4 / 3)
    assert far[-1].target[1] - far[0].target[1] == pytest.approx(-20, abs=3)
    assert len({camera.distance for camera in far}) == 1


def test_the_body_is_seen_from_its_front_and_travel_runs_across() -> None:
    for motion in (STANDING, travelling(3.0)):
        camera = cameras_for(motion.joints, 4 / 3)[0]
        assert camera.axes[2, :2] @ facing(motion.joints[0]) < -0.3
    assert abs(camera.axes[0] @ [0, -1, 0]) > 0.8


def test_an_upright_body_that_has_not_turned_faces_world_minus_y() -> None:
    ahead = facing(STANDING.joints[0])
    assert ahead == pytest.approx(np.array([0, -1]), abs=0.05)


def test_a_body_whose_hips_stand_over_each_other_still_has_a_view() -> None:
    joints = np.zeros((2, 24, 3))
    joints[:, INDEX["L_Hip"], 2] = 0.2
    assert facing(joints[0]) == pytest.approx(np.array([0, -1]))
    assert np.isfinite(cameras_for(joints, 1.0)[0].distance)


def test_the_nose_is_before_the_head_and_the_soles_lie_flat() -> None:
    points = landmarks(STANDING.joints[0])
    nose = points[_AT["NoseTip"]] - points[_AT["Skull"]]
    assert nose[1] < -0.1
    assert abs(nose[0]) < 0.03
    for side in "LR":
        heel, ball, toes = (points[_AT[f"{side}_{n}"]] for n in ("Heel", "Foot", "Toes"))
        assert heel[2] == pytest.approx(ball[2], abs=0.02)
        assert toes[2] == pytest.approx(ball[2], abs=0.02)
        assert heel[1] > ball[1] > toes[1]


def test_left_is_blue_and_right_is_red_and_a_body_seen_from_its_front_is_mirrored() -> None:
    joints = STANDING.joints
    picture = paint(joints[0], cameras_for(joints, 4 / 3)[0])
    assert picture.size == (240, 180)
    assert len(reddish(picture)) > 100
    assert bluish(picture).mean() > reddish(picture).mean() + 10


def test_a_raised_body_leaves_its_shadow_on_the_floor() -> None:
    raised = STANDING.joints[0] + [0, 0, 1.0]
    camera = cameras_for(np.stack([STANDING.joints[0], raised]), 4 / 3)[0]
    (at,), _ = camera.project(raised[:1] * [1, 1, 0], (240, 180))
    shadow, floor = paint(raised, camera), paint(raised * np.nan, camera)
    x, y = round(float(at[0])), round(float(at[1]))
    assert sum(pixel(shadow, x, y)) < sum(pixel(floor, x, y)) - 30


def pixel(picture: Image.Image, x: int, y: int) -> list[int]:
    channels: list[int] = np.asarray(picture)[y, x].tolist()
    return channels


def test_a_pose_that_is_not_finite_gives_an_empty_picture() -> None:
    camera = cameras_for(STANDING.joints, 4 / 3)[0]
    empty = paint(np.full((24, 3), np.nan), camera)
    assert len(set(map(tuple, np.asarray(empty).reshape(-1, 3).tolist()))) == 1


def test_joints_of_another_shape_are_refused_with_both_shapes() -> None:
    with pytest.raises(ValueError, match=r"\(24, 3\); got \(22, 3\)"):
        paint(np.zeros((22, 3)), cameras_for(STANDING.joints, 1.0)[0])
    with pytest.raises(ValueError, match=r"\(frames, 24, 3\); got \(5, 22, 3\)"):
        key_frames(np.zeros((5, 22, 3)), 3)


def test_a_row_of_fifteen_is_as_large_as_the_official_strip() -> None:
    assert key_frames(STANDING, 15, layout="row").size == (3632, 184)


def test_a_grid_of_fifteen_is_five_by_three() -> None:
    assert key_frames(STANDING, 15).size == (5 * 242 + 2, 3 * 182 + 2)


def test_key_frames_are_evenly_spaced_with_both_ends() -> None:
    assert frame_numbers(180, 4) == [0, 59, 119, 179]
    assert frame_numbers(180, 1) == [0]


def test_a_clip_shorter_than_the_count_shows_each_frame_once() -> None:
    assert frame_numbers(3, 15) == [0, 1, 2]
    with pytest.raises(ValueError, match="At least one"):
        frame_numbers(3, 0)


def test_the_same_clip_gives_the_same_picture() -> None:
    first, second = key_frames(STANDING, 4), key_frames(swaying(1.0).joints, 4)
    assert first.tobytes() == second.tobytes()


def test_a_comparison_has_a_row_for_each_and_differs_where_they_differ() -> None:
    asked = STANDING.joints
    same = compared(asked, asked, 4, (80, 60))
    assert same.size == (4 * 82 + 2, 2 * 62 + 2)
    upper, lower = (np.asarray(same)[2 + top : 62 + top] for top in (0, 62))
    assert (upper == lower).all()
    other = np.asarray(compared(asked, asked * [1.2, 1, 1], 4, (80, 60)))
    assert (other[2:62] != other[64:124]).any()


def test_clips_of_different_length_are_not_compared() -> None:
    with pytest.raises(ValueError, match="60, 59 frames"):
        compared(STANDING.joints, STANDING.joints[:59], 4)


def test_a_body_that_flew_off_does_not_shrink_the_picture() -> None:
    asked = STANDING.joints
    flown = asked + np.linspace([0, 0, 0], [0, 0, 900], len(asked))[:, None]
    picture = compared(asked, flown, 3, (120, 90))
    assert len(reddish(picture.crop((0, 0, picture.width, 92)))) > 100


def test_a_contact_sheet_has_a_captioned_row_per_clip() -> None:
    sheet = contact_sheet([("one", STANDING), ("two", STANDING)], count=3, tile=(80, 60))
    assert sheet.size == (3 * 82 + 2, 2 * (64 + 18))
    with pytest.raises(ValueError, match="no clip"):
        contact_sheet([])


def test_a_saved_clip_plays_at_its_own_speed(tmp_path: Path) -> None:
    path = save_clip(STANDING, tmp_path / "clip.webp", size=(80, 60), fps=10)
    with Image.open(path) as clip:
        assert (clip.format, clip.size) == ("WEBP", (80, 60))
        # 59/30 s at 10 per second, the first picture included
        assert getattr(clip, "n_frames", 0) == 20
        clip.load()
        assert clip.info["duration"] == 100


def test_other_clip_formats_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"clip\.webp"):
        save_clip(STANDING, tmp_path / "clip.gif")
    with pytest.raises(ValueError, match="positive"):
        save_clip(STANDING, tmp_path / "clip.webp", fps=0)


def test_recorded_people_stay_in_the_picture(mocap_folder: Path) -> None:
    for path in sorted(mocap_folder.glob("*.npz")):
        arrays = read_npz(path)
        fps = float(arrays["mocap_framerate"])
        motion = motion_from_poses(
            arrays["poses"], arrays["trans"], fps, name=path.stem, provenance={}, source=path
        )
        for pose, camera in zip(motion.joints, cameras_for(motion.joints, 4 / 3), strict=True):
            xy, _ = camera.project(pose, (240, 180))
            assert (xy >= 0).all(), path
            assert (xy <= [240, 180]).all(), path
