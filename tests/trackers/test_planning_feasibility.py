"""Feasibility: what a trial notices of a clip that breaks physics."""

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("mujoco")
pytest.importorskip("torch")

from toys import swaying

from claims_env.feasibility import DOUBTFUL, FEASIBLE, AssessedClip, Feasibility
from claims_env.motion import Motion
from claims_env.trackers.mujoco.planning.assessment import assess
from claims_env.trackers.mujoco.planning.feasibility import TOLERANCE, score

pytestmark = pytest.mark.physics

SOUND = swaying(1.0, "sound", frames=45)


def moved(name: str, path: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> Motion:
    """Return the sound clip with its root moved by so much in each frame [m]."""
    return replace(SOUND, root=SOUND.root + path, name=name)


@pytest.fixture(scope="module")
def assessed() -> dict[str, AssessedClip]:
    still = np.zeros((45, 3))
    floating, hovering, leaping = still.copy(), still.copy(), still.copy()
    floating[:, 2] = 0.2
    hovering[:, 2] = 0.4 * np.clip(np.minimum(np.arange(45) - 8, 40 - np.arange(45)) / 6, 0, 1)
    leaping[20:, 0] = 0.6
    clips = [
        SOUND,
        moved("floating", floating),
        moved("hovering", hovering),
        moved("leaping", leaping),
    ]
    return {clip.motion.name: clip for clip in assess(clips, body="lite", seed=0, threads=1)}


def test_a_sound_clip_is_feasible(assessed: dict[str, AssessedClip]) -> None:
    found = assessed["sound"].feasibility
    assert found.verdict == "feasible" and found.score > 0.9
    assert found.seconds == pytest.approx(44 / 30)
    assert found.worst_distance < 0.2


@pytest.mark.parametrize(
    ("name", "figure"), [("floating", "off_floor"), ("hovering", "lift"), ("leaping", "shift")]
)
def test_a_spoiled_clip_is_against_physics_and_the_figure_says_why(
    assessed: dict[str, AssessedClip], name: str, figure: str
) -> None:
    found = assessed[name].feasibility
    assert found.score < FEASIBLE
    assert getattr(found, figure) > TOLERANCE[figure]
    assert getattr(assessed["sound"].feasibility, figure) < TOLERANCE[figure] / 2


def test_how_far_a_clip_floats_is_told_in_metres(assessed: dict[str, AssessedClip]) -> None:
    assert assessed["floating"].feasibility.off_floor == pytest.approx(0.2, abs=0.01)


def test_a_trial_repeats_under_its_seed_whatever_stands_beside_it(
    assessed: dict[str, AssessedClip],
) -> None:
    again = assess([SOUND], body="lite", seed=0, threads=2)[0].feasibility
    first = assessed["sound"].feasibility
    assert replace(again, core_seconds=0) == replace(first, core_seconds=0)


def test_a_figure_at_its_tolerance_makes_one_half() -> None:
    nothing = dict.fromkeys(TOLERANCE, 0.0)
    assert score(nothing) == 1
    for name, limit in TOLERANCE.items():
        assert score({**nothing, name: limit}) == pytest.approx(0.5)
        # twice the tolerance is sixteen strikes
        assert score({**nothing, name: 2 * limit}) == pytest.approx(1 / 17)


@pytest.mark.parametrize(
    ("value", "verdict"),
    [(FEASIBLE, "feasible"), (DOUBTFUL, "doubtful"), (0.2, "against physics")],
)
def test_a_verdict_is_the_score_in_words(value: float, verdict: str) -> None:
    assert Feasibility(value, *[0.0] * 10).verdict == verdict
