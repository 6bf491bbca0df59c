import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import sparse

from claims_env.errors import ConfigError
from claims_env.smpl.inert_pickle import array_of, read_pickle

TABLE = np.arange(6.0).reshape(2, 3)


class Trap:
    """Pickled as a call that would leave a file behind."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.path,)


class Attributes:
    """Pickled as numpy's dtype with attributes set on it."""

    def __reduce__(self) -> tuple[Any, ...]:
        return np.dtype, ("f8",), {"arguments": 1}


def pickled(held: object, folder: Path, protocol: int = 2) -> Path:
    path = folder / "body.pkl"
    path.write_bytes(pickle.dumps(held, protocol))
    return path


def python2_array(values: Any, kind: str) -> bytes:
    """Return an array as Python 2 pickled it: by the oldest protocol, its bytes as text."""
    array = np.asarray(values, kind)
    shape = b"".join(b"I%d\n" % n for n in array.shape)
    return (
        b"cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR(I1\n("
        + shape
        + b"tcnumpy\ndtype\n(S'"
        + kind.encode()
        + b"'\nI0\nI1\ntR(I3\nS'<'\nNNNI-1\nI-1\nI0\ntbI00\nS"
        + repr(array.tobytes())[1:].encode()
        + b"\ntb"
    )


def python2_columns() -> bytes:
    """Return the matrix ((0, 5, 0), (7, 0, 0)) as Python 2 pickled it by compressed columns."""
    return (
        b"ccopy_reg\n_reconstructor\n(cscipy.sparse.csc\ncsc_matrix\nc__builtin__\nobject\nNtR"
        b"(dS'_shape'\n(I2\nI3\ntsS'format'\nS'csc'\ns"
        b"S'data'\n" + python2_array([7, 5], "f8") + b"s"
        b"S'indices'\n" + python2_array([1, 0], "i4") + b"s"
        b"S'indptr'\n" + python2_array([0, 1, 2, 2], "i4") + b"sb"
    )


@pytest.mark.parametrize("protocol", range(6))
def test_an_array_comes_back_from_every_protocol(protocol: int, tmp_path: Path) -> None:
    arrays = {
        "rows": TABLE,
        "columns": np.asfortranarray(TABLE),
        "whole": np.arange(4, dtype=np.uint32),
        "swapped": TABLE.astype(">f4"),
        "none": np.zeros((0, 3)),
    }
    held = read_pickle(pickled(arrays, tmp_path, protocol))
    for name, array in arrays.items():
        read = array_of(held[name])
        assert read.tolist() == array.tolist()
        assert read.shape == array.shape
        assert read.dtype == array.dtype.newbyteorder("=")


@pytest.mark.parametrize("kind", [sparse.csc_matrix, sparse.csr_matrix, sparse.csc_array])
@pytest.mark.parametrize("protocol", [0, 2, 4, 5])
def test_a_sparse_matrix_comes_back_full(kind: Any, protocol: int, tmp_path: Path) -> None:
    held = read_pickle(pickled({"J_regressor": kind(TABLE)}, tmp_path, protocol))
    assert array_of(held["J_regressor"]).tolist() == TABLE.tolist()


def test_the_bytes_of_python_2_are_read(tmp_path: Path) -> None:
    path = tmp_path / "old.pkl"
    dense = python2_array([[-1.5, 2.0]], "f8")
    path.write_bytes(b"(dS'dense'\n" + dense + b"sS'sparse'\n" + python2_columns() + b"s.")
    held = read_pickle(path)
    assert array_of(held["dense"]).tolist() == [[-1.5, 2.0]]
    assert array_of(held["sparse"]).tolist() == [[0, 5, 0], [7, 0, 0]]


def test_a_call_in_a_pickle_is_named_and_not_made(tmp_path: Path) -> None:
    left = tmp_path / "left_behind"
    with pytest.raises(ConfigError, match=r"names \w+\.(touch|getattr)"):
        read_pickle(pickled({"v_template": Trap(left)}, tmp_path))
    assert not left.exists()


@pytest.mark.parametrize("name", ["os\nsystem", "builtins\neval", "numpy\nload", "numpy\nsave"])
def test_no_function_beyond_the_few_is_admitted(name: str, tmp_path: Path) -> None:
    path = tmp_path / "body.pkl"
    path.write_bytes(f"c{name}\n(S'x'\ntR.".encode())
    with pytest.raises(ConfigError, match=name.replace("\n", r"\.")):
        read_pickle(path)


def test_chumpy_is_recognised_and_the_cure_told(tmp_path: Path) -> None:
    path = tmp_path / "body.pkl"
    path.write_bytes(b"(dS'shapedirs'\nccopy_reg\n_reconstructor\n(cchumpy.ch\nCh\nN.")
    with pytest.raises(ConfigError, match=r"chumpy\.ch\.Ch.*npz release.*numpy\.array"):
        read_pickle(path)


def test_attributes_set_by_a_pickle_stay_in_its_record(tmp_path: Path) -> None:
    held = read_pickle(pickled({"kind": Attributes()}, tmp_path))
    assert held["kind"].arguments == ("f8",)
    assert held["kind"].state == {"arguments": 1}


def test_arrays_of_objects_are_refused(tmp_path: Path) -> None:
    held = read_pickle(pickled({"f": np.array([{}, None], dtype=object)}, tmp_path))
    with pytest.raises(ValueError, match="'O8'"):
        array_of(held["f"])


@pytest.mark.parametrize("value", ["text", 3, None, [1.0], {"a": 1}])
def test_what_is_no_array_is_named(value: object, tmp_path: Path) -> None:
    held = read_pickle(pickled({"f": value}, tmp_path))
    with pytest.raises(ValueError, match=type(value).__name__):
        array_of(held["f"])


def test_a_contradictory_sparse_matrix_is_refused(tmp_path: Path) -> None:
    matrix = sparse.csc_matrix(TABLE)
    matrix.indptr = np.array([0, 1], dtype=np.int32)
    held = read_pickle(pickled({"J_regressor": matrix}, tmp_path))
    with pytest.raises(ValueError, match="add up"):
        array_of(held["J_regressor"])


@pytest.mark.parametrize("content", [b"", b"no pickle", b"\x80\x05.", b"]."])
def test_what_is_no_dictionary_is_refused_by_name(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "body.pkl"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=r"body\.pkl"):
        read_pickle(path)


@pytest.mark.parametrize("protocol", [0, 2, 5])
def test_a_truncated_pickle_is_refused(protocol: int, tmp_path: Path) -> None:
    content = pickled({"f": TABLE, "g": sparse.csc_matrix(TABLE)}, tmp_path, protocol).read_bytes()
    for length in range(0, len(content), 7):
        path = tmp_path / "cut.pkl"
        path.write_bytes(content[:length])
        with pytest.raises(ConfigError, match=r"cut\.pkl"):
            read_pickle(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"absent\.pkl"):
        read_pickle(tmp_path / "absent.pkl")
