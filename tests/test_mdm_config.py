"""Settings of the generator mdm: what fits, in which spelling, and what is refused by name."""

from pathlib import Path
from typing import Any

import pytest

from claims_env.assembly import build_env
from claims_env.errors import CheckpointError, ConfigError
from claims_env.mdm_config import MdmConfig
from claims_env.records import from_json, to_json


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("precision", "double", "one of float32, bfloat16"),
        ("device", "gpu", "one of auto, cpu, cuda, mps"),
        ("height", "offical", "one of grounded, official"),
        ("frames", 197, "a whole number, 2 to 196"),
        ("frames", "120", "a whole number, 2 to 196"),
        ("heads", 0, "a whole number, 1 or more"),
        ("diffusion_steps", 1, "a whole number, 2 or more"),
        ("guidance", float("nan"), "0 or more"),
        ("guidance", "2.5", "0 or more"),
        ("official_seeding", -1, "a whole number, 0 to"),
        ("official_seeding", 2**64, "a whole number, 0 to"),
        ("checkpoint", 3, "a path"),
        ("text_encoder", "", "a path"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(name: str, value: Any, expected: str) -> None:
    settings: dict[str, Any] = {name: value}
    with pytest.raises(ConfigError, match=rf"'mdm\.{name}' is .*Expected {expected}"):
        MdmConfig(**settings)


def test_paths_may_be_text_or_paths_and_are_paths_from_then_on() -> None:
    text: dict[str, Any] = {"checkpoint": "mine", "statistics": "figures"}
    assert MdmConfig(**text) == MdmConfig(checkpoint=Path("mine"), statistics=Path("figures"))
    read: MdmConfig = from_json(MdmConfig, {"checkpoint": Path("mine")})
    assert read == MdmConfig(checkpoint=Path("mine"))
    assert from_json(MdmConfig, to_json(read)) == read


@pytest.mark.parametrize("kind", [str, Path])
def test_an_environment_takes_paths_of_both_kinds(tmp_path: Path, kind: Any) -> None:
    pytest.importorskip("torch")
    nowhere = tmp_path / "nowhere.pt"
    with pytest.raises(CheckpointError, match=r"nowhere\.pt: there is no such file"):
        build_env(
            "smoke", generator="mdm", mdm={"checkpoint": kind(nowhere)}, tracker={"name": "skill"}
        )
