"""The motion filter: one fault at a time, each refused under its name with its figure."""

from pathlib import Path

import numpy as np
import pytest

from claims_env.formats.amass import import_amass
from claims_env.motion import Motion
from claims_env.motion_filter import CHECKS, Limit, MotionLimits, check, official
from claims_env.rotation import Floats, about
from claims_env.skeleton import INDEX, STANDING_HEIGHT, UPRIGHT

TIME = np.arange(61) / 30


def moved(x: Floats | float = 0.0, z: Floats | float = 0.0, elbow: Floats | float = 0.0) -> Motion:
    rotations = np.tile([1.0, 0, 0, 0], (61, 24, 1))
    rotations[:, 0] = UPRIGHT
    rotations[:, INDEX["R_Elbow"]] = about("y", np.broadcast_to(elbow, 61))
    root = np.zeros((61, 3))
    root[:, 0], root[:, 2] = x, STANDING_HEIGHT + z
    return Motion(rotations, root, 30.0, "moved")


def bent(joint: str, axis: str, angle: float, other: float = 0.0) -> Motion:
    """Return a standing body with the left joint, and the right one otherwise, bent [rad]."""
    still = moved()
    rotations = still.rotations.copy()
    rotations[:, INDEX[f"L_{joint}"]] = about(axis, angle)
    rotations[:, INDEX[f"R_{joint}"]] = about(axis, other)
    return Motion(rotations, still.root, 30.0, "bent")


def thrown(pull: float) -> Motion:
    """Return a body in the air for 0.7 s, falling with the pull [m/s^2]."""
    t = np.clip(TIME - 0.6, 0, 0.7)
    return moved(z=pull / 2 * t * (0.7 - t))


def cut(frames: int) -> Motion:
    still = moved()
    return Motion(still.rotations[:frames], still.root[:frames], 30.0, "cut")


def names(motion: Motion, limits: MotionLimits | None = None) -> set[str]:
    return {reason.name for reason in check(motion, limits or MotionLimits()).reasons}


def test_standing_still_passes_without_a_warning() -> None:
    verdict = check(moved())
    assert verdict.passed
    assert (verdict.reasons, verdict.warnings, verdict.sentence) == ((), (), "")


@pytest.mark.parametrize(
    ("reason", "motion"),
    [
        ("root_too_high", moved(z=1.1)),
        ("root_too_low", moved(z=-0.9)),
        ("below_floor", moved(z=-0.06)),
        ("below_floor_often", moved(z=-0.03)),
        ("floating", moved(z=0.2)),
        ("body_too_fast", moved(x=16.0 * TIME)),
        ("joint_too_fast", moved(elbow=41.0 * TIME)),
        ("jerky", moved(x=0.05 * np.sin(50 * TIME))),
        ("too_short", cut(6)),
        ("false_gravity", thrown(4.0)),
        ("self_penetration", bent("Hip", "z", -0.2, 0.2)),
        ("dislocated", bent("Knee", "x", -1.5)),
    ],
)
def test_each_fault_is_refused_under_its_name(reason: str, motion: Motion) -> None:
    assert reason in names(motion)
    assert reason in CHECKS


@pytest.mark.parametrize(
    ("motion", "sentence"),
    [
        (moved(x=16.0 * TIME), "A joint moves at 16 m/s (limit 15 m/s)."),
        (moved(z=-0.06), "The body reaches under the floor by 0.06"),
        (moved(z=-0.03), "The body is 2 cm under the floor in frames: 100% (limit 5%)."),
    ],
)
def test_a_reason_reads_as_a_sentence_with_figures(motion: Motion, sentence: str) -> None:
    assert sentence in check(motion).sentence


def test_a_reason_carries_value_limit_and_unit() -> None:
    (reason,) = check(moved(x=16.0 * TIME)).reasons
    assert reason.value == pytest.approx(16)
    assert (reason.name, reason.limit, reason.unit) == ("body_too_fast", 15, "m/s")


def test_between_warning_and_limit_a_motion_passes_and_is_remarked_on() -> None:
    verdict = check(moved(x=13.0 * TIME))
    assert verdict.passed
    assert {warning.name for warning in verdict.warnings} == {"body_too_fast", "skating"}


@pytest.mark.parametrize(
    ("warning", "motion"),
    [
        ("held_up", moved(z=0.3)),
        ("false_gravity", thrown(7.0)),
        ("dislocated", bent("Knee", "x", -0.8)),
    ],
)
def test_what_no_body_does_by_itself_is_remarked_on(warning: str, motion: Motion) -> None:
    assert warning in {reason.name for reason in check(motion).warnings}


def test_a_true_flight_passes() -> None:
    assert {"false_gravity", "spin_from_nothing"} & names(thrown(9.81)) == set()


def test_a_figure_at_its_limit_passes() -> None:
    limits = MotionLimits(root_high=Limit(0.0, STANDING_HEIGHT))
    assert names(moved(), limits) == set()
    assert names(moved(z=1e-6), limits) == {"root_too_high"}


def test_the_official_check_looks_at_the_root_alone() -> None:
    assert names(moved(x=100.0 * TIME, z=0.5, elbow=45.0 * TIME), official()) == set()
    assert names(moved(z=1.6), official()) == {"root_too_high"}
    assert names(moved(z=-0.75), official()) == {"root_too_low"}
    assert check(moved(z=0.5), official()).warnings == ()


def test_a_clip_the_tracker_would_drop_is_refused_by_every_check() -> None:
    (reason,) = check(cut(4)).reasons
    assert reason.sentence == "The clip lasts only 0.1 s (limit 0.2 s)."
    assert names(cut(4), official()) == {"too_short"}
    assert names(cut(2)) == {"too_short"}


def test_a_clip_of_a_fifth_of_a_second_is_long_enough() -> None:
    assert names(cut(7)) == names(cut(7), official()) == set()


def test_every_figure_is_reported_whether_it_passes_or_not() -> None:
    measures = check(moved(x=TIME)).measures
    assert measures["root_speed"] == pytest.approx(1)
    assert {"deepest", "top_speed", "longest_flight_s", "skating"} <= set(measures)


def test_loosening_a_limit_never_refuses_more() -> None:
    motion = moved(x=16.0 * TIME, z=-0.06)
    loose = MotionLimits(top_speed=Limit(15, 20), deepest=Limit(0.1, 0.2), sunk=Limit(1, 1))
    assert names(motion, loose) < names(motion)


def test_real_motions_pass(mocap_folder: Path) -> None:
    clips = [import_amass(path) for path in sorted(mocap_folder.glob("*.npz"))]
    refused = [clip.name for clip in clips if not check(clip).passed]
    assert refused == []


def test_the_official_check_refuses_real_floor_work_only_where_it_lies_low(
    mocap_folder: Path,
) -> None:
    crawl = mocap_folder / "lo_dm_getup_facedown.npz"
    if not crawl.exists():
        pytest.skip("no floor work there")
    assert check(import_amass(crawl)).passed
    assert names(import_amass(crawl), official()) == {"root_too_low"}
