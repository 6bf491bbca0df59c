"""claims-env doctor on an outside tracker: what is found, what is missing, and what helps."""

import json
import os
import shlex
import shutil
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from claims_env.cli import main
from claims_env.commands.doctor.check import Check
from claims_env.commands.doctor.interpreter import asked
from claims_env.commands.doctor.tracker import check_tracker
from claims_env.config import RunConfig, TrackerConfig, to_yaml
from claims_env.external_config import ExternalConfig
from claims_env.trackers.doubles import phc as phc_double
from claims_env.trackers.doubles import protomotions as protomotions_double


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    phc_double.write_checkout(tmp_path / "phc")
    return tmp_path / "phc"


@pytest.fixture
def python(tmp_path: Path) -> str:
    """An interpreter whose torch loads at once."""
    (tmp_path / "light").mkdir()
    # no more of torch is asked for than whether it has a GPU
    (tmp_path / "light" / "torch.py").write_text(
        "class cuda:\n    @staticmethod\n    def is_available():\n        return False\n"
    )
    return f"env PYTHONPATH={shlex.quote(str(tmp_path / 'light'))} {shlex.quote(sys.executable)}"


def found(name: str = "phc", **external: Any) -> dict[str, Check]:
    checks = check_tracker(TrackerConfig(name=name), ExternalConfig(**external))
    return {check.name: check for check in checks}


def broken(checks: dict[str, Check]) -> list[str]:
    assert all(check.fails == (check.state == "broken") for check in checks.values())
    assert all(check.cure for check in checks.values() if check.state == "broken")
    return [name for name, check in checks.items() if check.state == "broken"]


def test_a_double_has_all_that_it_needs(checkout: Path, python: str) -> None:
    checks = found(python=python, repository=checkout)
    assert broken(checks) == []
    assert "a double of the CLAIMS release's fork" in checks["repository"].found
    assert sys.executable in checks["interpreter"].found
    assert checks["torch import"].found == "imports, no CUDA"
    assert checks["data/smpl/SMPL_MALE.pkl"].found == "is there"
    assert "1024 environments" in checks["settings"].found


def test_so_has_that_of_protomotions(tmp_path: Path, python: str) -> None:
    protomotions_double.write_checkout(tmp_path / "proto")
    checks = found("masked_mimic", python=python, repository=tmp_path / "proto", num_envs=2048)
    assert broken(checks) == []
    assert "a double of ProtoMotions 3" in checks["repository"].found


def test_what_is_not_named_is_asked_for() -> None:
    checks = found()
    assert broken(checks) == ["--external.python", "--external.repository"]
    assert "conda create" in checks["--external.python"].cure


def test_a_missing_file_is_told_with_where_to_get_it(checkout: Path, python: str) -> None:
    (checkout / "data/smpl/SMPL_MALE.pkl").unlink()
    (checkout / "sample_data/amass_isaac_gender_betas_unique.pkl").write_bytes(b"")
    checks = found(python=python, repository=checkout)
    male, shapes = broken(checks)
    assert (checks[male].found, checks[shapes].found) == ("is missing", "is empty")
    assert "smpl.is.tue.mpg.de" in checks[male].cure and "download_data.sh" in checks[shapes].cure


@pytest.mark.parametrize("name", ["phc", "masked_mimic"])
def test_another_folder_is_no_checkout(name: str, tmp_path: Path, python: str) -> None:
    checks = found(name, python=python, repository=tmp_path)
    assert "repository" in broken(checks)
    assert "is no checkout of" in checks["repository"].found
    assert "https://github.com/" in checks["repository"].cure


def test_an_interpreter_that_is_not_there_is_told(checkout: Path) -> None:
    checks = found(python="/no/such/python", repository=checkout)
    assert broken(checks) == ["settings", "interpreter"]
    assert "No such file" in checks["interpreter"].found
    assert checks["interpreter"].cure.endswith("Try: /no/such/python -V")


def test_an_interpreter_without_torch_is_told(checkout: Path, tmp_path: Path) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "torch.py").write_text("raise ModuleNotFoundError(\"No module named 'torch'\")\n")
    python = f"env PYTHONPATH={shlex.quote(str(hidden))} {shlex.quote(sys.executable)}"
    checks = found(python=python, repository=checkout)
    assert broken(checks) == ["torch import"]
    assert "No module named 'torch'" in checks["torch import"].found


def test_what_a_real_checkout_needs_is_imported_and_not_only_looked_for(
    checkout: Path, python: str
) -> None:
    (checkout / "claims_double.json").unlink()
    old = "raise AttributeError(\"module 'numpy' has no attribute 'float'\")\n"
    (checkout / "isaacgym" / "torch_utils.py").write_text(old)
    checks = found(python=python, repository=checkout)
    lost = broken(checks)
    # this package's own Python is too new for Isaac Gym, whatever else it has
    assert {"interpreter", "gpu", "isaacgym import"} <= set(lost)
    assert "python=3.8" in checks["interpreter"].cure
    assert "numpy<1.24" in checks["isaacgym import"].cure
    assert checks["repository"].found.endswith("fork of PHC, commit unknown")


def test_a_python_of_3_8_answers(checkout: Path) -> None:
    named = [os.environ.get("CLAIMS_PYTHON38"), shutil.which("python3.8")]
    named += sorted(map(str, Path.home().glob(".pyenv/versions/3.8.*/bin/python")))
    for path in filter(None, named):
        checks = found(python=path, repository=checkout)
        if checks["interpreter"].found.startswith("Python 3.8"):
            assert checks["repository"].state == "ok"
            return
    pytest.skip("no Python 3.8 here; CLAIMS_PYTHON38 may name one")


def test_what_is_no_python_is_told(checkout: Path) -> None:
    checks = found(python="/bin/echo", repository=checkout)
    assert broken(checks) == ["interpreter"]
    assert "exit status 0, and said nothing" in checks["interpreter"].found


def test_settings_that_cannot_work_are_told_with_those_that_can(
    checkout: Path, python: str
) -> None:
    checks = found(python=python, repository=checkout, num_envs=1000)
    assert broken(checks) == ["settings"]
    assert "512 or 1024" in checks["settings"].found


def test_a_prefix_that_takes_its_words_apart_carries_the_question(
    checkout: Path, python: str, tmp_path: Path
) -> None:
    # as ssh does: all words after the host in one line, given to a shell
    ssh = tmp_path / "ssh"
    ssh.write_text('#!/bin/sh\nshift\nexec sh -c "$*"\n')
    ssh.chmod(ssh.stat().st_mode | stat.S_IXUSR)
    checks = found(python=python, repository=checkout, prefix=f"{ssh} gpu3")
    assert broken(checks) == []
    assert f"through '{ssh} gpu3'" in checks["interpreter"].found


def test_one_that_never_answers_is_ended(tmp_path: Path) -> None:
    config = ExternalConfig(python="sh -c 'sleep 600'", repository=tmp_path)
    answer = asked("phc", config, "isaacgym", time_limit_s=0.3)
    assert answer.problem == "not done after 0.3 s" and not answer.told


def test_no_secret_is_shown(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LAB_TOKEN", "very-secret-word")
    says = tmp_path / "says"
    says.write_text('#!/bin/sh\necho "very-secret-word and $LAB_TOKEN." >&2; exit 3\n')
    says.chmod(says.stat().st_mode | stat.S_IXUSR)
    checks = found(python=str(says), repository=checkout)
    assert checks["interpreter"].found == "ended with exit status 3: *** and ."


def test_the_command_takes_all_from_a_runs_yaml(
    checkout: Path, python: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    external = ExternalConfig(python=python, repository=checkout, num_envs=1000)
    config = tmp_path / "run.yaml"
    config.write_text(to_yaml(RunConfig(tracker=TrackerConfig(name="phc"), external=external)))
    assert main(["doctor", "--no-network", "--json", "--config", str(config)]) == 1
    checks = {c["name"]: c for c in json.loads(capsys.readouterr().out)["checks"]}
    assert checks["settings"]["state"] == "broken" and checks["repository"]["state"] == "ok"


def test_the_command_takes_a_tracker_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--no-network", "--tracker", "masked_mimic"]) == 1
    assert "Does not work: --external.python, --external.repository." in capsys.readouterr().out
