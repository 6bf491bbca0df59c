"""DistilBERT, the text encoder of the checkpoint the paper uses."""

from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from claims_env.errors import ConfigError
from claims_env.generators.mdm.pretrained_folder import Published
from claims_env.generators.mdm.pretrained_model import open_pretrained
from claims_env.generators.mdm.wordless import refuse_wordless
from claims_env.one_thread import one_thread

NAME = "bert"
"""How upstream's args.json spells it."""

PUBLISHED = Published(
    repository="distilbert/distilbert-base-uncased",
    older="distilbert-base-uncased",
    model_types=("distilbert",),
    vocabulary=(("tokenizer.json",), ("vocab.txt",)),
    files=(
        "config.json",
        "model.safetensors",
        "tokenizer.json",
        "tokenizer_config.json",
        "vocab.txt",
    ),
    model="DistilBertModel",
    tokenizer="DistilBertTokenizerFast",
    width=768,
    layers=6,
    heads=12,
    activation="gelu",
    stack="transformer.layer.",
)
"""The figures are those of the repository's config.json."""


class DistilBert:
    """Gives the last hidden state of every word piece; see `TextEncoder`.

    As in MDM (`model/BERT/BERT_encoder.py`): [CLS] and [SEP] are kept, nothing is cut, and the
    model is frozen. Every prompt is encoded alone, so that none depends on its neighbours.
    """

    def __init__(
        self, folder: Path | None = None, *, width: int | None = None, cache: Path | None = None
    ) -> None:
        """Open it, from the disk alone.

        Args:
            folder: Where it lies; None searches the Hugging Face cache of this machine.
            width: Numbers per token that the checkpoint takes.
            cache: The Hugging Face cache, if it is not where transformers expects it.

        Raises:
            ConfigError: It is not there, damaged, another model or of another width.
            MissingDependency: transformers is not installed.
        """
        self._opened = open_pretrained(PUBLISHED, folder, width=width, cache=cache)

    @property
    def name(self) -> str:
        """See `TextEncoder`."""
        return NAME

    @property
    def width(self) -> int:
        """See `TextEncoder`."""
        return self._opened.width

    @property
    def longest(self) -> int:
        """Word pieces a prompt may have, [CLS] and [SEP] among them."""
        return int(self._opened.model.config.max_position_embeddings)

    @property
    def facts(self) -> dict[str, Any]:
        """See `TextEncoder`."""
        return {"name": NAME, **self._opened.facts}

    def encode(self, text: str) -> Tensor:
        """See `TextEncoder`."""
        refuse_wordless(text)
        pieces = self._opened.tokenizer(text, verbose=False)["input_ids"]
        if len(pieces) > self.longest:
            raise ConfigError(
                f"The prompt '{text[:60]}...' has {len(pieces)} word pieces, and DistilBERT reads "
                f"{self.longest} at most. Shorten it, or split it into several."
            )
        with one_thread(), torch.no_grad():  # inference_mode's tensors could not be trained on
            states: Tensor = self._opened.model(torch.tensor([pieces])).last_hidden_state
        return states[0].clone()
