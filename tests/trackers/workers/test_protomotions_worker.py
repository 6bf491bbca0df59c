import ast
import importlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from protomotions_desk import WORKERS, Desk, WorkerError, gliding, worker  # noqa: E402

from claims_env.trackers.doubles.protomotions import write_checkout  # noqa: E402
from claims_env.tracking_metrics import measure  # noqa: E402

bundle = importlib.import_module("protomotions_bundle")
trajectories = importlib.import_module("protomotions_trajectories")

SCRIPTS = sorted(WORKERS.glob("protomotions_*.py"))
SLOW, BRISK, WILD = gliding(40, 0.2), gliding(61, 0.7), gliding(50, 3.0)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    write_checkout(tmp_path / "checkout")
    return Desk(tmp_path / "jobs", tmp_path / "checkout")


def candidates() -> list[str]:
    own = map(str, Path.home().glob(".pyenv/versions/3.8*/bin/python"))
    return [*own, *filter(None, [shutil.which("python3.8")])]


def works(python: str) -> bool:
    return subprocess.run([python, "--version"], capture_output=True).returncode == 0


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_every_script_is_readable_to_python_3_8(path: Path) -> None:
    ast.parse(path.read_text("utf-8"), feature_version=(3, 8))


def test_a_bare_python_3_8_says_what_is_missing(tmp_path: Path) -> None:
    python = next(filter(works, candidates()), None)
    if python is None:
        pytest.skip("there is no Python 3.8 here")
    write_checkout(tmp_path / "double")
    (tmp_path / "double" / "claims_double.json").unlink()
    command = [python, str(WORKERS / "protomotions_worker.py"), "--check", str(tmp_path / "double")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    assert told["ok"] is False
    assert {"isaacgym", "gpu"} <= {one["name"] for one in told["findings"] if not one["ok"]}
    assert all(one["cure"] for one in told["findings"] if not one["ok"])


def test_a_checkout_of_version_2_is_refused_by_what_it_lacks(desk: Desk) -> None:
    (desk.repository / "protomotions" / "inference_agent.py").unlink()
    with pytest.raises(WorkerError, match=r"lacks protomotions/inference_agent\.py"):
        desk.do("train", {"a": SLOW})


def test_a_training_hands_on_one_file_that_counts_from_the_very_start(desk: Desk) -> None:
    first, folder = desk.do("train", {"slow": SLOW, "brisk": BRISK})
    told = first["checkpoint"]
    assert (first["status"], first["error"]) == ("ok", None)
    assert (told["epoch"], told["parent_epoch"], told["samples"]) == (12, 0, 12 * 64 * 32)
    assert bundle.facts_of(folder / told["file"])["stages"] == ["tracker"]
    second, _ = desk.do("train", {"slow": SLOW}, parent=folder / told["file"], epochs=3)
    assert second["checkpoint"]["epoch"] == 15
    assert second["checkpoint"]["parent_epoch"] == 12
    assert second["checkpoint"]["samples"] == 3 * 64 * 32


def test_what_was_learned_is_carried_over(desk: Desk) -> None:
    clips = {"slow": SLOW, "brisk": BRISK}
    parent = desk.trained(clips, epochs=200)
    before, _ = desk.do("evaluate", clips)
    after, _ = desk.do("evaluate", clips, parent=parent)
    assert before["printed"]["program_failed"] == [1]
    assert after["printed"]["program_failed"] == []


def test_the_same_job_gives_the_same_bytes(desk: Desk) -> None:
    once, again = (desk.trained({"slow": SLOW, "brisk": BRISK}) for _ in range(2))
    facts = [bundle.facts_of(path) for path in (once, again)]
    assert facts[0] == facts[1]
    learned = []
    for number, path in enumerate((once, again)):
        bundle.unpack(path, desk.folder / f"unpacked{number}")
        state = torch.load(desk.folder / f"unpacked{number}" / "tracker" / "last.ckpt")
        learned.append(float(state["model"]["skill"]))
    assert learned[0] == learned[1]


@pytest.mark.parametrize("frames", [5, 7, 8, 14, 40, 61, 605])
def test_every_frame_after_the_first_comes_back_whatever_the_length(
    desk: Desk, frames: int
) -> None:
    clips = {"a": gliding(frames, 0.1), "other": SLOW}
    result, folder = desk.do("evaluate", clips, parent=desk.trained(clips))
    assert result["returned"] == ["a", "other"]
    with np.load(folder / "trajectories.npz") as arrays:
        joints, reference = arrays["a/joints"], arrays["a/reference"]
    assert joints.shape == reference.shape == (frames - 1, 24, 3)
    assert joints.dtype == np.float32
    # the reference is the clip, moved up or down as a whole
    expected = gliding(frames, 0.1)[1][1:, 0]
    np.testing.assert_allclose(reference[:, 0, 0], expected, atol=1e-6)
    found = measure(joints, reference)
    assert found.success
    assert found.g_mpjpe < 60


def test_a_clip_that_is_too_fast_is_lost_where_the_body_falls(desk: Desk) -> None:
    clips = {"slow": SLOW, "wild": WILD}
    result, folder = desk.do("evaluate", clips, parent=desk.trained(clips, epochs=1))
    with np.load(folder / "trajectories.npz") as arrays:
        found = [measure(arrays[f"{n}/joints"], arrays[f"{n}/reference"]) for n in clips]
    assert [metrics.success for metrics in found] == [True, False]
    assert result["printed"]["program_failed"] == [1]
    assert result["printed"]["moved_starts"] == 2


def test_bodies_are_told_in_the_order_of_smpl() -> None:
    from claims_env.trackers.doubles.protomotions.body import SMPL_OF_BODY

    assert [SMPL_OF_BODY[i] for i in trajectories.SMPL_FROM_MUJOCO] == list(range(24))


def test_a_start_is_found_on_the_terrain_to_a_hair() -> None:
    before, after = np.array([0.33, -0.21, 0.9]), np.array([0.36, -0.21, 0.9])
    # set down at (60.0, 77.7); the first step moves it by the clip's 3 cm and by 8 mm of its own
    start = np.array([60.038, 77.692, 0.95])
    offset, apart = trajectories.spawned(start, before, after)
    np.testing.assert_allclose(offset, [60.0 - 0.33, 77.7 + 0.21, 0.0], atol=1e-9)
    assert apart == pytest.approx(0.008)


def test_a_start_that_was_not_moved_stays() -> None:
    before, after = np.array([0.33, -0.21, 0.9]), np.array([0.36, -0.21, 0.9])
    offset, _ = trajectories.spawned(np.array([0.364, -0.2, 0.95]), before, after)
    assert not offset.any()


def test_a_clip_that_never_touches_the_floor_is_refused_by_name(desk: Desk) -> None:
    poses, trans = gliding(40, 0.5)
    trans[:, 2] += np.linspace(0, 9, 40)  # rises all the time
    with pytest.raises(WorkerError, match=r"No foot of any clip.*balloon") as caught:
        desk.do("train", {"balloon": (poses, trans)})
    assert caught.value.kind == "invalid_input"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("clip", "told"),
    [
        (gliding(4, 0.1), "4 frames, fewer than 5"),
        ((np.full((9, 72), np.nan), np.zeros((9, 3))), "not finite"),
        ((np.zeros((9, 66)), np.zeros((9, 3))), r"poses are \(9, 66\)"),
    ],
)
def test_an_unusable_clip_is_refused_by_name(desk: Desk, clip: Any, told: str) -> None:
    with pytest.raises(WorkerError, match=f"'odd'.*{told}"):
        desk.do("train", {"odd": clip})


def test_a_path_that_looks_like_the_samp_data_set_does_no_harm(tmp_path: Path) -> None:
    write_checkout(tmp_path / "checkout")
    desk = Desk(tmp_path / "my samples", tmp_path / "checkout")
    assert desk.trained({"slow": SLOW}).is_file()


def test_a_folder_that_was_trained_in_is_never_resumed(desk: Desk) -> None:
    job, folder = desk.job("train", {"slow": SLOW})
    (folder / "experiment" / "tracker").mkdir(parents=True)
    (folder / "experiment" / "tracker" / "last.ckpt").write_bytes(b"old")
    from protomotions_desk import inside

    with pytest.raises(WorkerError, match="trained in before"):
        worker.run(job, folder, inside)


def test_another_control_rate_is_refused(desk: Desk) -> None:
    parent = desk.trained({"slow": SLOW})
    with pytest.raises(WorkerError, match=r"control step is 0\.0200 s"):
        desk.do("evaluate", {"slow": SLOW}, parent=parent, settings={"simulator": "mujoco"})


def test_masked_mimic_is_taught_by_the_tracker_of_the_same_job(desk: Desk) -> None:
    settings = {"stage": "masked"}
    result, folder = desk.do("train", {"slow": SLOW}, epochs=9, settings=settings)
    assert result["checkpoint"]["epoch"] == 9
    learned = folder / result["checkpoint"]["file"]
    assert bundle.facts_of(learned)["stages"] == ["masked", "tracker"]
    found, _ = desk.do("evaluate", {"slow": SLOW}, parent=learned, settings=settings)
    assert found["printed"]["threshold"] == 0.25


def test_a_checkpoint_without_the_stage_asked_for_is_refused(desk: Desk) -> None:
    parent = desk.trained({"slow": SLOW})
    with pytest.raises(WorkerError, match="no stage 'masked'"):
        desk.do("evaluate", {"slow": SLOW}, parent=parent, settings={"stage": "masked"})


def test_trajectories_that_the_program_did_not_judge_are_refused() -> None:
    ours = {"mean_error": 0.05, "worst_errors": [0.1, 0.7], "threshold": 0.5}
    worker._agree({"eval/gt_error/mean": 0.0501, "program_failed": [1]}, ours)
    with pytest.raises(WorkerError, match=r"mean error of 0\.0900 m"):
        worker._agree({"eval/gt_error/mean": 0.09}, ours)
    with pytest.raises(WorkerError, match=r"1 clips otherwise.*number 0"):
        worker._agree({"eval/gt_error/mean": 0.05, "program_failed": [0, 1]}, ours)
