from pathlib import Path

import numpy as np
import pytest
from toys import swaying, tiny_library

from claims_env.assembly.trackers import build_tracker
from claims_env.assembly.worlds import WORLDS
from claims_env.config import TrackerConfig
from claims_env.errors import CheckpointError
from claims_env.motion import Motion
from claims_env.testing import check_tracker
from claims_env.tracker import Budget
from claims_env.trackers.simulated.family import build
from claims_env.trackers.simulated.simulated_tracker import SimulatedTracker

LIBRARY = tiny_library()


def prompted(count: int, tier: int) -> list[Motion]:
    rng = np.random.default_rng(tier)
    prompts = [LIBRARY.sample(rng, tier=tier) for _ in range(count)]
    return [
        swaying(0.5 + 0.01 * i, f"{tier}-{i}").with_provenance(prompt=prompt.text)
        for i, prompt in enumerate(prompts)
    ]


def tracker(name: str = "rasch") -> SimulatedTracker:
    return SimulatedTracker(build(name), LIBRARY)


@pytest.mark.parametrize("name", sorted(WORLDS))
def test_every_student_keeps_the_trackers_contract(name: str) -> None:
    motions = [*prompted(4, 2), swaying(3.0, "without a prompt")]
    check_tracker(lambda: tracker(name), motions, Budget(1))


def test_every_student_is_a_tracker_by_name() -> None:
    for name in WORLDS:
        facts = build_tracker(TrackerConfig(name=name)).facts
        assert (facts["kind"], facts["name"], facts["assist"]) == ("simulated", name, 0.0)


def test_harder_prompts_are_tracked_less() -> None:
    student = tracker()
    easy, hard = (student.evaluate(prompted(60, tier)) for tier in (1, 5))
    assert sum(c.metrics.success for c in easy) > sum(c.metrics.success for c in hard)


def test_a_clip_fares_the_same_whatever_is_beside_it() -> None:
    student, motions = tracker(), prompted(5, 3)
    together = student.evaluate(motions)
    assert [student.evaluate([motion])[0].metrics for motion in motions] == [
        clip.metrics for clip in together
    ]


def test_a_clip_teaches_when_it_is_first_trained_on() -> None:
    student, motions = tracker(), prompted(3, 3)
    first = student.train(motions, Budget(1)).facts["new"]
    assert (first, student.train(motions, Budget(1)).facts["new"]) == (3, 0)


def test_a_checkpoint_of_another_student_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tracker.ckpt"
    tracker("null").save(path)
    with pytest.raises(CheckpointError, match="of the world 'null'"):
        tracker("rasch").load(path)
