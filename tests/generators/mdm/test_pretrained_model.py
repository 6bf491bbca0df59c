import json
import os
import pickle
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch")

import torch
from generators.mdm.tiny_distilbert import WIDTH, WORDS, sizes, write_distilbert

from claims_env.errors import ConfigError
from claims_env.generators.mdm.distilbert import DistilBert


@pytest.fixture(scope="module")
def library() -> Any:
    return pytest.importorskip("transformers")


@pytest.fixture(scope="module")
def folder(library: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_distilbert(library, tmp_path_factory.mktemp("encoder") / "tiny-distilbert")


@pytest.fixture
def changed(folder: Path, tmp_path: Path) -> Iterator[Path]:
    copy = tmp_path / "changed"
    shutil.copytree(folder, copy)
    yield copy


def test_another_width_than_the_checkpoints_is_refused(folder: Path) -> None:
    with pytest.raises(ConfigError, match=f"gives {WIDTH} numbers per token.*takes 768"):
        DistilBert(folder, width=768)
    assert DistilBert(folder, width=WIDTH).width == WIDTH


def lose(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def say(name: str, content: str | bytes) -> Callable[[Path], object]:
    data = content.encode() if isinstance(content, str) else content
    return lambda folder: (folder / name).write_bytes(data)


def configure(**values: object) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        told = json.loads((folder / "config.json").read_text())
        (folder / "config.json").write_text(json.dumps({**told, **values}))

    return change


def pickled(content: bytes) -> Callable[[Path], None]:
    def replace(folder: Path) -> None:
        (folder / "model.safetensors").unlink()
        (folder / "pytorch_model.bin").write_bytes(content)

    return replace


class Harmful:
    def __reduce__(self) -> Any:
        return os.mkdir, ("harm",)


UNOPENED = "pytorch_model.bin: it is damaged, or holds more than tensors, and so was not opened"


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        (lose("config.json"), "has no config.json"),
        (lose("vocab.txt"), "lacks its vocabulary"),
        (lose("model.safetensors"), "lacks its weights"),
        (say("config.json", '{"model_type": "roberta"}'), "model_type is 'roberta'.*'distilbert'"),
        (say("config.json", "[]"), "model_type is None"),
        (say("config.json", "{"), "config.json: it cannot be read"),
        (say("model.safetensors", "not these"), r"model\.safetensors: transformers cannot read it"),
        (say("vocab.txt", "\n".join([*WORDS, "one", "more"])), "has 13 entries.*know 11"),
        (say("vocab.txt", "\n".join(WORDS[:7])), r"vocabulary, vocab\.txt, has 7 .*know 11"),
        (say("vocab.txt", ""), r"vocabulary, vocab\.txt"),
        (say("vocab.txt", b"\xff\xfe\x00"), r"vocab\.txt: transformers cannot read it"),
        (say("tokenizer.json", "{}"), r"tokenizer\.json: transformers cannot read it"),
        (say("tokenizer_config.json", '{"do_lower_case": false}'), "read with capitals apart"),
        (configure(dim="x"), r"config\.json: transformers cannot read it.*'dim'"),
        (configure(n_heads=3), "transformers cannot read it.*n_heads"),
        (configure(n_layers=1), r"hold transformer\.layer\.1\..*config\.json beside them"),
        (pickled(b""), r"pytorch_model\.bin: transformers cannot read it \(EOFError\)"),
        (pickled(b"x" * 1000), UNOPENED),
        (pickled(b"<!DOCTYPE html><html>"), UNOPENED),
        (pickled(pickle.dumps(Harmful())), UNOPENED),
    ],
)
def test_a_damaged_folder_is_refused_by_name(
    changed: Path, damage: Callable[[Path], object], complaint: str
) -> None:
    damage(changed)
    with pytest.raises(ConfigError, match=complaint) as caught:
        DistilBert(changed)
    assert "hf download" in str(caught.value) and "weights_only" not in str(caught.value)
    assert not Path("harm").exists()


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_weights_that_are_not_finite_are_refused_by_name(
    library: Any, changed: Path, number: float
) -> None:
    model = library.DistilBertModel.from_pretrained(changed)
    model.embeddings.LayerNorm.bias.data[3] = number
    model.save_pretrained(changed)
    with pytest.raises(ConfigError, match=r"'embeddings\.LayerNorm\.bias' holds NaN or infinite"):
        DistilBert(changed)


def test_the_head_that_the_published_weights_end_in_is_left_out(
    library: Any, folder: Path, changed: Path
) -> None:
    torch.manual_seed(0)
    library.DistilBertForMaskedLM(sizes(library)).save_pretrained(changed)
    assert DistilBert(changed).encode("a person").shape == (4, WIDTH)


@pytest.mark.parametrize(
    ("told", "complaint"),
    [
        ({"n_layers": 2}, "layers 2.*has 6"),
        ({"n_heads": 8}, "heads 8.*has 12"),
        ({"activation": "relu"}, "activation 'relu'.*has 'gelu'"),
    ],
)
def test_a_model_of_the_published_width_must_be_the_published_one(
    library: Any, changed: Path, told: dict[str, Any], complaint: str
) -> None:
    published = {"dim": 768, "n_layers": 6, "n_heads": 12, **told}
    library.DistilBertModel(sizes(library, **published)).save_pretrained(changed)
    with pytest.raises(ConfigError, match=rf"config\.json: it says {complaint}"):
        DistilBert(changed)


def test_weights_with_gaps_are_refused_rather_than_filled_at_random(
    library: Any, changed: Path
) -> None:
    sizes(library, n_layers=3).save_pretrained(changed)
    with pytest.raises(ConfigError, match=r"weights lack .*layer\.2\."):
        DistilBert(changed)


def test_weights_of_another_size_than_config_says_are_refused(library: Any, changed: Path) -> None:
    sizes(library, hidden_dim=64).save_pretrained(changed)
    with pytest.raises(ConfigError, match=r"another shape|cannot read it"):
        DistilBert(changed)
