"""A time limit that holds: libraries limit each read, and a server that drips outlives them all."""

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import TypeVar

Result = TypeVar("Result")


def within(seconds: float, call: Callable[[], Result]) -> Result:
    """Return what a call returns, or raise what it raises, unless it takes too long.

    A call that does is left to itself in its thread, which ends with the connection and keeps no
    process alive.

    Args:
        seconds: How long it may take [s].
        call: What to do.

    Raises:
        TimeoutError: It took longer.
    """
    outcome: SimpleQueue[tuple[Result | None, BaseException | None]] = SimpleQueue()

    def work() -> None:
        try:
            outcome.put((call(), None))
        except BaseException as error:
            outcome.put((None, error))

    threading.Thread(target=work, daemon=True, name="claims-env chat").start()
    try:
        result, error = outcome.get(timeout=max(seconds, 0.0))
    except Empty:
        raise TimeoutError from None
    if error is not None:
        raise error
    return result  # type: ignore[return-value]  # without an error there is a result
