"""Pickles of strangers: nothing in them ever runs, and what is torn or foreign is told."""

import os
import pickle
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from phc_libraries import BY_JOBLIB, entry, turning, write

from claims_env.errors import MotionError
from claims_env.formats.inert_machine import Damaged, replay
from claims_env.formats.phc_pkl import read_phc


class Trap:
    """Wants a file to be made when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return os.mkdir, (str(self.path),)


@pytest.mark.parametrize("protocol", range(6))
def test_a_pickle_that_runs_code_is_refused_by_name_and_nothing_runs(
    tmp_path: Path, protocol: int
) -> None:
    made = tmp_path / "made"
    path = write(tmp_path / "evil.pkl", {"a": entry(turning(), pose_aa=Trap(made))}, protocol)
    with pytest.raises(
        MotionError, match=r"evil\.pkl: it wants (posix|nt)\.mkdir.*Nothing was run"
    ):
        read_phc(path)
    assert not made.exists()


@pytest.mark.parametrize(
    "named",
    ["builtins eval", "os system", "numpy load", "torch.serialization load", "torch load",
     "joblib.numpy_pickle NumpyPickler", "numpy.core.multiarray fromfile", "collections deque",
     "numpy.core.multiarray._reconstruct __globals__", "subprocess Popen"],
)  # fmt: skip
def test_no_other_name_is_admitted(tmp_path: Path, named: str) -> None:
    module, name = named.split()
    (tmp_path / "a.pkl").write_bytes(f"c{module}\n{name}\n(S'x'\ntR.".encode())
    with pytest.raises(MotionError, match=f"{module}.{name}"):
        read_phc(tmp_path / "a.pkl")


def test_code_within_a_storage_is_refused_too(tmp_path: Path) -> None:
    inner = b"cos\nsystem\n(S'true'\ntR."
    call = b"ctorch.storage\n_load_from_bytes\n(B" + len(inner).to_bytes(4, "little") + inner
    tensor = b"ctorch._utils\n_rebuild_tensor_v2\n(" + call + b"tRK\x00K\x01\x85K\x01\x85tR"
    (tmp_path / "a.pkl").write_bytes(b"(dS'root_trans_offset'\n" + tensor + b"s.")
    (_, (refusal,)) = read_phc(tmp_path / "a.pkl")
    assert "pose_quat_global" in refusal.reason


def test_a_bomb_of_nested_tuples_is_no_trouble(tmp_path: Path) -> None:
    bomb = b"(t" + b"2\x86" * 60
    (tmp_path / "a.pkl").write_bytes(b"(d" + bomb + b"I1\ns.")
    with pytest.raises(MotionError, match="other keys than texts"):
        read_phc(tmp_path / "a.pkl")


@pytest.mark.parametrize("kept", [0, 1, 10, 100, -1])
def test_a_torn_file_is_refused(tmp_path: Path, kept: int) -> None:
    content = pickle.dumps({"turning": entry(turning())})
    (tmp_path / "torn.pkl").write_bytes(content[:kept])
    with pytest.raises(MotionError, match=r"torn\.pkl: it"):
        read_phc(tmp_path / "torn.pkl")
    (tmp_path / "torn.pkl").write_bytes(BY_JOBLIB[:kept])
    with pytest.raises(MotionError, match=r"torn\.pkl: it"):
        read_phc(tmp_path / "torn.pkl")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PK\x03\x04", "zip archive"),
        (b"version https://git-lfs.github.com/spec/v1", "Git LFS"),
        (b"<!DOCTYPE html>", "web page"),
        (b"\x04\x22\x4d\x18", "lz4"),
        (b"not a pickle at all", "no readable pickle"),
    ],
)
def test_files_of_other_kinds_are_recognised(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "a.pkl").write_bytes(content)
    with pytest.raises(MotionError, match=says):
        read_phc(tmp_path / "a.pkl")


def test_code_within_the_storage_of_a_clip_is_refused_by_name_and_nothing_runs(
    tmp_path: Path,
) -> None:
    made = tmp_path / "made"

    class Stored:
        def __reduce__(self) -> tuple[Any, ...]:
            return _named("torch.storage", "_load_from_bytes"), (pickle.dumps(Trap(made)),)

    class Tensor:
        def __reduce__(self) -> tuple[Any, ...]:
            return _named("torch._utils", "_rebuild_tensor_v2"), (Stored(), 0, (6, 3), (3, 1))

    path = write(tmp_path / "a.pkl", {"a": entry(turning(), root_trans_offset=Tensor())})
    with pytest.raises(MotionError, match=r"it wants (posix|nt)\.mkdir.*Nothing was run"):
        read_phc(path)
    assert not made.exists()


def _named(module: str, name: str) -> Any:
    return getattr(pytest.importorskip(module), name)


def test_a_file_that_swells_out_of_all_proportion_is_refused_before_it_does(tmp_path: Path) -> None:
    packer = zlib.compressobj()
    parts = [packer.compress(b"N0" * 2**20) for _ in range(129)]
    (tmp_path / "a.pkl").write_bytes(b"".join([*parts, packer.flush()]))
    with pytest.raises(MotionError, match=r"unpack to more than 268435456.*compress"):
        read_phc(tmp_path / "a.pkl")


@pytest.mark.parametrize("start", [b"\x78\x9c", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\x00"])
def test_a_compressed_file_that_ends_early_is_refused(tmp_path: Path, start: bytes) -> None:
    (tmp_path / "a.pkl").write_bytes(start)
    with pytest.raises(MotionError, match=r"compression (ends too early|is damaged)"):
        read_phc(tmp_path / "a.pkl")


def test_what_torch_save_wrote_is_recognised(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    torch.save({"a": 1}, tmp_path / "a.pkl", _use_new_zipfile_serialization=False)
    with pytest.raises(MotionError, match=r"torch\.save wrote it.*joblib\.dump"):
        read_phc(tmp_path / "a.pkl")


def test_a_pickle_without_an_end_is_damaged() -> None:
    with pytest.raises(Damaged):
        replay(BytesIO(b"N0" * 10), ())
