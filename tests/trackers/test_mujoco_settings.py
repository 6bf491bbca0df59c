import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from claims_env.assembly import build_tracker
from claims_env.config import TrackerConfig
from claims_env.errors import ConfigError
from claims_env.trackers.mujoco import MujocoSettings, MujocoTracker


def test_settings_and_tracker_are_imported_without_mujoco_or_torch() -> None:
    heavy = "{'mujoco', 'torch'}"
    code = f"import sys, claims_env.trackers.mujoco; sys.exit(len({heavy} & {{*sys.modules}}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"assist": 1.5}, "assist is 1.5"),
        ({"workers": -1}, "workers is -1"),
        ({"gamma": 1.0}, "gamma is 1.0"),
        ({"body": "octopus"}, "octopus"),
        ({"hidden": (64, 0)}, "hidden"),
        ({"learning_rate": 0.0}, "learning_rate"),
    ],
)
def test_an_impossible_setting_is_refused_by_name(wrong: dict[str, object], named: str) -> None:
    with pytest.raises(ConfigError, match=named):
        MujocoSettings(**wrong)  # type: ignore[arg-type]


def test_table_9_is_the_papers_and_starts_from_nothing() -> None:
    tracker = build_tracker(TrackerConfig(preset="table9", workers=2))
    assert isinstance(tracker, MujocoTracker)
    settings = tracker.settings
    assert (settings.gamma, settings.gae_lambda, settings.clip) == (0.98, 0.95, 0.2)
    assert (settings.learning_rate, settings.target_kl) == (2e-5, 0.0)
    assert settings.environments * tracker.workers == 1024
    assert tracker.facts["base"] == "none"


def test_a_learning_rate_that_is_asked_for_is_taken_whatever_the_start_knew(
    tmp_path: Path,
) -> None:
    settings = MujocoSettings(workers=1, hidden=(8,), base="none", learning_rate=3e-4)
    fresh = MujocoTracker(settings)
    fresh.save(tmp_path / "start.npz")
    known = MujocoTracker(replace(settings, base=str(tmp_path / "start.npz"), learning_rate=None))
    asked = MujocoTracker(replace(settings, base=str(tmp_path / "start.npz"), learning_rate=1e-5))
    known.save(tmp_path / "known.npz")
    asked.save(tmp_path / "asked.npz")
    rates = [saved_numbers(tmp_path / name)["learning_rate"] for name in ("known.npz", "asked.npz")]
    assert rates == [3e-4, 1e-5]


def saved_numbers(path: Path) -> dict[str, float]:
    with np.load(path) as arrays:
        numbers: dict[str, float] = json.loads(str(arrays["about"]))["numbers"]
    return numbers
