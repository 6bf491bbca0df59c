import importlib
import os
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

import protomotions_desk  # noqa: E402, F401  (where scripts are found)

bundle = importlib.import_module("protomotions_bundle")


def test_a_bundle_holds_what_a_folder_of_results_held(tmp_path: Path) -> None:
    results = tmp_path / "results"
    results.mkdir()
    (results / "last.ckpt").write_bytes(b"weights")
    with pytest.raises(bundle.NoBundle, match="resolved_configs_inference"):
        bundle.pack(tmp_path / "a.zip", {"tracker": results}, {})
    assert not (tmp_path / "a.zip").exists()
    (results / "resolved_configs_inference.pt").write_bytes(b"settings")
    for name in ("a.zip", "b.zip"):
        bundle.pack(tmp_path / name, {"tracker": results}, {"epoch": 0, "samples": 0})
        os.utime(results / "last.ckpt", (1e9, 1e9))
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    bundle.unpack(tmp_path / "a.zip", tmp_path / "out")
    assert (tmp_path / "out" / "tracker" / "last.ckpt").read_bytes() == b"weights"


def test_what_is_no_bundle_is_refused_unopened(tmp_path: Path) -> None:
    torch.save({"weights": torch.zeros(2)}, tmp_path / "last.ckpt")
    (tmp_path / "text").write_text("text")
    for name in ("last.ckpt", "text", "nothing"):
        with pytest.raises(bundle.NoBundle, match=name):
            bundle.facts_of(tmp_path / name)
