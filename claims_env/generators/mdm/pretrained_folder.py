"""The folder of a pretrained text encoder: found without network, and known for what it is."""

import hashlib
import json
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from claims_env.errors import ConfigError, MissingDependency

WEIGHTS = ("model.safetensors", "pytorch_model.bin")
"""The files transformers keeps weights in, the one to prefer first."""


@dataclass(frozen=True, slots=True)
class Published:
    """What is known of a published encoder before its folder is opened.

    Attributes:
        repository: Its name on the Hugging Face hub.
        older: A name it had before, under which a cache may still hold it; '' for none.
        model_types: What `model_type` of its config.json may be.
        vocabulary: Sets of files, of which one must be complete.
        files: What to download of the repository, which holds the weights in other forms too.
        model: The class of transformers that reads its weights.
        tokenizer: The one that reads its vocabulary.
        width: Numbers per token; a model of another width is not the published one.
        layers: Its layers.
        heads: Attention heads of each.
        activation: What is between the two products of a layer's feed-forward block.
        stack: What the names of its layers' tensors hold.
    """

    repository: str
    older: str
    model_types: tuple[str, ...]
    vocabulary: tuple[tuple[str, ...], ...]
    files: tuple[str, ...]
    model: str
    tokenizer: str
    width: int
    layers: int
    heads: int
    activation: str
    stack: str

    @property
    def cure(self) -> str:
        """How to get it, once and for all."""
        folder = self.repository.rpartition("/")[2]
        return (
            f"Download it once with 'hf download {self.repository} {' '.join(self.files)} "
            f"--local-dir {folder}', and name it: --text-encoder {folder}."
        )

    def vocabulary_in(self, folder: Path) -> tuple[str, ...]:
        """Return the first set of its vocabulary's files that the folder has; or none."""
        sets = (s for s in self.vocabulary if all((folder / name).is_file() for name in s))
        return next(sets, ())


def find_pretrained(published: Published, folder: Path | None, cache: Path | None = None) -> Path:
    """Return the encoder's folder, once it looks complete. Nothing is downloaded.

    Args:
        published: Which encoder.
        folder: The user's folder; None searches the Hugging Face cache.
        cache: That cache, if elsewhere than on this machine by default.

    Raises:
        ConfigError: It is not there, holds another model, or lacks its vocabulary or weights.
        MissingDependency: transformers, with its cache, is not installed.
    """
    found = _cached(published, cache) if folder is None else folder
    if not found.is_dir():
        what = "this is a file, not the folder of" if found.exists() else "there is no folder of"
        raise ConfigError(f"{found}: {what} {published.repository}. {published.cure}")
    _check_config(found, published)
    _check_files(found, published)
    return found


def import_transformers() -> Any:
    """Return the library.

    Raises:
        MissingDependency: It is not installed.
    """
    return _imported("transformers")


def weights_in(folder: Path) -> Path:
    """Return the file its weights are read from, of a folder that `find_pretrained` returned."""
    return next(folder / name for name in WEIGHTS if (folder / name).is_file())


def weights_digest(folder: Path) -> str:
    """Return the SHA-256 of its weights' file, the first 16 hexadecimal digits."""
    with weights_in(folder).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def _imported(package: str) -> Any:
    try:
        return import_module(package)
    except ImportError:
        raise MissingDependency(
            package, "the text encoder of mdm", "pip install 'claims-env[mdm]'"
        ) from None


def _cached(published: Published, cache: Path | None) -> Path:
    """Return the folder in the Hugging Face cache, which lies there for every model ever used."""
    look = _imported("huggingface_hub").try_to_load_from_cache
    for name in filter(None, (published.repository, published.older)):
        config = look(name, "config.json", cache_dir=cache)
        if isinstance(config, str):
            return Path(config).parent
    raise ConfigError(
        f"The model's text encoder, {published.repository}, is not on this machine, and nothing is "
        f"downloaded unasked. {published.cure}"
    )


def _check_config(folder: Path, published: Published) -> None:
    path = folder / "config.json"
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(
            f"{folder}: it has no config.json, so it is no folder of {published.repository}. "
            f"{published.cure}"
        ) from None
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: it cannot be read ({error}). {published.cure}") from None
    kind = config.get("model_type") if isinstance(config, dict) else None
    if kind not in published.model_types:
        raise ConfigError(
            f"{path}: its model_type is {kind!r}, and the checkpoint was trained with "
            f"{published.repository}, a {published.model_types[0]!r}. {published.cure}"
        )


def _check_files(folder: Path, published: Published) -> None:
    if not published.vocabulary_in(folder):
        wanted = " or ".join(" with ".join(names) for names in published.vocabulary)
        raise ConfigError(f"{folder}: it lacks its vocabulary, {wanted}. {published.cure}")
    if not any((folder / name).is_file() for name in WEIGHTS):
        raise ConfigError(
            f"{folder}: it lacks its weights, {' or '.join(WEIGHTS)}. {published.cure}"
        )
