import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import sparse
from smpl.synthetic_body import synthetic_arrays, write_synthetic

from claims_env.errors import ConfigError
from claims_env.smpl import find_model, read_model
from claims_env.smpl.model_file import NAMES


@pytest.fixture(scope="module")
def arrays() -> dict[str, Any]:
    return synthetic_arrays()


def test_an_npz_and_a_cleaned_pickle_say_the_same(arrays: dict[str, Any], tmp_path: Path) -> None:
    cleaned = {**arrays, "J_regressor": sparse.csc_matrix(arrays["J_regressor"]), "bs_type": "x"}
    pickled = tmp_path / "SMPL_NEUTRAL.pkl"
    pickled.write_bytes(pickle.dumps(cleaned, protocol=2))
    one, other = read_model(write_synthetic(tmp_path)), read_model(pickled)
    for name in ("template", "shapes", "poses", "regressor", "weights", "faces"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name
    assert one.digest != other.digest
    assert len(one.digest) == 16


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_is_searched_for_the_neutral_model(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.touch()
    assert find_model(tmp_path) == path


def test_an_empty_folder_says_what_it_should_hold(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"holds no neutral SMPL.*SMPL_NEUTRAL\.npz.*licensed"):
        read_model(tmp_path)
    with pytest.raises(ConfigError, match="there is no file"):
        read_model(tmp_path / "absent.npz")


def test_missing_arrays_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "thin.npz"
    np.savez(path, v_template=np.zeros((6890, 3)), weights=np.zeros((6890, 24)))
    with pytest.raises(ConfigError, match="no shapedirs, posedirs, J_regressor, kintree_table, f"):
        read_model(path)


@pytest.mark.parametrize(
    ("shape", "name"), [((6890, 52), "SMPL-H"), ((10475, 55), "SMPL-X"), ((778, 16), "MANO")]
)
def test_relatives_of_smpl_are_told_apart(
    shape: tuple[int, int], name: str, tmp_path: Path
) -> None:
    path = write_synthetic(tmp_path, weights=np.zeros(shape))
    with pytest.raises(ConfigError, match=f"{name}.*24 joints"):
        read_model(path)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"v_template": np.zeros((6889, 3))}, r"'v_template' has shape \(6889, 3\)"),
        ({"shapedirs": np.zeros((6890, 3, 9))}, "10 or more"),
        ({"posedirs": np.zeros((6890, 3, 459), np.int8)}, r"Expected \(6890, 3, 207\)"),
        ({"v_template": np.full((6890, 3), np.nan)}, "'v_template' holds NaN"),
        ({"f": np.full((13776, 3), 6890)}, "beyond 6890"),
        ({"weights": np.full((6890, 24), 0.5)}, "add up to 1"),
        ({"kintree_table": np.zeros((2, 24), int)}, "SMPL's tree"),
        ({"v_template": np.full((6890, 3), "x")}, "Expected numbers"),
        ({"weights": np.array([None])}, "'weights' is unreadable"),
    ],
)
def test_a_wrong_array_is_named_with_what_is_expected(
    change: dict[str, Any], said: str, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError, match=said):
        read_model(write_synthetic(tmp_path, **change))


def test_more_shapes_are_taken_as_they_are(arrays: dict[str, Any], tmp_path: Path) -> None:
    more = np.concatenate([arrays["shapedirs"]] * 2, axis=2)
    assert read_model(write_synthetic(tmp_path, shapedirs=more)).shapes.shape == (6890, 3, 20)


def test_a_truncated_npz_is_refused_by_name(tmp_path: Path) -> None:
    path = write_synthetic(tmp_path)
    path.write_bytes(path.read_bytes()[:-50_000])
    with pytest.raises(ConfigError, match=r"SMPL_NEUTRAL\.npz: it is no readable npz"):
        read_model(path)


def test_arrays_that_need_no_reading_may_be_anything(tmp_path: Path) -> None:
    path = write_synthetic(tmp_path, part2num=np.array({"head": 1}, dtype=object))
    assert read_model(path).template.shape == (6890, 3)
