"""How language models are asked: where, how many at once, at what cost, and what they are shown."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from claims_env.errors import ConfigError


@dataclass(frozen=True, slots=True)
class ChatConfig:
    """Settings of judges that are language models; keys come from the environment alone."""

    base_url: str | None = None
    """Address of the server behind compatible:MODEL, such as http://localhost:11434/v1 (vLLM,
    Ollama or any other that speaks OpenAI's protocol)."""

    key_from: str = "CHAT_API_KEY"
    """Environment variable with that server's key; servers of your own take any word. The vendors'
    are OPENAI_API_KEY, DASHSCOPE_API_KEY and GEMINI_API_KEY."""

    aligners: tuple[str, ...] = ()
    """Of the judges that are models, those who also say whether a clip shows its prompt (the paper:
    qwen-vl-max alone); none named means all of them."""

    timeout_s: float = 60.0
    """Longest one request may take [s]."""

    concurrency: int = 4
    """Most requests under way at once, for each judge."""

    cassette: Path | None = None
    """File in which answers are kept, to be given again when the same is asked; none keeps none."""

    cassette_mode: Literal["auto", "record", "replay"] = "auto"
    """auto asks what is not kept yet; record starts a new file; replay never asks, and needs no
    key."""

    calls: int | None = None
    """Most requests of a whole run; the judges then go on without an answer."""

    tokens: int | None = None
    """Most tokens of a whole run, pictures and answers included; likewise."""

    usd: float | None = None
    """Most money of a whole run [USD]; likewise."""

    prices: Path | None = None
    """YAML file with prices of models that the package's own list does not know."""

    prompts: Path | None = None
    """Folder with an alignment.md or a difficulty.md of your own, to be told instead of ours."""

    layout: Literal["grid", "row"] = "grid"
    """How key frames are laid out: a grid, each frame as large as the provider lets through, or the
    paper's one row, of which models see little."""

    ghost: bool = False
    """Whether each frame also shows where the body was in the frames before it."""

    painter: Literal["pillow", "mujoco", "mesh"] = "pillow"
    """Who draws them: pillow (works everywhere), mujoco (needs a GL driver), or mesh (the skin of
    a body model)."""

    body_model: Path | None = None
    """SMPL model (SMPL_NEUTRAL.npz or a cleaned .pkl) whose skin the painter mesh draws."""

    high_resolution: bool = False
    """Whether dashscope may take 16384 tokens for a picture, where 1280 are usual."""

    def __post_init__(self) -> None:
        _require(self.timeout_s > 0, "timeout_s", self.timeout_s, "a positive number of seconds")
        _require(self.concurrency >= 1, "concurrency", self.concurrency, "1 or more")
        for name in ("calls", "tokens", "usd"):
            cap: float | None = getattr(self, name)
            fits = cap is None or (math.isfinite(cap) and cap >= 0)
            _require(fits, name, cap, "0 or more, or nothing")
        if not re.fullmatch(r"[A-Za-z_]\w*", self.key_from, re.ASCII):
            raise ConfigError(  # without the value: it may well be a key
                "'chat.key_from' is not the name of an environment variable. Put the key into one, "
                "and write that one's name here; keys do not belong into files."
            )
        has_skin = self.painter != "mesh" or self.body_model is not None
        _require(has_skin, "body_model", self.body_model, "the file of a body for the painter mesh")
        if self.base_url is not None:
            _check_address(self.base_url)


def with_paths(config: ChatConfig, rule: Callable[[Path | None], Path | None]) -> ChatConfig:
    """Return the configuration with a rule applied to each of its paths."""
    return replace(
        config,
        cassette=rule(config.cassette),
        prices=rule(config.prices),
        prompts=rule(config.prompts),
        body_model=rule(config.body_model),
    )


def decisive(config: ChatConfig) -> ChatConfig:
    """Return what decides which questions are asked, all else by default.

    The rest (caps, time limits, the cassette and its mode, prices, the key's place) may change
    when a run is resumed. A run that meets a cap goes on without answers and is not stopped by it;
    one that was stopped for another reason may go on with higher caps.
    """
    return ChatConfig(
        base_url=config.base_url,
        aligners=config.aligners,
        prompts=config.prompts,
        layout=config.layout,
        ghost=config.ghost,
        painter=config.painter,
        body_model=config.body_model,
        high_resolution=config.high_resolution,
    )


def _check_address(url: str) -> None:
    parts = urlsplit(url)
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ConfigError(  # without the value, as above
            "'chat.base_url' holds more than an address. Write it without user, password and "
            "'?...', and put a key into the environment (see 'chat.key_from')."
        )
    fits = parts.scheme in ("http", "https") and bool(parts.hostname)
    _require(fits, "base_url", url, "an address such as http://localhost:11434/v1")


def _require(holds: bool, name: str, value: object, expected: str) -> None:
    if not holds:
        raise ConfigError(f"'chat.{name}' is {value}. Expected {expected}.")
