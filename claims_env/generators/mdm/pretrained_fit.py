"""The fit of a pretrained text encoder: its weights whole, its sizes the published ones."""

from pathlib import Path
from typing import Any

import torch

from claims_env.errors import ConfigError
from claims_env.generators.mdm.pretrained_folder import Published, weights_in


def check_whole(model: Any, report: dict[str, Any], folder: Path, published: Published) -> None:
    """Check that the weights are those config.json speaks of, no fewer and no more.

    transformers fills gaps with random numbers, and leaves out what it has no place for. Heads of
    other uses may be left out: of a vocabulary (DistilBERT) or for images (CLIP).

    Args:
        model: What transformers made.
        report: What it found missing, misshapen or in excess.
        folder: Where from.
        published: Which encoder it should be.

    Raises:
        ConfigError: Tensors are missing, misshapen, in excess or not finite; one is named.
    """
    path = weights_in(folder)
    missing = sorted(str(key) for key in (*report["missing_keys"], *report["mismatched_keys"]))
    if missing:
        raise ConfigError(
            f"{path}: the weights lack {missing[0]} and {len(missing) - 1} more, or have them in "
            f"another shape than config.json says. {published.cure}"
        )
    spare = sorted(key for key in report["unexpected_keys"] if published.stack in key)
    if spare:
        raise ConfigError(
            f"{path}: the weights hold {spare[0]} and {len(spare) - 1} more, which config.json "
            f"beside them leaves no place for. {published.cure}"
        )
    for name, tensor in model.state_dict().items():
        if not bool(torch.isfinite(tensor).all()):
            raise ConfigError(f"{path}: '{name}' holds NaN or infinite numbers. {published.cure}")


def check_width(given: int, wanted: int | None, folder: Path, published: Published) -> None:
    """Check that an encoder gives as many numbers per token as the checkpoint takes.

    Raises:
        ConfigError: It gives more or fewer.
    """
    if wanted is not None and given != wanted:
        raise ConfigError(
            f"{folder}: this encoder gives {given} numbers per token, and the checkpoint takes "
            f"{wanted}. {published.cure}"
        )


def check_config(config: Any, given: int, folder: Path, published: Published) -> None:
    """Check of an encoder of the published width what its weights' shapes cannot tell.

    Args:
        config: Of transformers.
        given: Numbers per token.
        folder: Where from.
        published: Which encoder it should be.

    Raises:
        ConfigError: Layers, heads or activation are not the published ones.
    """
    if given != published.width:
        return
    told = {
        "layers": (config.num_hidden_layers, published.layers),
        "heads": (config.num_attention_heads, published.heads),
        "activation": (_activation(config), published.activation),
    }
    for name, (said, known) in told.items():
        if said != known:
            raise ConfigError(
                f"{folder / 'config.json'}: it says {name} {said!r}, and {published.repository} "
                f"has {known!r}. {published.cure}"
            )


def check_vocabulary(tokenizer: Any, known: int, folder: Path, published: Published) -> None:
    """Check that a vocabulary belongs to the weights, and reads capitals as small letters.

    Args:
        tokenizer: Of transformers.
        known: Entries the weights know.
        folder: Where from.
        published: Which encoder it should be.

    Raises:
        ConfigError: It has more or fewer entries, or tells 'A' from 'a'.
    """
    files = " with ".join(published.vocabulary_in(folder))
    if len(tokenizer) != known:
        raise ConfigError(
            f"{folder}: its vocabulary, {files}, has {len(tokenizer)} entries, and its weights "
            f"know {known}. {published.cure}"
        )
    if tokenizer("A")["input_ids"] != tokenizer("a")["input_ids"]:
        raise ConfigError(
            f"{folder}: its vocabulary, {files}, is read with capitals apart, as tokenizer.json "
            f"or tokenizer_config.json says, and {published.repository} knows small letters "
            f"alone. {published.cure}"
        )


def _activation(config: Any) -> Any:
    """Return it under either of the names transformers has for it."""
    return getattr(config, "activation", None) or getattr(config, "hidden_act", None)
