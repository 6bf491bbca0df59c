"""A process of its own that plays the cells it is sent, and the other end of its line."""

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection

from claims_env.benchmark.cell import Cell
from claims_env.benchmark.played import Played, Work
from claims_env.errors import BenchmarkError

ONE_THREAD = {
    name: "1"
    for name in (
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "NUMEXPR_NUM_THREADS",
    )
}
"""Workers share the cores by themselves; their libraries must not each take them all."""

_PATIENCE_S = 5.0


class WorkerProcess:
    """A process that plays cells, started anew rather than forked: threads do not survive a fork.

    Args:
        work: Plays one cell.
    """

    def __init__(self, work: Work) -> None:
        context = get_context("spawn")
        self.line, far_end = context.Pipe()
        self._process = context.Process(target=_serve, args=(far_end, work))
        with _one_thread_each():
            self._process.start()
        far_end.close()
        self.pending: list[Cell] = []
        self.is_ready = False

    @property
    def pid(self) -> int | None:
        """The number of the process."""
        return self._process.pid

    def send(self, cells: Sequence[Cell]) -> None:
        """Give it cells to play; a dead worker shows when it is listened to."""
        self.pending = list(cells)
        with suppress(OSError):
            self.line.send(tuple(cells))

    def hear(self) -> Played | None:
        """Return a cell it has played, or None where it only says that it is ready.

        Raises:
            EOFError: It is dead.
            BenchmarkError: It died before it could begin.
        """
        try:
            said = self.line.recv()
        except (EOFError, OSError):
            self._process.join()
            if not self.is_ready:
                raise BenchmarkError(
                    "A worker process died before it could begin (exit status "
                    f"{self._process.exitcode}). What it wrote is above; --backend serial shows "
                    "more."
                ) from None
            raise EOFError from None
        self.is_ready = True
        if not isinstance(said, Played):
            return None
        self.pending.remove(said.cell)
        return said

    def end(self) -> None:
        """Stop it, whatever it is doing."""
        self.line.close()
        self._process.terminate()
        self._process.join(_PATIENCE_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def _serve(line: Connection, work: Work) -> None:
    # Ctrl-C reaches every process of a terminal; the one that deals the cells decides what it means
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # the second one is for a signal that comes while the first is being left
    over = (EOFError, BrokenPipeError, ConnectionResetError, KeyboardInterrupt)
    with suppress(KeyboardInterrupt), suppress(*over):
        line.send("ready")
        while True:
            for cell in line.recv():
                line.send(work(cell))


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Let processes that start meanwhile compute in one thread."""
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(ONE_THREAD)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
