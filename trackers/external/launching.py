"""How a configuration has a worker started, and how long it is waited for."""

import shlex

from claims_env.errors import ConfigError
from claims_env.external_config import ExternalConfig, interpreter
from claims_env.worker import Limits
from claims_env.worker_command import Launch

_SILENCE = 900.0
"""How long a worker may be busy with files without a heartbeat [s]; while its program runs, it
sends one every few seconds."""


def launch_of(config: ExternalConfig, tracker: str) -> Launch:
    """Return how a tracker's worker is started.

    Raises:
        ConfigError: No interpreter is named.
    """
    if not config.python:
        raise ConfigError(
            f"{tracker} needs a Python of its own. Name its interpreter with --external.python."
        )
    gpu = config.gpu
    return Launch(
        python=interpreter(config),
        prefix=tuple(shlex.split(config.prefix)),
        environment={} if gpu is None else {"CUDA_VISIBLE_DEVICES": str(gpu)},
    )


def limits_of(config: ExternalConfig, seconds: float | None) -> Limits:
    """Return how long a job is waited for; `seconds` limits this one's time, too [s]."""
    hours = None if config.hours is None else config.hours * 3600
    limits = [limit for limit in (hours, seconds) if limit is not None]
    return Limits(
        start=config.start_seconds,
        heartbeat=_SILENCE,
        total=min(limits, default=None),
        # a worker has three signals to give, and then a checkpoint to hand over
        patience=60.0 + 3 * config.grace_seconds,
    )
