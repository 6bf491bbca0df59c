"""How the Motion Diffusion Model is asked: the user's files, and what is done with them."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from claims_env.errors import ConfigError

LONGEST = 196
"""Frames at 20 Hz beyond which no clip of HumanML3D goes, and so no published model."""

Device = Literal["auto", "cpu", "cuda", "mps"]
Precision = Literal["float32", "bfloat16"]
Height = Literal["grounded", "official"]

_PATHS = ("checkpoint", "text_encoder", "statistics", "body_model")
_CHOICES = {"device": Device, "precision": Precision, "height": Height}
_SEEDS = 2**64
"""How many seeds torch knows."""


@dataclass(frozen=True, slots=True)
class MdmConfig:
    """Files and settings of the generator mdm; the defaults are those of MDM and the paper.

    Raises:
        ConfigError: A setting is of another type or out of its range.
    """

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
    with it, and with height official does no more than that."""

    guidance: float = 2.5
    """How far past the unconditional prediction to go towards the prompt's; 1 is no guidance."""

    frames: int = 120
    """Frames to sample at 20 Hz: 120 are six seconds, as in the paper; 196 at most."""

    heads: int | None = None
    """Attention heads; needed where no args.json lies beside the checkpoint."""

    diffusion_steps: int | None = None
    """Steps the model was trained with; likewise."""

    device: Device = "auto"
    """Where to sample; auto takes a GPU if there is one."""

    precision: Precision = "float32"
    """Arithmetic of the network; bfloat16 is about twice as fast and a little off."""

    official_seeding: int | None = None
    """Draw noise in upstream's order, prompt after prompt from one source seeded with this (theirs
    is 10); seeds of clips are then ignored, and each call or round of a run starts anew, as a
    process of upstream's does. Without it, a clip follows from its own seed and prompt alone."""

    height: Height = "grounded"
    """Set clips on the floor, and repair them as all clips are; or put the first frame's pelvis at
    0.92 m and change nothing, as the official release does."""

    def __post_init__(self) -> None:
        for name in _PATHS:
            # whoever writes Python may give text
            object.__setattr__(self, name, _path(name, getattr(self, name)))
        for name, choice in _CHOICES.items():
            known, given = get_args(choice), getattr(self, name)
            _require(given in known, name, given, f"one of {', '.join(known)}")
        _require(_is_guidance(self.guidance), "guidance", self.guidance, "0 or more, as 2.5 is")
        _require_whole("frames", self.frames, 2, LONGEST)
        for name, least in (("heads", 1), ("diffusion_steps", 2)):
            if getattr(self, name) is not None:
                _require_whole(name, getattr(self, name), least)
        if self.official_seeding is not None:
            _require_whole("official_seeding", self.official_seeding, 0, _SEEDS - 1)


def _path(name: str, value: object) -> Path | None:
    if value is None or isinstance(value, Path):
        return value
    if not isinstance(value, str) or not value:
        raise ConfigError(f"'mdm.{name}' is {value!r}. Expected a path.")
    return Path(value)


def _is_guidance(value: object) -> bool:
    return isinstance(value, int | float) and math.isfinite(value) and value >= 0


def _require_whole(name: str, value: object, least: int, most: float = math.inf) -> None:
    is_whole = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
    told = f"{least} or more" if most == math.inf else f"{least} to {most}"
    _require(is_whole, name, value, f"a whole number, {told}")


def _require(holds: bool, name: str, value: object, expected: str) -> None:
    if not holds:
        raise ConfigError(f"'mdm.{name}' is {value!r}. Expected {expected}.")
