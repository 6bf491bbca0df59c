"""How workers agree on numbers: the mean over all of them, the same bytes in each."""

from multiprocessing.connection import Connection
from typing import Any, Protocol

import numpy as np

from claims_env.errors import TrackerFailed
from claims_env.rotation import Floats


class Collective(Protocol):
    """A group of workers that do the same with different samples."""

    @property
    def rank(self) -> int:
        """This worker's number; 0 leads."""
        ...

    @property
    def size(self) -> int:
        """How many workers there are."""
        ...

    def average(self, vector: Floats) -> None:
        """Replace the vector by its mean over all workers; each must call, with the same length."""
        ...


class Alone:
    """See `Collective`; the only worker."""

    rank, size = 0, 1

    def average(self, vector: Floats) -> None:
        """See `Collective`."""


class Leader:
    """See `Collective`; the worker the others report to.

    Numbers travel through shared memory, one row per worker; pipes say when a row is ready. A pipe
    also ends when the process behind it does, so a crash is noticed at once and nothing is locked.

    Args:
        rows: Shared memory, shape (workers, longest vector).
        pipes: One to each follower.
    """

    rank = 0

    def __init__(self, rows: Floats, pipes: list[Connection]) -> None:
        self._rows, self._pipes = rows, pipes
        self.size = len(rows)

    def average(self, vector: Floats) -> None:
        """See `Collective`.

        Raises:
            TrackerFailed: A follower broke down.
        """
        for number, pipe in enumerate(self._pipes, start=1):
            _hear(pipe, number)
        for row in self._rows[1:, : len(vector)]:
            vector += row
        vector /= self.size
        self._rows[0, : len(vector)] = vector
        for number, pipe in enumerate(self._pipes, start=1):
            _tell(pipe, number)


class Follower:
    """See `Collective`; a worker that reports to the leader.

    Args:
        rank: Its number, from 1.
        rows: Shared memory, shape (workers, longest vector).
        pipe: To the leader.
    """

    def __init__(self, rank: int, rows: Floats, pipe: Connection) -> None:
        self.rank, self.size = rank, len(rows)
        self._rows, self._pipe = rows, pipe

    def average(self, vector: Floats) -> None:
        """See `Collective`.

        Raises:
            EOFError: The leader is gone.
        """
        self._rows[self.rank, : len(vector)] = vector
        self._pipe.send(None)
        self._pipe.recv()
        vector[:] = self._rows[0, : len(vector)]


def rows_in(memory: Any, workers: int) -> Floats:
    """Return shared memory as an array of one row per worker."""
    return np.frombuffer(memory, np.float32).reshape(workers, -1)


def _hear(pipe: Connection, number: int) -> None:
    """Wait for a follower's row; what comes instead of None is the traceback it died with."""
    try:
        trouble = pipe.recv()
    except (EOFError, OSError):
        raise _gone(number) from None
    if trouble is not None:
        raise TrackerFailed(f"Worker {number} of the mujoco tracker broke down:\n{trouble}")


def _tell(pipe: Connection, number: int) -> None:
    try:
        pipe.send(None)
    except OSError:
        raise _gone(number) from None


def _gone(number: int) -> TrackerFailed:
    return TrackerFailed(
        f"Worker {number} of the mujoco tracker was killed from outside, perhaps for lack of "
        "memory. Set fewer workers or environments, and resume."
    )
