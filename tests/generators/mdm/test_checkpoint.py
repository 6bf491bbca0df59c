import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch")

import torch
from generators.mdm.saved_checkpoint import ARGS, TINY, complaint, loaded, saved, state

from claims_env.generators.mdm.checkpoint import load_checkpoint


def test_what_was_saved_is_read_to_the_bit(tmp_path: Path) -> None:
    weights = state()
    read = loaded(tmp_path, weights)
    assert read.architecture == TINY
    assert read.weights.keys() == weights.keys()
    assert all(torch.equal(read.weights[name], weights[name]) for name in weights)
    assert (read.diffusion_steps, read.text_encoder, read.guidable) == (50, "bert", True)


@pytest.mark.parametrize(
    ("kind", "encoder", "tensors"), [("trans_dec", "bert", 46), ("trans_enc", "clip", 34)]
)
def test_both_families_are_told_apart_by_their_weights(
    tmp_path: Path, kind: Any, encoder: str, tensors: int
) -> None:
    sizes = replace(TINY, kind=kind)
    read = loaded(tmp_path, state(sizes), {**ARGS, "arch": kind, "text_encoder_type": encoder})
    assert (read.architecture, len(read.weights)) == (sizes, tensors)


def test_the_average_of_the_weights_is_preferred_and_recorded(tmp_path: Path) -> None:
    raw, average = state(seed=1), state(seed=2)
    read = loaded(tmp_path, {"model": raw, "model_avg": average}, {**ARGS, "use_ema": False})
    assert torch.equal(read.weights["embed_text.bias"], average["embed_text.bias"])
    assert (read.facts["weights"], read.facts["use_ema"]) == ("model_avg", False)
    read = loaded(tmp_path, {"model": raw})
    assert torch.equal(read.weights["embed_text.bias"], raw["embed_text.bias"])
    assert read.facts["weights"] == "model"
    assert loaded(tmp_path, raw).facts["weights"] == "the whole file"


def test_tables_of_positions_and_the_text_encoder_are_left_out(tmp_path: Path) -> None:
    extra = {
        "sequence_pos_encoder.pe": torch.zeros(5000, 1, 8),
        "embed_timestep.sequence_pos_encoder.pe": torch.full((5000, 1, 8), torch.nan),
        "clip_model.position_ids": torch.arange(77),
    }
    assert loaded(tmp_path, {**state(), **extra}).weights.keys() == state().keys()


def test_the_digest_is_of_the_files_bytes(tmp_path: Path) -> None:
    path = saved(tmp_path, state())
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert load_checkpoint(path).digest == digest[:16]


def test_facts_can_be_written_down_and_name_no_path(tmp_path: Path) -> None:
    facts = loaded(tmp_path, state()).facts
    assert json.loads(json.dumps(facts)) == facts
    assert str(tmp_path) not in json.dumps(facts)
    assert facts["file"] == "model000200000.pt"


def test_missing_and_unexpected_tensors_are_listed(tmp_path: Path) -> None:
    weights = state()
    gone = [name for name in weights if "layers.1.norm" in name]
    for name in gone:
        del weights[name]
    told = complaint(tmp_path, {**weights, "extra.weight": torch.zeros(1)})
    assert f"lacks {', '.join(gone[:4])} and 2 more" in told
    assert "holds extra.weight" in told and "a trans_dec of 2 layers" in told


def test_a_misshapen_tensor_is_named_with_the_shape_expected(tmp_path: Path) -> None:
    name = "seqTransDecoder.layers.1.linear2.weight"
    told = complaint(tmp_path, {**state(), name: torch.zeros(8, 13)})
    assert f"'{name}' has shape (8, 13)" in told and "(8, 12) is expected" in told
    name = "embed_text.weight"
    assert "expected two dimensions" in complaint(tmp_path, {**state(), name: torch.zeros(8)})
    weights = state()
    del weights[name]
    assert f"lacks '{name}'" in complaint(tmp_path, weights)


@pytest.mark.parametrize("number", [torch.nan, torch.inf, 1e300])
def test_weights_that_are_not_finite_are_refused_by_name(tmp_path: Path, number: float) -> None:
    weights = state()
    weights["output_process.poseFinal.bias"] = torch.full((263,), number, dtype=torch.float64)
    told = complaint(tmp_path, weights)
    assert "'output_process.poseFinal.bias' holds NaN or infinite" in told


@pytest.mark.parametrize(
    ("tensors", "reason"),
    [
        ({"embed_target_cond.mini_mlp.0.weight": torch.zeros(1)}, "DiP"),
        ({"embed_action.action_embedding": torch.zeros(1)}, "an action's number"),
        ({"gru.weight_ih_l0": torch.zeros(1)}, "a GRU's"),
        ({"embed_text.weight": torch.zeros(8, 6, dtype=torch.int8)}, "Quantised"),
        ({"embed_text.weight": torch.eye(8).to_sparse()}, "sparse weights are not read"),
        ({"input_process.poseEmbedding.weight": torch.zeros(8, 251)}, "KIT-ML's"),
        ({"embed_text.weight": "text"}, "'embed_text.weight' is a str, and no tensor"),
    ],
)
def test_models_of_another_kind_are_refused_with_the_reason(
    tmp_path: Path, tensors: dict[str, Any], reason: str
) -> None:
    assert reason in complaint(tmp_path, {**state(), **tensors})
