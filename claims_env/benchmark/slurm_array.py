"""Plays cells as job arrays of SLURM."""

import importlib
import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from claims_env.benchmark.backend import ATTEMPTS, chunks
from claims_env.benchmark.cell import Cell
from claims_env.benchmark.packed_work import PackedWork
from claims_env.benchmark.played import Played, Work
from claims_env.benchmark.row import row_of
from claims_env.durable_file import append_line
from claims_env.errors import ConfigError, MissingDependency
from claims_env.records import to_json

PARTS = "parts"
"""Where jobs leave what they played, so that it is there even if nobody waits for them."""


@dataclass(frozen=True, slots=True)
class SlurmArray:
    """See `Backend`; a cell whose job ends without it (time limit, lost node) is played again.

    Jobs write what they have played into the folder, which all nodes must share. What an earlier
    start left there is taken up, not played again. Ctrl-C cancels the jobs.

    Attributes:
        folder: Of the benchmark.
        workers: Jobs at a time.
        settings: For submitit, such as timeout_min or slurm_partition.
        cluster: 'slurm', or 'local' for processes of this computer.
        poll_s: How often the jobs are looked at [s].
        name: What it is called.
    """

    folder: Path
    workers: int
    settings: Mapping[str, Any] = field(default_factory=dict[str, Any])
    cluster: str = "slurm"
    poll_s: float = 2.0
    name: str = "slurm"

    def play(self, work: Work, cells: Sequence[Cell], lost: Work) -> Iterator[Played]:
        """See `Backend`.

        Raises:
            MissingDependency: submitit is not installed.
        """
        executor = self._executor()
        parts = self.folder / "slurm" / PARTS
        parts.mkdir(parents=True, exist_ok=True)
        inbox, deaths = _Inbox(parts, set(cells)), Counter[Cell]()
        yield from inbox.news()
        while inbox.awaited:
            open_cells = [cell for cell in cells if cell in inbox.awaited]
            yield from self._submitted(executor, work, open_cells, inbox)
            deaths.update(inbox.awaited)
            for cell in [c for c in cells if c in inbox.awaited and deaths[c] >= ATTEMPTS]:
                inbox.awaited.discard(cell)
                yield lost(cell)

    def _submitted(
        self, executor: Any, work: Work, cells: Sequence[Cell], inbox: "_Inbox"
    ) -> Iterator[Played]:
        """Submit cells as one array, and yield what comes until every job has ended."""
        dealt = chunks(cells, self.workers)
        portions = [
            Portion(
                PackedWork.of(work), chunk, inbox.folder / f"{inbox.free_number()}-{place}.jsonl"
            )
            for place, chunk in enumerate(dealt)
        ]
        jobs = executor.map_array(_play_portion, portions)
        try:
            while not all(job.done() for job in jobs):
                yield from inbox.news()
                time.sleep(self.poll_s)
        except BaseException:
            for job in jobs:
                job.cancel()
            raise
        yield from inbox.news()

    def _executor(self) -> Any:
        try:
            submitit = importlib.import_module("submitit")
        except ImportError:
            raise MissingDependency(
                "submitit", "--backend slurm", "pip install 'claims-env[slurm]'"
            ) from None
        made = submitit.AutoExecutor(folder=self.folder / "slurm" / "%j", cluster=self.cluster)
        array = {"slurm_array_parallelism": self.workers, "cpus_per_task": 1, "timeout_min": 60}
        made.update_parameters(**{**array, **self.settings})
        return made


@dataclass(frozen=True, slots=True)
class Portion:
    """What one job of an array plays.

    Attributes:
        work: Plays one cell.
        cells: Which ones.
        path: Where it writes them down.
    """

    work: PackedWork
    cells: tuple[Cell, ...]
    path: Path


def _play_portion(portion: Portion) -> None:
    work = portion.work.unpacked()
    for cell in portion.cells:
        played = work(cell)
        clock = {"seconds": played.seconds, "deciding_s": played.deciding_s}
        append_line(portion.path, json.dumps({**clock, "row": to_json(played.row)}))


class _Inbox:
    """What jobs have left, each cell handed on once."""

    def __init__(self, folder: Path, awaited: set[Cell]) -> None:
        self.folder, self.awaited = folder, awaited
        self._read: dict[Path, int] = {}

    def free_number(self) -> int:
        """Return a number no submission has had."""
        taken = [int(path.name.partition("-")[0]) for path in self.folder.glob("*-*.jsonl")]
        return max(taken, default=-1) + 1

    def news(self) -> Iterator[Played]:
        for path in sorted(self.folder.glob("*-*.jsonl")):
            with path.open("rb") as file:
                file.seek(self._read.get(path, 0))
                fresh = file.read()
            whole = fresh[: fresh.rfind(b"\n") + 1]
            self._read[path] = self._read.get(path, 0) + len(whole)
            for played in filter(None, map(_heard, whole.splitlines())):
                if played.cell in self.awaited:
                    self.awaited.discard(played.cell)
                    yield played


def _heard(line: bytes) -> Played | None:
    """Return what a job wrote, or None of a line it could not finish: its cell is played again."""
    try:
        said = json.loads(line)
        row = row_of(json.dumps(said["row"]), "a job's line")
        return Played(row, float(said["seconds"]), float(said["deciding_s"]))
    except (ValueError, KeyError, TypeError, ConfigError):
        return None
