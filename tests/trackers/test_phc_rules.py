"""What PHC is not even asked: settings and clips that it would stumble over."""

import sys
from pathlib import Path
from typing import Any

import pytest
from phc_bench import EPOCH, MOTIONS, Bench, walking

from claims_env.assembly import build_tracker
from claims_env.config import TrackerConfig
from claims_env.errors import ConfigError, TrackerFailed
from claims_env.external_config import ExternalConfig
from claims_env.tracker import Budget
from claims_env.trackers.phc import PhcTracker
from claims_env.trackers.phc_rules import check_num_envs, fewer_envs
from claims_env.trackers.phc_table9 import TABLE9


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


@pytest.mark.parametrize(
    ("num_envs", "nearest"), [(1000, "512 or 1024"), (300, "512"), (1025, "1024 or 1536")]
)
def test_environments_that_fill_no_whole_minibatch_are_refused(num_envs: int, nearest: str) -> None:
    with pytest.raises(ConfigError, match=rf"is {num_envs}\. .*multiple of 512.* {nearest}\."):
        PhcTracker(ExternalConfig(num_envs=num_envs))


def test_legal_numbers_of_environments() -> None:
    for legal in (512, 1024, 3072):
        check_num_envs(legal, ())
    assert [fewer_envs(n) for n in (1024, 1536, 512)] == [512, 512, None]
    with pytest.raises(ConfigError, match="minibatch_size"):
        check_num_envs(1024, ("learning.params.config.minibatch_size=1024",))


def test_short_clips_are_told_in_training_and_refused_in_evaluation(bench: Bench) -> None:
    tracker = bench.tracker()
    report = tracker.train([*MOTIONS, walking("blink", 4)], Budget(EPOCH))
    assert report.facts["dropped"] == {"blink": "4 frames at 30 Hz; PHC takes 5 or more"}
    with pytest.raises(TrackerFailed, match="'blink' has 4 frames at 30 Hz"):
        tracker.evaluate([walking("blink", 4)])
    with pytest.raises(TrackerFailed, match="no motion to train on"):
        tracker.train([walking("blink", 4)], Budget(EPOCH))


def test_an_evaluation_in_too_many_batches_is_refused(bench: Bench) -> None:
    tracker = bench.tracker(eval_num_envs=1)
    clips = [walking(f"long {i}", 10_000) for i in range(3)]
    with pytest.raises(ConfigError, match=r"eval_num_envs' is 1.*27000 steps. Expected at least 2"):
        tracker.evaluate(clips)


def test_nothing_to_perform_takes_no_job(bench: Bench) -> None:
    assert bench.tracker().evaluate([]) == []


def test_what_is_not_configured_is_named() -> None:
    tracker = PhcTracker(ExternalConfig())
    with pytest.raises(ConfigError, match=r"--external\.repository"):
        tracker.train(MOTIONS, Budget(1))
    tracker = PhcTracker(ExternalConfig(repository=Path("phc")))
    with pytest.raises(ConfigError, match=r"--external\.python"):
        tracker.train(MOTIONS, Budget(1))
    tracker = PhcTracker(ExternalConfig(repository=Path("phc"), python="python"))
    with pytest.raises(ConfigError, match=r"--external\.jobs"):
        tracker.train(MOTIONS, Budget(1))


# By name


def test_it_is_made_by_name_with_its_options(tmp_path: Path) -> None:
    there = ExternalConfig(python=sys.executable, repository=tmp_path)
    config = TrackerConfig(name="phc", preset="table9", options={"save_frequency": 100})
    facts = build_tracker(config, there).facts
    assert (facts["kind"], facts["name"], facts["assist"]) == ("physics", "phc", 0.0)
    assert "learning.params.config.gamma=0.98" in facts["overrides"]
    assert TABLE9["learning_rate"] == 2e-5
    assert build_tracker(TrackerConfig(name="phc"), there).facts["overrides"] == []


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, r"--external\.python and --external\.repository"),
        ({"python": sys.executable}, r"Name them with --external\.repository"),
        ({"python": "/nowhere/py", "repository": Path("/")}, "no program '/nowhere/py'"),
        ({"python": sys.executable, "repository": Path("/nowhere")}, "no such folder"),
    ],
)
def test_an_installation_that_is_not_there_is_named(values: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        build_tracker(TrackerConfig(name="phc"), ExternalConfig(**values))


def test_what_lies_behind_a_prefix_is_not_looked_for_here() -> None:
    there = ExternalConfig(python="py38", repository=Path("/gpu3/phc"), prefix="ssh gpu3")
    assert build_tracker(TrackerConfig(name="phc"), there).facts["name"] == "phc"


def test_an_assist_is_refused() -> None:
    with pytest.raises(ConfigError, match="no helping wrench"):
        build_tracker(TrackerConfig(name="phc", assist=0.25))
