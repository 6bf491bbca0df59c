"""Settings of the trackers outside this package: what fits, what is refused, what a file says."""

from pathlib import Path
from typing import Any

import pytest

from claims_env.config import RunConfig, from_yaml, to_yaml
from claims_env.errors import ConfigError
from claims_env.external_config import ExternalConfig, decisive, interpreter


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("num_envs", 0, "1 or more"),
        ("num_envs", True, "1 or more"),
        ("eval_num_envs", -1, "0 or more"),
        ("gpu", -1, "an index from 0 on"),
        ("stall_seconds", 0, "a positive number"),
        ("stall_seconds", None, "a positive number"),
        ("start_seconds", 0, "a positive number"),
        ("grace_seconds", -1.0, "a positive number"),
        ("hours", float("inf"), "a positive number, or nothing"),
        ("prefix", "ssh 'gpu", "a command, quoted as a shell would"),
        ("python", None, "a command, quoted as a shell would"),
        ("repository", 3, "a path"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(name: str, value: Any, expected: str) -> None:
    with pytest.raises(ConfigError, match=rf"'external\.{name}' is .*Expected {expected}"):
        ExternalConfig(**{name: value})


def test_a_file_says_the_same_wherever_it_is_read() -> None:
    external = ExternalConfig(
        python="py", repository=Path("PHC"), start=Path("a.pth"), jobs=Path("jobs"),
        overrides=("a=1", "b=2"), prefix="ssh gpu3", gpu=1, hours=2.5,
    )  # fmt: skip
    again = from_yaml(to_yaml(RunConfig(external=external)), "here").external
    assert again.repository == Path("PHC").absolute()
    assert again.python == "py", "a word that is no path is looked up as it is"
    assert (again.start, again.jobs) == (Path("a.pth").absolute(), Path("jobs").absolute())
    assert (again.overrides, again.prefix, again.gpu, again.hours) == (
        external.overrides, "ssh gpu3", 1, 2.5,
    )  # fmt: skip


def test_an_interpreter_is_found_from_any_folder() -> None:
    here = Path("envs/bin/py thon").absolute()
    assert interpreter(ExternalConfig(python="'envs/bin/py thon' -X dev")) == (
        str(here),
        "-X",
        "dev",
    )
    home = ExternalConfig(python="~/py")
    assert interpreter(home) == (str(Path("~/py").expanduser()),)
    assert interpreter(ExternalConfig(python="~/py", prefix="ssh gpu3")) == ("~/py",)
    again = from_yaml(to_yaml(RunConfig(external=home)), "here").external
    assert again.python == str(Path("~/py").expanduser())


def test_paths_may_be_text() -> None:
    assert ExternalConfig(repository="~/PHC").repository == Path("~/PHC")  # type: ignore[arg-type]


def test_where_and_how_patiently_may_change_but_not_what() -> None:
    here = ExternalConfig(python="a", prefix="ssh x", hours=1, gpu=0, num_envs=512)
    there = ExternalConfig(
        python="b", stall_seconds=9, start_seconds=7200, grace_seconds=1, num_envs=512
    )
    assert decisive(here) == decisive(there)
    assert decisive(here) != decisive(ExternalConfig(num_envs=1024))
