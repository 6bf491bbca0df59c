"""The generator: prompt to text features, denoising, decoding, and a clip on the floor."""

import hashlib
import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import torch
from torch import Tensor

from claims_env.errors import CheckpointError, ConfigError
from claims_env.generators.mdm.fast_network import FastNetwork
from claims_env.generators.mdm.model import Model, deciding_facts, told_facts
from claims_env.generators.mdm.noise import ClipNoise, Noise, OfficialNoise
from claims_env.generators.mdm.placement import officially_placed, placed
from claims_env.generators.mdm.sampler import clips_at_once, sample
from claims_env.generators.mdm.schedule import Schedule
from claims_env.generators.mdm.text_notes import notes_on
from claims_env.humanml3d.clip import motion_of
from claims_env.mdm_config import MdmConfig
from claims_env.motion import Motion
from claims_env.prompt import Prompt, text_of
from claims_env.rotation import Floats

NAME = "mdm"

VERSION = "1"
"""Raised whenever the same model, prompt and seed would give other bytes."""

PER_CLIP = "per clip"
"""How clips are seeded unless official seeding is asked for."""


class MDM:
    """Samples motions from a text-conditioned diffusion model (Tevet et al., ICLR 2023).

    A clip follows from the model, its prompt and its seed: on a CPU to the last bit, whatever is
    sampled beside it, on a GPU to rounding. With `official_seeding` it follows from its place in
    the call instead, as upstream's do, and its own seed is ignored (see `OfficialNoise`).

    Args:
        model: The user's files, read.
        config: How to sample.
        device: Where to: 'cpu', 'cuda' or 'mps'.
    """

    def __init__(self, model: Model, config: MdmConfig, device: str) -> None:
        self._model, self._config, self._device = model, config, device
        checkpoint = model.checkpoint
        self._schedule = Schedule.cosine(checkpoint.diffusion_steps)
        self._network = FastNetwork(
            checkpoint.weights,
            checkpoint.architecture,
            checkpoint.diffusion_steps,
            device=torch.device(device),
            dtype=getattr(torch, config.precision),
        )

    @property
    def name(self) -> str:
        """See `MotionGenerator`."""
        return NAME

    @property
    def facts(self) -> dict[str, Any]:
        """What its clips were made with, as every clip's provenance says."""
        where = {"device": self._device, "torch": torch.__version__}
        return {**told_facts(self._model, self._config), **where}

    @property
    def deciding_facts(self) -> dict[str, Any]:
        """What its clips follow from beside prompt and seed; see `HasDecidingFacts`."""
        return deciding_facts(self._model, self._config, self._device)

    def generate(self, prompts: Sequence[Prompt | str], seeds: Sequence[int]) -> list[Motion]:
        """See `MotionGenerator`.

        Raises:
            ConfigError: A text is empty, too long for the encoder or no text, or there is not one
                seed for each; nothing is sampled then.
            CheckpointError: The model gives numbers that are no motion.
        """
        return list(self.stream(prompts, seeds))

    def stream(self, prompts: Sequence[Prompt | str], seeds: Sequence[int]) -> Iterator[Motion]:
        """See `StreamsMotions`."""
        return self.stream_watched(prompts, seeds, lambda _: None)

    def stream_watched(
        self,
        prompts: Sequence[Prompt | str],
        seeds: Sequence[int],
        on_progress: Callable[[float], None],
    ) -> Iterator[Motion]:
        """See `TellsProgress`: it is told after every step of the diffusion."""
        asked = _orders(prompts, seeds)
        # every text first: one that cannot be read must not cost the time of those before it
        said = [self._model.encoder.encode(text) for text, _ in asked]
        is_official = self._config.official_seeding is not None
        size = 1 if is_official else clips_at_once(self._device)
        official = self._official_noise()
        for at in range(0, len(asked), size):
            batch = slice(at, at + size)
            noise = official or ClipNoise([clip_seed(*order) for order in asked[batch]])
            tell = _in_clips(on_progress, at, len(asked[batch]), self._schedule.steps)
            sampled = self._sampled(said[batch], noise, tell)
            for position, features in enumerate(sampled, at):
                yield self._clip(features, asked[position], position)

    def _official_noise(self) -> Noise | None:
        seed = self._config.official_seeding
        if seed is None:
            return None
        return OfficialNoise(torch.Generator(self._device).manual_seed(seed), 1)

    def _sampled(self, said: Sequence[Tensor], noise: Noise, tell: Callable[[], None]) -> Floats:
        """Return features that are not normalised any more, shape (clips, frames, 263)."""
        features = sample(
            self._network,
            said,
            noise,
            schedule=self._schedule,
            guidance=self._config.guidance,
            frames=self._config.frames,
            on_step=tell,
        )
        restored: Floats = self._model.statistics.restored(features.float().cpu().numpy())
        return restored

    def _clip(self, features: Floats, order: tuple[str, int], position: int) -> Motion:
        text, seed = order
        if not (abs(features) < LARGEST).all():
            raise CheckpointError(
                f"{self._config.checkpoint}: it gives numbers that are no motion for the prompt "
                f"'{text[:80]}'. Check that the statistics and the text encoder are those it was "
                "trained with, or sample in float32."
            )
        motion = motion_of(features, f"{NAME}-{seed}")
        if self._config.height == "official":
            motion = officially_placed(motion)
        else:
            motion = placed(motion, self._model.body)
        return motion.with_provenance(
            generator=NAME,
            version=VERSION,
            prompt=text,
            **self._seeding(seed, position),
            **notes_on(text, self._model.encoder),
            **self.facts,
        )

    def _seeding(self, seed: int, position: int) -> dict[str, Any]:
        """Return what a clip's noise was drawn by; a seed that was ignored is not told."""
        official = self._config.official_seeding
        if official is None:
            return {"seed": seed, "seeding": PER_CLIP}
        return {"seed": None, "seeding": {"official": official, "position": position}}


LARGEST = 1e3
"""Features beyond this are no motion: positions are metres, rotations below 1."""


def clip_seed(text: str, seed: int) -> int:
    """Return what a clip's noise is drawn with: the same seed is another take of another prompt."""
    digest = hashlib.sha256(f"{seed}\n{text}".encode()).digest()
    return int.from_bytes(digest[:8]) >> 1


def _orders(prompts: Sequence[Prompt | str], seeds: Sequence[int]) -> list[tuple[str, int]]:
    if len(prompts) != len(seeds):
        raise ConfigError(
            f"There are {len(prompts)} prompts and {len(seeds)} seeds: give one seed for each."
        )
    return [(_encodable(text_of(p)), seed) for p, seed in zip(prompts, seeds, strict=True)]


def _encodable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ConfigError(
            f"The prompt {text[:60]!r} holds {text[error.start]!r}, half of a letter, where its "
            "encoding went wrong. Write it anew, in UTF-8."
        ) from None
    return text


def _in_clips(
    on_progress: Callable[[float], None], before: int, clips: int, steps: int
) -> Callable[[], None]:
    """Return what tells, after each step of a batch, how many clips of the call that makes."""
    done = itertools.count(1)
    return lambda: on_progress(before + clips * next(done) / steps)
