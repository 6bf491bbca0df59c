import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from claims_env.errors import ConfigError
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


def test_without_anything_to_learn_from_it_says_what_to_give(
    script: ModuleType, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError, match=r"--data FOLDER.*--compose N"):
        script.main(script.Options(out=tmp_path))
    with pytest.raises(ConfigError, match="CLIP"):
        script.text_encoder(script.Options(out=tmp_path, arch="trans_enc"))
