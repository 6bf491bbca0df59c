from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("torch")

from generators.mdm.saved_checkpoint import ARGS, TINY, complaint, loaded, state

from claims_env.errors import ConfigError


def test_upstreams_four_heads_are_known_by_its_args(tmp_path: Path) -> None:
    read = loaded(tmp_path, state())
    assert read.architecture.heads == 4
    assert "upstream's code" in read.facts["heads_from"]
    assert loaded(tmp_path, state(), {**ARGS, "heads": 2}).architecture.heads == 2
    assert loaded(tmp_path, state(), heads=4).architecture.heads == 4


def test_other_heads_than_upstreams_code_fixes_are_refused_beside_its_args(tmp_path: Path) -> None:
    told = complaint(tmp_path, state(), heads=8)
    assert "args.json: it is of upstream's training" in told
    assert "fixes 4 heads, but --heads 8" in told and '"heads": 8' in told
    partial = {name: value for name, value in ARGS.items() if name != "layers"}
    assert loaded(tmp_path, state(), partial, heads=8).facts["heads_from"] == "as given"


def test_heads_and_steps_are_asked_for_without_args(tmp_path: Path) -> None:
    wide = replace(TINY, text_width=768)
    for asked in ({}, {"heads": 4}, {"diffusion_steps": 50}):
        told = complaint(tmp_path, state(wide), None, **asked)
        assert "no args.json" in told and "--heads 4 --diffusion-steps 50" in told
    read = loaded(tmp_path, state(wide), None, heads=4, diffusion_steps=50)
    assert (read.architecture, read.diffusion_steps) == (wide, 50)
    assert (read.text_encoder, read.guidable) == ("bert", True)
    assert read.facts["assumed"] == [
        "dataset",
        "noise_schedule",
        "sigma_small",
        "emb_trans_dec",
        "cond_mask_prob",
    ]


@pytest.mark.parametrize(
    "name", ["dataset", "noise_schedule", "sigma_small", "emb_trans_dec", "cond_mask_prob"]
)
def test_what_args_leave_out_or_null_is_assumed_and_recorded(tmp_path: Path, name: str) -> None:
    assert loaded(tmp_path, state()).facts["assumed"] == []
    without = {key: value for key, value in ARGS.items() if key != name}
    for args in (without, {**ARGS, name: None}):
        read = loaded(tmp_path, state(), args)
        assert read.facts["assumed"] == [name]
        assert read.guidable and not read.architecture.time_token


def test_a_null_says_as_little_as_no_entry(tmp_path: Path) -> None:
    told = complaint(tmp_path, state(), {**ARGS, "diffusion_steps": None})
    assert "args.json: it lacks 'diffusion_steps'" in told
    assert "lacks 'heads'" in complaint(tmp_path, state(), {**ARGS, "layers": None})
    assert loaded(tmp_path, state(), {**ARGS, "pred_len": None, "feed_forward": None}).guidable


@pytest.mark.parametrize("share", ["0", "0.1", 1.0, 1, -0.1, True, [0.1]])
def test_an_impossible_share_without_text_is_refused(tmp_path: Path, share: object) -> None:
    told = complaint(tmp_path, state(), {**ARGS, "cond_mask_prob": share})
    assert f"args.json: 'cond_mask_prob' is {share!r}, expected a number from 0 to below 1" in told


@pytest.mark.parametrize(("share", "guidable"), [(0, False), (0.0, False), (0.1, True)])
def test_guidance_needs_a_share_without_text(tmp_path: Path, share: float, guidable: bool) -> None:
    assert loaded(tmp_path, state(), {**ARGS, "cond_mask_prob": share}).guidable is guidable


def test_a_thousand_steps_are_never_assumed(tmp_path: Path) -> None:
    args = {name: value for name, value in ARGS.items() if name != "diffusion_steps"}
    told = complaint(tmp_path, state(), args)
    assert "args.json: it lacks 'diffusion_steps'" in told and "--diffusion-steps 50" in told
    assert loaded(tmp_path, state(), args, diffusion_steps=10).diffusion_steps == 10


def test_heads_are_asked_for_by_an_args_file_that_is_not_of_training(tmp_path: Path) -> None:
    told = complaint(tmp_path, state(), {"diffusion_steps": 50})
    assert "lacks 'heads'" in told and told.endswith("--heads 4.")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"diffusion_steps": 1000}, "'diffusion_steps' is 50, but --diffusion-steps 1000"),
        ({"heads": 4}, "'heads' is 2, but --heads 4"),
    ],
)
def test_what_is_given_must_not_contradict_args(
    tmp_path: Path, asked: dict[str, int], expected: str
) -> None:
    assert expected in complaint(tmp_path, state(), {**ARGS, "heads": 2}, **asked)
    assert loaded(tmp_path, state(), ARGS, diffusion_steps=50).diffusion_steps == 50


def test_impossible_heads_and_steps_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"args\.json: 3 heads are.*divisor of the width, 8"):
        loaded(tmp_path, state(), {**ARGS, "heads": 3})
    with pytest.raises(ConfigError, match=r"args\.json: 1 diffusion steps are impossible"):
        loaded(tmp_path, state(), {**ARGS, "diffusion_steps": 1})
    unsaid = {name: value for name, value in ARGS.items() if name != "diffusion_steps"}
    with pytest.raises(ConfigError, match=r"model000200000\.pt: 1 diffusion steps \(as given\)"):
        loaded(tmp_path, state(), unsaid, diffusion_steps=1)


@pytest.mark.parametrize(
    ("name", "said", "actual"),
    [
        ("layers", 8, 2),
        ("latent_dim", 512, 8),
        ("arch", "trans_enc", "'trans_dec'"),
        ("feed_forward", 1024, 12),
    ],
)
def test_args_that_speak_of_other_weights_are_refused(
    tmp_path: Path, name: str, said: object, actual: object
) -> None:
    told = complaint(tmp_path, state(), {**ARGS, name: said})
    assert f"'{name}' is {said!r}, but the weights of model000200000.pt have {actual}" in told


def test_the_text_encoder_must_fit_the_weights(tmp_path: Path) -> None:
    wide = state(replace(TINY, text_width=768))
    told = complaint(tmp_path, wide, {**ARGS, "text_encoder_type": "clip"})
    assert "text_encoder_type 'clip', whose features are 512 wide, but the weights take 768" in told
    unsaid = {name: value for name, value in ARGS.items() if name != "text_encoder_type"}
    assert loaded(tmp_path, wide, unsaid).text_encoder == "bert"
    assert "6 wide, which tells no encoder" in complaint(tmp_path, state(), unsaid)
    enc = replace(TINY, kind="trans_enc")
    told = complaint(tmp_path, state(enc), {**ARGS, "arch": "trans_enc"})
    assert "a trans_enc takes one vector of text" in told
    assert "known: bert, clip" in complaint(tmp_path, state(), {**ARGS, "text_encoder_type": "t5"})


def test_our_own_training_is_known_by_its_args(tmp_path: Path) -> None:
    own = {**ARGS, "text_encoder_type": "word_hash", "statistics": "own", "cond_mask_prob": 0}
    read = loaded(tmp_path, state(), own)
    assert (read.text_encoder, read.own_statistics, read.guidable) == ("word_hash", True, False)
    assert not loaded(tmp_path, state()).own_statistics


def test_a_time_token_is_told_by_args(tmp_path: Path) -> None:
    assert loaded(tmp_path, state(), {**ARGS, "emb_trans_dec": True}).architecture.time_token
    assert "not true or false" in complaint(tmp_path, state(), {**ARGS, "emb_trans_dec": 1})
