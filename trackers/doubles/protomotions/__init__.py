"""The double of ProtoMotions 3: its converter, its packager, its training, its evaluation.

`python -m claims_env.trackers.doubles protomotions FOLDER` writes a checkout with the four scripts
that a pipeline runs, at their real places:

    data/scripts/convert_amass_to_proto.py    AMASS npz -> .motion, beside each npz
    protomotions/components/motion_lib.py     YAML, folder or .motion -> packaged .pt
    protomotions/train_agent.py               -> results/NAME/last.ckpt and its settings
    protomotions/inference_agent.py           --full-eval -> results/predicted_motion_lib_epoch_0.pt

They take the real arguments and refuse what the real ones refuse. Bodies are those of the SMPL
model's file, so that their places and orientations are right; velocities are plain differences, and
what is told of joints is a stand-in. Nothing is simulated. A clip is followed if its mean
joint speed lies within the checkpoint's one number, its skill [m/s]; beyond it the body falls the
earlier the faster the clip is. Training closes the gap to the fastest clip within reach.

Quirks that are there because the real program has them:

* The converter passes over folders with 'smpl' in their name, npz files with 'samp' in their path,
  and files with an output; it writes `_` for `-`, space and parentheses.
* A folder is packaged in the order the file system has, and contacts that never occur are left out.
* An experiment with a `last.ckpt` is resumed under its old arguments, whatever is asked.
* `--checkpoint` carries the weights over and nothing else; counters begin at 0.
* A library without contacts breaks full-body training: 'NoneType' object is not subscriptable.
* An evaluation performs floor(length / step) steps in single precision, often one less than there
  are; and at most 600, unless told otherwise.
* What was performed lies at a random place of the terrain, and starts 5 cm above its reference.
* Environments x 32 must be whole batches; the assertion says two numbers.
* The simulator mujoco has steps of 1/50 s, and cannot train.

Faults (see `claims_env.trackers.doubles.faults`) strike in training and in evaluation.
"""

import shutil
from pathlib import Path

FLAVOURS = ("v3",)
"""Variants of the program: version 3, the one with command-line flags."""

_HERE = Path(__file__).parent

_ENTRIES = {
    "data/scripts/convert_amass_to_proto.py": "converter",
    "protomotions/components/motion_lib.py": "packager",
    "protomotions/train_agent.py": "trainer",
    "protomotions/inference_agent.py": "evaluator",
}
"""Every script, and the module of the double that is behind it."""

_PLACEHOLDERS = {
    "claims_double.json": '{"program": "protomotions", "flavour": "v3"}\n',
    "protomotions/__init__.py": "",
    "protomotions/data/assets/mjcf/smpl_humanoid.xml": "<mujoco/>\n",
    "examples/experiments/mimic/mlp.py": "STAGE = 'tracker'\n",
    "examples/experiments/masked_mimic/transformer.py": "STAGE = 'masked'\n",
}


def write_checkout(folder: Path, flavour: str = FLAVOURS[0]) -> None:
    """Write the double of a checkout into a folder."""
    for name, module in _ENTRIES.items():
        _write(folder / name, f"from protomotions.double.{module} import main\n\nmain()\n")
    for name, text in _PLACEHOLDERS.items():
        _write(folder / name, text)
    package = folder / "protomotions" / "double"
    package.mkdir()
    for source in _HERE.glob("*.py"):
        if source.name != "__init__.py":
            shutil.copy(source, package)
    _write(package / "__init__.py", '"""What is behind the scripts of this double."""\n')
    shutil.copy(_HERE.parent / "faults.py", package.parent)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
