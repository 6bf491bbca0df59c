"""The metrics, each against numbers worked out by hand."""

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from claims_env.skeleton import INDEX
from claims_env.tracking_metrics import (
    ERRORS,
    EVALUATED,
    FailedFrames,
    Joints,
    TrackingMetrics,
    failure_frame,
    measure,
    pool,
    procrustes,
    si,
)


def reference(frames: int) -> Joints:
    return np.asarray(np.random.default_rng(0).normal(size=(frames, 24, 3)))


def shifted(by: list[float]) -> tuple[Joints, Joints]:
    """Return a simulation that is off by so many metres along x, frame by frame."""
    target = reference(len(by))
    return target + np.array(by)[:, None, None] * [1.0, 0, 0], target


def metrics(frames: int, value: float, *, success: bool = True) -> TrackingMetrics:
    return TrackingMetrics(success, value, value, value, value, value, frames)


# Errors of a clip that never fails


def test_a_perfect_clip_has_no_error() -> None:
    found = measure(*shifted([0.0] * 5))
    assert (found.success, found.failed_at, found.frames) == (True, None, 5)
    assert [getattr(found, name) for name in ERRORS] == pytest.approx([0] * 5, abs=1e-9)


def test_a_body_standing_aside_is_off_in_the_world_but_not_in_itself() -> None:
    found = measure(*shifted([0.1] * 4))
    assert found.g_mpjpe == pytest.approx(100)
    assert found.l_mpjpe == pytest.approx(0, abs=1e-9)
    assert found.pa_mpjpe == pytest.approx(0, abs=1e-9)


def test_velocities_and_accelerations_are_differences_per_frame() -> None:
    found = measure(*shifted([0.0, 0.01, 0.04, 0.09]))
    assert found.g_mpjpe == pytest.approx((0 + 10 + 40 + 90) / 4)
    assert found.vel_dist == pytest.approx((10 + 30 + 50) / 3)
    assert found.acc_dist == pytest.approx(20)


def test_one_arm_astray_weighs_a_twenty_fourth() -> None:
    joints, target = shifted([0.0] * 3)
    joints[:, INDEX["L_Hand"], 2] += 0.24
    found = measure(joints, target)
    assert found.g_mpjpe == found.l_mpjpe == pytest.approx(10)


def test_the_local_error_is_relative_to_the_pelvis_with_its_turn_kept() -> None:
    target = np.zeros((2, 24, 3))
    target[:, 1:, 0] = 0.1
    joints = np.zeros((2, 24, 3))
    joints[:, 1:, 1] = 0.1
    joints += 0.2
    # 23 of 24 joints lie at a right angle to where they should be: sqrt(2) * 100 mm each
    assert measure(joints, target).l_mpjpe == pytest.approx(23 / 24 * np.sqrt(2) * 100)


def test_velocities_in_si_units_are_multiplied_by_the_frame_rate() -> None:
    found = si(measure(*shifted([0.0, 0.01, 0.04])), fps=30)
    assert found.vel_dist == pytest.approx(20 * 30)
    assert found.acc_dist == pytest.approx(20 * 900)
    assert found.g_mpjpe == pytest.approx(50 / 3)


def test_a_single_frame_has_neither_velocity_nor_acceleration() -> None:
    found = measure(*shifted([0.1]))
    assert found.g_mpjpe == pytest.approx(100)
    assert np.isnan([found.vel_dist, found.acc_dist]).all()


def test_two_frames_have_a_velocity_but_no_acceleration() -> None:
    found = measure(*shifted([0.1, 0.2]))
    assert found.vel_dist == pytest.approx(100)
    assert np.isnan(found.acc_dist)


def test_single_precision_is_good_enough() -> None:
    joints, target = shifted([0.0, 0.01, 0.04, 0.09])
    exact, rough = measure(joints, target), measure(joints.astype("f4"), target.astype("f4"))
    for name in ERRORS:
        assert getattr(rough, name) == pytest.approx(getattr(exact, name), abs=1e-3)


def test_measuring_changes_neither_array() -> None:
    joints, target = shifted([0.0, 0.6, 0.9])
    before = joints.copy(), target.copy()
    measure(joints, target)
    np.testing.assert_array_equal(joints, before[0])
    np.testing.assert_array_equal(target, before[1])


@pytest.mark.parametrize("shape", [(4, 24, 2), (4, 22, 3), (24, 3), (3, 24, 3)])
def test_arrays_of_the_wrong_shape_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="Expected two arrays"):
        measure(np.zeros(shape), np.zeros((4, 24, 3)))


# Failure


def test_twenty_bodies_are_evaluated_without_toes_and_hands() -> None:
    left_out = {INDEX[f"{side}_{part}"] for side in "LR" for part in ("Foot", "Hand")}
    assert set(EVALUATED) == set(range(24)) - left_out


def test_half_a_metre_is_not_yet_a_failure() -> None:
    target = np.zeros((3, 24, 3))
    joints = target + np.array([0.5, 0.0, 0.0])
    assert failure_frame(joints, target) is None
    joints[2, :, 0] += 1e-6
    assert failure_frame(joints, target) == 2


def test_the_mean_of_the_bodies_decides_not_the_worst() -> None:
    joints, target = shifted([0.0] * 3)
    joints[1, INDEX["Head"], 0] += 9.9  # 9.9 m over 20 bodies is 0.495 m
    assert failure_frame(joints, target) is None
    joints[1, INDEX["Head"], 0] += 0.2
    assert failure_frame(joints, target) == 1


def test_flailing_hands_and_toes_fail_no_clip() -> None:
    joints, target = shifted([0.0] * 3)
    joints[:, [INDEX["L_Hand"], INDEX["R_Foot"]]] += 100
    assert failure_frame(joints, target) is None


def test_the_first_frame_is_never_a_failure() -> None:
    assert failure_frame(*shifted([9.0, 0.0, 0.0])) is None
    assert measure(*shifted([9.0, 0.0, 0.0])).success


def test_a_failure_is_told_by_its_reference_frame() -> None:
    found = measure(*shifted([0.0, 0.1, 0.6, 0.0]))
    assert not found.success
    assert found.failed_at == 3  # index 2 holds reference frame 3: frame 0 is not tracked


FAILING = [0.0, 0.1, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1]
"""Metres off; the clip fails at index 2."""


@pytest.mark.parametrize(
    ("mode", "kept"),
    [
        ("phc", [0.0, 0.1, 0.6, 0.0, 0.1, 0.6, 0.0, 0.1]),
        ("until_failure", [0.0, 0.1, 0.6]),
        ("full", FAILING),
    ],
)
def test_each_rule_for_failed_clips_keeps_its_frames(mode: FailedFrames, kept: list[float]) -> None:
    found, off = measure(*shifted(FAILING), failed_frames=mode), np.array(kept) * 1000
    assert found.frames == len(kept)
    assert found.g_mpjpe == pytest.approx(off.mean())
    assert found.vel_dist == pytest.approx(np.abs(np.diff(off)).mean())
    assert found.acc_dist == pytest.approx(np.abs(np.diff(off, n=2)).mean())


def test_restarts_show_in_velocities_and_accelerations() -> None:
    found = measure(*shifted(FAILING), failed_frames="phc")
    # steps 100, 500, -600, 100, 500, -600, 100 and their differences
    assert found.vel_dist == pytest.approx((100 + 500 + 600 + 100 + 500 + 600 + 100) / 7)
    assert found.acc_dist == pytest.approx((400 + 1100 + 700 + 400 + 1100 + 700) / 6)


@pytest.mark.parametrize("mode", ["phc", "until_failure", "full"])
def test_a_clip_that_succeeds_is_the_same_under_every_rule(mode: FailedFrames) -> None:
    assert measure(*shifted([0.1, 0.2, 0.3]), failed_frames=mode) == measure(
        *shifted([0.1, 0.2, 0.3])
    )


@pytest.mark.parametrize("mode", ["phc", "until_failure", "full"])
@pytest.mark.parametrize("diverged", [1, 2, 5])
def test_a_diverged_simulation_fails_and_leaves_finite_errors(
    mode: FailedFrames, diverged: int
) -> None:
    joints, target = shifted([0.1] * 6)
    joints[diverged:] = np.nan
    found = measure(joints, target, failed_frames=mode)
    assert (found.success, found.failed_at) == (False, diverged + 1)
    assert found.g_mpjpe == pytest.approx(100)


def test_a_simulation_diverged_from_the_start_enters_no_error() -> None:
    joints, target = shifted([0.1] * 6)
    found = measure(joints * np.nan, target)
    assert (found.success, found.failed_at, found.frames) == (False, 1, 0)
    assert pool([found]).all["g_mpjpe"] is None


# Procrustes


def test_procrustes_undoes_a_turn_a_shift_and_a_scale() -> None:
    target = reference(5)
    turn = Rotation.from_rotvec(np.random.default_rng(1).normal(size=(5, 3))).as_matrix()
    joints = 1.7 * target @ turn + np.array([3.0, -2.0, 1.0])
    np.testing.assert_allclose(procrustes(joints, target), target, atol=1e-9)


def test_procrustes_never_mirrors() -> None:
    target = reference(3)
    joints = target * [-1.0, 1, 1]
    assert np.linalg.norm(procrustes(joints, target) - target, axis=-1).mean() > 0.1


def test_procrustes_of_two_points_scales_one_onto_the_other() -> None:
    target, joints = np.zeros((1, 24, 3)), np.zeros((1, 24, 3))
    target[0, 0, 0], target[0, 1, 0] = 1.0, -1.0
    joints[0, 0, 1], joints[0, 1, 1] = 2.0, -2.0
    np.testing.assert_allclose(procrustes(joints, target), target, atol=1e-12)


def test_procrustes_fits_each_frame_best() -> None:
    target = reference(4)
    joints = target + 0.1 * np.random.default_rng(1).normal(size=target.shape)
    best = ((procrustes(joints, target) - target) ** 2).sum()
    for angle, scale in ((0.01, 1.0), (-0.01, 1.0), (0.0, 1.01), (0.0, 0.99)):
        turn = Rotation.from_rotvec([angle, angle, 0]).as_matrix()
        fitted = procrustes(joints, target)
        middle = target.mean(1, keepdims=True)
        assert ((scale * (fitted - middle) @ turn + middle - target) ** 2).sum() > best


def test_a_body_shrunk_to_a_point_has_no_undefined_fit() -> None:
    fitted = procrustes(np.zeros((1, 24, 3)), reference(1))
    np.testing.assert_allclose(fitted[0], np.tile(reference(1)[0].mean(0), (24, 1)), atol=1e-12)


# Several clips


def test_clips_are_pooled_by_frames() -> None:
    together = pool([metrics(10, 10.0), metrics(30, 50.0)])
    assert together.all["g_mpjpe"] == pytest.approx((10 * 10 + 30 * 50) / 40)
    assert together.all["vel_dist"] == pytest.approx((9 * 10 + 29 * 50) / 38)
    assert together.all["acc_dist"] == pytest.approx((8 * 10 + 28 * 50) / 36)


def test_pooling_is_measuring_all_frames_at_once() -> None:
    clips = [shifted([0.1, 0.3, 0.2]), shifted([0.0, 0.1, 0.4, 0.4, 0.2])]
    together = pool([measure(*clip) for clip in clips])
    off = np.concatenate([np.linalg.norm(j - r, axis=-1).ravel() for j, r in clips])
    steps = [np.linalg.norm(np.diff(j - r, axis=0), axis=-1).ravel() for j, r in clips]
    assert together.all["g_mpjpe"] == pytest.approx(off.mean() * 1000)
    assert together.all["vel_dist"] == pytest.approx(np.concatenate(steps).mean() * 1000)


def test_failed_clips_count_among_all_but_not_among_the_successful() -> None:
    together = pool([metrics(10, 10.0), metrics(10, 90.0, success=False)])
    assert (together.clips, together.success_rate) == (2, 0.5)
    assert together.all["pa_mpjpe"] == pytest.approx(50)
    assert together.succeeded["pa_mpjpe"] == pytest.approx(10)


def test_without_a_success_there_are_no_errors_of_successes() -> None:
    together = pool([metrics(10, 90.0, success=False)])
    assert together.success_rate == 0
    assert set(together.succeeded.values()) == {None}


def test_clips_too_short_for_an_acceleration_do_not_spoil_the_mean() -> None:
    short = measure(*shifted([0.1]))
    together = pool([short, metrics(10, 30.0)])
    assert together.all["acc_dist"] == pytest.approx(30)
    assert together.all["g_mpjpe"] == pytest.approx((100 + 10 * 30) / 11)
    assert pool([short]).all["acc_dist"] is None


def test_pooling_does_not_depend_on_the_order() -> None:
    clips = [metrics(n, float(n * n), success=n % 2 == 0) for n in (3, 4, 7, 10)]
    forth, back = pool(clips), pool(clips[::-1])
    assert forth.success_rate == back.success_rate
    assert forth.all == pytest.approx(back.all)
    assert forth.succeeded == pytest.approx(back.succeeded)


def test_pooling_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no clip"):
        pool([])
