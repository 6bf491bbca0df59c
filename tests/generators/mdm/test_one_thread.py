import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch")

import torch
from generators.mdm.saved_checkpoint import state
from torch import Tensor

from claims_env.generators.mdm.architecture import Architecture
from claims_env.generators.mdm.clip_text import ClipText
from claims_env.generators.mdm.distilbert import DistilBert
from claims_env.generators.mdm.fast_network import FastNetwork
from claims_env.one_thread import one_thread

WIDE = Architecture("trans_dec", layers=1, width=512, feed_forward=64, heads=4, text_width=768)
"""As wide as the published model: narrow products are never shared among threads."""


@pytest.fixture(autouse=True)
def threads_restored() -> Iterator[None]:
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def library() -> Any:
    return pytest.importorskip("transformers")


def in_threads(count: int, compute: Callable[[], list[Tensor]]) -> list[Tensor]:
    torch.set_num_threads(count)
    return compute()


def assert_same_in_any(compute: Callable[[], list[Tensor]]) -> None:
    alone = in_threads(1, compute)
    for count in (2, 3):
        assert all(map(torch.equal, alone, in_threads(count, compute)))
        assert torch.get_num_threads() == count


def test_the_count_of_threads_is_as_before_even_after_an_error() -> None:
    torch.set_num_threads(2)
    with pytest.raises(RuntimeError, match="stumbled"), one_thread():
        assert torch.get_num_threads() == 1
        raise RuntimeError("stumbled")
    assert torch.get_num_threads() == 2


def test_distilberts_features_are_the_same_in_any_count_of_threads(
    library: Any, tmp_path: Path
) -> None:
    config = library.DistilBertConfig(
        vocab_size=6, dim=512, n_layers=1, n_heads=8, hidden_dim=2048, max_position_embeddings=16
    )
    library.DistilBertModel(config).save_pretrained(tmp_path)
    (tmp_path / "vocab.txt").write_text("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\n")
    encoder = DistilBert(tmp_path)
    assert_same_in_any(lambda: [encoder.encode("a " * words) for words in range(1, 11)])


def test_clips_vectors_are_the_same_in_any_count_of_threads(library: Any, tmp_path: Path) -> None:
    config = library.CLIPTextConfig(
        vocab_size=4,
        hidden_size=512,
        intermediate_size=2048,
        num_hidden_layers=1,
        projection_dim=256,
        bos_token_id=2,
        eos_token_id=3,
        pad_token_id=3,
    )
    library.CLIPTextModelWithProjection(config).save_pretrained(tmp_path)
    words = {"a": 0, "a</w>": 1, "<|startoftext|>": 2, "<|endoftext|>": 3}
    (tmp_path / "vocab.json").write_text(json.dumps(words))
    (tmp_path / "merges.txt").write_text("#version: 0.2\n")
    encoder = ClipText(tmp_path)
    assert_same_in_any(lambda: [encoder.encode("a " * words) for words in range(1, 11)])


def test_a_predicted_motion_is_the_same_in_any_count_of_threads() -> None:
    weights = {name: 0.04 * tensor for name, tensor in state(WIDE).items()}
    motion = torch.randn(1, 48, 263, generator=torch.Generator().manual_seed(0))

    def predicted() -> list[Tensor]:
        network = FastNetwork(weights, WIDE, 10)
        briefings = [network.briefing([text], 48) for text in texts()]
        return [network.predict(motion, 4, briefing, 2.5) for briefing in briefings]

    assert_same_in_any(predicted)


def texts() -> list[Tensor]:
    draw = torch.Generator().manual_seed(1)
    return [torch.randn(tokens, 768, generator=draw) for tokens in range(3, 13)]
