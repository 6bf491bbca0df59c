"""What a user's files hold, once read, and which of it decides what a clip is."""

from dataclasses import dataclass
from typing import Any

from claims_env.body_mesh import BodyMesh
from claims_env.generators.mdm.checkpoint import Checkpoint
from claims_env.generators.mdm.statistics import Statistics
from claims_env.generators.mdm.text_encoder import TextEncoder
from claims_env.mdm_config import MdmConfig

_ENCODERS_PLACE = ("source", "transformers")
"""Facts of a text encoder that say where it comes from and who read it, not what it is."""

_BODYS_PLACE = ("file",)


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


def told_facts(model: Model, config: MdmConfig) -> dict[str, Any]:
    """Return what a clip's provenance says of files and settings, beside where it was sampled."""
    return {
        "checkpoint": {"sha256": model.checkpoint.digest, **model.checkpoint.facts},
        "statistics": model.statistics.digest,
        "text_encoder": model.encoder.facts,
        "body": None if model.body is None else dict(model.body.facts),
        **_settings(config),
    }


def deciding_facts(model: Model, config: MdmConfig, device: str) -> dict[str, Any]:
    """Return what of it decides a clip, beside prompt and seed: no file's name, no version.

    Where clips are sampled is none of it, since a run may be resumed on another machine, whose
    clips differ by rounding; official noise alone is another on another device.
    """
    checkpoint = model.checkpoint
    return {
        "checkpoint": {
            "sha256": checkpoint.digest,
            "heads": checkpoint.architecture.heads,
            "time_token": checkpoint.architecture.time_token,
            "diffusion_steps": checkpoint.diffusion_steps,
            "weights": checkpoint.facts.get("weights"),
        },
        "statistics": model.statistics.digest,
        "text_encoder": _without(model.encoder.facts, _ENCODERS_PLACE),
        "body": None if model.body is None else _without(dict(model.body.facts), _BODYS_PLACE),
        "seeding": _seeding(config, device),
        **_settings(config),
    }


def _settings(config: MdmConfig) -> dict[str, Any]:
    return {
        "guidance": config.guidance,
        "precision": config.precision,
        "height": config.height,
        "frames_at_20_hz": config.frames,
    }


def _seeding(config: MdmConfig, device: str) -> str:
    seed = config.official_seeding
    return "per clip" if seed is None else f"official, {seed} on {device}"


def _without(facts: dict[str, Any], left_out: tuple[str, ...]) -> dict[str, Any]:
    return {name: fact for name, fact in facts.items() if name not in left_out}
