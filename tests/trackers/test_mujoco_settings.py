import subprocess
import sys

import pytest

from claims_env.errors import ConfigError
from claims_env.trackers.mujoco import MujocoSettings


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
