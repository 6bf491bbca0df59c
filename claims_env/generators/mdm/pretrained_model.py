"""A pretrained text encoder opened by transformers: whole, frozen, in float32, and in silence."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from claims_env.errors import ConfigError
from claims_env.generators.mdm.pretrained_folder import (
    WEIGHTS,
    Published,
    find_pretrained,
    import_transformers,
    weights_digest,
)

_DAMAGE = (OSError, RuntimeError, ValueError, LookupError, TypeError, AttributeError)
"""What transformers raises over a damaged folder, depending on where it stumbles."""


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
    with _damage_named(found, published), _hushed():
        tokenizer = _opened_tokenizer(found, published)
        model, report = _opened_model(found, published)
    _check_whole(report, found, published)
    given = _width_of(model)
    _check_fit(given, width, len(tokenizer), model.config.vocab_size, f"{found}", published)
    facts = {
        "source": published.repository if folder is None else found.name,
        "sha256": weights_digest(found),
        "transformers": import_transformers().__version__,
    }
    return Pretrained(model.float().eval().requires_grad_(False), tokenizer, given, facts)


def _opened_tokenizer(folder: Path, published: Published) -> Any:
    kind = getattr(import_transformers(), published.tokenizer)
    return kind.from_pretrained(str(folder), local_files_only=True, trust_remote_code=False)


def _opened_model(folder: Path, published: Published) -> tuple[Any, dict[str, Any]]:
    """Return the network, and what transformers found amiss."""
    kind = getattr(import_transformers(), published.model)
    model, report = kind.from_pretrained(
        str(folder),
        local_files_only=True,
        trust_remote_code=False,
        use_safetensors=(folder / WEIGHTS[0]).is_file(),
        output_loading_info=True,
    )
    return model, report


def _width_of(model: Any) -> int:
    projection = getattr(model, "text_projection", None)
    return int(model.config.hidden_size if projection is None else projection.out_features)


def _check_whole(report: dict[str, Any], folder: Path, published: Published) -> None:
    """Refuse weights with gaps, which transformers fills with random numbers."""
    missing = sorted(str(key) for key in (*report["missing_keys"], *report["mismatched_keys"]))
    if missing:
        raise ConfigError(
            f"{folder}: its weights lack {missing[0]} and {len(missing) - 1} more, or have them in "
            f"another shape than config.json says. {published.cure}"
        )


def _check_fit(
    width: int, wanted: int | None, words: int, known: int, folder: str, published: Published
) -> None:
    if wanted is not None and width != wanted:
        raise ConfigError(
            f"{folder}: this encoder gives {width} numbers per token, and the checkpoint takes "
            f"{wanted}. {published.cure}"
        )
    if words > known:
        raise ConfigError(
            f"{folder}: its vocabulary has {words} entries, and its weights know {known}. "
            f"{published.cure}"
        )


@contextmanager
def _hushed() -> Iterator[None]:
    """Keep transformers' progress bars and warnings off the terminal; after it all is as before."""
    logging = import_transformers().utils.logging
    level, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if bars:
            logging.enable_progress_bar()


@contextmanager
def _damage_named(folder: Path, published: Published) -> Iterator[None]:
    unsafe: type[Exception] = import_module("safetensors").SafetensorError
    try:
        yield
    except (*_DAMAGE, unsafe) as error:
        first = str(error).strip().partition("\n")[0]
        raise ConfigError(
            f"{folder}: transformers cannot open it ({first}). {published.cure}"
        ) from None
