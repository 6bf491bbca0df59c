"""claims-env generate --generator mdm: from a model's folder to clips and pictures."""

import json
import re
import shlex
from pathlib import Path

import pytest

pytest.importorskip("torch")

from generators.mdm.tiny_model import write_model
from smpl.synthetic_body import write_synthetic

from claims_env.cli import main
from claims_env.commands.generate.flags import DESCRIPTION
from claims_env.motion import load_motion


def test_a_model_makes_clips_and_pictures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model, out = write_model(tmp_path / "model"), tmp_path / "clips"
    (example,) = re.findall(r"^  claims-env (generate .*--checkpoint .*)$", DESCRIPTION, flags=re.M)
    asked = shlex.split(example.replace("model000200000.pt", str(model)))
    assert main([*asked, "--out", str(out)]) == 0
    index = json.loads((out / "index.json").read_text())
    assert index["generator"] == f"mdm:{model}"
    (clip,) = index["clips"]
    motion = load_motion(out / clip["files"]["npz"]["name"])
    assert motion.provenance["generator"] == "mdm"
    assert (out / clip["files"]["png"]["name"]).exists()


def test_settings_of_mdm_are_refused_for_others(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["generate", "a jump", "--guidance", "1"]) == 1
    assert "--guidance is for the generator mdm" in capsys.readouterr().err
    assert main(["generate", "a jump", "--text-encoder", "x"]) == 1
    assert "--text-encoder is for the generator mdm" in capsys.readouterr().err


def test_a_missing_model_is_named_before_a_folder_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere, out = tmp_path / "nowhere.pt", tmp_path / "clips"
    asked = ["generate", "a jump", "--generator", "mdm", "--checkpoint", str(nowhere)]
    assert main([*asked, "--out", str(out)]) == 1
    assert str(nowhere) in capsys.readouterr().err
    assert not out.exists()


def test_seeds_that_official_seeding_would_not_hear_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["generate", "a jump", "--generator", "mdm", "--official-seeding", "10"]
    for flag, value in (("--seed", "3"), ("--seeds", "2")):
        assert main([*asked, flag, value]) == 1
        assert f"{flag} would not be heard" in capsys.readouterr().err


def test_official_seeding_is_told_instead_of_a_seed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["generate", "a jump", "a kick", "--generator", "mdm", "--official-seeding", "10"]
    asked += ["--checkpoint", str(write_model(tmp_path / "model")), "--no-pictures"]
    assert main([*asked, "--out", str(tmp_path / "clips")]) == 0
    _, kick = json.loads((tmp_path / "clips" / "index.json").read_text())["clips"]
    assert kick["seed"] is None
    assert kick["seeding"] == "official seeding 10, clip 2 of its call"
    assert "read as  free text, official seeding 10, clip 2" in capsys.readouterr().out


def test_a_folder_that_cannot_be_filled_is_told_before_the_model_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model, out = write_model(tmp_path / "model"), tmp_path / "clips"
    asked = ["generate", "a jump", "--generator", "mdm", "--checkpoint", str(model)]
    asked += ["--no-pictures", "--out"]
    assert main([*asked, str(out)]) == 0
    model.write_bytes(b"damaged")
    assert main([*asked, str(out)]) == 1
    assert "already holds" in capsys.readouterr().err
    assert main([*asked, str(model / "clips")]) == 1
    assert "cannot be made" in capsys.readouterr().err
    assert main([*asked, str(tmp_path / "new" / "clips")]) == 1
    assert str(model) in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_a_run_takes_a_model_too(tmp_path: Path) -> None:
    model, out = write_model(tmp_path / "model"), tmp_path / "run"
    asked = ["run", "smoke", "--generator", "mdm", "--checkpoint", str(model), "--sets", "2"]
    asked += ["--mdm.frames", "20", "--tracker.name", "skill", "--held-out", "2", "--out", str(out)]
    status = main([*asked, "--filter", "official"])
    config = (out / "config.yaml").read_text()
    assert f"checkpoint: {model}" in config
    assert status in (0, 1)  # a random model's clips may all be refused, which ends a run


def test_a_body_model_draws_any_generators_clips(tmp_path: Path) -> None:
    body, plain, skinned = write_synthetic(tmp_path), tmp_path / "plain", tmp_path / "skinned"
    assert main(["generate", "a jump", "--out", str(plain)]) == 0
    assert main(["generate", "a jump", "--body-model", str(body), "--out", str(skinned)]) == 0
    (one,), (other,) = sorted(plain.glob("a-*.png")), sorted(skinned.glob("a-*.png"))
    assert one.read_bytes() != other.read_bytes()
    (motion,), (same,) = plain.glob("*.npz"), skinned.glob("*.npz")
    assert motion.read_bytes() == same.read_bytes()


def test_a_body_model_grounds_clips_of_mdm(tmp_path: Path) -> None:
    model, body = write_model(tmp_path / "model"), write_synthetic(tmp_path)
    asked = ["generate", "a jump", "--generator", "mdm", "--checkpoint", str(model)]
    asked += ["--no-pictures", "--body-model", str(body), "--out", str(tmp_path / "clips")]
    assert main(asked) == 0
    (clip,) = (tmp_path / "clips").glob("*.npz")
    assert "grounded_by" in load_motion(clip).provenance
