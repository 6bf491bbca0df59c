"""A DistilBERT of two layers and eleven word pieces, as transformers saves one."""

from pathlib import Path
from typing import Any

import torch

WORDS = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    "a",
    "person",
    "walks",
    "jump",
    "##s",
    "slowly",
]
WIDTH, LONGEST = 16, 8


def sizes(library: Any, **changed: Any) -> Any:
    """Return the library's configuration of it."""
    told = dict(vocab_size=len(WORDS), dim=WIDTH, n_layers=2, n_heads=2, hidden_dim=32)
    return library.DistilBertConfig(**{**told, "max_position_embeddings": LONGEST, **changed})


def write_distilbert(library: Any, folder: Path) -> Path:
    """Write its weights, configuration and vocabulary; return the folder."""
    torch.manual_seed(0)
    library.DistilBertModel(sizes(library)).save_pretrained(folder)
    (folder / "vocab.txt").write_text("\n".join(WORDS) + "\n")
    return folder
