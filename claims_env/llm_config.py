"""How the scheduler that asks a language model is set up: whom it asks, what it shows, and how."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from claims_env.errors import ConfigError


@dataclass(frozen=True, slots=True)
class LlmConfig:
    """Settings of the scheduler llm; its key, cassette and caps are those of the other chats."""

    model: str = "gemini:gemini-2.5-flash"
    """Whom it asks, named as judges are: VENDOR:MODEL (the paper says Gemini; models retire, and
    records say who answered)."""

    group: Literal["random", "severity"] = "random"
    """Which sets of a domain are shown together: drawn at random, or neighbours when sorted from
    the worst tracked on, as in the official release."""

    group_size: int = 5
    """Most sets in one question (the paper: 5); a domain's sets are shared out evenly."""

    format: Literal["ids", "sentences", "free"] = "ids"
    """What the model answers with: ids of phrases, from which the sentence is made here; or whole
    sentences, as in the paper, which are then looked up in the library. The scheduler free-llm
    always has it write in its own words (free), no library being shown: the paper's arm w/o
    variables."""

    metrics: bool = True
    """Whether it is told how the tracker did; without, the paper's arm w/o metrics."""

    judges: bool = True
    """Whether it is told what the judges said; without, the paper's arm w/o VLMs."""

    insist_harder: bool = False
    """Whether a prompt that is not strictly harder than the one before counts as a wrong answer;
    without, it is only reported."""

    remember: int = 0
    """From how many of the last rounds it is told which prompts failed (beyond the paper)."""

    temperature: float | None = 0.7
    """Of its answers (official release: 0.7); none for the model's own."""

    max_tokens: int = 8000
    """Most tokens of an answer, thinking included (official release: 8000, in combat 2000)."""

    prompts: Path | None = None
    """Folder with a schedule.md of your own, to be told instead of ours."""

    def __post_init__(self) -> None:
        _require(self.group_size >= 1, "group_size", self.group_size, "1 or more")
        _require(self.remember >= 0, "remember", self.remember, "0 or more")
        _require(self.max_tokens >= 1, "max_tokens", self.max_tokens, "1 or more")
        heat = self.temperature
        fits = heat is None or (math.isfinite(heat) and heat >= 0)
        _require(fits, "temperature", heat, "0 or more, or nothing")


def in_own_words(config: LlmConfig) -> LlmConfig:
    """Return the configuration of the scheduler free-llm."""
    return replace(config, format="free")


def with_paths(config: LlmConfig, rule: Callable[[Path | None], Path | None]) -> LlmConfig:
    """Return the configuration with a rule applied to each of its paths."""
    return replace(config, prompts=rule(config.prompts))


def _require(holds: bool, name: str, value: object, expected: str) -> None:
    if not holds:
        raise ConfigError(f"'llm.{name}' is {value}. Expected {expected}.")
