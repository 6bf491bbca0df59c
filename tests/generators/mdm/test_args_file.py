import json
from pathlib import Path
from typing import Any

import pytest

from claims_env.errors import CheckpointError

pytest.importorskip("torch")

from claims_env.generators.mdm.args_file import ArgsFile, read_args


def said(folder: Path, **values: Any) -> ArgsFile | None:
    (folder / "args.json").write_text(json.dumps(values))
    return read_args(folder)


def test_a_folder_without_one_says_nothing(tmp_path: Path) -> None:
    assert read_args(tmp_path) is None


def test_values_are_read_with_their_types(tmp_path: Path) -> None:
    args = said(tmp_path, layers=8, emb_trans_dec=False, arch="trans_dec", latent_dim=512)
    assert args is not None and args.of_training and not args.own_statistics
    assert args.number("layers") == 8 and args.number("heads") is None
    assert args.truth("emb_trans_dec") is False and args.truth("use_ema") is None
    assert args.choice("arch", ("trans_dec",)) == "trans_dec"


@pytest.mark.parametrize("value", ["8", 8.0, True, [8]])
def test_a_number_of_another_type_is_refused(tmp_path: Path, value: object) -> None:
    args = said(tmp_path, layers=value)
    assert args is not None
    with pytest.raises(CheckpointError, match=r"'layers' is .*, and not a whole number"):
        args.number("layers")


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("dataset", "kit", "other features"),
        ("noise_schedule", "linear", "'cosine' alone"),
        ("sigma_small", False, "larger variance"),
        ("unconstrained", True, "listens to no text"),
        ("cond_mode", "no_cond", "listen to no text"),
        ("emb_policy", "concat", "how text and time meet"),
        ("arch", "gru", "'trans_dec or trans_enc' alone"),
        ("arch", "mamba", "known: trans_dec, trans_enc"),
        ("context_len", 20, "a prefix of motion"),
        ("pred_len", 40, "a prefix of motion"),
        ("multi_target_cond", True, "aims joints at targets"),
        ("lambda_target_loc", 1.0, "aims joints at targets"),
    ],
)
def test_models_of_another_kind_are_refused_with_the_reason(
    tmp_path: Path, name: str, value: object, reason: str
) -> None:
    with pytest.raises(CheckpointError, match=rf"args\.json: '{name}' is {value!r}.*{reason}"):
        said(tmp_path, **{name: value})


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "args.json").write_bytes(b'\xef\xbb\xbf{"layers": 8}')
    args = read_args(tmp_path)
    assert args is not None and args.values == {"layers": 8}


def test_nulls_are_left_out(tmp_path: Path) -> None:
    args = said(tmp_path, dataset=None, layers=None, arch="trans_dec", latent_dim=512)
    assert args is not None and not args.of_training
    assert args.values == {"arch": "trans_dec", "latent_dim": 512}


def test_a_share_is_a_number_from_zero_to_below_one(tmp_path: Path) -> None:
    args = said(tmp_path, cond_mask_prob=0.1, none=0, all=1)
    assert args is not None
    assert (args.share("cond_mask_prob"), args.share("none"), args.share("unsaid")) == (
        0.1,
        0,
        None,
    )
    with pytest.raises(CheckpointError, match="'all' is 1, expected a number from 0 to below 1"):
        args.share("all")


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'"text"', b"\xff\xfe", b"[" * 100_000])
def test_a_file_that_is_no_object_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "args.json").write_bytes(content)
    with pytest.raises(CheckpointError, match=r"args\.json: "):
        read_args(tmp_path)
