"""Plays cells as tasks of Ray, on this computer or on a cluster."""

import importlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from claims_env.benchmark.backend import ATTEMPTS, chunks
from claims_env.benchmark.cell import Cell
from claims_env.benchmark.packed_work import PackedWork
from claims_env.benchmark.played import Played, Work
from claims_env.benchmark.worker_process import ONE_THREAD
from claims_env.errors import BenchmarkError, MissingDependency


@dataclass(frozen=True, slots=True)
class RayTasks:
    """See `Backend`; what a dead worker or a lost node leaves behind is played again.

    Attributes:
        workers: Cores to start Ray with on this computer; on a cluster, how many tasks are under
            way at a time.
        address: Of a running cluster, such as 'auto'; empty starts Ray here for a while.
        name: What it is called.
    """

    workers: int
    address: str = ""
    name: str = "ray"

    def play(self, work: Work, cells: Sequence[Cell], lost: Work) -> Iterator[Played]:
        """See `Backend`.

        Raises:
            MissingDependency: Ray is not installed.
            BenchmarkError: The cluster cannot be reached.
        """
        ray = _ray()
        with self._connected(ray):
            task = ray.remote(num_cpus=1, max_retries=0)(_play_chunk)
            packed = ray.put(PackedWork.of(work))
            waiting, deaths = chunks(cells, self.workers), Counter[Cell]()
            running: dict[Any, tuple[Cell, ...]] = {}
            while waiting or running:
                while waiting and len(running) < 2 * self.workers:
                    chunk = waiting.pop(0)
                    running[task.remote(packed, chunk)] = chunk
                (done,), _ = ray.wait(list(running), num_returns=1)
                chunk = running.pop(done)
                try:
                    yield from ray.get(done)
                except ray.exceptions.RayTaskError:
                    raise
                except ray.exceptions.RayError:
                    for hopeless in _take_back(chunk, waiting, deaths):
                        yield lost(hopeless)

    @contextmanager
    def _connected(self, ray: Any) -> Iterator[None]:
        if ray.is_initialized():
            yield
            return
        try:
            ray.init(**self._terms())
        except (ConnectionError, RuntimeError) as error:
            raise BenchmarkError(
                f"Ray cannot be reached at '{self.address}': {error}. Start it with `ray start "
                "--head`, or leave out --ray-address to start one here."
            ) from error
        try:
            yield
        finally:
            ray.shutdown()

    def _terms(self) -> dict[str, Any]:
        here = {"num_cpus": self.workers, "include_dashboard": False}
        where = {"address": self.address} if self.address else here
        return {"runtime_env": {"env_vars": ONE_THREAD}, "log_to_driver": False, **where}


def _take_back(
    chunk: Sequence[Cell], waiting: list[tuple[Cell, ...]], deaths: Counter[Cell]
) -> list[Cell]:
    """Deal a lost chunk anew, cell by cell; returns the cell that is beyond hope, if there is one.

    Which cell of several took the worker down is not known, so that they are only parted.
    """
    if len(chunk) == 1:
        deaths[chunk[0]] += 1
        if deaths[chunk[0]] >= ATTEMPTS:
            return [chunk[0]]
    waiting[:0] = [(cell,) for cell in chunk]
    return []


def _play_chunk(packed: PackedWork, chunk: Sequence[Cell]) -> list[Played]:
    work = packed.unpacked()
    return [work(cell) for cell in chunk]


def _ray() -> Any:
    try:
        importlib.import_module("ray.exceptions")
        return importlib.import_module("ray")
    except ImportError:
        raise MissingDependency("ray", "--backend ray", "pip install 'claims-env[scale]'") from None
