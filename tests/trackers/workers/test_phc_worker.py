import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from phc_jobs import BRISK, SLOW, WILD, WORKERS, Desk, digest, light_torch

from claims_env.trackers.doubles.phc import FLAVOURS, write_checkout
from claims_env.tracking_metrics import measure

pytest.importorskip("torch")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    write_checkout(tmp_path / "phc", "official")
    return Desk(tmp_path / "jobs", tmp_path / "phc")


@pytest.fixture(scope="module")
def parent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint with five epochs behind it."""
    folder = tmp_path_factory.mktemp("parent")
    write_checkout(folder / "phc", "official")
    return Desk(folder / "jobs", folder / "phc").trained([SLOW, BRISK])


@pytest.mark.parametrize("path", sorted(WORKERS.glob("phc_*.py")), ids=lambda path: path.stem)
def test_every_script_is_readable_to_python_3_8(path: Path) -> None:
    ast.parse(path.read_text("utf-8"), feature_version=(3, 8))


def test_a_job_goes_through_with_torch_itself(tmp_path: Path) -> None:
    write_checkout(tmp_path / "phc", "official")
    desk = Desk(tmp_path / "jobs", tmp_path / "phc", light=False)
    learned = desk.trained([SLOW, BRISK])
    result = desk.run(desk.job("evaluate", [SLOW, WILD], checkpoint=learned))
    assert (result["status"], result["printed"]["failed"]) == ("ok", ["clip_1"]), result
    assert not result["versions"]["torch"].endswith("light")


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_an_evaluation_goes_through_in_folders_with_odd_names(
    tmp_path: Path, parent: Path, flavour: str
) -> None:
    write_checkout(tmp_path / "phc (=odd)", flavour)
    desk = Desk(tmp_path / "jobs of a=b's", tmp_path / "phc (=odd)")
    folder = desk.job("evaluate", [SLOW, WILD], checkpoint=parent)
    result = desk.run(folder)
    assert result["status"] == "ok", result
    assert result["returned"] == ["clip_0", "clip_1"]
    assert (result["printed"]["failed"], result["printed"]["success_rate"]) == (["clip_1"], 0.5)
    assert (result["versions"]["phc"], result["versions"]["double"]) == (flavour, True)
    assert not list(folder.rglob("Humanoid.pth")), "a job that is done keeps no copy"
    with np.load(folder / "trajectories.npz") as file:
        for name, succeeds in (("clip_0", True), ("clip_1", False)):
            joints, reference = file[f"{name}/joints"], file[f"{name}/reference"]
            assert joints.shape == reference.shape == (39, 24, 3)
            assert joints.dtype == np.float32
            assert measure(joints, reference).success is succeeds


def test_epochs_go_on_counting_and_the_parent_stays_as_it_was(desk: Desk, parent: Path) -> None:
    before = digest(parent)
    folder = desk.job("train", [SLOW, BRISK], checkpoint=parent, epochs=2)
    result = desk.run(folder)
    assert result["checkpoint"] == {
        "file": "Humanoid.pth",
        "sha256": digest(folder / "Humanoid.pth"),
        "epoch": 7,
        "samples": 2 * 32 * 512,
    }
    assert result["checkpoint"]["sha256"] != before
    assert digest(parent) == digest(folder / "checkpoint" / "parent.ckpt") == before


def test_a_good_evaluation_counts_although_phc_leaves_with_an_error(
    desk: Desk, parent: Path
) -> None:
    folder = desk.job("evaluate", [WILD], checkpoint=parent)
    result = desk.run(folder)
    assert "ZeroDivisionError" in (folder / "log").read_text()
    assert (result["status"], result["printed"]["exit_status"]) == ("ok", 1)
    assert result["printed"]["failed"] == ["clip_0"]


def test_short_clips_are_told_of_and_what_breaks_after_the_recording_does_no_harm(
    desk: Desk, parent: Path
) -> None:
    folder = desk.job("evaluate", [BRISK, SLOW], frames=5, checkpoint=parent)
    job = json.loads((folder / "job.json").read_text())
    short = {**job["clips"][0], "id": "brief", "frames": 4}
    (folder / "job.json").write_text(json.dumps({**job, "clips": [short, *job["clips"]]}))
    result = desk.run(folder, slow_start=1, truncated=1, crash_after_write=1)
    assert (result["status"], result["returned"]) == ("ok", ["clip_0", "clip_1"])
    assert result["dropped"] == [
        {"id": "brief", "reason": "4 frames; PHC drops clips of fewer than 5."}
    ]


@pytest.mark.parametrize(
    ("fault", "kind", "told"),
    [
        ("gpu_oom", "oom", "CUDA out of memory"),
        ("nan", "bad_output", "not finite"),
        ("stale_failed_keys", "bad_output", "failures of another clip set"),
        ("truncated", "bad_output", "no whole checkpoint"),
    ],
)
def test_a_training_that_went_wrong_says_how(
    desk: Desk, parent: Path, fault: str, kind: str, told: str
) -> None:
    result = desk.run(desk.job("train", [SLOW, BRISK], checkpoint=parent), **{fault: 1})
    assert (result["status"], result["error"]["kind"]) == ("failed", kind), result
    assert told in result["error"]["message"]
    assert result["checkpoint"] is None


@pytest.mark.parametrize(
    ("fault", "kind", "told"),
    [
        ("nan", "bad_output", "'clip_0': joints begins with numbers that are not finite."),
        ("wrong_count", "bad_output", "PHC had 2 clips, but performed 1"),
    ],
)
def test_an_evaluation_that_went_wrong_says_how(
    desk: Desk, parent: Path, fault: str, kind: str, told: str
) -> None:
    folder = desk.job("evaluate", [SLOW, BRISK], checkpoint=parent)
    result = desk.run(folder, **{fault: 1})
    assert (result["status"], result["error"]["kind"]) == ("failed", kind), result
    assert told in result["error"]["message"]
    assert not (folder / "trajectories.npz").exists()


def test_a_clip_that_diverges_half_way_is_named(desk: Desk, parent: Path) -> None:
    folder = desk.job("evaluate", [SLOW, BRISK], checkpoint=parent)
    result = desk.run(folder, divergence=1)
    assert (result["status"], result["printed"]["diverged"]) == ("ok", ["clip_0"])
    with np.load(folder / "trajectories.npz") as file:
        assert np.isfinite(file["clip_0/joints"][:19]).all()
        assert np.isnan(file["clip_0/joints"][19:]).all()
        assert np.isfinite(file["clip_0/reference"]).all()


def test_a_training_that_dies_late_leaves_its_rolling_checkpoint(desk: Desk) -> None:
    folder = desk.job("train", [SLOW, BRISK], epochs=120)
    result = desk.run(folder, segfault=1)
    assert (result["status"], result["error"]["kind"]) == ("partial", "crash")
    assert "was ended by SIGSEGV" in result["error"]["message"]
    assert result["checkpoint"]["epoch"] == 50
    assert result["checkpoint"]["sha256"] == digest(folder / "Humanoid.pth")


def test_a_program_that_hangs_is_ended(desk: Desk) -> None:
    patience = {"stall_seconds": 3.0, "grace_seconds": 0.2}
    result = desk.run(desk.job("train", [SLOW], settings=patience), hang=1)
    assert (result["status"], result["error"]["kind"]) == ("failed", "hang")


def test_what_phc_lacks_is_named_with_its_cure(desk: Desk) -> None:
    (desk.repository / "data" / "smpl" / "SMPL_MALE.pkl").unlink()
    shutil.rmtree(desk.repository / "sample_data")
    result = desk.run(desk.job("train", [SLOW]))
    assert result["error"]["kind"] == "missing"
    assert "SMPL_MALE.pkl is missing. Register at" in result["error"]["message"]
    assert "download_data.sh" in result["error"]["message"]


def test_a_check_finds_the_same_and_answers_in_json(desk: Desk) -> None:
    command = [desk.python, str(WORKERS / "phc_worker.py"), "--check", str(desk.repository)]
    (desk.repository / "data" / "smpl" / "SMPL_NEUTRAL.pkl").write_bytes(b"")
    light = {**os.environ, "PYTHONPATH": str(light_torch(desk.folder))}
    done = subprocess.run(command, env=light, stdout=subprocess.PIPE, check=True)
    found = json.loads(done.stdout)
    assert found["ok"] is False
    assert [Path(f["name"]).name for f in found["findings"] if not f["ok"]] == ["SMPL_NEUTRAL.pkl"]


def test_a_bare_python_answers_a_check_although_it_could_do_no_job(
    desk: Desk, tmp_path: Path
) -> None:
    # without the site's packages there is no numpy
    bare = [sys.executable, "-S", "-E", str(WORKERS / "phc_worker.py")]
    told = subprocess.run([*bare, "--check", str(desk.repository)], stdout=subprocess.PIPE)
    found = json.loads(told.stdout)
    assert (found["versions"]["numpy"], found["versions"]["torch"]) == (None, None)
    folder = desk.job("train", [SLOW])
    done = subprocess.run([*bare, str(folder)], stderr=subprocess.PIPE)
    result = json.loads((folder / "result.json").read_text())
    assert (done.returncode, result["error"]["kind"]) == (1, "missing")
    assert "No module named 'numpy'" in result["error"]["message"]


def test_python_3_8_runs_what_needs_no_packages() -> None:
    found = [os.environ.get("CLAIMS_PYTHON38"), shutil.which("python3.8")]
    found += sorted(str(p) for p in Path.home().glob(".pyenv/versions/3.8.*/bin/python"))
    told = "import sys; print(sys.version_info[:2] == (3, 8))"
    real = [python for python in found if python and answer(python, told) == "True"]
    if not real:
        pytest.skip("no Python 3.8 here; CLAIMS_PYTHON38 may name one")
    code = "import phc_command, phc_output, phc_preflight, phc_run, phc_worker; print('read')"
    assert answer(real[0], code) == "read"


def answer(python: str, code: str) -> str:
    done = subprocess.run([python, "-c", code], cwd=WORKERS, stdout=subprocess.PIPE)
    return done.stdout.decode().strip()
