"""The generator: prompt to text features, denoising, decoding, and a clip on the floor."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from claims_env.body_mesh import BodyMesh
from claims_env.errors import CheckpointError
from claims_env.generators.mdm.checkpoint import Checkpoint
from claims_env.generators.mdm.fast_network import FastNetwork
from claims_env.generators.mdm.noise import ClipNoise, Noise, OfficialNoise
from claims_env.generators.mdm.placement import officially_placed, placed
from claims_env.generators.mdm.sampler import sample
from claims_env.generators.mdm.schedule import Schedule
from claims_env.generators.mdm.statistics import Statistics
from claims_env.generators.mdm.text_encoder import TextEncoder
from claims_env.generators.mdm.text_notes import notes_on
from claims_env.humanml3d.clip import motion_of
from claims_env.mdm_config import MdmConfig
from claims_env.motion import Motion
from claims_env.prompt import Prompt, text_of
from claims_env.rotation import Floats

NAME = "mdm"

VERSION = "1"
"""Raised whenever the same model, prompt and seed would give other bytes."""

TOGETHER = 16
"""Clips sampled at once on a GPU; on a CPU it is one, which is as fast and needs the least."""


@dataclass(frozen=True, slots=True)
class Model:
    """What a user's files hold.

    Attributes:
        checkpoint: The denoiser.
        statistics: Mean and standard deviation of the features it was trained on.
        encoder: The text encoder it was trained with.
        body: A body to ground clips by, or None for our own.
    """

    checkpoint: Checkpoint
    statistics: Statistics
    encoder: TextEncoder
    body: BodyMesh | None = None


class MDM:
    """Samples motions from a text-conditioned diffusion model (Tevet et al., ICLR 2023).

    A clip follows from the model, its prompt and its seed: on a CPU to the last bit, whatever is
    sampled beside it, on a GPU to rounding. With `official_seeding` it depends on what the same
    call sampled before it, as upstream's do.

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
        """What its clips depend on beside prompt and seed, as every clip's provenance says."""
        model, config = self._model, self._config
        return {
            "checkpoint": {"sha256": model.checkpoint.digest, **model.checkpoint.facts},
            "statistics": model.statistics.digest,
            "text_encoder": model.encoder.facts,
            "guidance": config.guidance,
            "precision": config.precision,
            "device": self._device,
            "torch": torch.__version__,
            "seeding": self._seeding,
            "height": config.height,
            "body": None if model.body is None else dict(model.body.facts),
            "frames_at_20_hz": config.frames,
        }

    @property
    def digest(self) -> str:
        """A hash of the files and settings its clips follow from, beside prompt and seed.

        Where they are sampled stays out: a run may be resumed on another machine, whose clips
        differ by rounding.
        """
        where = ("device", "torch")
        facts = {key: value for key, value in self.facts.items() if key not in where}
        text = json.dumps(facts, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def _seeding(self) -> str:
        seed = self._config.official_seeding
        return "per clip" if seed is None else f"official, {seed}"

    def generate(self, prompts: Sequence[Prompt | str], seeds: Sequence[int]) -> list[Motion]:
        """See `MotionGenerator`.

        Raises:
            ConfigError: A text is empty or too long for the encoder; nothing is sampled then.
            CheckpointError: The model gives numbers that are no motion.
        """
        return list(self.stream(prompts, seeds))

    def stream(self, prompts: Sequence[Prompt | str], seeds: Sequence[int]) -> Iterator[Motion]:
        """See `StreamsMotions`."""
        asked = [(text_of(p), seed) for p, seed in zip(prompts, seeds, strict=True)]
        # every text first: one that cannot be read must not cost the time of those before it
        said = [self._model.encoder.encode(text) for text, _ in asked]
        size = 1 if self._device == "cpu" or self._config.official_seeding is not None else TOGETHER
        official = self._official_noise()
        for at in range(0, len(asked), size):
            batch = slice(at, at + size)
            noise = official or ClipNoise([clip_seed(*order) for order in asked[batch]])
            sampled = self._sampled(said[batch], noise)
            for (text, seed), features in zip(asked[batch], sampled, strict=True):
                yield self._clip(features, text, seed)

    def _official_noise(self) -> Noise | None:
        seed = self._config.official_seeding
        if seed is None:
            return None
        return OfficialNoise(torch.Generator(self._device).manual_seed(seed), 1)

    def _sampled(self, said: Sequence[Tensor], noise: Noise) -> Floats:
        """Return features that are not normalised any more, shape (clips, frames, 263)."""
        features = sample(
            self._network,
            said,
            noise,
            schedule=self._schedule,
            guidance=self._config.guidance,
            frames=self._config.frames,
        )
        restored: Floats = self._model.statistics.restored(features.float().cpu().numpy())
        return restored

    def _clip(self, features: Floats, text: str, seed: int) -> Motion:
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
            seed=seed,
            prompt=text,
            **notes_on(text, self._model.encoder),
            **self.facts,
        )


LARGEST = 1e3
"""Features beyond this are no motion: positions are metres, rotations below 1."""


def clip_seed(text: str, seed: int) -> int:
    """Return what a clip's noise is drawn with: the same seed is another take of another prompt."""
    digest = hashlib.sha256(f"{seed}\n{text}".encode()).digest()
    return int.from_bytes(digest[:8]) >> 1
