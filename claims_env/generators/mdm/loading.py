"""The generator made from a configuration: every file found and checked before anything is made."""

from pathlib import Path

import torch

from claims_env.body_mesh import BodyMesh
from claims_env.errors import ConfigError
from claims_env.generators.mdm import clip_text, distilbert
from claims_env.generators.mdm.args_file import ArgsFile, read_args
from claims_env.generators.mdm.cached_text import CachedText
from claims_env.generators.mdm.checkpoint import Checkpoint, load_checkpoint
from claims_env.generators.mdm.checkpoint_path import find_model
from claims_env.generators.mdm.clip_text import ClipText
from claims_env.generators.mdm.distilbert import DistilBert
from claims_env.generators.mdm.mdm import MDM
from claims_env.generators.mdm.model import Model
from claims_env.generators.mdm.pretrained_folder import find_pretrained
from claims_env.generators.mdm.statistics import Statistics, load_statistics
from claims_env.generators.mdm.text_encoder import TextEncoder
from claims_env.generators.mdm.word_hash import WordHash
from claims_env.mdm_config import MdmConfig


def load_mdm(config: MdmConfig, body: BodyMesh | None = None) -> MDM:
    """Return the generator a configuration describes.

    Args:
        config: The user's files and settings.
        body: A body to ground clips by, or None for our own.

    Raises:
        ConfigError: No checkpoint is named, something is at odds with it, or there is no such
            device.
        CheckpointError: The checkpoint or its statistics are missing, damaged or of another kind.
        MissingDependency: The text encoder's library is not installed.
    """
    if config.checkpoint is None:
        raise ConfigError(
            "The generator mdm needs a model: --checkpoint PATH, such as "
            "humanml_trans_dec_512_bert-50steps/model000200000.pt. docs/mdm.md says where from."
        )
    device, path = chosen_device(config.device), find_model(config.checkpoint.expanduser())
    # what is read at once comes first: it must not be missed after a minute of reading weights
    args = read_args(path.parent)
    statistics = _statistics(config.statistics or path.parent, args)
    _see_encoder(args, config.text_encoder)
    checkpoint = load_checkpoint(path, heads=config.heads, diffusion_steps=config.diffusion_steps)
    _check_guidance(checkpoint, config)
    encoder = CachedText(load_encoder(checkpoint, config.text_encoder))
    # clips of the official height stand by no body
    stands_on = body if config.height == "grounded" else None
    return MDM(Model(checkpoint, statistics, encoder, stands_on), config, device)


def _statistics(folder: Path, args: ArgsFile | None) -> Statistics:
    return load_statistics(folder.expanduser(), own=args is not None and args.own_statistics)


def _see_encoder(args: ArgsFile | None, folder: Path | None) -> None:
    """See that the text encoder's files are there, if args.json says which it is."""
    published = {clip_text.NAME: clip_text.PUBLISHED, distilbert.NAME: distilbert.PUBLISHED}
    named = None if args is None else args.values.get("text_encoder_type")
    if isinstance(named, str) and named in published:
        find_pretrained(published[named], None if folder is None else folder.expanduser())


def load_encoder(checkpoint: Checkpoint, folder: Path | None) -> TextEncoder:
    """Return the text encoder a checkpoint was trained with.

    Args:
        checkpoint: The model.
        folder: Where the encoder lies; None searches the Hugging Face cache of this machine.

    Raises:
        ConfigError: It is not there, its width is not the checkpoint's, or the checkpoint was
            trained with another.
        MissingDependency: Its library is not installed.
    """
    encoder = _encoder(checkpoint, None if folder is None else folder.expanduser())
    for name in ("sha256", "version"):
        trained, given = checkpoint.encoder_facts.get(name), encoder.facts.get(name)
        if trained is not None and trained != given:
            raise ConfigError(
                f"The checkpoint was trained with a text encoder '{encoder.name}' whose {name} is "
                f"{trained}, and this one's is {given}. Name the same one with --text-encoder."
            )
    return encoder


def _encoder(checkpoint: Checkpoint, folder: Path | None) -> TextEncoder:
    if checkpoint.text_encoder == "word_hash":
        return WordHash(checkpoint.architecture.text_width)
    make = DistilBert if checkpoint.text_encoder == "bert" else ClipText
    return make(folder, width=checkpoint.architecture.text_width)


def chosen_device(asked: str) -> str:
    """Return the device to sample on; 'auto' takes a GPU where there is one.

    Raises:
        ConfigError: It is not there.
    """
    there = {"cpu": True, "cuda": torch.cuda.is_available(), "mps": _has_mps()}
    if asked == "auto":
        return next(name for name in ("cuda", "mps", "cpu") if there[name])
    if not there.get(asked, False):
        raise ConfigError(
            f"torch {torch.__version__} finds no device '{asked}' here. Take --device cpu, or "
            "install a torch that was built for it."
        )
    return asked


def _has_mps() -> bool:
    return torch.backends.mps.is_available()


def _check_guidance(checkpoint: Checkpoint, config: MdmConfig) -> None:
    if config.guidance != 1 and not checkpoint.guidable:
        raise ConfigError(
            f"guidance {config.guidance} needs a model that was trained without its text at times, "
            "and this one's args.json says cond_mask_prob 0. Take --guidance 1."
        )
