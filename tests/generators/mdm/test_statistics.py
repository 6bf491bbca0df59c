from pathlib import Path
from typing import Any

import numpy as np
import pytest

from claims_env.errors import CheckpointError

pytest.importorskip("torch")

from claims_env.generators.mdm.statistics import load_statistics

STD = np.repeat(
    [0.012826, 0.016927, 0.153766, 0.122244, 0.299692, 0.019470, 0.355933],
    [1, 2, 1, 63, 126, 66, 4],
)
MEAN = np.concatenate(
    [
        [0, 0, 0.008683, 0.938551],
        np.tile([0, 0.8958, 0.024], 21),
        np.tile([0.6493, 0, 0, 0, 0.6144, -0.0423], 21),
        np.tile([0, 0, 0.008772], 22),
        np.full(4, 0.8546),
    ]
)
"""As in HumanML3D on average; every joint like every other."""


def written(folder: Path, mean: Any = MEAN, std: Any = STD) -> Path:
    np.save(folder / "Mean.npy", np.asarray(mean))
    np.save(folder / "Std.npy", np.asarray(std))
    return folder


def test_humanml3ds_are_read_as_single_precision(tmp_path: Path) -> None:
    read = load_statistics(written(tmp_path))
    assert read.mean.dtype == read.std.dtype == np.float32
    np.testing.assert_array_equal(read.mean, MEAN.astype(np.float32))
    np.testing.assert_array_equal(read.std, STD.astype(np.float32))


def test_normalising_subtracts_the_mean_and_divides_by_the_deviation(tmp_path: Path) -> None:
    read = load_statistics(written(tmp_path))
    one_above = (MEAN + STD)[None].astype(np.float32)
    np.testing.assert_allclose(read.normalised(one_above), 1, atol=1e-4)
    np.testing.assert_allclose(read.restored(np.ones((2, 263))), np.tile(MEAN + STD, (2, 1)))
    assert read.restored(np.ones((2, 263), np.float32)).dtype == np.float32


def test_the_digest_is_of_the_figures_alone(tmp_path: Path) -> None:
    double = load_statistics(written(tmp_path)).digest
    single = load_statistics(written(tmp_path, MEAN.astype("f4"), STD.astype("f4"))).digest
    other = load_statistics(written(tmp_path, MEAN + 1e-4)).digest
    assert double == single != other


def test_the_evaluators_are_refused_with_the_reason(tmp_path: Path) -> None:
    shrunk = np.isin(STD, STD[[0, 1, 3, 259]])
    with pytest.raises(CheckpointError, match=r"the evaluator's.*25 times smaller"):
        load_statistics(written(tmp_path, std=np.where(shrunk, STD / 25, STD)))


def test_those_of_other_data_need_the_models_word(tmp_path: Path) -> None:
    folder = written(tmp_path, std=STD * 1.5)
    with pytest.raises(CheckpointError, match=r'number 0 is 0.019239.*"statistics": "own"'):
        load_statistics(folder)
    assert load_statistics(folder, own=True).std[0] == pytest.approx(0.019239)
    with pytest.raises(CheckpointError, match=r"Mean\.npy: its number 3 is 0.9000"):
        load_statistics(written(tmp_path, mean=np.where(np.arange(263) == 3, 0.9, MEAN)))


@pytest.mark.parametrize(
    ("group", "named"),
    [
        (slice(5, 40), r"numbers 4, 7, \.\.\. 64|numbers 5, 8, \.\.\. 65"),
        (slice(100, 120), r"numbers 67, 73, \.\.\. 187 average"),
        (slice(200, 215), r"numbers 195, 198, \.\.\. 258 average"),
        (slice(260, 261), r"numbers 259, 260, \.\.\. 262 average 0\.640950, and HumanML3D's"),
    ],
)
def test_a_mean_that_lost_some_figures_is_refused(tmp_path: Path, group: slice, named: str) -> None:
    mean = MEAN.copy()
    mean[group] = 0
    with pytest.raises(CheckpointError, match=rf"Mean\.npy: its (?:{named})"):
        load_statistics(written(tmp_path, mean=mean))
    assert load_statistics(written(tmp_path, mean=mean), own=True).mean[3] > 0.9


def test_the_evaluators_mean_is_refused(tmp_path: Path) -> None:
    evaluators = np.where(np.arange(263) == 3, 0.917516, MEAN)
    with pytest.raises(
        CheckpointError, match=r"number 3 is 0\.917516, and HumanML3D's is 0\.938551"
    ):
        load_statistics(written(tmp_path, mean=evaluators))


@pytest.mark.parametrize(
    ("std", "complaint"),
    [
        (STD[:251], r"\(251,\), expected 263"),
        (STD[None], r"\(1, 263\), expected 263"),
        (np.ones(263, int), "expected 263 real numbers"),
        (np.where(np.arange(263) == 7, np.nan, STD), "NaN or infinite"),
        (np.where(np.arange(263) == 7, 0, STD), "not above zero"),
        (MEAN - 1, "not above zero"),
        (np.array({"a": 1}), "no numpy array"),
    ],
)
@pytest.mark.parametrize("own", [True, False])
def test_misshapen_figures_are_refused(tmp_path: Path, std: Any, complaint: str, own: bool) -> None:
    with pytest.raises(CheckpointError, match=rf"Std\.npy: .*{complaint}"):
        load_statistics(written(tmp_path, std=std), own=own)


def test_a_missing_file_says_where_both_come_from(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match=r"Mean\.npy: there is no such.*--statistics FOLDER"):
        load_statistics(tmp_path)


@pytest.mark.parametrize("content", [b"", b"\x93NUMPY", b"text", b"PK\x03\x04"])
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (written(tmp_path) / "Mean.npy").write_bytes(content)
    with pytest.raises(CheckpointError, match=r"Mean\.npy: it is no numpy array"):
        load_statistics(tmp_path)


def test_an_archive_is_refused(tmp_path: Path) -> None:
    with (written(tmp_path) / "Mean.npy").open("wb") as file:
        np.savez(file, MEAN)
    with pytest.raises(CheckpointError, match=r"Mean\.npy: it holds an archive"):
        load_statistics(tmp_path)
