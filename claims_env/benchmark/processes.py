"""Plays cells in several processes of this computer."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import wait

from claims_env.benchmark.backend import ATTEMPTS, chunks
from claims_env.benchmark.cell import Cell
from claims_env.benchmark.played import Played, Work
from claims_env.benchmark.worker_process import WorkerProcess


@dataclass(frozen=True, slots=True)
class Processes:
    """See `Backend`; a worker that dies is replaced, and the cell it was at is played again.

    Attributes:
        workers: How many processes.
        name: What it is called.
    """

    workers: int
    name: str = "process"

    def play(self, work: Work, cells: Sequence[Cell], lost: Work) -> Iterator[Played]:
        """See `Backend`."""
        count = min(self.workers, len(cells))
        deal = _Deal(chunks(cells, count) if cells else [])
        crew = [WorkerProcess(work) for _ in range(count)]
        try:
            for worker in crew:
                worker.send(deal.next())
            while any(worker.pending for worker in crew):
                for line in wait([w.line for w in crew if w.pending or not w.is_ready]):
                    place = next(i for i, w in enumerate(crew) if w.line is line)
                    yield from _hear(crew, place, deal, work, lost)
        finally:
            for worker in crew:
                worker.end()


@dataclass(slots=True)
class _Deal:
    """What is still to be handed out, and how often each cell took its worker down."""

    waiting: list[tuple[Cell, ...]]
    deaths: Counter[Cell] = field(default_factory=Counter[Cell])

    def next(self) -> tuple[Cell, ...]:
        return self.waiting.pop(0) if self.waiting else ()

    def take_back(self, pending: Sequence[Cell]) -> Cell | None:
        """Take back what a dead worker leaves; returns the cell it was at if that is hopeless."""
        guilty, *innocent = pending
        self.deaths[guilty] += 1
        if innocent:
            self.waiting.insert(0, tuple(innocent))
        if self.deaths[guilty] >= ATTEMPTS:
            return guilty
        self.waiting.append((guilty,))
        return None


def _hear(
    crew: list[WorkerProcess], place: int, deal: _Deal, work: Work, lost: Work
) -> Iterator[Played]:
    """Yield what a worker has played, or replace it if it is dead; then give it more to do."""
    worker = crew[place]
    try:
        said = worker.hear()
    except EOFError:
        worker.end()
        crew[place] = WorkerProcess(work)
        if worker.pending and (hopeless := deal.take_back(worker.pending)):
            yield lost(hopeless)
    else:
        if said is not None:
            yield said
    _employ(crew, deal)


def _employ(crew: Sequence[WorkerProcess], deal: _Deal) -> None:
    """Give cells to everybody who has none: a cell of a dead worker may come late."""
    for worker in crew:
        if not worker.pending and deal.waiting:
            worker.send(deal.next())
