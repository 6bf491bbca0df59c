"""CLIP's text encoder, of MDM's first checkpoints."""

import html
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from claims_env.generators.mdm.pretrained_folder import Published
from claims_env.generators.mdm.pretrained_model import open_pretrained
from claims_env.generators.mdm.wordless import refuse_wordless
from claims_env.one_thread import one_thread

NAME = "clip"
"""How upstream's args.json spells it."""

READ = 20
"""Tokens of a prompt that MDM reads with CLIP, start and end apart (`model/mdm.py`)."""

PUBLISHED = Published(
    repository="openai/clip-vit-base-patch32",
    older="",
    model_types=("clip", "clip_text_model"),
    vocabulary=(("tokenizer.json",), ("vocab.json", "merges.txt")),
    files=(
        "config.json",
        "pytorch_model.bin",
        "tokenizer.json",
        "tokenizer_config.json",
        "vocab.json",
        "merges.txt",
    ),
    model="CLIPTextModelWithProjection",
    tokenizer="CLIPTokenizerFast",
    width=512,
    layers=12,
    heads=8,
    activation="quick_gelu",
    stack="text_model.encoder.layers.",
)
"""The figures are those of the repository's config.json."""


class ClipText:
    """Gives one vector per prompt, of its first `READ` tokens alone; see `TextEncoder`.

    MDM cuts prompts there and pads them with zeros to CLIP's 77 tokens. The padding changes
    nothing: the vector is read at the end token, which sees only what is before it. So it is left
    out here. `notes` says of a prompt whether it was cut.

    OpenAI's own code computes in float16, which MDM keeps (`load_and_freeze_clip`); this computes
    in float32 with the same weights, so that the vectors differ from upstream's by the rounding of
    float16, about one part in a thousand. Ligatures and full-width letters, which its tokenizer
    takes apart (with ftfy), are read as they stand.
    """

    def __init__(
        self, folder: Path | None = None, *, width: int | None = None, cache: Path | None = None
    ) -> None:
        """Open it, from the disk alone.

        Args:
            folder: Where it lies; None searches the Hugging Face cache of this machine.
            width: Numbers that the checkpoint takes.
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
    def facts(self) -> dict[str, Any]:
        """See `TextEncoder`."""
        return {"name": NAME, **self._opened.facts, "tokens_read": READ}

    def encode(self, text: str) -> Tensor:
        """See `TextEncoder`."""
        refuse_wordless(text)
        tokenizer = self._opened.tokenizer
        kept = [tokenizer.bos_token_id, *self._tokens(text)[:READ], tokenizer.eos_token_id]
        with one_thread(), torch.no_grad():  # inference_mode's tensors could not be trained on
            vector: Tensor = self._opened.model(torch.tensor([kept])).text_embeds
        return vector.clone()

    def notes(self, text: str) -> dict[str, Any]:
        """Return `text_cut_after`, the words that were read, if the prompt has more than those."""
        plain = _plain(text)
        ends = [end for _, end in self._tokenized(plain)["offset_mapping"]]
        return {"text_cut_after": plain[: ends[READ - 1]]} if len(ends) > READ else {}

    def _tokens(self, text: str) -> list[int]:
        tokens: list[int] = self._tokenized(_plain(text))["input_ids"]
        return tokens

    def _tokenized(self, plain: str) -> Any:
        tokenizer = self._opened.tokenizer
        return tokenizer(
            plain, add_special_tokens=False, return_offsets_mapping=True, verbose=False
        )


_STRAIGHT = str.maketrans("‘’‚‛ʼ“”„‟", "'" * 5 + '"' * 4)  # noqa: RUF001
"""Curly quotes, of which OpenAI's tokenizer makes straight ones."""


def _plain(text: str) -> str:
    """Return a prompt as OpenAI's tokenizer sees it; it resolves HTML's entities twice."""
    return html.unescape(html.unescape(text.translate(_STRAIGHT))).strip()
