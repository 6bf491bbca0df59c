"""The filter 'feasible': limits first, then what a humanoid's trial says, in figures and words."""

import pickle
import sys
from dataclasses import replace
from typing import Any

import pytest
from toys import swaying

from claims_env.assembly import build_env
from claims_env.assembly.filters import FILTERS, build_filter
from claims_env.config import RunConfig
from claims_env.errors import MissingDependency, UnknownName
from claims_env.feasibility import Feasibility
from claims_env.feasibility_filter import after_trial, loudest
from claims_env.motion import Motion
from claims_env.motion_filter import Verdict, check
from claims_env.records import from_json

TOLERANCE = {"lift": 0.8, "jump": 0.4, "shift": 0.2, "off_floor": 0.1}
SOUND = Feasibility(0.9, 0.2, 0.1, 0.05, 0.01, 0.4, 0.03, 0.08, 25.0, 2.0, 1.5)
NOTHING = Verdict((), (), {"root_high": 0.9})
SMALL: dict[str, Any] = {
    "preset_name": "smoke",
    "tracker": {"name": "skill"},
    "sets": 2,
    "held_out": 0,
}


def raised(height: float, frames: int = 20) -> Motion:
    """Return a standing body so far above the floor [m]."""
    still = swaying(1.0, "raised", frames=frames)
    return replace(still, root=still.root + [0.0, 0.0, height])


def test_a_feasible_clip_passes_and_its_figures_are_kept() -> None:
    verdict = after_trial(NOTHING, SOUND, TOLERANCE)
    assert verdict.passed and verdict.warnings == ()
    assert verdict.measures == {
        "root_high": 0.9,
        "trial_score": 0.9,
        "trial_lift": 0.2,
        "trial_jump": 0.1,
        "trial_shift": 0.05,
        "trial_off_floor": 0.01,
        "trial_help": 0.4,
        "trial_mean_distance": 0.03,
        "trial_worst_distance": 0.08,
        "trial_effort": 25.0,
    }


def test_a_clip_against_physics_is_refused_with_its_score_its_worst_figure_and_what_to_do() -> None:
    verdict = after_trial(NOTHING, replace(SOUND, score=0.12, lift=1.3), TOLERANCE)
    assert verdict.sentence == (
        "A humanoid hangs on a helping hand (1.30 of its weight for half a second); "
        "`claims-env feasible CLIP` tells more. The trial scores 0.12 (limit 0.25)."
    )
    (reason,) = verdict.reasons
    assert (reason.name, reason.value, reason.limit) == ("against_physics", 0.12, 0.25)
    assert verdict.measures["trial_lift"] == 1.3


def test_a_doubtful_clip_passes_and_is_remarked_on() -> None:
    verdict = after_trial(NOTHING, replace(SOUND, score=0.3, shift=0.25), TOLERANCE)
    assert verdict.passed
    (warning,) = verdict.warnings
    assert "left behind by the whole clip (0.25 m within 1/30 s)" in warning.sentence
    assert warning.sentence.endswith("The trial scores 0.3 (limit 0.5).")


@pytest.mark.parametrize(
    ("figure", "value", "said"),
    [
        ("lift", 0.9, "hangs on a helping hand (0.90 of its weight"),
        ("jump", 0.45, "left behind by a joint of the clip (0.45 m"),
        ("shift", 0.22, "left behind by the whole clip (0.22 m"),
        ("off_floor", 0.11, "which is 0.11 m off the floor"),
    ],
)
def test_the_loudest_figure_is_the_one_furthest_beyond_its_tolerance(
    figure: str, value: float, said: str
) -> None:
    # each is a tenth beyond its own; 0.19 m of shift and 0.7 of lift are within theirs
    found = replace(SOUND, **{"score": 0.2, "lift": 0.7, "shift": 0.19, figure: value})
    assert loudest(found, TOLERANCE) == figure
    assert said in after_trial(NOTHING, found, TOLERANCE).sentence


def test_a_trial_that_gave_no_number_refuses_the_clip() -> None:
    found = replace(SOUND, score=float("nan"), lift=float("nan"))
    assert not after_trial(NOTHING, found, TOLERANCE).passed


def test_the_configuration_knows_every_filter_and_no_other() -> None:
    for name in FILTERS:
        assert from_json(RunConfig, {"filter": name}).filter == name
    with pytest.raises(UnknownName, match=r"strict.*Known: default, feasible, official"):
        build_filter("strict")


def test_without_mujoco_the_filter_is_refused_before_anything_runs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "mujoco", None)
    with pytest.raises(MissingDependency, match=r"'feasible' needs 'mujoco'.*\[physics\]"):
        build_env(**SMALL, filter="feasible")
    assert build_filter("default")(swaying(1.0)).passed


def test_a_filter_survives_pickling() -> None:
    for name in ("default", "official"):
        again = pickle.loads(pickle.dumps(build_filter(name)))
        assert again(swaying(1.0)) == build_filter(name)(swaying(1.0))


def test_a_clip_beyond_the_limits_is_not_tried() -> None:
    pytest.importorskip("mujoco")
    high = raised(1.2)
    assert build_filter("feasible")(high) == check(high)


@pytest.mark.physics
def test_a_floating_clip_within_the_limits_is_refused_and_the_same_clip_on_the_floor_passes() -> (
    None
):
    pytest.importorskip("mujoco")
    tried = build_filter("feasible")
    floating, standing = raised(0.2), raised(0.0)
    assert check(floating).passed
    assert "0.20 m off the floor" in tried(floating).sentence
    assert "trial_score" in tried(floating).measures
    verdict = tried(standing)
    assert verdict.passed and verdict.measures["trial_score"] > 0.9
    assert verdict.measures["root_high"] == check(standing).measures["root_high"]
    assert tried(standing) == verdict
    assert pickle.loads(pickle.dumps(tried))(standing) == verdict


@pytest.mark.physics
def test_a_run_records_the_figures_of_every_trial() -> None:
    pytest.importorskip("mujoco")
    env = build_env(**SMALL, filter="feasible", judges=())
    _, info = env.reset(seed=0)
    sets = info["rounds"][0].sets
    passed_limits = [s for s in sets if "trial_score" in s.measures]
    assert passed_limits and all(0 <= s.measures["trial_score"] <= 1 for s in passed_limits)
    assert not any("trial_core_seconds" in s.measures for s in sets)
