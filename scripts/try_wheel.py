"""Tries a built wheel as a stranger would: `python scripts/try_wheel.py dist`.

The wheel is installed with its core dependencies alone into an environment of its own, far from the
checkout, and has to play a round there without torch and without mujoco.
"""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROUND = """
import gymnasium, claims_env
env = gymnasium.make(
    "claims_env/Curriculum-v0", preset_name="smoke", sets=5, held_out=2, tracker={"name": "skill"}
)
observation, info = env.reset(seed=0)
observation, reward, terminated, truncated, info = env.step(env.action_space.sample())
assert env.observation_space.contains(observation) and truncated
print("a round was played by", claims_env.__file__)
"""


def main() -> None:
    """Install the one wheel in the folder, play a round, ask the command for its version."""
    (wheel,) = Path(sys.argv[1]).resolve().glob("*.whl")
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        programs = Path(folder) / "bin"
        print(f"installing {wheel.name} into an environment of its own", flush=True)
        for command in (
            [programs / "pip", "install", "--quiet", wheel],
            [programs / "python", "-I", "-W", "error", "-c", ROUND],
            [programs / "claims-env", "--version"],
            [programs / "claims-env", "library"],
        ):
            subprocess.run([str(word) for word in command], cwd=folder, check=True)


if __name__ == "__main__":
    main()
