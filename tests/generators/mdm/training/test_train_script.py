import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from claims_env.errors import ConfigError, OutputError
from claims_env.generators.mdm.loading import load_mdm
from claims_env.generators.mdm.training.recipe import Recipe
from claims_env.mdm_config import MdmConfig

SCRIPT = Path(__file__).resolve().parents[4] / "scripts" / "train_mdm.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("train_mdm", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # dataclasses look their module up
    sys.modules["train_mdm"] = module
    spec.loader.exec_module(module)
    return module


def test_a_model_trained_on_composed_clips_is_a_generator(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def options(steps: int) -> object:
        return script.Options(
            out=tmp_path / "mine",
            compose=10,
            tiers=(1,),
            layers=1,
            width=16,
            heads=2,
            feed_forward=32,
            text_width=8,
            diffusion_steps=5,
            steps=steps,
            log_every=1,
            device="cpu",
            recipe=Recipe(batch=2),
        )

    script.main(options(2))
    script.main(options(3))
    assert "on cpu, from step 2" in capsys.readouterr().out
    generator = load_mdm(MdmConfig(checkpoint=tmp_path / "mine", device="cpu"))
    (motion,) = generator.generate(["a person walks"], [1])
    assert motion.frames == 180


def test_an_existing_training_is_refused_before_anything_is_composed(
    script: ModuleType, tmp_path: Path
) -> None:
    small = {"layers": 1, "width": 16, "heads": 2, "feed_forward": 32, "text_width": 8, "steps": 1}
    settings = {**small, "out": tmp_path, "tiers": (1,), "diffusion_steps": 5, "device": "cpu"}
    recipe = Recipe(batch=2)
    script.main(script.Options(**settings, compose=10, recipe=recipe))
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(ConfigError, match=r"data_dir was composed-10-.* and is composed-20-"):
        script.main(script.Options(**settings, compose=20, recipe=recipe))
    with pytest.raises(ConfigError, match="latent_dim was 16 and is 32"):
        script.main(script.Options(**{**settings, "width": 32}, compose=10, recipe=recipe))
    with pytest.raises(ConfigError, match="data_dir was composed-10-"):
        script.main(script.Options(**settings, data=tmp_path / "other", recipe=recipe))
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_what_cannot_be_trained_leaves_no_folder(script: ModuleType, tmp_path: Path) -> None:
    out = tmp_path / "new"
    for wrong in ({"width": 30}, {"diffusion_steps": 1}, {"steps": 0}, {"compose": 0}):
        with pytest.raises(ConfigError):
            script.main(script.Options(**{"out": out, "compose": 20, "device": "cpu", **wrong}))
    assert not out.exists()
    (tmp_path / "someones.pt").write_bytes(b"")
    with pytest.raises(OutputError, match="holds models of another kind"):
        script.main(script.Options(out=tmp_path, compose=20, device="cpu"))


def test_without_anything_to_learn_from_it_says_what_to_give(
    script: ModuleType, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError, match=r"--data FOLDER.*--compose N"):
        script.main(script.Options(out=tmp_path))
    with pytest.raises(ConfigError, match="CLIP"):
        script.text_encoder(script.Options(out=tmp_path, arch="trans_enc"))
