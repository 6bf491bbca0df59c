import json
import shutil
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch")

import torch

from claims_env.errors import ConfigError
from claims_env.generators.mdm.clip_text import READ, ClipText
from claims_env.generators.mdm.distilbert import DistilBert

LETTERS = [*"abcdefghijklmnopqrstuvwxyz&<>,.'"]
VOCABULARY = [
    *LETTERS,
    *(f"{letter}</w>" for letter in LETTERS),
    "<|startoftext|>",
    "<|endoftext|>",
]
START, END = len(VOCABULARY) - 2, len(VOCABULARY) - 1
WIDTH, CONTEXT = 12, 77


@pytest.fixture(scope="module")
def library() -> Any:
    return pytest.importorskip("transformers")


def sizes() -> dict[str, int]:
    return {
        "vocab_size": len(VOCABULARY),
        "hidden_size": 16,
        "intermediate_size": 32,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "max_position_embeddings": CONTEXT,
        "projection_dim": WIDTH,
        "bos_token_id": START,
        "eos_token_id": END,
        "pad_token_id": END,
    }


@pytest.fixture(scope="module")
def folder(library: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A CLIP of two layers that spells every word out, as transformers saves one."""
    folder = tmp_path_factory.mktemp("encoder") / "tiny-clip"
    torch.manual_seed(0)
    whole = library.CLIPConfig(
        text_config=sizes(),
        vision_config={
            "hidden_size": 16,
            "intermediate_size": 32,
            "num_hidden_layers": 1,
            "num_attention_heads": 2,
            "image_size": 8,
            "patch_size": 4,
            "projection_dim": WIDTH,
        },
        projection_dim=WIDTH,
    )
    library.CLIPModel(whole).save_pretrained(folder)
    words = {word: at for at, word in enumerate(VOCABULARY)}
    (folder / "vocab.json").write_text(json.dumps(words))
    (folder / "merges.txt").write_text("#version: 0.2\n")
    return folder


def upstreams(library: Any, folder: Path, letters: str) -> torch.Tensor:
    """What MDM asks of CLIP: 22 tokens at most, zeros up to 77, read at the highest token."""
    words = letters.split()
    tokens = [VOCABULARY.index(f"{word}</w>") for word in words]
    row = [START, *tokens, END][: READ + 2]
    row[-1] = END
    padded = torch.tensor([row + [0] * (CONTEXT - len(row))])
    model = library.CLIPTextModelWithProjection.from_pretrained(folder).eval()
    with torch.no_grad():
        hidden = model.text_model(padded).last_hidden_state
        return model.text_projection(hidden[torch.arange(1), padded.argmax(-1)])


@pytest.mark.parametrize("letters", ["a b c", "a " * READ, "a b c d e " * 6])
def test_it_gives_the_vector_upstream_asks_for(library: Any, folder: Path, letters: str) -> None:
    vector = ClipText(folder).encode(letters.upper())
    assert vector.shape == (1, WIDTH) and vector.dtype == torch.float32
    torch.testing.assert_close(vector, upstreams(library, folder, letters))


def test_words_past_the_twentieth_token_change_nothing_and_are_told(folder: Path) -> None:
    encoder = ClipText(folder)
    read = "a b c d e f g h i j k l m n o p q r s t"
    assert torch.equal(encoder.encode(f"{read} u v"), encoder.encode(read))
    assert encoder.notes(read) == {}
    assert encoder.notes(f"  {read.upper()}, u v") == {"text_cut_after": read.upper()}


@pytest.mark.parametrize(("odd", "plain"), [("a &amp;amp; b", "a & b"), ("a’s", "a's")])  # noqa: RUF001
def test_entities_and_curly_quotes_are_read_as_openai_does(
    folder: Path, odd: str, plain: str
) -> None:
    encoder = ClipText(folder)
    assert torch.equal(encoder.encode(odd), encoder.encode(plain))


def test_its_facts_say_how_much_it_reads(folder: Path) -> None:
    encoder = ClipText(folder, width=WIDTH)
    assert (encoder.name, encoder.width) == ("clip", WIDTH)
    assert encoder.facts["tokens_read"] == READ
    assert encoder.facts["source"] == "tiny-clip"


def test_what_does_not_fit_is_refused(library: Any, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=f"gives {WIDTH} numbers.*takes 512"):
        ClipText(folder, width=512)
    with pytest.raises(ConfigError, match=r"model_type is 'clip'.*distilbert-base-uncased"):
        DistilBert(folder)
    with pytest.raises(ConfigError, match="hf download openai/clip-vit-base-patch32"):
        ClipText(cache=tmp_path)


@pytest.mark.parametrize("text", ["", " ", "...", "?!", "_"])
def test_a_prompt_without_a_word_is_refused(folder: Path, text: str) -> None:
    with pytest.raises(ConfigError, match="holds no word"):
        ClipText(folder).encode(text)


def test_more_layers_than_config_says_are_refused(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "changed"
    shutil.copytree(folder, copy)
    told = json.loads((copy / "config.json").read_text())
    told["text_config"]["num_hidden_layers"] = 1
    (copy / "config.json").write_text(json.dumps(told))
    with pytest.raises(ConfigError, match=r"hold text_model\.encoder\.layers\.1\."):
        ClipText(copy)
