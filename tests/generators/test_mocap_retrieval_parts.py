"""Cutting and joining recordings: hand-made motions, whose seams can be told beforehand."""

import numpy as np
import pytest
from toys import swaying

from claims_env.captioned_motion import Caption, CaptionedMotion
from claims_env.contact import lowest, soles
from claims_env.generators.mocap_retrieval.lifting import lift
from claims_env.generators.mocap_retrieval.mirroring import mirror
from claims_env.generators.mocap_retrieval.recording import Recording, record
from claims_env.generators.mocap_retrieval.retiming import FASTEST, SLOWEST, retime
from claims_env.generators.mocap_retrieval.seam import best_seam, moved
from claims_env.generators.mocap_retrieval.splice import splice
from claims_env.generators.mocap_retrieval.windows import LEAST, Window, choose_windows, span
from claims_env.motion import Motion
from claims_env.rotation import Floats, about, multiply
from claims_env.skeleton import INDEX, STANDING_HEIGHT, forward_kinematics

FPS = 30.0


def recorded(motion: Motion) -> Recording:
    return record(CaptionedMotion(motion, (Caption("any"),), "any.npz", ""), FPS)


def gliding(speed: float, frames: int = 60, yaw: float = 0.0, sway: float = 1.0) -> Motion:
    """Return a swaying body carried along at a speed [m/s], turned and set down elsewhere."""
    still = swaying(sway, "gliding", frames)
    way = np.arange(frames)[:, None] / FPS * speed * np.array([0.0, -1.0, 0.0]) + still.root
    rotations = still.rotations.copy()
    rotations[:, 0] = multiply(about("z", yaw), rotations[:, 0])
    return Motion(rotations, moved(way, yaw, np.array([3.0, -2.0])), FPS, "gliding")


def velocities(root: Floats) -> Floats:
    return np.diff(root, axis=0) * FPS


# Recordings


def test_a_recording_has_the_generators_rate_and_stands_on_the_floor() -> None:
    motion = swaying(1.0, "m", 61)
    fast = Motion(motion.rotations, motion.root + [0, 0, 0.5], 60.0, "m")
    take = recorded(fast)
    assert take.frames == 31  # 60 steps of 1/60 s are 30 of 1/30 s
    height = lowest(forward_kinematics(take.rotations, take.root), soles_of(take))
    np.testing.assert_allclose(height, 0, atol=1e-3)
    np.testing.assert_allclose(take.rotations[10], motion.rotations[20], atol=1e-9)


def soles_of(take: Recording) -> Floats:
    return soles(forward_kinematics(take.rotations, take.root))


@pytest.mark.parametrize(
    ("caption", "frames"),
    [
        (Caption("x"), (0, 60)),
        (Caption("x", 0.5), (15, 60)),
        (Caption("x", 0.5, 1.0), (15, 31)),
        (Caption("x", 0.5, 9.0), (15, 60)),
        (Caption("x", 1.95, 1.96), (58, 60)),
    ],
)
def test_a_caption_is_about_its_frames(caption: Caption, frames: tuple[int, int]) -> None:
    assert span(caption, 60, FPS) == frames


# Windows


def chosen(lengths: list[int], counts: list[int], wanted: int, enough: int) -> list[Window]:
    takes = [recorded(swaying(1.0, "m", length)) for length in lengths]
    return choose_windows(takes, [(0, n) for n in lengths], counts, wanted, enough)


def test_the_liveliest_stretch_is_played() -> None:
    still, lively = swaying(0.0, "m", 200), swaying(2.0, "m", 60)
    rotations = still.rotations.copy()
    rotations[100:160] = lively.rotations
    take = recorded(Motion(rotations, still.root, FPS, "m"))
    (window,) = choose_windows([take], [(0, 200)], [1], 60, 40)
    assert window.stop - window.start == 60
    assert abs(window.start - 100) <= 2


def test_windows_share_by_what_they_answer_and_fill_the_clip() -> None:
    first, second = chosen([300, 300], [2, 1], 180, 126)
    assert first.stop - first.start == 128  # two thirds of 180 + 12 for the blend
    assert second.stop - second.start == 64


def test_a_short_recording_gives_its_room_to_the_others() -> None:
    first, second = chosen([40, 300], [1, 1], 180, 126)
    assert (first.stop - first.start, second.stop - second.start) == (40, 152)


def test_short_recordings_are_repeated_in_their_place() -> None:
    windows = chosen([50, 60], [1, 1], 180, 126)
    assert [window.part for window in windows] == [0, 0, 1]
    assert all(window.stop - window.start >= LEAST for window in windows)


# Seams and splices


def test_a_recording_cut_in_two_is_joined_where_it_was_cut() -> None:
    take = recorded(gliding(1.0, yaw=0.7, sway=0.5))
    elsewhere = recorded(gliding(1.0, yaw=-2.0, sway=0.5))
    seam = best_seam(take, elsewhere, range(30, 31), range(20, 41))
    assert seam.enter == 30
    assert seam.distance == pytest.approx(0, abs=1e-6)
    assert seam.yaw == pytest.approx(2.7)
    laid = moved(elsewhere.joints, seam.yaw, seam.shift)
    np.testing.assert_allclose(laid, take.joints, atol=1e-9)


def test_splicing_goes_on_as_if_there_were_no_seam() -> None:
    take = recorded(gliding(1.0, yaw=0.7, sway=0.5))
    elsewhere = recorded(gliding(1.0, yaw=-2.0, sway=0.5))
    strip = splice([take, elsewhere], [Window(0, 0, 30, 60), Window(1, 30, 60, 60)], 60)
    np.testing.assert_allclose(strip.root, take.root[: strip.frames], atol=1e-9)
    joints = forward_kinematics(strip.rotations, strip.root).positions
    np.testing.assert_allclose(joints, take.joints[: strip.frames], atol=1e-9)


def test_a_runner_brakes_within_the_blend_and_is_not_pulled_back() -> None:
    fast, slow = recorded(gliding(3.0)), recorded(gliding(0.0))
    strip = splice([fast, slow], [Window(0, 0, 50, 60), Window(1, 0, 60, 60)], 90)
    forward = -velocities(strip.root)[:, 1]
    assert forward[0] == pytest.approx(3.0) and forward[-1] == pytest.approx(0.0, abs=1e-9)
    assert np.all(np.diff(forward) <= 1e-9)
    ((start, stop),) = strip.seams
    assert stop - start >= 0.3 * FPS


def test_limbs_on_far_sides_go_over_without_changing_sides() -> None:
    turned = swaying(0.0, "m", 60)
    one, other = turned.rotations.copy(), turned.rotations.copy()
    arm = INDEX["L_Shoulder"]
    one[:, arm] = about("z", np.linspace(1.4, 1.6, 60))
    other[:, arm] = about("z", np.linspace(-1.5, -1.7, 60))
    takes = [recorded(Motion(r, turned.root, FPS, "m")) for r in (one, other)]
    strip = splice(takes, [Window(0, 0, 40, 60), Window(1, 10, 60, 60)], 80)
    joints = forward_kinematics(strip.rotations, strip.root).positions
    assert np.linalg.norm(np.diff(joints, axis=0), axis=-1).max() * FPS < 12


# Retiming


@pytest.mark.parametrize(("frames", "tempo"), [(180, 1.0), (160, 159 / 179), (220, 219 / 179)])
def test_a_strip_is_stretched_to_the_clip(frames: int, tempo: float) -> None:
    strip = gliding(1.0, frames)
    fitted = retime(strip.rotations, strip.root, 180, FPS)
    assert fitted.tempo == pytest.approx(tempo)
    assert fitted.held_s == 0
    np.testing.assert_allclose(fitted.root[[0, -1]], strip.root[[0, -1]], atol=1e-9)


def test_a_strip_much_too_long_is_cut_at_the_end() -> None:
    strip = gliding(1.0, 400)
    fitted = retime(strip.rotations, strip.root, 180, FPS)
    assert fitted.tempo == FASTEST
    assert fitted.at[-1] == pytest.approx(179 * FASTEST)


def test_a_strip_too_short_comes_to_rest_without_a_jolt() -> None:
    strip = gliding(1.0, 100)
    fitted = retime(strip.rotations, strip.root, 180, FPS)
    assert fitted.tempo == SLOWEST
    assert fitted.held_s == pytest.approx((179 - 99 / SLOWEST) / FPS, abs=1 / FPS)
    speed = np.linalg.norm(velocities(fitted.root), axis=1)
    assert speed[-30:].max() < 1e-9
    assert np.abs(np.diff(speed)).max() < 0.2


def test_flights_keep_the_time_they_took() -> None:
    strip = swaying(1.0, "m", 160)
    t = np.arange(15) / FPS
    hop = 9.81 / 2 * t * (t[-1] - t)  # 14 / 30 s of free fall
    root = strip.root.copy()
    root[60:75, 2] += hop
    fitted = retime(strip.rotations, root, 180, FPS)
    above = fitted.root[:, 2] > STANDING_HEIGHT + 0.12
    assert abs(above.sum() - (hop > 0.12).sum()) <= 1  # stretched, it would be more
    assert fitted.tempo < 159 / 179


# Mirror and floor


def test_a_mirror_shows_left_as_right_and_twice_the_same() -> None:
    motion = gliding(1.0, yaw=0.4)
    rotations, root = mirror(motion.rotations, motion.root)
    seen = forward_kinematics(rotations, root).positions * [-1.0, 1.0, 1.0]
    hand, other = INDEX["L_Hand"], INDEX["R_Hand"]
    np.testing.assert_allclose(seen[:, hand], motion.joints[:, other], atol=0.02)
    again, way = mirror(rotations, root)
    np.testing.assert_array_equal(again, motion.rotations)
    np.testing.assert_array_equal(way, motion.root)


def test_a_dip_is_lifted_and_the_rest_left_alone() -> None:
    motion = swaying(0.0, "m", 90)
    root = motion.root.copy()
    root[40:44, 2] -= 0.1
    lifted = lift(motion.rotations, root)
    height = lowest(
        forward_kinematics(motion.rotations, lifted),
        soles(forward_kinematics(motion.rotations, lifted)),
    )
    assert height.min() > -1e-9
    np.testing.assert_allclose(lifted[[0, 20, 60, 89], 2], STANDING_HEIGHT, atol=2e-3)
    assert np.abs(np.diff(lifted[:, 2] - root[:, 2])).max() < 0.02
