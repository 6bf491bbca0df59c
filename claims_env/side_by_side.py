"""Work done by several threads at once, with results that keep their places."""

import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import TypeVar

Result = TypeVar("Result")


def side_by_side(work: Callable[[int], Result], count: int, workers: int) -> Iterator[Result]:
    """Yield work(0), work(1), ... in this order while several threads are at it.

    What work raises is raised in its place. When the caller stops early, by an error or Ctrl-C, no
    further work is begun, and nobody waits for what is under way.

    Args:
        work: Done once for each number, in any order; must be safe to call from several threads.
        count: How often.
        workers: Most threads.
    """
    futures: list[Future[Result]] = [Future() for _ in range(count)]
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    for index in range(count):
        waiting.put(index)
    stopped = threading.Event()

    def labour() -> None:
        while not stopped.is_set():
            try:
                index = waiting.get_nowait()
            except queue.Empty:
                return
            _settle(futures[index], work, index)

    # not an executor: the interpreter waits for an executor's threads before it ends
    for _ in range(min(workers, count)):
        threading.Thread(target=labour, daemon=True).start()
    try:
        for future in futures:
            yield future.result()
    finally:
        stopped.set()


def _settle(future: Future[Result], work: Callable[[int], Result], index: int) -> None:
    try:
        future.set_result(work(index))
    except BaseException as error:  # handed to whoever waits for this result
        future.set_exception(error)
