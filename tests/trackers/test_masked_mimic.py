import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch")

from protomotions_desk import gliding

from claims_env.errors import CheckpointError, ConfigError, TrackerFailed
from claims_env.external_config import ExternalConfig
from claims_env.motion import Motion, motion_from_poses
from claims_env.tracker import Budget, KeepsUnfinished, Progress
from claims_env.trackers.doubles.protomotions import write_checkout
from claims_env.trackers.external import ExternalWorker
from claims_env.trackers.masked_mimic import MaskedMimicSettings, MaskedMimicTracker
from claims_env.trackers.masked_mimic_settings import fewer_envs
from claims_env.trackers.masked_mimic_table10 import TABLE10, overrides
from claims_env.trackers.workers.protomotions_bundle import MEMBER


def glide(name: str, frames: int, speed: float) -> Motion:
    poses, trans = gliding(frames, speed)
    return motion_from_poses(poses, trans, 30.0, name=name, provenance={}, source=name)


def config(folder: Path, **other: Any) -> ExternalConfig:
    if not (folder / "checkout").exists():
        write_checkout(folder / "checkout")
    values = {"python": sys.executable, "repository": folder / "checkout", "num_envs": 64}
    return ExternalConfig(**{**values, "jobs": folder / "jobs", **other})


def tracker(folder: Path, **other: Any) -> MaskedMimicTracker:
    """A tracker whose jobs are quick: the worker runs the double's scripts in its own process."""
    external = config(folder, **other)
    worker = ExternalWorker(
        external, tracker="MaskedMimic", script="inside_worker.py", siblings=[], member=MEMBER,
        scripts=Path(__file__).parent / "inside",
    )  # fmt: skip
    made = MaskedMimicTracker(external, MaskedMimicSettings(batch_size=1024), worker=worker)
    made.reset(seed=5)
    return made


@pytest.fixture(autouse=True)
def where_the_desk_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[1]))


def test_environments_fill_whole_minibatches_or_the_nearest_are_named() -> None:
    assert MaskedMimicTracker(ExternalConfig(num_envs=2048)).facts["num_envs"] == 2048
    with pytest.raises(ConfigError, match=r"multiple of 256\. The nearest: 768 or 1024"):
        MaskedMimicTracker(ExternalConfig(num_envs=1000))
    assert fewer_envs(2048, 8192) == 1024
    assert fewer_envs(768, 8192) == 256
    assert fewer_envs(256, 8192) is None


@pytest.mark.parametrize("override", ["agent.gamma", "agent.num_steps=16"])
def test_an_override_that_cannot_work_is_refused(override: str) -> None:
    with pytest.raises(ConfigError, match=override):
        MaskedMimicTracker(ExternalConfig(overrides=(override,)))


@pytest.mark.parametrize("settings", [{"batch_size": 100}, {"distillation": 0.0}])
def test_a_setting_out_of_range_is_refused_by_name(settings: dict[str, float]) -> None:
    with pytest.raises(ConfigError, match=next(iter(settings))):
        MaskedMimicSettings(**settings)  # type: ignore[arg-type]


def test_table_10_is_named_for_each_stage_and_overrides_of_ones_own_come_last() -> None:
    external = ExternalConfig(overrides=("agent.gamma=0.98",))
    made = MaskedMimicTracker(external, MaskedMimicSettings(preset="table10"))
    told = made.facts["overrides"]["tracker"]
    assert told == [*overrides("tracker"), "agent.gamma=0.98"]
    assert "agent.model.actor_optimizer.lr=2e-05" in told
    assert TABLE10["tracker"]["agent.tau"] == 0.95


def test_nothing_is_saved_before_anything_is_learned(tmp_path: Path) -> None:
    made = tracker(tmp_path)
    assert isinstance(made, KeepsUnfinished)
    with pytest.raises(TrackerFailed, match="no checkpoint before its first training"):
        made.save(tmp_path / "a.ckpt")
    made.save_unfinished(tmp_path / "a.ckpt")
    assert not (tmp_path / "a.ckpt").exists()
    assert made.evaluate([]) == []


def test_a_file_of_another_sort_is_no_checkpoint(tmp_path: Path) -> None:
    (tmp_path / "other.ckpt").write_bytes(b"other")
    with pytest.raises(CheckpointError, match=r"other\.ckpt"):
        tracker(tmp_path).load(tmp_path / "other.ckpt")


def test_clips_too_short_are_refused_in_evaluation_and_told_of_by_name(tmp_path: Path) -> None:
    with pytest.raises(TrackerFailed, match="blink"):
        tracker(tmp_path).evaluate([glide("walk", 40, 0.2), glide("blink", 4, 0.2)])
    with pytest.raises(TrackerFailed, match="5 frames"):
        tracker(tmp_path).train([glide("blink", 4, 0.2)], Budget(samples=1))


def test_it_trains_shows_saves_and_loads(tmp_path: Path) -> None:
    motions = [glide("slow", 40, 0.2), glide("a (b)=c", 61, 0.7), glide("blink", 4, 0.1)]
    made, told = tracker(tmp_path), list[Progress]()
    report = made.train(motions, Budget(samples=200 * 64 * 32), told.append)
    assert (report.samples, report.facts["epochs"]) == (200 * 64 * 32, 200)
    assert report.facts["dropped"] == ["blink"]
    assert report.facts["versions"]["double"] is True
    assert all(0 <= progress.fraction <= 1 for progress in told)
    found = made.evaluate(motions[:2])
    assert [clip.name for clip in found] == ["slow", "a (b)=c"]
    assert [clip.metrics.success for clip in found] == [True, True]
    assert [len(np.asarray(clip.joints)) for clip in found] == [39, 60]
    made.save(tmp_path / "kept.ckpt")
    other = tracker(tmp_path)
    other.load(tmp_path / "kept.ckpt")
    # the same question, once answered, is read from its folder
    again = other.evaluate(motions[:2])[0]
    np.testing.assert_array_equal(np.asarray(again.joints), np.asarray(found[0].joints))
    assert len(list((tmp_path / "jobs").glob("evaluate-*"))) == 1


def test_memory_that_runs_out_is_met_with_half_the_environments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMS_DOUBLE_FAULTS", '{"gpu_oom": 1}')
    report = tracker(tmp_path).train([glide("slow", 40, 0.2)], Budget(samples=4 * 64 * 32))
    assert (report.facts["num_envs"], report.facts["epochs"]) == (32, 8)
    assert "out of GPU memory" in report.facts["retries"][0]
