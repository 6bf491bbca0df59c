import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("mujoco")
pytest.importorskip("torch")

from claims_env.errors import CheckpointError, TrackerFailed
from claims_env.motion import Motion
from claims_env.rotation import about
from claims_env.skeleton import INDEX, STANDING_HEIGHT, UPRIGHT
from claims_env.tracker import Budget, HasBaseline, Progress, Tracker
from claims_env.trackers.mujoco import MujocoSettings, MujocoTracker

pytestmark = pytest.mark.physics

TINY = MujocoSettings(
    workers=1, environments=8, horizon=4, minibatch=16, epochs=1, hidden=(16,), assist=0.4
)
PER_UPDATE = 8 * 4


def wave(name: str = "wave", frames: int = 20) -> Motion:
    rotations = np.tile(np.array([1.0, 0, 0, 0]), (frames, 24, 1))
    rotations[:, 0] = UPRIGHT
    rotations[:, INDEX["L_Shoulder"]] = about("z", np.sin(np.arange(frames) / 5))
    root = np.tile(np.array([0, 0, STANDING_HEIGHT]), (frames, 1))
    return Motion(rotations, root, 30.0, name)


def trained(
    settings: MujocoSettings = TINY, stages: int = 1, seed: int = 5, path: Path | None = None
) -> MujocoTracker:
    tracker = MujocoTracker(settings)
    tracker.reset(seed=seed)
    for _ in range(stages):
        tracker.train([wave()], Budget(samples=3 * PER_UPDATE * settings.workers))
        if path is not None:
            tracker.save(path)
    return tracker


def saved(tracker: MujocoTracker, folder: Path, name: str) -> bytes:
    tracker.save(folder / name)
    return (folder / name).read_bytes()


def test_it_keeps_the_trackers_contract() -> None:
    tracker: Tracker = MujocoTracker(TINY)
    assert isinstance(tracker, HasBaseline)


def test_its_facts_say_what_is_real() -> None:
    facts = MujocoTracker(TINY).facts
    assert (facts["kind"], facts["assist"], facts["workers"]) == ("physics", 0.4, 1)
    assert (facts["physics_hz"], facts["control_hz"]) == (90, 30)
    assert set(facts["versions"]) >= {"mujoco", "torch"}


def test_training_with_one_worker_repeats_to_the_byte(tmp_path: Path) -> None:
    assert saved(trained(), tmp_path, "a") == saved(trained(), tmp_path, "b")


def test_another_seed_trains_another_policy(tmp_path: Path) -> None:
    assert saved(trained(seed=1), tmp_path, "a") != saved(trained(seed=2), tmp_path, "b")


def test_training_with_two_workers_repeats_to_the_byte(tmp_path: Path) -> None:
    two = replace(TINY, workers=2)
    assert saved(trained(two), tmp_path, "a") == saved(trained(two), tmp_path, "b")


def test_a_loaded_checkpoint_goes_on_as_if_nothing_had_happened(tmp_path: Path) -> None:
    straight = trained(stages=2)
    trained(stages=1, path=tmp_path / "first")
    resumed = MujocoTracker(TINY)
    resumed.load(tmp_path / "first")
    resumed.train([wave()], Budget(samples=3 * PER_UPDATE))
    assert saved(resumed, tmp_path, "resumed") == saved(straight, tmp_path, "straight")


def test_reset_forgets_what_was_learned(tmp_path: Path) -> None:
    tracker = MujocoTracker(TINY)
    tracker.reset(seed=5)
    fresh = saved(tracker, tmp_path, "fresh")
    tracker.train([wave()], Budget(samples=1))
    assert saved(tracker, tmp_path, "trained") != fresh
    tracker.reset(seed=5)
    assert saved(tracker, tmp_path, "reset") == fresh


def test_the_budget_counts_samples_in_whole_updates() -> None:
    notes: list[Progress] = []
    tracker = MujocoTracker(TINY)
    report = tracker.train([wave()], Budget(samples=2 * PER_UPDATE + 1), notes.append)
    assert report.samples == 3 * PER_UPDATE
    assert [round(note.fraction, 2) for note in notes] == [0.49, 0.98, 1.0]
    assert "assist 0.40" in notes[-1].note
    assert len(report.facts["curve"]["reward"]) == 3


def test_no_time_left_still_makes_one_update() -> None:
    report = MujocoTracker(TINY).train([wave()], Budget(samples=10**9, seconds=0.0))
    assert report.samples == PER_UPDATE


def test_nothing_to_train_on_is_refused() -> None:
    with pytest.raises(TrackerFailed, match="no motion"):
        MujocoTracker(TINY).train([], Budget(samples=1))


def test_help_in_practice_falls_and_evaluation_keeps_its_own() -> None:
    settings = replace(TINY, assist=0.2, practice_assist=1.0)
    tracker = MujocoTracker(settings)
    report = tracker.train([wave()], Budget(samples=30 * PER_UPDATE))
    assert 0.2 <= report.facts["practice_assist"] < 1.0
    assert tracker.facts["assist"] == 0.2


def test_practice_ends_when_every_clip_is_mastered() -> None:
    settings = replace(TINY, assist=1.0, mastered=0.6)
    report = MujocoTracker(settings).train([wave()], Budget(samples=10**5))
    assert report.samples < 10**5


def test_evaluation_repeats_and_does_not_learn(tmp_path: Path) -> None:
    tracker = trained()
    before = saved(tracker, tmp_path, "before")
    clips = [tracker.evaluate([wave("a"), wave("b", 31)]) for _ in range(2)]
    assert [clip.metrics for clip in clips[0]] == [clip.metrics for clip in clips[1]]
    assert saved(tracker, tmp_path, "after") == before


def test_a_clip_scores_the_same_alone_and_among_others() -> None:
    tracker = trained()
    many = tracker.evaluate([wave(str(k), 15 + k) for k in range(5)])
    alone = tracker.evaluate([wave("3", 18)])
    assert many[3].joints is not None
    assert alone[0].joints is not None
    assert many[3].joints.tobytes() == alone[0].joints.tobytes()


def test_a_fresh_policy_stays_close_to_the_zero_action() -> None:
    tracker = MujocoTracker(TINY)
    (fresh,), (zero,) = tracker.evaluate([wave()]), tracker.evaluate_untrained([wave()])
    assert fresh.metrics.g_mpjpe == pytest.approx(zero.metrics.g_mpjpe, rel=0.2)


@pytest.mark.parametrize("content", [b"", b"PK no zip", b"\x80\x04pickle"])
def test_a_damaged_checkpoint_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "tracker.ckpt").write_bytes(content)
    with pytest.raises(CheckpointError, match=r"tracker\.ckpt: .*damaged: .*events\.jsonl"):
        MujocoTracker(TINY).load(tmp_path / "tracker.ckpt")


def test_a_flipped_byte_in_a_checkpoint_is_noticed(tmp_path: Path) -> None:
    content = bytearray(saved(MujocoTracker(TINY), tmp_path, "good"))
    content[len(content) // 2] ^= 0xFF
    (tmp_path / "flipped").write_bytes(content)
    with pytest.raises(CheckpointError):
        MujocoTracker(TINY).load(tmp_path / "flipped")


def test_a_missing_or_foreign_checkpoint_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="no such file"):
        MujocoTracker(TINY).load(tmp_path / "missing")
    np.savez(tmp_path / "foreign.npz", weights=np.zeros(3))
    with pytest.raises(CheckpointError, match="no checkpoint of the mujoco tracker"):
        MujocoTracker(TINY).load(tmp_path / "foreign.npz")


def test_a_checkpoint_of_another_network_is_refused_by_both_shapes(tmp_path: Path) -> None:
    MujocoTracker(TINY).save(tmp_path / "small")
    with pytest.raises(CheckpointError, match=r"\[16\].*\[8\]"):
        MujocoTracker(replace(TINY, hidden=(8,))).load(tmp_path / "small")


def test_ctrl_c_leaves_the_tracker_as_it_was_and_no_worker(tmp_path: Path) -> None:
    tracker = MujocoTracker(replace(TINY, workers=2))
    before = saved(tracker, tmp_path, "before")

    def interrupted(_: Progress) -> None:
        signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        tracker.train([wave()], Budget(samples=10**6), interrupted)
    assert saved(tracker, tmp_path, "after") == before
    assert children() == []


def test_what_ctrl_c_interrupted_can_still_be_saved_and_performed(tmp_path: Path) -> None:
    tracker = MujocoTracker(TINY)
    tracker.save_unfinished(tmp_path / "nothing")

    def interrupted(_: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tracker.train([wave()], Budget(samples=10**6), interrupted)
    tracker.save_unfinished(tmp_path / "unfinished")
    assert [path.name for path in tmp_path.iterdir()] == ["unfinished"]
    other = MujocoTracker(TINY)
    other.load(tmp_path / "unfinished")
    assert saved(other, tmp_path, "loaded") != saved(tracker, tmp_path, "before")


def test_a_killed_worker_is_reported_and_no_other_is_left() -> None:
    tracker = MujocoTracker(replace(TINY, workers=2))

    def kill_worker(_: Progress) -> None:
        for child in children():
            os.kill(child, signal.SIGKILL)

    with pytest.raises(TrackerFailed, match="killed from outside"):
        tracker.train([wave()], Budget(samples=10**6), kill_worker)
    assert children() == []


def test_workers_end_with_a_leader_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "train.py"
    script.write_text(
        textwrap.dedent(f"""
        import sys
        sys.path.insert(0, {str(Path(__file__).parent)!r})
        if __name__ == "__main__":
            from test_mujoco_tracker import TINY, children, wave
            from dataclasses import replace
            from claims_env.tracker import Budget
            from claims_env.trackers.mujoco import MujocoTracker
            tracker = MujocoTracker(replace(TINY, workers=2))
            tell = lambda _: print(*children(), flush=True)
            tracker.train([wave()], Budget(samples=10**9), tell)
        """)
    )
    leader = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    assert leader.stdout is not None
    workers = [int(pid) for pid in leader.stdout.readline().split()]
    leader.kill()
    leader.wait()
    leader.stdout.close()
    assert len(workers) == 1
    assert gone(workers)


def children() -> list[int]:
    """Return the processes spawned by this one to train along, read from /proc."""
    own: list[int] = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and _is_worker(entry):
            own.append(int(entry.name))
    return own


def _is_worker(entry: Path, parent: int | None = None) -> bool:
    try:
        stat = (entry / "stat").read_text().rpartition(")")[2].split()
        command = (entry / "cmdline").read_bytes()
    except OSError:
        return False
    return int(stat[1]) == (parent or os.getpid()) and b"spawn_main" in command


def gone(pids: Sequence[int]) -> bool:
    """Wait up to ten seconds for processes to end."""
    import select

    for pid in pids:
        try:
            handle = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        ended, _, _ = select.select([handle], [], [], 10)
        os.close(handle)
        if not ended:
            return False
    return True
