import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch")

import torch

from claims_env.errors import ConfigError, MissingDependency
from claims_env.generators.mdm.distilbert import PUBLISHED, DistilBert

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


@pytest.fixture(scope="module")
def library() -> Any:
    return pytest.importorskip("transformers")


@pytest.fixture(scope="module")
def folder(library: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A DistilBERT of two layers, as transformers saves one."""
    folder = tmp_path_factory.mktemp("encoder") / "tiny-distilbert"
    torch.manual_seed(0)
    library.DistilBertModel(config(library)).save_pretrained(folder)
    (folder / "vocab.txt").write_text("\n".join(WORDS) + "\n")
    return folder


@pytest.fixture
def changed(folder: Path, tmp_path: Path) -> Iterator[Path]:
    copy = tmp_path / "changed"
    shutil.copytree(folder, copy)
    yield copy


def config(library: Any, **sizes: int) -> Any:
    told = dict(vocab_size=len(WORDS), dim=WIDTH, n_layers=2, n_heads=2, hidden_dim=32)
    return library.DistilBertConfig(**{**told, "max_position_embeddings": LONGEST, **sizes})


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
        "hf download distilbert/distilbert-base-uncased --local-dir distilbert-base-uncased"
        in str(told.value)
    )
    assert "--text-encoder distilbert-base-uncased" in str(told.value)


def test_a_prompt_of_more_pieces_than_it_reads_is_refused(folder: Path) -> None:
    encoder = DistilBert(folder)
    assert len(encoder.encode("a " * (LONGEST - 2))) == LONGEST
    with pytest.raises(ConfigError, match=f"has {LONGEST + 1} word pieces.*{LONGEST} at most"):
        encoder.encode("a " * (LONGEST - 1))


@pytest.mark.parametrize("text", ["", "  \n"])
def test_an_empty_prompt_is_refused(folder: Path, text: str) -> None:
    with pytest.raises(ConfigError, match="is empty"):
        DistilBert(folder).encode(text)


def test_another_width_than_the_checkpoints_is_refused(folder: Path) -> None:
    with pytest.raises(ConfigError, match=f"gives {WIDTH} numbers per token.*takes 768"):
        DistilBert(folder, width=768)
    assert DistilBert(folder, width=WIDTH).width == WIDTH


def lose(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def say(name: str, text: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_text(text)


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        (lose("config.json"), "has no config.json"),
        (lose("vocab.txt"), "lacks its vocabulary"),
        (lose("model.safetensors"), "lacks its weights"),
        (say("config.json", '{"model_type": "roberta"}'), "model_type is 'roberta'.*'distilbert'"),
        (say("config.json", "[]"), "model_type is None"),
        (say("config.json", "{"), "config.json: it cannot be read"),
        (say("model.safetensors", "not these"), "transformers cannot open it"),
        (say("vocab.txt", "\n".join([*WORDS, "one", "more"])), "has 13 entries.*know 11"),
    ],
)
def test_a_damaged_folder_is_refused_by_name(
    changed: Path, damage: Callable[[Path], object], complaint: str
) -> None:
    damage(changed)
    with pytest.raises(ConfigError, match=complaint) as told:
        DistilBert(changed)
    assert "hf download" in str(told.value)


def test_weights_with_gaps_are_refused_rather_than_filled_at_random(
    library: Any, changed: Path
) -> None:
    config(library, n_layers=3).save_pretrained(changed)
    with pytest.raises(ConfigError, match=r"weights lack .*layer\.2\."):
        DistilBert(changed)


def test_weights_of_another_size_than_config_says_are_refused(library: Any, changed: Path) -> None:
    config(library, hidden_dim=64).save_pretrained(changed)
    with pytest.raises(ConfigError, match=r"another shape|cannot open it"):
        DistilBert(changed)


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
