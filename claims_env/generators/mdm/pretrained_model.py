"""A pretrained text encoder opened by transformers: whole, frozen, in float32, and in silence."""

import pickle
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims_env.errors import ConfigError
from claims_env.generators.mdm.pretrained_fit import (
    check_config,
    check_vocabulary,
    check_whole,
    check_width,
)
from claims_env.generators.mdm.pretrained_folder import (
    WEIGHTS,
    Published,
    find_pretrained,
    import_transformers,
    weights_digest,
    weights_in,
)

_FROM_DISK = {"local_files_only": True, "trust_remote_code": False}

_LONGEST_REASON = 200
"""Letters of what transformers says, which may go on for a page."""


@dataclass(frozen=True, slots=True)
class Pretrained:
    """A text encoder of transformers, and what a record should hold of it.

    Attributes:
        model: The network, frozen.
        tokenizer: Text to numbers.
        width: Numbers per token.
        facts: Where it comes from, the hash of its weights, and the library's version.
    """

    model: Any
    tokenizer: Any
    width: int
    facts: dict[str, Any]


def open_pretrained(
    published: Published, folder: Path | None, *, width: int | None, cache: Path | None
) -> Pretrained:
    """Open a text encoder, from the disk alone.

    Args:
        published: Which.
        folder: Where it lies; None searches the Hugging Face cache of this machine.
        width: Numbers per token that the checkpoint takes; None takes any.
        cache: The Hugging Face cache, if it is not where transformers expects it.

    Raises:
        ConfigError: It is not there, damaged, incomplete, another model or of another width.
        MissingDependency: transformers is not installed.
    """
    found = find_pretrained(published, folder, cache)
    with _hushed():
        config = _opened_config(found, published)
        tokenizer = _opened_tokenizer(found, published)
        model, report = _opened_model(found, published, config)
    given = _width_of(model)
    check_whole(model, report, found, published)
    check_width(given, width, found, published)
    check_config(config, given, found, published)
    check_vocabulary(tokenizer, config.vocab_size, found, published)
    facts = {
        "source": published.repository if folder is None else found.name,
        "sha256": weights_digest(found),
        "transformers": import_transformers().__version__,
    }
    return Pretrained(model.float().eval().requires_grad_(False), tokenizer, given, facts)


def _opened_config(folder: Path, published: Published) -> Any:
    kind = getattr(import_transformers(), published.model).config_class
    with _damage_named(f"{folder / 'config.json'}", published):
        return kind.from_pretrained(str(folder), **_FROM_DISK)


def _opened_tokenizer(folder: Path, published: Published) -> Any:
    kind = getattr(import_transformers(), published.tokenizer)
    files = " with ".join(published.vocabulary_in(folder))
    with _damage_named(f"{folder}: its vocabulary, {files}", published):
        tokenizer = kind.from_pretrained(str(folder), **_FROM_DISK)
        tokenizer("a")  # some damage shows only in use
        return tokenizer


def _opened_model(folder: Path, published: Published, config: Any) -> tuple[Any, dict[str, Any]]:
    """Return the network, and what transformers found amiss."""
    kind = getattr(import_transformers(), published.model)
    path = weights_in(folder)
    with _damage_named(f"{path}", published):
        model, report = kind.from_pretrained(
            str(folder),
            config=config,
            use_safetensors=path.name == WEIGHTS[0],
            output_loading_info=True,
            **_FROM_DISK,
        )
    return model, report


def _width_of(model: Any) -> int:
    projection = getattr(model, "text_projection", None)
    return int(model.config.hidden_size if projection is None else projection.out_features)


@contextmanager
def _hushed() -> Iterator[None]:
    """Keep transformers' progress bars and warnings off the terminal; after it all is as before."""
    logging = import_transformers().utils.logging
    level, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # torch's about odd pickles, which are refused anyway
            yield
    finally:
        logging.set_verbosity(level)
        if bars:
            logging.enable_progress_bar()


@contextmanager
def _damage_named(what: str, published: Published) -> Iterator[None]:
    try:
        yield
    # its tokenizers raise the bare class, its configurations and weights any of a dozen others
    except Exception as error:
        raise ConfigError(f"{what}: {_told(error)} {published.cure}") from None


def _told(error: Exception) -> str:
    """Say what went wrong; torch's own words would advise to run whatever code is in the file."""
    if isinstance(error, pickle.UnpicklingError) or "weights_only" in str(error):
        return "it is damaged, or holds more than tensors, and so was not opened."
    reason = " ".join(str(error).split())[:_LONGEST_REASON] or type(error).__name__
    return f"transformers cannot read it ({reason})."
