"""A worker for tests, with no tracker behind it: learns by counting, and performs as it learned.

Each override is a behaviour: `oom_above=N`, `crash_at=N` (epochs), `stop_at=N` (waits for a cancel
there), `lose=NAME` (that clip falls away), and others below. A file per behaviour in the folder
`repository` says that it has happened, where it is to happen once.
"""

import json
import os
import signal
import sys
import time
import zipfile
from pathlib import Path

import job_files
import numpy as np

STEPS = 32


def run(job, folder):
    will = dict(o.split("=") for o in job["settings"]["overrides"] if "learning_rate" not in o)
    once = Path(job["settings"]["repository"])
    if "oom_above" in will and job["num_envs"] > int(will["oom_above"]):
        raise job_files.WorkerError("oom", "sim", "CUDA out of memory")
    if "killed" in will and happens(once, "killed"):
        os.kill(os.getpid(), signal.SIGKILL)
    if "fail" in will and happens(once, "fail"):
        raise job_files.WorkerError(will["fail"], job["kind"], "told to fail")
    common = {
        "returned": [clip["id"] for clip in job["clips"]],
        "versions": {"double": True, "commit": commit(will, once)},
        "num_envs": job["num_envs"],
    }
    return {**common, **(train if job["kind"] == "train" else evaluate)(job, folder, will, once)}


def train(job, folder, will, once):
    start = learned(folder, job)
    for done in range(job["epochs"]):
        job_files.beat(folder, "train", done / job["epochs"], f"epoch {start + done}")
        if done == int(will.get("crash_at", -1)) and happens(once, "crash"):
            error = {"kind": "crash", "phase": "train", "message": "told to crash"}
            return {
                "status": "partial",
                "error": error,
                "checkpoint": keep(job, folder, start, done),
            }
        if done == int(will.get("stop_at", -1)) and happens(once, "stop"):
            (once / "waiting").write_text(str(folder))
            while not job_files.cancelled(folder):
                time.sleep(0.01)
            error = {"kind": "cancelled", "phase": "train", "message": "The job was cancelled."}
            return {
                "status": "partial",
                "error": error,
                "checkpoint": keep(job, folder, start, done),
            }
    learned_now = 0 if "lazy" in will else job["epochs"]
    checkpoint = keep(job, folder, start, learned_now)
    if "swap" in will:
        (folder / checkpoint["file"]).write_bytes(b"something else")
    return {"checkpoint": checkpoint}


def evaluate(job, folder, will, once):
    skill = learned(folder, job)
    arrays, failed = {}, []
    clips = job["clips"][1:] if "forget" in will else job["clips"]
    for clip in clips:
        with np.load(folder / clip["file"]) as file:
            pelvis = file["trans"][1:]
        reference = np.repeat(pelvis[:, None], 24, 1) + np.arange(24)[None, :, None] * 0.01
        reference = reference.astype(np.float32)
        joints = reference + np.float32(0.1 / (1 + skill))
        if will.get("lose") in clip["id"].split("_"):
            failed.append(clip["id"])
            # lost at frame 10 and started anew, in a batch that was over soon after
            joints[9:] += 2.0
            joints, reference = joints[:15], reference[:15]
        arrays[clip["id"] + "/joints"], arrays[clip["id"] + "/reference"] = joints, reference
    if "reverse" in will:
        first, last = clips[0]["id"], clips[-1]["id"]
        for of in ("/joints", "/reference"):
            arrays[first + of], arrays[last + of] = arrays[last + of], arrays[first + of]
    if "nan" in will:
        next(iter(arrays.values()))[3] = np.nan
    lost = diverged(clips, will, once)
    for clip in lost:
        arrays[clip + "/joints"][5:] = np.nan
    if "short" in will:
        arrays = {name: array[:-1] for name, array in arrays.items()}
    np.savez(folder / "trajectories.npz", **arrays)
    if "torn" in will:
        whole = (folder / "trajectories.npz").read_bytes()
        (folder / "trajectories.npz").write_bytes(whole[: len(whole) // 2])
    printed = {"failed": [c["id"] for c in clips] if "pessimist" in will else failed}
    printed["diverged"] = lost
    answer = {"printed": printed, "returned": [clip["id"] for clip in clips]}
    if "forget" in will:
        answer["dropped"] = [{"id": job["clips"][0]["id"], "reason": "told to forget it"}]
    return answer


def commit(will, once):
    """Return another commit each time, where told to."""
    count = len(list(once.glob("commit*")))
    (once / f"commit{count}").touch()
    return f"commit {count}" if "commits" in will else None


def diverged(clips, will, once):
    """Return who diverges: the first so many clips; with `unsteady`, other ones each time."""
    tries = len(list(once.glob("try*")))
    (once / f"try{tries}").touch()
    if "unsteady" in will:
        return [clips[tries % len(clips)]["id"]]
    if "passing" in will and tries:
        return []
    return [clip["id"] for clip in clips[: int(will.get("diverge", 0))]]


def learned(folder, job):
    if job["checkpoint"] is None:
        return 0
    path = folder / job["checkpoint"]["file"]
    assert job_files.sha256(path) == job["checkpoint"]["sha256"]
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read("archive/data.pkl"))["epoch"]


def keep(job, folder, start, done):
    path = folder / "Humanoid.pth"
    with zipfile.ZipFile(path, "w") as archive:
        told = {"epoch": start + done, "seed": job["seed"]}
        if done or start == 0:
            archive.writestr(zipfile.ZipInfo("archive/data.pkl"), json.dumps(told))
    if not done and start:
        path.write_bytes((folder / job["checkpoint"]["file"]).read_bytes())
    samples = done * STEPS * job["num_envs"]
    digest = job_files.sha256(path)
    return {"file": path.name, "sha256": digest, "epoch": start + done, "samples": samples}


def happens(once, what):
    if (once / what).exists():
        return False
    (once / what).touch()
    return True


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    job_files.main(run)
