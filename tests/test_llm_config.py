"""The settings of the scheduler that asks a model, and who is built from them."""

from pathlib import Path

import pytest

from claims_env.agents.llm.llm_scheduler import LlmScheduler
from claims_env.agents.llm.llm_writer import LlmWriter
from claims_env.agents.rule_scheduler import RuleScheduler
from claims_env.assembly import build_agent, build_parts
from claims_env.config import RunConfig, TrackerConfig, from_yaml, to_yaml
from claims_env.errors import ChatError, ConfigError, UnknownName
from claims_env.llm_config import LlmConfig
from claims_env.variable_library import VariableLibrary


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("group_size", 0),
        ("remember", -1),
        ("max_tokens", 0),
        ("temperature", -0.1),
        ("temperature", float("nan")),
    ],
)
def test_a_setting_out_of_range_is_refused_by_name(name: str, value: float) -> None:
    with pytest.raises(ConfigError, match=f"'llm.{name}' is {value}. Expected"):
        LlmConfig(**{name: value})  # type: ignore[arg-type]


def test_the_defaults_are_the_papers() -> None:
    config = LlmConfig()
    assert config.model == "gemini:gemini-2.5-flash" and config.group_size == 5
    assert (config.temperature, config.max_tokens, config.remember) == (0.7, 8000, 0)


def test_settings_survive_a_file_and_its_folder_becomes_absolute() -> None:
    config = RunConfig(llm=LlmConfig(group="severity", metrics=False, prompts=Path("mine")))
    again = from_yaml(to_yaml(config), "here").llm
    assert (again.group, again.metrics, again.prompts) == (
        "severity",
        False,
        Path("mine").absolute(),
    )


@pytest.mark.parametrize(
    ("name", "kind"), [("llm", LlmScheduler), ("free-llm", LlmWriter), ("rule", RuleScheduler)]
)
def test_a_run_gets_the_agent_it_names(
    name: str, kind: type, library: VariableLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-word-0123456789abcdef")
    pytest.importorskip("openai")
    config = RunConfig(scheduler=name, llm=LlmConfig(model="openai:gpt-4o"))
    assert isinstance(build_agent(config, library), kind)


def test_a_model_without_a_key_is_refused_before_a_run(
    library: VariableLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("google.genai")
    monkeypatch.delenv("GEMINI_API_KEY", raising=False)
    with pytest.raises(ChatError, match="GEMINI_API_KEY"):
        build_agent(RunConfig(scheduler="llm"), library)


def test_an_unknown_scheduler_is_told_every_name(library: VariableLibrary) -> None:
    expected = r"Did you mean .llm.\? Known: .*edit, .*free-llm, free-rule"
    with pytest.raises(UnknownName, match=expected):
        build_agent(RunConfig(scheduler="lmm"), library)


def test_a_run_whose_scheduler_asks_has_an_account() -> None:
    config = RunConfig(scheduler="llm", tracker=TrackerConfig(name="skill"), held_out=1)
    assert build_parts(config).account is not None
