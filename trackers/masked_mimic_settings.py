"""What MaskedMimic may be told, and what ProtoMotions demands, checked before hours are spent.

Sources: ProtoMotions' `base_agent/config.py` (32 steps of each environment in an iteration) and
`agents/utils/data.py`, whose assertion about whole minibatches says nothing but two numbers.
"""

from dataclasses import dataclass
from typing import Literal

from claims_env.errors import ConfigError
from claims_env.external_config import ExternalConfig
from claims_env.trackers.masked_mimic_table10 import BATCH_SIZE

STEPS = 32
"""Control steps of each environment in an iteration (num_steps)."""

_RIGID = ("agent.num_steps", "agent.batch_size", "simulator.num_envs")
"""Settings of ProtoMotions that the count of samples rests on."""


@dataclass(frozen=True, slots=True)
class MaskedMimicSettings:
    """Further settings of MaskedMimic.

    Attributes:
        stage: Who is trained and shown: 'tracker', the full-body tracker, the paper's MaskedMimic
            (FC); or 'masked', which it then teaches.
        simulator: Where: isaacgym, isaaclab or newton, all at 30 Hz.
        batch_size: Samples of a minibatch; environments x 32 must hold whole ones.
        distillation: Share of a round's iterations in which 'masked' is taught, above 0 to 1; its
            teacher is trained in the others.
        preset: 'table10' names the paper's hyperparameters one by one; 'default' leaves them to
            ProtoMotions, where they are the same in version 3 (see `masked_mimic_table10`).

    Raises:
        ConfigError: A number is out of its range.
    """

    stage: Literal["tracker", "masked"] = "tracker"
    simulator: Literal["isaacgym", "isaaclab", "newton"] = "isaacgym"
    batch_size: int = BATCH_SIZE
    distillation: float = 0.5
    preset: Literal["default", "table10"] = "default"

    def __post_init__(self) -> None:
        size, share = self.batch_size, self.distillation
        if size < STEPS or size % STEPS:
            raise ConfigError(
                f"'tracker.options.batch_size' is {size}. Expected a multiple of {STEPS}."
            )
        if not 0 < share <= 1:
            raise ConfigError(
                f"'tracker.options.distillation' is {share}. Expected above 0, and 1 at most."
            )


def check(external: ExternalConfig, settings: MaskedMimicSettings) -> None:
    """Refuse environments that do not fill whole minibatches, and overrides that cannot work.

    Raises:
        ConfigError: There are some.
    """
    legal, count = settings.batch_size // STEPS, external.num_envs
    if count % legal:
        below = count // legal * legal
        nearest = " or ".join(str(n) for n in (below, below + legal) if n)
        raise ConfigError(
            f"'external.num_envs' is {count}. ProtoMotions trains in whole minibatches of "
            f"{settings.batch_size} samples, {STEPS} of each environment: expected a multiple of "
            f"{legal}. The nearest: {nearest}."
        )
    for override in external.overrides:
        key, equals, _ = override.partition("=")
        if not equals or key.strip() in _RIGID:
            raise ConfigError(
                f"'external.overrides' holds '{override}'. Expected key=value, such as "
                f"agent.gamma=0.98, and none of {', '.join(_RIGID)}, which have settings of their "
                "own."
            )


def fewer_envs(num_envs: int, batch_size: int) -> int | None:
    """Return half as many environments, as a number that fills whole minibatches, if there is."""
    legal = batch_size // STEPS
    return num_envs // 2 // legal * legal or None
