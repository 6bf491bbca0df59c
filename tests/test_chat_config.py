"""How language models are asked: settings in and out, wrong ones explained, no key in any file."""

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from claims_env.chat_config import ChatConfig, decisive
from claims_env.config import RunConfig, from_yaml, to_yaml
from claims_env.errors import ConfigError


def test_settings_survive_yaml() -> None:
    config = RunConfig(
        judges=("gpt-4o", "compatible:llava"),
        keep_score=0.5,
        chat=ChatConfig(
            base_url="http://localhost:11434/v1",
            aligners=("gpt-4o",),
            calls=100,
            usd=2.5,
            layout="row",
        ),
    )
    assert from_yaml(to_yaml(config), "test") == config


def test_a_file_of_before_there_were_chats_still_reads() -> None:
    assert from_yaml("seed: 3\njudges: [posture]", "test").chat == ChatConfig()


def test_paths_are_written_in_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    paths: dict[str, Any] = {
        name: Path(name) for name in ("cassette", "prices", "prompts", "body_model")
    }
    read = from_yaml(to_yaml(RunConfig(chat=ChatConfig(**paths))), "test").chat
    assert [getattr(read, name) for name in paths] == [tmp_path / name for name in paths]


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ({"timeout_s": 0.0}, "'chat.timeout_s' is 0.0. Expected a positive number"),
        ({"concurrency": 0}, "'chat.concurrency' is 0. Expected 1 or more"),
        ({"calls": -1}, "'chat.calls' is -1. Expected 0 or more"),
        ({"usd": float("nan")}, "'chat.usd' is nan. Expected 0 or more"),
        ({"base_url": "localhost:11434"}, "'chat.base_url' is localhost:11434. Expected an addr"),
        ({"base_url": "file:///x"}, "'chat.base_url' is file:///x. Expected an address"),
        ({"painter": "mesh"}, "'chat.body_model' is None. Expected the file of a body"),
    ],
)
def test_a_wrong_setting_is_explained(setting: dict[str, Any], told: str) -> None:
    with pytest.raises(ConfigError) as error:
        ChatConfig(**setting)
    assert str(error.value).startswith(told)


@pytest.mark.parametrize(
    "setting",
    [
        {"key_from": "sk-test-123456"},
        {"key_from": ""},
        {"base_url": "https://user:sk-test-123456@api.example.org/v1"},
        {"base_url": "https://api.example.org/v1?key=sk-test-123456"},
    ],
)
def test_a_key_in_a_setting_is_refused_and_not_repeated(setting: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match="environment") as error:
        ChatConfig(**setting)
    assert "sk-test" not in str(error.value)


@pytest.mark.parametrize("score", [-0.1, 1.1, 50.0, float("nan")])
def test_the_score_to_reach_is_a_share(score: float) -> None:
    with pytest.raises(ConfigError, match="'keep_score' is"):
        RunConfig(keep_score=score)


def test_what_may_change_while_a_run_is_resumed_decides_no_question() -> None:
    free: dict[str, Any] = {
        "key_from": "OTHER_KEY",
        "timeout_s": 5.0,
        "concurrency": 9,
        "cassette": Path("tape.jsonl"),
        "cassette_mode": "record",
        "calls": 1,
        "tokens": 2,
        "usd": 3.0,
        "prices": Path("prices.yaml"),
    }
    assert decisive(ChatConfig(**free)) == ChatConfig()
    asked: dict[str, Any] = {
        "base_url": "http://localhost:1/v1",
        "aligners": ("gpt-4o",),
        "prompts": Path("prompts"),
        "layout": "row",
        "ghost": True,
        "painter": "mesh",
        "body_model": Path("body.npz"),
        "high_resolution": True,
    }
    assert decisive(ChatConfig(**asked, **free)) == ChatConfig(**asked)
    assert {f.name for f in fields(ChatConfig)} == {*free, *asked}
