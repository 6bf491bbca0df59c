"""Checkpoints of a tiny network with random weights, as upstream's training saves them."""

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from claims_env.errors import CheckpointError
from claims_env.generators.mdm.architecture import Architecture
from claims_env.generators.mdm.checkpoint import Checkpoint, load_checkpoint
from claims_env.generators.mdm.state_shapes import state_shapes

TINY = Architecture("trans_dec", layers=2, width=8, feed_forward=12, heads=4, text_width=6)
ARGS = {
    "dataset": "humanml",
    "arch": "trans_dec",
    "text_encoder_type": "bert",
    "emb_trans_dec": False,
    "layers": 2,
    "latent_dim": 8,
    "cond_mask_prob": 0.1,
    "unconstrained": False,
    "use_ema": True,
    "context_len": 0,
    "lambda_target_loc": 0.0,
    "noise_schedule": "cosine",
    "diffusion_steps": 50,
    "sigma_small": True,
}
"""What upstream's training writes, for the most part."""

State = dict[str, Tensor]


def state(architecture: Architecture = TINY, seed: int = 0) -> State:
    dice = torch.Generator().manual_seed(seed)
    shapes = state_shapes(architecture)
    return {name: torch.randn(shape, generator=dice) for name, shape in shapes.items()}


def saved(folder: Path, content: Any, args: object = ARGS) -> Path:
    path = folder / "model000200000.pt"
    torch.save(content, path)
    if args is not None:
        (folder / "args.json").write_text(json.dumps(args))
    return path


def loaded(folder: Path, content: Any, args: object = ARGS, **asked: int) -> Checkpoint:
    return load_checkpoint(saved(folder, content, args), **asked)


def complaint(folder: Path, content: Any, args: object = ARGS, **asked: int) -> str:
    with pytest.raises(CheckpointError) as told:
        loaded(folder, content, args, **asked)
    return str(told.value)
