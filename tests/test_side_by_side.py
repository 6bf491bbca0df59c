"""Work by several threads: results keep their places, and stopping stops."""

import threading
from collections.abc import Iterator

import pytest

from claims_env.side_by_side import side_by_side


def test_results_come_in_order_whoever_is_done_first() -> None:
    gate = threading.Event()

    def work(index: int) -> int:
        if index == 0:
            assert gate.wait(10)
        if index == 3:
            gate.set()
        return index * index

    assert list(side_by_side(work, 5, 4)) == [0, 1, 4, 9, 16]


@pytest.mark.parametrize(("count", "workers"), [(0, 4), (1, 4), (7, 1), (7, 100)])
def test_any_number_of_hands_does_any_amount_of_work_once(count: int, workers: int) -> None:
    done: list[int] = []

    def work(index: int) -> int:
        done.append(index)
        return index

    assert list(side_by_side(work, count, workers)) == list(range(count))
    assert sorted(done) == list(range(count))


def test_no_more_than_the_workers_are_at_it_at_once() -> None:
    lock, now, most = threading.Lock(), 0, 0

    def work(index: int) -> None:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        with lock:
            now -= 1

    list(side_by_side(work, 100, 3))
    assert 1 <= most <= 3


def failing(index: int) -> int:
    if index == 2:
        raise KeyError(index)
    return index


def test_an_error_is_raised_in_its_place() -> None:
    results: Iterator[int] = side_by_side(failing, 5, 2)
    assert [next(results), next(results)] == [0, 1]
    with pytest.raises(KeyError):
        next(results)


def test_nothing_is_begun_before_anybody_asks() -> None:
    begun: list[int] = []
    side_by_side(begun.append, 3, 2)
    assert begun == []
