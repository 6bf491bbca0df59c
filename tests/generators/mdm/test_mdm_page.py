"""The page about MDM: its Python runs as it stands, beside a model under the names it uses."""

import re
from pathlib import Path

import gymnasium as gym
import pytest

pytest.importorskip("torch")

from generators.mdm.tiny_model import write_model

from claims_env.env import CurriculumEnv
from claims_env.motion import load_motion

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "mdm.md").read_text("utf-8")


def test_the_python_of_the_page_runs_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_model(Path("humanml_trans_dec_512_bert-50steps"))
    shared: dict[str, object] = {}
    for block in re.findall(r"```python\n(.*?)```", PAGE, flags=re.S):
        exec(compile(block, "docs/mdm.md", "exec"), shared)
    assert load_motion(Path("mdm-1.npz")).provenance["prompt"] == "a person spins twice"
    env = shared["env"]
    assert isinstance(env, gym.Env) and isinstance(env.unwrapped, CurriculumEnv)
