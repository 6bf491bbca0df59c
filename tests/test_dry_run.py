"""What a run would cost is told before anybody is asked."""

from dataclasses import replace

import pytest

from claims_env.assembly import whole_library
from claims_env.assembly.run_plan import planned
from claims_env.chat_config import ChatConfig
from claims_env.cli import main
from claims_env.config import RunConfig
from claims_env.dry_run import told_plan
from claims_env.llm_config import LlmConfig

PAPER = RunConfig(rounds=7, sets=200, scheduler="llm")


def test_the_papers_size_is_forty_calls_in_each_of_six_rounds() -> None:
    (calls,) = planned(PAPER, whole_library(None))
    assert (calls.model, calls.purpose) == ("gemini:gemini-2.5-flash", "scheduler")
    assert (calls.rounds, calls.calls) == (6, 40)
    assert calls.tokens.output == 40 * (100 + 5 * 250)
    # 0.3 and 2.5 USD per million
    assert calls.usd == pytest.approx((0.3 * calls.tokens.input + 2.5 * 54_000) / 1e6)


def test_less_is_sent_where_less_is_shown() -> None:
    library = whole_library(None)
    blind = replace(PAPER, llm=LlmConfig(metrics=False, judges=False))
    full, nothing, free = (
        planned(config, library)[0].tokens.input
        for config in (PAPER, blind, replace(PAPER, scheduler="free-llm"))
    )
    assert nothing < full and free < full


def test_judges_that_are_models_are_asked_about_every_clip() -> None:
    chat = ChatConfig(aligners=("qwen-vl-max",))
    config = RunConfig(rounds=2, sets=10, judges=("gpt-4o", "qwen-vl-max", "posture"), chat=chat)
    found = [(c.model, c.purpose, c.rounds, c.calls) for c in planned(config, whole_library(None))]
    assert found == [
        ("openai:gpt-4o", "difficulty", 2, 10),
        ("dashscope:qwen-vl-max", "alignment", 2, 10),
        ("dashscope:qwen-vl-max", "difficulty", 2, 10),
    ]


def test_a_price_nobody_knows_is_not_taken_for_nothing() -> None:
    config = replace(PAPER, llm=LlmConfig(model="openai:gpt-99"))
    calls = planned(config, whole_library(None))
    assert calls[0].usd is None
    assert any("beside what models cost whose price nobody" in t for t in told_plan(calls, config))


def test_a_cap_that_would_stop_the_run_is_told() -> None:
    config = replace(PAPER, chat=ChatConfig(usd=0.5, calls=1000))
    told = told_plan(planned(config, whole_library(None)), config)
    assert told[-1].startswith("More than --chat.usd 0.5 allows")


def test_the_flag_plays_nothing_and_needs_no_key(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.delenv("GEMINI_API_KEY", raising=False)
    monkeypatch.chdir(str(tmp_path))
    assert main(["run", "smoke", "--scheduler", "llm", "--dry-run"]) == 0
    assert "In all 5 calls" in capsys.readouterr().out
    assert main(["run", "smoke", "--dry-run"]) == 0
    assert "asks no language model" in capsys.readouterr().out


def test_prompts_about_nothing_are_asked_for_once_a_round() -> None:
    config = replace(PAPER, scheduler="generic-llm")
    (calls,) = planned(config, whole_library(None))
    assert (calls.rounds, calls.calls, calls.tokens.output) == (7, 1, 200 * 25)
