import os
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch")

import torch
from generators.mdm.saved_checkpoint import complaint, loaded, saved, state

from claims_env.errors import CheckpointError
from claims_env.generators.mdm.checkpoint import load_checkpoint


def test_the_weights_outlive_the_file(tmp_path: Path) -> None:
    path = saved(tmp_path, state())
    read = load_checkpoint(path)
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
    assert torch.equal(read.weights["embed_text.weight"], state()["embed_text.weight"])


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float64])
def test_other_precisions_become_single(tmp_path: Path, dtype: torch.dtype) -> None:
    stored = {name: tensor.to(dtype) for name, tensor in state().items()}
    read = loaded(tmp_path, stored)
    for name, tensor in read.weights.items():
        assert tensor.dtype == torch.float32 and tensor.is_contiguous()
        assert torch.equal(tensor, stored[name].float())


def test_the_old_format_of_torch_is_read_too(tmp_path: Path) -> None:
    path = saved(tmp_path, state())
    torch.save(state(), path, _use_new_zipfile_serialization=False)
    assert torch.equal(load_checkpoint(path).weights["embed_text.bias"], state()["embed_text.bias"])


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"weight": torch.zeros(2)}, "no Motion Diffusion Model: it holds weight, and neither"),
        ([torch.zeros(2)], "it holds a list, and no model"),
        ({}, "model000200000.pt: it holds an empty dict, and no model"),
        ({"model": 3}, "'model' in it holds no tensors"),
        ({"state": {}, "param_groups": []}, "the optimiser's state"),
        ({"opt": {}, "scaler": {}}, "The model is beside it: model000200000.pt"),
    ],
)
def test_files_that_hold_no_model_are_refused(tmp_path: Path, content: Any, expected: str) -> None:
    assert expected in complaint(tmp_path, content)


def test_the_optimisers_file_names_the_models(tmp_path: Path) -> None:
    path = tmp_path / "opt000000500.pt"
    saved(tmp_path, {"state": {}, "param_groups": []}).rename(path)
    with pytest.raises(CheckpointError, match=r"model000000500\.pt"):
        load_checkpoint(path)


class Harmful:
    def __reduce__(self) -> Any:
        return os.mkdir, ("harm",)


@pytest.mark.parametrize("zipped", [True, False])
def test_a_file_that_would_run_code_is_refused_unopened(
    tmp_path: Path, zipped: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = saved(tmp_path, {})
    torch.save({"model": Harmful()}, path, _use_new_zipfile_serialization=zipped)
    with pytest.raises(CheckpointError, match=r"Python objects \(\w+\.mkdir\), which could run"):
        load_checkpoint(path)
    assert not Path("harm").exists()


def zipped(folder: Path) -> bytes:
    path = folder / "archive.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("bert/model000200000.pt", b"...")
        archive.writestr("bert/args.json", b"{}")
    return path.read_bytes()


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda whole, folder: b"", "it is empty"),
        (lambda whole, folder: whole[: len(whole) // 2], "cut short"),
        (lambda whole, folder: whole[:-30], "cut short"),
        (lambda whole, folder: bytes(len(whole)), "no torch file"),
        (lambda whole, folder: pickle.dumps({"a": 1}), "no torch file"),
        (lambda whole, folder: b"just some text\n", "no torch file"),
        (lambda whole, folder: zipped(folder), "a zip archive that holds bert/model000200000.pt"),
        (lambda whole, folder: b"\x1f\x8b" + whole, "a gzip archive"),
        (lambda whole, folder: b"<!DOCTYPE html><html>Sign in", "a web page"),
        (lambda whole, folder: b"version https://git-lfs.github.com/spec/v1\n", "git lfs pull"),
    ],
)
def test_a_spoilt_file_is_refused_for_what_it_seems_to_be(
    tmp_path: Path, spoil: Callable[[bytes, Path], bytes], expected: str
) -> None:
    path = saved(tmp_path, state())
    path.write_bytes(spoil(path.read_bytes(), tmp_path))
    with pytest.raises(CheckpointError, match=expected):
        load_checkpoint(path)


def spoilt(path: Path, ending: str) -> str:
    """Zero the middle of the first entry whose name ends so; return the name."""
    with zipfile.ZipFile(path) as archive:
        entry = next(e for e in archive.infolist() if e.filename.endswith(ending))
        with archive.open(entry) as file:
            content = file.read()
    whole = path.read_bytes()
    at = whole.index(content) + len(content) // 2
    path.write_bytes(whole[:at] + bytes(16) + whole[at + 16 :])
    return entry.filename


def test_damage_that_still_looks_like_numbers_is_named(tmp_path: Path) -> None:
    path = saved(tmp_path, state())
    name = spoilt(path, "/data/2")
    assert torch.load(path, weights_only=True).keys() == state().keys()  # torch sees no fault
    with pytest.raises(CheckpointError, match=f"its entry '{name}' has changed since"):
        load_checkpoint(path)


@pytest.mark.skipif(
    not hasattr(torch.serialization, "set_crc32_options"), reason="torch always writes them"
)
def test_a_file_written_without_check_sums_is_read(tmp_path: Path) -> None:
    torch.serialization.set_crc32_options(False)
    try:
        path = saved(tmp_path, state())
    finally:
        torch.serialization.set_crc32_options(True)
    assert torch.equal(load_checkpoint(path).weights["embed_text.bias"], state()["embed_text.bias"])


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_one_may_not_read_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, state())
    path.chmod(0)
    with pytest.raises(CheckpointError, match="Permission denied"):
        load_checkpoint(path)


def test_of_a_folder_the_newest_model_is_taken(tmp_path: Path) -> None:
    newest = saved(tmp_path, state()).rename(tmp_path / "model000010000.pt")
    (tmp_path / "model000009000.pt").write_bytes(b"")
    (tmp_path / "opt000010000.pt").write_bytes(b"")
    assert load_checkpoint(tmp_path).facts["file"] == newest.name


def test_a_path_that_leads_nowhere_is_refused_with_what_is_there(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match=r"it holds no \.pt file"):
        load_checkpoint(tmp_path)
    (tmp_path / "opt000010000.pt").write_bytes(b"")
    with pytest.raises(CheckpointError, match=r"it holds opt000010000\.pt, and training calls"):
        load_checkpoint(tmp_path)
    saved(tmp_path, state())
    with pytest.raises(CheckpointError, match=r"no such file.*holds model000200000\.pt"):
        load_checkpoint(tmp_path / "model.pt")
