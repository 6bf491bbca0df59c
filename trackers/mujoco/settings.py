"""What can be set about the embedded tracker; importing it loads neither mujoco nor torch."""

from dataclasses import dataclass
from typing import Literal

from claims_env.errors import ConfigError


@dataclass(frozen=True, slots=True)
class MujocoSettings:
    """How the embedded tracker simulates and learns.

    The defaults of the learning rule come from measurements at half a million steps on two CPU
    cores: so few steps reward low variance, hence the short foresight and the little noise.
    """

    body: Literal["lite"] = "lite"
    """Humanoid to simulate: 'lite' has 13 moving bodies and 28 actuated degrees of freedom."""

    workers: int = 0
    """Processes that sample and learn together, one core each; 0 takes every core there is."""

    environments: int = 256
    """Humanoids simulated side by side in each worker."""

    horizon: int = 16
    """Control steps each humanoid takes between two updates of the policy."""

    assist: float = 0.35
    """Most force that may help at the root, as a fraction of body weight; 0 is honest physics. It
    comes with at most that force times 0.4 m of torque. A result with assist is named so."""

    anneal: bool = False
    """Lower the assist during training while the humanoid fails seldom; it never rises again."""

    hidden: tuple[int, ...] = (256, 128)
    """Units of each hidden layer, of the policy and of the value network alike."""

    learning_rate: float = 1e-3
    """Step size of Adam at the start; it adapts to `target_kl`."""

    target_kl: float = 0.03
    """How far one update may move the policy [nat]; the learning rate follows it."""

    gamma: float = 0.9
    """Discount per control step of 1/30 s; 0.9 looks about 0.3 s ahead."""

    gae_lambda: float = 0.9
    """Decay of the generalised advantage estimate."""

    epochs: int = 3
    """Passes over each worker's samples per update."""

    minibatch: int = 1024
    """Samples of each worker per gradient step."""

    action_std: float = 0.15
    """Standard deviation of the exploration at the start, in units of the action."""

    def __post_init__(self) -> None:
        if self.body not in ("lite",):
            raise ConfigError(f"body is '{self.body}'. Known: lite.")
        for name in ("environments", "horizon", "epochs", "minibatch"):
            _require(getattr(self, name) >= 1, name, getattr(self, name), "at least 1")
        _require(self.workers >= 0, "workers", self.workers, "0 (every core) or more")
        _require(0 <= self.assist <= 1, "assist", self.assist, "a fraction from 0 to 1")
        _require(0 <= self.gamma < 1, "gamma", self.gamma, "from 0 to below 1")
        _require(0 <= self.gae_lambda <= 1, "gae_lambda", self.gae_lambda, "from 0 to 1")
        for name in ("learning_rate", "target_kl", "action_std"):
            _require(getattr(self, name) > 0, name, getattr(self, name), "positive")
        _require(all(n >= 1 for n in self.hidden), "hidden", self.hidden, "positive layer sizes")


def _require(holds: bool, name: str, value: object, expected: str) -> None:
    if not holds:
        raise ConfigError(f"{name} is {value}. Expected {expected}.")
