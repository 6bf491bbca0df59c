"""What stays learned, by hand: what is tracked once, lost later, and new before training."""

from collections.abc import Sequence

import pytest
from toys import LOST, TRACKED, ForgetfulTracker, Toy

from claims_env.retention import once_tracked, retained
from claims_env.rounds import Round
from claims_env.tracker import TrackedClip


def clips(**outcomes: bool) -> list[TrackedClip]:
    return [TrackedClip(name, TRACKED if won else LOST) for name, won in outcomes.items()]


def play(toy: Toy, rounds: int = 3, memory: int = 5) -> Sequence[Round]:
    env = toy.env(sets=4, rounds=rounds, tracker=ForgetfulTracker(memory))
    env.reset(seed=0)
    for _ in range(rounds - 1):
        env.step(env.action_space.sample())
    return env.rounds


def test_a_clip_is_forgotten_if_it_was_tracked_before_and_is_lost_now() -> None:
    seen = retained([clips(a=True, b=False, c=False), clips(d=True)], once=["a", "c"])
    assert [metrics.success_rate for metrics in seen.by_round] == [pytest.approx(1 / 3), 1.0]
    assert seen.tracked == ("a", "d")
    assert seen.forgotten == ("c",)
    assert seen.once == 2


def test_what_was_never_tracked_cannot_be_forgotten() -> None:
    seen = retained([clips(a=False, b=False)], once=[])
    assert (seen.tracked, seen.forgotten, seen.once) == ((), (), 0)


def test_a_clip_found_again_counts_as_forgotten_when_it_is_lost_again() -> None:
    first = retained([clips(a=False)], once=[])
    second = retained([clips(a=True), clips(b=True)], once_tracked([first]))
    third = retained([clips(a=False), clips(b=True)], once_tracked([first, second]))
    assert second.forgotten == ()
    assert third.forgotten == ("a",)
    assert once_tracked([first, None, second, third]) == {"a", "b"}


def test_each_round_is_measured_on_the_clips_of_every_round_before_it(toy: Toy) -> None:
    kept = [played.retention for played in play(toy)]
    rates = [[m.success_rate for m in seen.by_round] for seen in kept if seen]
    assert rates == [[1.0], [0.25, 1.0], [0.0, 0.25, 1.0]]


def test_a_tracker_that_remembers_five_clips_forgets_the_others(toy: Toy) -> None:
    first, second, third = (played.retention for played in play(toy))
    assert first is not None and second is not None and third is not None
    assert first.forgotten == ()
    assert second.forgotten == ("r000_s000", "r000_s001", "r000_s002")
    assert (len(third.forgotten), third.once) == (7, 8)


def test_what_is_measured_by_round_is_what_the_corpus_comes_to(toy: Toy) -> None:
    for played in play(toy):
        assert played.retention is not None
        by_round = played.retention.by_round
        won = sum(m.clips * m.success_rate for m in by_round)
        assert sum(m.clips for m in by_round) == played.corpus.clips
        assert won == pytest.approx(played.corpus.clips * played.corpus.success_rate)
        assert by_round[-1] == played.trained


def test_new_clips_are_tried_before_they_are_trained_on(toy: Toy) -> None:
    for played in play(toy):
        assert played.before is not None
        assert (played.before.clips, played.before.success_rate) == (4, 0.0)
        assert played.trained.success_rate == 1.0
        assert [s.before for s in played.kept] == [LOST] * 4


def test_only_clips_that_are_kept_are_tried(toy: Toy) -> None:
    toy.refuse = {"r001_s002"}
    played = play(toy, rounds=2)[1]
    assert played.sets[2].before is None
    assert played.before is not None and played.before.clips == 3
    assert played.retention is not None
    assert [m.clips for m in played.retention.by_round] == [4, 3]
