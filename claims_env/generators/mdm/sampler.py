"""From noise to motions: the loop of the diffusion."""

import math
from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from claims_env.errors import ConfigError
from claims_env.generators.mdm.fast_network import Briefing, FastNetwork
from claims_env.generators.mdm.noise import Noise
from claims_env.generators.mdm.schedule import Schedule

_AT_ONCE_ON_A_GPU = 16
"""Clips a GPU computes together; a few hundred megabytes for the published sizes."""


def clips_at_once(device: str) -> int:
    """Return how many clips are computed together there; on a CPU one, which is as fast.

    Args:
        device: What torch calls it, with or without a number.
    """
    return 1 if torch.device(device).type == "cpu" else _AT_ONCE_ON_A_GPU


def sample(
    network: FastNetwork,
    texts: Sequence[Tensor],
    noise: Noise,
    *,
    schedule: Schedule,
    guidance: float = 2.5,
    frames: int = 120,
    at_once: int | None = None,
    on_step: Callable[[], None] | None = None,
) -> Tensor:
    """Return one motion per text, shape (clips, frames, features), float32, normalised.

    On a CPU clips are computed one by one, which is as fast and makes each depend on its own text
    and noise alone, to the last bit.

    Args:
        network: What predicts.
        texts: Features of the texts, each of shape (tokens, text_width).
        noise: Draws for as many clips as there are texts.
        schedule: As many steps as the network knows.
        guidance: How strongly to follow the text (Ho & Salimans 2022); 2.5 in the paper.
        frames: Frames per clip, at the 20 Hz of the network's training data.
        at_once: How many are computed together, which bounds the memory; by default as
            `clips_at_once` says.
        on_step: Called after every step of the diffusion, `schedule.steps` times in all.

    Raises:
        ConfigError: The schedule, the texts or the noise do not fit the network or each other, or
            there are no frames.
    """
    _check(network, texts, schedule, frames, guidance)
    motions = noise.start(frames, network.architecture.features).to(network.device)
    if len(motions) != len(texts):
        raise ConfigError(
            f"There are {len(texts)} texts and noise for {len(motions)} clips: give one seed each."
        )
    at_once = at_once or clips_at_once(network.device.type)
    parts = [slice(i, i + at_once) for i in range(0, len(texts), at_once)]
    briefings = [network.briefing(texts[part], frames) for part in parts]
    for step in reversed(range(schedule.steps)):
        drawn = noise.at(step).to(network.device)
        clean = _predicted(network, motions, step, parts, briefings, guidance)
        motions = schedule.step_back(clean, motions, drawn, step)
        if on_step:
            on_step()
    return motions


def _predicted(
    network: FastNetwork,
    motions: Tensor,
    step: int,
    parts: Sequence[slice],
    briefings: Sequence[Briefing],
    guidance: float,
) -> Tensor:
    return torch.cat(
        [
            network.predict(motions[part], step, briefing, guidance)
            for part, briefing in zip(parts, briefings, strict=True)
        ]
    )


def _check(
    network: FastNetwork,
    texts: Sequence[Tensor],
    schedule: Schedule,
    frames: int,
    guidance: float,
) -> None:
    if schedule.steps != network.steps:
        raise ConfigError(
            f"The schedule has {schedule.steps} steps, but the network was made for "
            f"{network.steps}. Make both for the steps of the checkpoint's training."
        )
    if frames < 1:
        raise ConfigError(f"{frames} frames were asked for: at least 1 is needed.")
    if not math.isfinite(guidance):
        raise ConfigError(f"guidance is {guidance}. Expected a finite number; the paper's is 2.5.")
    if not texts:
        raise ConfigError("No text was given to sample motions for: at least 1 is needed.")
