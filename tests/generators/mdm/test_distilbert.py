import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch")

import torch
from generators.mdm.tiny_distilbert import LONGEST, WIDTH, WORDS, write_distilbert

from claims_env.errors import ConfigError, MissingDependency
from claims_env.generators.mdm.distilbert import PUBLISHED, DistilBert


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


def test_it_gives_the_last_hidden_state_of_every_piece(library: Any, folder: Path) -> None:
    pieces = [WORDS.index(word) for word in ("[CLS]", "a", "person", "jump", "##s", "[SEP]")]
    model = library.DistilBertModel.from_pretrained(folder).eval()
    with torch.no_grad():
        expected = model(torch.tensor([pieces])).last_hidden_state[0]
    features = DistilBert(folder).encode("A person JUMPS")
    assert features.shape == (6, WIDTH)
    torch.testing.assert_close(features, expected)


def test_features_can_be_trained_on_and_repeat_to_the_bit(folder: Path) -> None:
    encoder = DistilBert(folder)
    first = encoder.encode("a person walks")
    assert not first.is_inference() and not first.requires_grad
    encoder.encode("slowly")
    assert torch.equal(first, encoder.encode("a person walks"))
    assert torch.equal(first, DistilBert(folder).encode("a person walks"))


def test_opening_one_draws_nothing_and_prints_nothing(
    library: Any, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    level = library.utils.logging.get_verbosity()
    torch.manual_seed(3)
    before = torch.get_rng_state()
    DistilBert(folder).encode("a person walks")
    assert torch.equal(before, torch.get_rng_state())
    assert library.utils.logging.get_verbosity() == level
    assert library.utils.logging.is_progress_bar_enabled()
    assert capfd.readouterr() == ("", "")


def test_its_facts_name_the_folder_but_not_the_way_to_it(library: Any, folder: Path) -> None:
    encoder = DistilBert(folder)
    assert (encoder.name, encoder.width) == ("bert", WIDTH)
    assert encoder.facts["source"] == "tiny-distilbert"
    assert encoder.facts["transformers"] == library.__version__
    assert len(encoder.facts["sha256"]) == 16
    assert str(folder.parent) not in str(encoder.facts)


def test_half_precision_weights_are_computed_with_in_single(
    library: Any, folder: Path, changed: Path
) -> None:
    library.DistilBertModel.from_pretrained(folder).half().save_pretrained(changed)
    features = DistilBert(changed).encode("a person walks")
    assert features.dtype == torch.float32
    torch.testing.assert_close(
        features, DistilBert(folder).encode("a person walks"), atol=1e-2, rtol=0
    )


def test_weights_of_an_older_format_are_read_too(folder: Path, changed: Path) -> None:
    from safetensors.torch import load_file

    torch.save(load_file(changed / "model.safetensors"), changed / "pytorch_model.bin")
    (changed / "model.safetensors").unlink()
    assert torch.equal(DistilBert(changed).encode("a"), DistilBert(folder).encode("a"))


def test_one_is_found_in_the_cache_of_the_hub(folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "models--distilbert--distilbert-base-uncased"
    (kept / "refs").mkdir(parents=True)
    (kept / "refs" / "main").write_text("abc")
    shutil.copytree(folder, kept / "snapshots" / "abc")
    encoder = DistilBert(cache=tmp_path)
    assert encoder.facts["source"] == "distilbert/distilbert-base-uncased"
    assert torch.equal(encoder.encode("walks"), DistilBert(folder).encode("walks"))


def test_none_in_the_cache_says_how_to_download_it(library: Any, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="not on this machine") as told:
        DistilBert(cache=tmp_path)
    assert (
        "hf download distilbert/distilbert-base-uncased config.json model.safetensors "
        "tokenizer.json tokenizer_config.json vocab.txt --local-dir distilbert-base-uncased"
    ) in str(told.value)
    assert "--text-encoder distilbert-base-uncased" in str(told.value)


def test_a_prompt_of_more_pieces_than_it_reads_is_refused(folder: Path) -> None:
    encoder = DistilBert(folder)
    assert len(encoder.encode("a " * (LONGEST - 2))) == LONGEST
    with pytest.raises(ConfigError, match=f"has {LONGEST + 1} word pieces.*{LONGEST} at most"):
        encoder.encode("a " * (LONGEST - 1))


@pytest.mark.parametrize("text", ["", "  \n", "...", "?!", "_"])
def test_a_prompt_without_a_word_is_refused(folder: Path, text: str) -> None:
    with pytest.raises(ConfigError, match="holds no word"):
        DistilBert(folder).encode(text)


@pytest.mark.parametrize("name", ["nowhere", "vocab.txt"])
def test_a_folder_that_is_none_is_refused(folder: Path, name: str) -> None:
    with pytest.raises(ConfigError, match=f"{name}: (there is no|this is a file, not the) folder"):
        DistilBert(folder / name)


def test_without_transformers_the_cure_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "transformers", None)
    with pytest.raises(MissingDependency, match=r"pip install 'claims-env\[mdm\]'"):
        DistilBert(folder)


def test_it_is_known_what_to_download() -> None:
    assert "hf download distilbert/distilbert-base-uncased" in PUBLISHED.cure
