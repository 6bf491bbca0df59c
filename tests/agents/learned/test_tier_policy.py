"""The file of a policy: numbers, read as data, and refused where they do not fit."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from claims_env.agents.learned.tier_policy import (
    Layer,
    TierPolicy,
    Training,
    load_policy,
    save_policy,
)
from claims_env.errors import CheckpointError
from claims_env.tier_observation import SEAT

TRAINING = Training("ppo", ("mock",), 0, 10, 4, 3, "digest", None, {"torch": "2"})


def by_success() -> TierPolicy:
    """Return a policy that asks for tier 5 where most is won, and for tier 2 elsewhere."""
    first = np.zeros((1, len(SEAT)))
    first[0, SEAT.index("success")] = 1.0
    last = Layer(((0.0,), (0.0,), (0.0,), (0.0,), (2.0,)), (0.0, 0.9, 0.0, 0.0, 0.0))
    return TierPolicy(TRAINING, (Layer(_rows(first), (0.0,)), last))


def _rows(matrix: Any) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(float(v) for v in row) for row in matrix)


def seen(success: float) -> Any:
    found = np.zeros((1, len(SEAT)), np.float32)
    found[0, SEAT.index("success")] = success
    return found


def test_the_scores_of_two_layers_by_hand() -> None:
    scores = by_success().scores(seen(0.5))
    assert scores[0] == pytest.approx([0.0, 0.9, 0.0, 0.0, 2 * np.tanh(0.5)])


def test_the_highest_score_is_the_tier() -> None:
    assert by_success().tiers(seen(0.9)).tolist() == [5]
    assert by_success().tiers(seen(0.1)).tolist() == [2]


def test_a_masked_tier_is_never_chosen() -> None:
    allowed = np.array([[True, True, True, True, False]])
    assert by_success().tiers(seen(0.9), allowed).tolist() == [2]


def test_a_saved_policy_is_loaded_as_it_was(tmp_path: Path) -> None:
    save_policy(by_success(), tmp_path / "p.json")
    assert load_policy(tmp_path / "p.json") == by_success()


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match=r"none\.json cannot be read.*train_ppo_scheduler"):
        load_policy(tmp_path / "none.json")


def test_a_pickle_is_not_run(tmp_path: Path) -> None:
    (tmp_path / "p.json").write_bytes(b"\x80\x04cos\nsystem\n(S'exit 1'\ntR.")
    with pytest.raises(CheckpointError, match="cannot be read"):
        load_policy(tmp_path / "p.json")


def broken(tmp_path: Path, change: Any) -> Path:
    path = tmp_path / "p.json"
    save_policy(by_success(), path)
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content))
    return path


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda c: c.update(format="other"), "no policy"),
        (lambda c: c.update(sees=["tier"]), "sees"),
        (lambda c: c["policy"].pop("training"), "damaged"),
        (lambda c: c["policy"].update(layers=[]), "layers have shapes"),
        (lambda c: c["policy"]["layers"].pop(), "leads from 9 to 5"),
        (lambda c: c["policy"]["layers"][1]["bias"].pop(), "biases"),
        (lambda c: c["policy"]["layers"][0]["weight"][0].pop(), "leads from 9 to 5"),
        (lambda c: c["policy"]["layers"][1]["bias"].__setitem__(0, float("nan")), "damaged"),
    ],
)
def test_a_damaged_file_is_refused_by_what_is_wrong(
    tmp_path: Path, change: Any, message: str
) -> None:
    with pytest.raises(CheckpointError, match=message):
        load_policy(broken(tmp_path, change))


def test_ragged_weights_are_refused(tmp_path: Path) -> None:
    policy = by_success()
    ragged = Layer((*policy.layers[1].weight[:4], (1.0, 2.0)), policy.layers[1].bias)
    save_policy(replace(policy, layers=(policy.layers[0], ragged)), tmp_path / "p.json")
    with pytest.raises(CheckpointError, match="damaged"):
        load_policy(tmp_path / "p.json")
