"""The args.json of a model trained here: upstream's fields, and those that upstream leaves out."""

import json
from collections.abc import Mapping
from typing import Any

from claims_env import __version__
from claims_env.errors import ConfigError
from claims_env.generators.mdm.architecture import Architecture
from claims_env.generators.mdm.training.recipe import Recipe

NAME = "args.json"

_MAY_CHANGE = ("claims_env", "source", "transformers")
"""What a training may go on with although it differs: versions, and a folder's name."""


def settings_of(
    architecture: Architecture,
    recipe: Recipe,
    *,
    diffusion_steps: int,
    text_encoder: Mapping[str, Any],
    data: str,
    statistics: str,
) -> dict[str, Any]:
    """Return what args.json holds.

    The first half are the fields MDM's own scripts read (`utils/parser_util.py`: its groups
    dataset, model and diffusion); then come its training options under its names, then ours.

    Args:
        architecture: The network's sizes.
        recipe: How it is trained.
        diffusion_steps: Of the cosine schedule.
        text_encoder: Its facts; `name` is what upstream calls text_encoder_type.
        data: The corpus's digest.
        statistics: The digest of Mean.npy and Std.npy.
    """
    return {
        "dataset": "humanml",
        "data_dir": "",
        "arch": architecture.kind,
        "text_encoder_type": text_encoder["name"],
        "emb_trans_dec": architecture.time_token,
        "layers": architecture.layers,
        "latent_dim": architecture.width,
        "cond_mask_prob": recipe.text_dropped,
        "mask_frames": True,
        "lambda_rcxyz": 0.0,
        "lambda_vel": 0.0,
        "lambda_fc": 0.0,
        "lambda_target_loc": 0.0,
        "unconstrained": False,
        "pos_embed_max_len": 5000,
        "use_ema": True,
        "multi_target_cond": False,
        "multi_encoder_type": "single",
        "target_enc_layers": 1,
        "context_len": 0,
        "pred_len": 0,
        "noise_schedule": "cosine",
        "diffusion_steps": diffusion_steps,
        "sigma_small": True,
        "batch_size": recipe.batch,
        "lr": recipe.learning_rate,
        "lr_anneal_steps": recipe.anneal_steps,
        "weight_decay": recipe.weight_decay,
        "avg_model_beta": recipe.average,
        "seed": recipe.seed,
        "claims_env": __version__,
        "heads": architecture.heads,
        "feed_forward": architecture.feed_forward,
        "features": architecture.features,
        "text_width": architecture.text_width,
        "dropout": recipe.dropout,
        "warm_average": recipe.warm_average,
        "longest": recipe.longest,
        "gradient_norm": recipe.gradient_norm,
        "precision": recipe.precision,
        "statistics": "own",
        "statistics_digest": statistics,
        "text_encoder": dict(text_encoder),
        "data_digest": data,
    }


def settings_text(settings: Mapping[str, Any]) -> bytes:
    """Return the file's content."""
    return json.dumps(dict(settings), indent=1).encode() + b"\n"


def see_same(begun: Mapping[str, Any], now: Mapping[str, Any], where: object) -> None:
    """See that a training goes on with the settings it was begun with.

    Raises:
        ConfigError: They differ; each difference is named.
    """
    names = [*now, *(name for name in begun if name not in now)]
    differing = [
        f"{name} was {begun.get(name)} and is {now.get(name)}"
        for name in names
        if name not in _MAY_CHANGE and _lasting(begun.get(name)) != _lasting(now.get(name))
    ]
    if differing:
        raise ConfigError(
            f"{where} was begun with other settings or data: {'; '.join(differing)}. "
            "Give the same ones to go on, or name another folder with --out."
        )


def _lasting(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {name: inner for name, inner in value.items() if name not in _MAY_CHANGE}
