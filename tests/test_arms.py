"""The arms of the ablations: what each changes, and that it changes nothing else."""

from dataclasses import replace

import pytest

from claims_env.arms import ARMS, arm
from claims_env.chat_config import ChatConfig
from claims_env.config import RunConfig, TrackerConfig, from_yaml, to_yaml
from claims_env.errors import ConfigError, UnknownName
from claims_env.paper_tables import paper_table

BASE = RunConfig(rounds=7, sets=200, tracker=TrackerConfig(samples=1000, seconds=2.0))


def test_an_unknown_arm_is_refused_with_a_suggestion() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'without-metrics'"):
        arm("without-metric")


@pytest.mark.parametrize("name", list(ARMS))
def test_an_arm_is_said_in_settings_that_can_be_written_down(name: str) -> None:
    config = arm(name).change(BASE)
    assert from_yaml(to_yaml(config), "test") == config
    assert config.seed == BASE.seed


@pytest.mark.parametrize("name", [a.name for a in ARMS.values() if a.table])
def test_an_arm_of_the_paper_names_its_row(name: str) -> None:
    found = arm(name)
    assert found.table is not None
    assert found.method in {row.method for row in paper_table(found.table).rows}


def test_every_row_of_table_3_has_its_arm() -> None:
    methods = {a.method for a in ARMS.values() if a.table == 3}
    assert methods == {row.method for row in paper_table(3).rows}


@pytest.mark.parametrize(
    ("name", "metrics", "judges"),
    [
        ("full", True, True),
        ("without-judges", True, False),
        ("without-metrics", False, True),
        ("without-both", False, False),
    ],
)
def test_hiding_changes_what_the_scheduler_is_told_and_nothing_else(
    name: str, metrics: bool, judges: bool
) -> None:
    config = arm(name).change(BASE)
    assert (config.llm.metrics, config.llm.judges) == (metrics, judges)
    assert replace(config, llm=BASE.llm, scheduler=BASE.scheduler) == BASE


def test_an_arm_takes_back_what_another_one_hid() -> None:
    hidden = arm("without-both").change(BASE)
    assert arm("full").change(hidden) == arm("full").change(BASE)


def test_one_shot_asks_for_as_many_prompts_and_trains_as_long() -> None:
    config = arm("one-shot").change(BASE)
    # 7 rounds of 200: the 1400 clips of Tab. 4
    assert (config.rounds, config.sets) == (1, 1400)
    assert (config.tracker.samples, config.tracker.seconds) == (7000, 14.0)


def test_one_shot_leaves_an_open_end_of_training_open() -> None:
    endless = replace(BASE, tracker=replace(BASE.tracker, seconds=None))
    assert arm("one-shot").change(endless).tracker.seconds is None


def test_the_single_judge_is_the_one_that_decides_what_fits() -> None:
    both = replace(BASE, judges=("gpt-4o", "qwen-vl-max"))
    assert arm("single-judge").change(both).judges == ("gpt-4o",)
    qwen = replace(both, chat=ChatConfig(aligners=("qwen-vl-max",)))
    assert arm("single-judge").change(qwen).judges == ("qwen-vl-max",)


def test_without_a_judge_there_is_no_single_one() -> None:
    with pytest.raises(ConfigError, match="'single-judge' needs a judge"):
        arm("single-judge").change(replace(BASE, judges=()))
