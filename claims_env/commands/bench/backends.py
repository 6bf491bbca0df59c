"""The backends by name, made as the flags say."""

import os

from claims_env.benchmark.asked_part import read_part
from claims_env.benchmark.backend import Backend
from claims_env.benchmark.processes import Processes
from claims_env.benchmark.ray_tasks import RayTasks
from claims_env.benchmark.serial import Serial
from claims_env.benchmark.slurm_array import SlurmArray
from claims_env.commands.bench.flags import BenchFlags


def backend_of(flags: BenchFlags) -> Backend:
    """Return who plays the cells.

    Raises:
        ConfigError: What is told about it cannot be read.
    """
    workers = flags.workers or len(os.sched_getaffinity(0))
    if flags.backend == "serial":
        return Serial()
    if flags.backend == "process":
        return Processes(workers)
    if flags.backend == "ray":
        return RayTasks(workers, flags.ray_address)
    settings = dict(read_part(f"slurm[{flags.slurm}]").settings)
    cluster = str(settings.pop("cluster", "slurm"))
    return SlurmArray(flags.out.absolute(), flags.workers or 100, settings, cluster)
