import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from protomotions_desk import gliding, inside  # noqa: E402

from claims_env.motion import motion_from_poses  # noqa: E402
from claims_env.trackers.doubles.protomotions import (  # noqa: E402
    body,
    converter,
    packager,
    skill,
    write_checkout,
)

TRAINER = "protomotions/train_agent.py"
CONVERTER = "data/scripts/convert_amass_to_proto.py"
PACKAGER = "protomotions/components/motion_lib.py"


class Shell:
    """A checkout, and a terminal in it."""

    def __init__(self, checkout: Path) -> None:
        write_checkout(checkout)
        self.checkout, self.said = checkout, ""

    def run(self, script: str, *arguments: Any) -> int:
        lines: list[str] = []
        command = ["python", "-u", script, *map(str, arguments)]
        status = inside(command, cwd=self.checkout, on_line=lines.append)
        self.said = "\n".join(lines)
        return status

    def library(self, **clips: Any) -> Path:
        motions = [converter.motion(clip[0], clip[1], 30) for clip in clips.values()]
        path = self.checkout / "library.pt"
        torch.save(packager.packed(motions, [f"{name}.motion" for name in clips]), path)
        return path

    def train(self, library: Path, *more: Any, name: str = "mine", iterations: int = 3) -> int:
        return self.run(
            TRAINER, "--robot-name", "smpl", "--simulator", "isaacgym", "--num-envs", 64,
            "--batch-size", 1024, "--motion-file", library, "--experiment-name", name,
            "--experiment-path", "examples/experiments/mimic/mlp.py",
            "--training-max-iterations", iterations, *more,
        )  # fmt: skip

    def learned(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = torch.load(self.checkout / "results" / name / "last.ckpt")
        return found


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "checkout")


def test_its_bodies_are_where_ours_are() -> None:
    poses = np.random.default_rng(0).normal(0, 0.5, (20, 72))
    trans = np.random.default_rng(1).normal(0, 1, (20, 3))
    poses[:, 66:] = 0
    ours = motion_from_poses(poses, trans, 30.0, name="a", provenance={}, source="a").joints
    theirs, turned = body.positions(poses, trans)
    moved = theirs - ours[:, list(body.SMPL_OF_BODY)]
    assert np.ptp(moved, axis=(0, 1)).max() < 1e-9
    assert theirs[..., 2].min() == pytest.approx(0.015)
    found = body.quaternions(turned)
    x, y, z, w = np.moveaxis(found, -1, 0)
    np.testing.assert_allclose(1 - 2 * (y * y + z * z), turned[..., 0, 0], atol=1e-9)
    np.testing.assert_allclose(2 * (x * y - z * w), turned[..., 0, 1], atol=1e-9)


def test_a_standing_body_has_the_upright_convention() -> None:
    poses = np.zeros((5, 72))
    poses[:, 0] = np.pi / 2
    found = converter.motion(poses, np.zeros((5, 3)), 30)["rigid_body_rot"][0, 0].numpy()
    # a quarter turn about x, then (-0.5, -0.5, -0.5, 0.5)
    expected = np.array([0, 0, -1, 1]) / np.sqrt(2)
    assert abs(abs(float(np.dot(found, expected))) - 1) < 1e-6


def test_the_converter_passes_over_what_the_real_one_passes_over(shell: Shell) -> None:
    clips = shell.checkout / "clips"
    poses, trans = gliding(9, 0.1)
    for name in ("set/a (1)-b.npz", "smplx/b.npz", "set/shape.npz"):
        (clips / name).parent.mkdir(parents=True, exist_ok=True)
        np.savez(clips / name, poses=poses, trans=trans, mocap_framerate=np.array(30.0))
    assert shell.run(CONVERTER, clips) == 0
    assert [path.name for path in clips.rglob("*.motion")] == ["a__1__b.motion"]


def test_files_keep_the_order_of_a_list_and_faster_clips_are_thinned(shell: Shell) -> None:
    clips = shell.checkout / "clips" / "set"
    clips.mkdir(parents=True)
    for name, fps in (("b", 60.0), ("a", 30.0), ("c", 100.0)):
        poses, trans = gliding(40, 0.1)
        np.savez(clips / f"{name}.npz", poses=poses, trans=trans, mocap_framerate=np.array(fps))
    assert shell.run(CONVERTER, clips.parent) == 0
    order = "".join(f"  - file: set/{name}.motion\n" for name in "bac")
    (clips.parent / "all.yaml").write_text("motions:\n" + order)
    library = shell.checkout / "library.pt"
    assert shell.run(PACKAGER, "--motion-path", clips.parent / "all.yaml", "--output-file",
                     library) == 0  # fmt: skip
    found = packager.load(str(library))
    assert [os.path.basename(name) for name in found["motion_files"]] == [
        "b.motion", "a.motion", "c.motion"
    ]  # fmt: skip
    assert found["motion_num_frames"].tolist() == [20, 40, 20]  # 30, 30 and 50 Hz
    assert found["length_starts"].tolist() == [0, 20, 60]


def test_an_experiment_with_a_checkpoint_is_resumed_whatever_is_asked(shell: Shell) -> None:
    library = shell.library(a=gliding(20, 0.5))
    assert shell.train(library) == 0
    before = shell.learned("mine")
    assert shell.train(library, iterations=50) == 0
    assert "RESUME" in shell.said
    assert shell.learned("mine")["epoch"] == before["epoch"] == 3


def test_a_warm_start_takes_the_weights_alone(shell: Shell) -> None:
    library = shell.library(a=gliding(20, 0.5))
    assert shell.train(library, iterations=7) == 0
    parent = shell.checkout / "results" / "mine" / "last.ckpt"
    assert shell.train(library, "--checkpoint", parent, name="next") == 0
    assert shell.learned("next")["epoch"] == 3
    assert shell.learned("next")["model"]["skill"] > shell.learned("mine")["model"]["skill"]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--overrides", "agent.gama=0.9"], "names no field"),
        (["--overrides", "agent.gamma"], "required key=value"),
        (["--checkpoint", "results/nothing/last.ckpt"], "FileNotFoundError"),
        (["--simulator", "mujoco"], "No supported gpu backend found!"),
        (["--num-envs", "33"], "AssertionError: 1056 1024"),
        (["--no-such-flag"], "unrecognized arguments"),
        (["--training-max-steps", "9"], "not allowed with argument"),
    ],
)
def test_what_the_real_one_refuses_is_refused(shell: Shell, more: list[str], told: str) -> None:
    assert shell.train(shell.library(a=gliding(20, 0.5)), *more) != 0
    assert told in shell.said


def test_a_library_without_contacts_breaks_the_trackers_training(shell: Shell) -> None:
    poses, trans = gliding(40, 0.5)
    trans[:, 2] += np.linspace(0, 9, 40)
    library = shell.library(a=(poses, trans))
    assert "contacts" not in packager.load(str(library))
    assert shell.train(library) == 1
    assert "'NoneType' object is not subscriptable" in shell.said


def test_skill_grows_towards_what_is_within_reach_and_no_further() -> None:
    assert skill.practised(0.3, [0.5, 9.0], 2e-5) == pytest.approx(0.3 + 0.02 * 0.2)
    assert skill.practised(0.3, [9.0], 2e-5) == 0.3
    assert skill.practised(0.3, [0.2], 2e-5) == 0.3
    assert skill.practised(0.3, [0.5], 0.0) == 0.3


def test_a_clip_within_its_skill_is_followed_and_one_beyond_it_lost() -> None:
    near = np.linalg.norm(skill.strayed(90, 0.3, 0.3, 1), axis=-1).mean(-1)
    far = np.linalg.norm(skill.strayed(90, 0.6, 0.3, 1), axis=-1).mean(-1)
    assert near.max() < 0.06
    assert (far > 0.5).argmax() in range(46, 61)  # half way, and the fall itself
    assert far[-1] == pytest.approx(0.9, abs=0.05)
