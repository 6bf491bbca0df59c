"""A checkpoint of the Motion Diffusion Model: weights, and what else sampling needs."""

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from torch import Tensor

from claims_env.generators.mdm import agreement
from claims_env.generators.mdm.architecture import Architecture
from claims_env.generators.mdm.args_file import ArgsFile, read_args
from claims_env.generators.mdm.checkpoint_path import find_model
from claims_env.generators.mdm.float32_weights import float32_weights
from claims_env.generators.mdm.torch_file import read_tensors
from claims_env.generators.mdm.weight_sizes import check_shapes, is_droppable, sizes_of


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a checkpoint says.

    Attributes:
        architecture: The network's sizes.
        weights: Its tensors by published name, float32 and contiguous on the CPU.
        diffusion_steps: How many it was trained with.
        text_encoder: Which: 'bert', 'clip', or 'word_hash' of our own training.
        guidable: Whether it was trained without the text at times, which guidance needs.
        own_statistics: Whether its features were normalised by other figures than HumanML3D's.
        encoder_facts: What args.json says of the text encoder it was trained with; ours does.
        digest: SHA-256 of the file's bytes, the first 16 hexadecimal digits.
        facts: What a record should hold of it, and where each figure comes from.
    """

    architecture: Architecture
    weights: dict[str, Tensor]
    diffusion_steps: int
    text_encoder: str
    guidable: bool
    own_statistics: bool
    encoder_facts: dict[str, Any]
    digest: str
    facts: dict[str, Any]


def load_checkpoint(
    path: Path, *, heads: int | None = None, diffusion_steps: int | None = None
) -> Checkpoint:
    """Read a checkpoint, published or of one's own training.

    The weights tell most sizes themselves. The number of heads and of diffusion steps they cannot
    tell: these come from the args.json beside the file, and are asked for where there is none.
    Upstream's args.json never names the heads, which its code fixes at four.

    Args:
        path: The .pt file, or the folder it is in; see `find_model`.
        heads: Attention heads, where args.json does not say.
        diffusion_steps: Diffusion steps, where args.json does not say.

    Raises:
        CheckpointError: The file or args.json is missing, damaged, incomplete, of another kind of
            model, or at odds with the other or with what was given.
        ConfigError: What was given is impossible.
    """
    path = find_model(path)
    args = read_args(path.parent)
    steps, steps_from = agreement.diffusion_steps(args, diffusion_steps, path)
    tensors, part = read_tensors(path, ignored=is_droppable)
    sizes = sizes_of(tensors, path)
    agreement.check_sizes(sizes, args, path)
    check_shapes(tensors, sizes, path)
    architecture, heads_from = agreement.with_heads(sizes, args, heads, path)
    encoder = agreement.text_encoder(architecture, args, path)
    facts = {
        "file": path.name,
        **asdict(architecture),
        "heads_from": heads_from,
        "diffusion_steps": steps,
        "diffusion_steps_from": steps_from,
        "text_encoder": encoder,
        "weights": part,
        "use_ema": _told(args, "use_ema"),
        "assumed": agreement.assumed(args),
    }
    return Checkpoint(
        architecture=architecture,
        weights=float32_weights(tensors, path),
        diffusion_steps=steps,
        text_encoder=encoder,
        guidable=agreement.guidable(args),
        own_statistics=args is not None and args.own_statistics,
        encoder_facts=_encoder_facts(args),
        digest=_digest(path),
        facts=facts,
    )


def _told(args: ArgsFile | None, name: str) -> Any:
    """Return what only args.json could say, or None."""
    return None if args is None else args.values.get(name)


def _encoder_facts(args: ArgsFile | None) -> dict[str, Any]:
    told = _told(args, "text_encoder")
    return told if isinstance(told, dict) else {}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]
