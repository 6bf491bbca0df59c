"""A model folder as training leaves it, small enough for a test: random weights, own statistics."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch

from claims_env.generators.composer import Composer
from claims_env.generators.mdm.architecture import Architecture
from claims_env.generators.mdm.network import Network
from claims_env.humanml3d import encode_joints, joints_of, mean_and_std

TINY = Architecture("trans_dec", layers=2, width=32, feed_forward=48, heads=4, text_width=16)
STEPS = 5
PROMPTS = ("a person walks", "a high front kick, then a jump", "he turns around slowly")


def write_model(folder: Path, architecture: Architecture = TINY, **args: Any) -> Path:
    """Write model000000001.pt, args.json, Mean.npy and Std.npy; return the checkpoint's path."""
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    path = folder / "model000000001.pt"
    torch.save(Network(architecture).state_dict(), path)
    told = {
        "dataset": "humanml",
        "arch": architecture.kind,
        "layers": architecture.layers,
        "latent_dim": architecture.width,
        "heads": architecture.heads,
        "feed_forward": architecture.feed_forward,
        "text_encoder_type": "word_hash",
        "diffusion_steps": STEPS,
        "noise_schedule": "cosine",
        "emb_trans_dec": False,
        "cond_mask_prob": 0.1,
        "claims_env": "0",
        "statistics": "own",
        **args,
    }
    (folder / "args.json").write_text(json.dumps(told))
    # around a person who stands there, so that noise gives bodies
    (motion,) = Composer().generate(["stand still"], [0])
    mean, std = mean_and_std([encode_joints(joints_of(motion))])
    np.save(folder / "Mean.npy", mean.astype(np.float32))
    np.save(folder / "Std.npy", np.maximum(std, 1e-3).astype(np.float32))
    return path
