"""How the Motion Diffusion Model is asked: the user's files, and what is done with them."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from claims_env.errors import ConfigError

LONGEST = 196
"""Frames at 20 Hz beyond which no clip of HumanML3D goes, and so no published model."""


@dataclass(frozen=True, slots=True)
class MdmConfig:
    """Files and settings of the generator mdm; the defaults are those of MDM and the paper."""

    checkpoint: Path | None = None
    """The model: a file such as model000200000.pt with its args.json beside it, or its folder."""

    text_encoder: Path | None = None
    """Folder of the text encoder the model was trained with (DistilBERT, or CLIP); without it, the
    Hugging Face cache of this machine is searched, and nothing is downloaded."""

    statistics: Path | None = None
    """Folder with HumanML3D's Mean.npy and Std.npy; without it, they lie beside the checkpoint."""

    body_model: Path | None = None
    """SMPL model (SMPL_NEUTRAL.npz or a cleaned .pkl) by whose lowest vertex clips are grounded;
    without it, by the soles of our own body. `claims-env generate` draws any generator's clips
    with it."""

    guidance: float = 2.5
    """How far past the unconditional prediction to go towards the prompt's; 1 is no guidance."""

    frames: int = 120
    """Frames to sample at 20 Hz: 120 are six seconds, as in the paper; 196 at most."""

    heads: int | None = None
    """Attention heads; needed where no args.json lies beside the checkpoint."""

    diffusion_steps: int | None = None
    """Steps the model was trained with; likewise."""

    device: Literal["auto", "cpu", "cuda", "mps"] = "auto"
    """Where to sample; auto takes a GPU if there is one."""

    precision: Literal["float32", "bfloat16"] = "float32"
    """Arithmetic of the network; bfloat16 is about twice as fast and a little off."""

    official_seeding: int | None = None
    """Draw noise as upstream does, from one generator with this seed (theirs is 10) for all clips
    in their order; without it, a clip follows from its own seed and prompt alone."""

    height: Literal["grounded", "official"] = "grounded"
    """Set clips on the floor, and repair them as all clips are; or put the first frame's pelvis at
    0.92 m and change nothing, as the official release does."""

    def __post_init__(self) -> None:
        _require(
            math.isfinite(self.guidance) and self.guidance >= 0,
            "guidance", self.guidance, "0 or more; upstream uses 2.5",
        )  # fmt: skip
        _require(2 <= self.frames <= LONGEST, "frames", self.frames, f"2 to {LONGEST}")
        _require(self.heads is None or self.heads > 0, "heads", self.heads, "1 or more")
        steps = self.diffusion_steps
        _require(steps is None or steps > 1, "diffusion_steps", steps, "2 or more")
        seed = self.official_seeding
        _require(seed is None or seed >= 0, "official_seeding", seed, "0 or more")


def _require(holds: bool, name: str, value: object, expected: str) -> None:
    if not holds:
        raise ConfigError(f"'mdm.{name}' is {value}. Expected {expected}.")
