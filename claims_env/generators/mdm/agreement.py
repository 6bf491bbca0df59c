"""What the weights cannot tell: asked of args.json and of the user, who must agree."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from claims_env.errors import CheckpointError, ConfigError
from claims_env.generators.mdm.architecture import Architecture
from claims_env.generators.mdm.args_file import NAME, ArgsFile

UPSTREAM_HEADS = 4
"""What MDM's code fixes, so that its args.json never says (`utils/model_util.py`)."""

ASSUMED = ("dataset", "noise_schedule", "sigma_small", "emb_trans_dec", "cond_mask_prob")
"""What args.json alone could say and the published models agree on, so that it is not asked for."""

MOST_STEPS = 5000
"""Rows of upstream's table of positions, out of which it looks a diffusion step up."""

TEXT_WIDTHS = {"bert": 768, "clip": 512}
"""Numbers per token of the published text encoders: DistilBERT, and CLIP ViT-B/32."""

_ENCODERS = (*TEXT_WIDTHS, "word_hash")

_FLAGS = {"heads": "--heads 4", "diffusion_steps": "--diffusion-steps 50"}
"""What the published 50-step models were trained with."""


def diffusion_steps(args: ArgsFile | None, given: int | None, path: Path) -> tuple[int, str]:
    """Return how many diffusion steps the model was trained with, and who says so.

    Upstream would take 1000 where args.json does not say, and sample noise with a 50-step model.

    Raises:
        CheckpointError: Nobody says, or the two differ.
        ConfigError: It is no possible number.
    """
    said = None if args is None else args.number("diffusion_steps")
    steps, source = _either("diffusion_steps", said, given, path)
    if steps is None:
        raise _unsaid(args, "diffusion_steps", path)
    if not 2 <= steps <= MOST_STEPS:
        raise _impossible(f"{steps} diffusion steps", f"2 to {MOST_STEPS}", source, path)
    return steps, source


def with_heads(
    sizes: Architecture, args: ArgsFile | None, given: int | None, path: Path
) -> tuple[Architecture, str]:
    """Return the architecture with its heads and tokens, and who says how many heads.

    Raises:
        CheckpointError: Nobody says, or two differ.
        ConfigError: They do not divide the width.
    """
    said = None if args is None else args.number("heads")
    heads, source = _either("heads", said, given, path)
    if said is None and args is not None and args.of_training:
        heads, source = _upstreams_heads(args, given)
    if heads is None:
        raise _unsaid(args, "heads", path)
    if heads < 1 or sizes.width % heads:
        expected = f"a divisor of the width, {sizes.width}"
        raise _impossible(f"{heads} heads", expected, source, path)
    token = bool(args and args.truth("emb_trans_dec")) and sizes.kind == "trans_dec"
    return replace(sizes, heads=heads, time_token=token), source


def guidable(args: ArgsFile | None) -> bool:
    """Return whether the model was trained without its text at times; so are all published ones.

    Raises:
        CheckpointError: How often is no share of the time, or always.
    """
    return args is None or args.share("cond_mask_prob") != 0


def assumed(args: ArgsFile | None) -> list[str]:
    """Return what nobody said, and what is therefore taken to be as in the published models."""
    return [name for name in ASSUMED if args is None or name not in args.values]


def check_sizes(sizes: Architecture, args: ArgsFile | None, path: Path) -> None:
    """Check that args.json speaks of these weights.

    Raises:
        CheckpointError: It does not; both figures are named.
    """
    if args is None:
        return
    told: dict[str, Any] = {
        "arch": sizes.kind,
        "layers": sizes.layers,
        "latent_dim": sizes.width,
        "feed_forward": sizes.feed_forward,
        "features": sizes.features,
        "text_width": sizes.text_width,
    }
    for name, actual in told.items():
        said = args.values.get(name, actual)
        if said != actual:
            raise CheckpointError(
                f"{args.path}: '{name}' is {said!r}, but the weights of {path.name} have "
                f"{actual!r}. Put the {NAME} of that very training beside them."
            )


def text_encoder(sizes: Architecture, args: ArgsFile | None, path: Path) -> str:
    """Return which text encoder the model listens to: 'bert', 'clip' or 'word_hash'.

    Where args.json does not say, the width of its features does.

    Raises:
        CheckpointError: Nobody says, or the weights contradict.
    """
    said = None if args is None else args.choice("text_encoder_type", _ENCODERS)
    by_width = {width: name for name, width in TEXT_WIDTHS.items()}.get(sizes.text_width)
    name = said or by_width
    if name is None:
        raise CheckpointError(
            f"{path}: its text features are {sizes.text_width} wide, which tells no encoder. "
            f"Expected 'text_encoder_type' in an {NAME} beside it: one of {', '.join(_ENCODERS)}."
        )
    if name in TEXT_WIDTHS and by_width not in (None, name):
        raise CheckpointError(
            f"{path}: {NAME} says text_encoder_type '{said}', whose features are "
            f"{TEXT_WIDTHS[name]} wide, but the weights take {sizes.text_width}, as of "
            f"'{by_width}'. Put the {NAME} of that very training beside them."
        )
    if name != "clip" and sizes.kind == "trans_enc":
        raise CheckpointError(
            f"{path}: a trans_enc takes one vector of text, and '{name}' gives one per token. "
            f"Expected text_encoder_type 'clip', or a trans_dec."
        )
    return name


def _upstreams_heads(args: ArgsFile, given: int | None) -> tuple[int, str]:
    if given not in (None, UPSTREAM_HEADS):
        raise CheckpointError(
            f"{args.path}: it is of upstream's training, whose code fixes {UPSTREAM_HEADS} heads, "
            f"but --heads {given} was given. Leave the option out; or, if a changed code trained "
            f'the model, add "heads": {given} to the file.'
        )
    return UPSTREAM_HEADS, "upstream's code, which fixes them"


def _either(name: str, said: int | None, given: int | None, path: Path) -> tuple[int | None, str]:
    if said is not None and given is not None and said != given:
        flag = f"--{name.replace('_', '-')}"
        raise CheckpointError(
            f"{path.with_name(NAME)}: '{name}' is {said}, but {flag} {given} was given. Leave the "
            f"option out, or put the {NAME} of that very training there."
        )
    return (given, "as given") if said is None else (said, NAME)


def _unsaid(args: ArgsFile | None, name: str, path: Path) -> CheckpointError:
    if args is None:
        return CheckpointError(
            f"{path}: no {NAME} lies beside it, and the weights do not tell their heads nor their "
            f"diffusion steps. Copy it there, or say both: the published 50-step models have "
            f"{' '.join(_FLAGS.values())}."
        )
    return CheckpointError(
        f"{args.path}: it lacks '{name}', which the weights do not tell. Add it, or say it: the "
        f"published 50-step models have {_FLAGS[name]}."
    )


def _impossible(what: str, expected: str, source: str, path: Path) -> ConfigError:
    where = path.with_name(NAME) if source == NAME else path
    how = "" if source == NAME else f" ({source})"
    return ConfigError(f"{where}: {what}{how} are impossible. Expected {expected}.")
