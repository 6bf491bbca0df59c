"""Flags of the run command that contradict each other, or that nobody would heed."""

from pathlib import Path

import pytest

from claims_env.cli import main
from claims_env.config import RunConfig, read_config

SMALL = ["run", "smoke", "--tracker.name", "skill", "--held-out", "2", "--sets", "2"]
OFFLINE = ["--llm.model", "offline:rule"]


def refused(words: list[str], out: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert main([*SMALL, *words, "--out", str(out)]) == 1
    assert not out.exists()
    return capsys.readouterr().err


def played(words: list[str], out: Path) -> RunConfig:
    assert main([*SMALL, *words, "--out", str(out)]) == 0
    return read_config(out / "config.yaml")


@pytest.mark.parametrize(
    ("arm", "flags", "told"),
    [
        ("without-metrics", ["--llm.metrics"], "means llm.metrics False"),
        ("full", ["--llm.no-judges"], "means llm.judges True"),
        # what the preset has already is said all the same
        ("full", ["--scheduler", "rule"], "means scheduler llm"),
    ],
)
def test_a_flag_that_says_otherwise_than_the_arm_is_refused(
    arm: str, flags: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(["--arm", arm, *OFFLINE, *flags], tmp_path / "run", capsys)
    assert f"The arm '{arm}' {told}" in said


def test_a_flag_that_says_what_the_arm_says_is_welcome(tmp_path: Path) -> None:
    words = ["--arm", "without-metrics", *OFFLINE, "--llm.no-metrics", "--scheduler", "llm"]
    config = played(words, tmp_path / "run")
    assert (config.scheduler, config.llm.metrics, config.llm.judges) == ("llm", False, True)


def test_what_an_arm_reckons_with_is_given_by_flags(tmp_path: Path) -> None:
    config = played(["--arm", "one-shot", "--rounds", "3"], tmp_path / "run")
    # three rounds of two prompts
    assert (config.scheduler, config.rounds, config.sets) == ("random", 1, 6)


@pytest.mark.parametrize("words", [["--scheduler", "rule"], ["--arm", "one-shot"]])
def test_settings_of_a_model_nobody_asks_are_refused(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused([*words, *OFFLINE], tmp_path / "run", capsys)
    assert "A flag of --llm is for schedulers that ask a language model" in said
