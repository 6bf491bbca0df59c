"""The script that puts the benchmark itself to the test, end to end and small."""

import runpy
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "scripts" / "bench_controls.py"


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(SCRIPT))


def options(script: dict[str, Any], **more: Any) -> Any:
    small = {"schedulers": "random,ramp", "seeds": 2, "sets": 3, "rounds": 2}
    return script["Options"](**small, **more)


def test_two_seeds_of_the_null_world_declare_nothing(
    script: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    script["main"](options(script, repetitions=2, instances=0))
    first, second = capsys.readouterr().out.splitlines()
    assert "a difference declared in 0 of 2 benchmarks, 0.0% [0.0%, 65.8%]" in first
    assert "a winner over all others declared in 0 of 2 benchmarks" in second


def test_every_other_world_is_asked_for_the_reference_and_the_easiest(
    script: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    small = {"instances": 2, "worlds": ("rasch",), "world_sets": 3, "world_rounds": 2}
    script["main"](options(script, repetitions=0, **small))
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("| rasch")]
    assert [line.split("|")[2].split(" - ")[0].strip() for line in told] == [
        "oracle",
        "greedy-easiest",
        "greedy-easiest",
    ]
