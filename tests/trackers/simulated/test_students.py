import math

import numpy as np
import pytest
from toys import tiny_library

from claims_env.trackers.simulated.student import Asked, Student, tallied, zone
from claims_env.trackers.simulated.students.levels import LevelSettings
from claims_env.trackers.simulated.students.mock import MockSettings
from claims_env.trackers.simulated.students.prerequisites import PrerequisiteSettings
from claims_env.trackers.simulated.students.rasch import RaschSettings
from claims_env.trackers.simulated.students.skills import SkillsSettings
from claims_env.trackers.simulated.students.volume import VolumeSettings
from claims_env.word_grid import grid_of, read_actions

GRID = grid_of(tiny_library())
"""Two domains, a phrase per tier in every slot."""

EVERYWHERE = np.array([[0.5, 0.5]])


def asked(*tiers: int, step: float = 0.5) -> Asked:
    """Return prompts of the first domain, each of one tier throughout."""
    actions = np.array([[[0, 0, *[tier - 1] * 4] for tier in tiers]])
    reading = read_actions(GRID, actions)
    effect = (step * (reading.tier - 3)).astype(np.float32)
    return Asked(reading, effect, effect.mean(-1))


def taught(student: Student, mind: np.ndarray, prompts: Asked) -> np.ndarray:
    kept = np.ones(prompts.difficulty.shape)
    return student.learn(mind, tallied(student.lessons(mind, prompts), kept, student.cells))


def test_most_is_learned_where_success_is_open() -> None:
    assert zone(np.array([0.0, math.log(3), -math.log(3)])) == pytest.approx([1.0, 0.75, 0.75])


def test_ability_grows_with_the_logarithm_of_clips_and_their_difficulty() -> None:
    student = RaschSettings(volume=0.5, hardness=0.2, head_start=0.0)(GRID, 0.5)
    mind = np.array([[200.0, 100.0], [400.0, 0.0]])
    found = student.progress(mind, EVERYWHERE)[:, 0]
    assert found == pytest.approx([0.2 * 0.5, 0.5 * math.log(2)])


def test_clips_beyond_reach_teach_no_more_than_those_at_it() -> None:
    student = RaschSettings(volume=0.5, hardness=0.2, reach=0.5)(GRID, 0.5)
    mind = taught(student, student.begin(1, 2), asked(4, 5))
    assert mind[0].tolist() == [2.0, 1.0]  # difficulties 0.5 and 1, the latter cut to 0.5


def test_volume_counts_sets_whatever_becomes_of_them() -> None:
    student = VolumeSettings(volume=1.0, head_start=0.0)(GRID, 0.5)
    mind = student.begin(1, 400)
    for _ in range(2):
        mind = student.learn(mind, np.zeros((1, 1)))
    assert student.progress(mind, EVERYWHERE)[0, 0] == pytest.approx(math.log(4))


def test_a_skill_grows_by_the_lessons_of_its_own_domain_and_leaks_into_the_other() -> None:
    settings = SkillsSettings(start=0.0, rate=1.0, crowding=2.0, transfer=0.5)
    student = settings(GRID, 0.5)
    mind = taught(student, student.begin(1, 2), asked(3, 3))
    # two lessons of full worth: ln(1 + 2/2); half of that in the other domain
    assert mind[0, :4] == pytest.approx([math.log(2)] * 4)
    assert mind[0, 4:] == pytest.approx([math.log(2) / 2] * 4)


def test_a_task_out_of_reach_teaches_little() -> None:
    student = SkillsSettings(start=-1.0, narrowness=3.0)(GRID, 0.5)
    near, far = (taught(student, student.begin(1, 1), asked(tier))[0, 0] for tier in (1, 5))
    assert near > far + 0.02


def test_what_is_not_rehearsed_fades_by_its_share() -> None:
    settings = LevelSettings(start=0.0, spill=0.0, forgetting=0.25, rate=1.0)
    student = settings(GRID, 0.5)
    mind = student.begin(1, 1) + 1.0
    after = taught(student, mind, asked(5)).reshape(2, 4, 5)
    assert after[0, :, :4] == pytest.approx(np.full((4, 4), 0.75))
    assert (after[0, :, 4] > 0.75).all()


def test_a_closed_level_teaches_nothing_and_opens_once_the_one_below_is_mastered() -> None:
    settings = PrerequisiteSettings(start=0.0, opening=0.6, crowding=1.0)
    student = settings(GRID, 0.5)
    mind = taught(student, student.begin(1, 1), asked(2))
    assert not mind.any()
    mind = taught(student, mind, asked(1))
    assert mind.reshape(2, 4, 5)[0, :, 0] == pytest.approx([1 - math.exp(-1)] * 4)
    mind = taught(student, mind, asked(2)).reshape(2, 4, 5)
    assert mind[0, :, 1] == pytest.approx([1 - math.exp(-1)] * 4)
    assert not mind[1].any()


def test_the_mock_gains_by_the_share_of_fitting_clips() -> None:
    student = MockSettings(start=-1.0, step=0.5, reach=0.5)(GRID, 0.5)
    mind = taught(student, student.begin(1, 4), asked(1, 2, 3, 5))
    # difficulties -1, -0.5, 0 and 1: two of four within 0.5 of -1
    assert mind[0, 0] == pytest.approx(-0.75)
