"""What can be set about the embedded tracker; importing it loads neither mujoco nor torch."""

import os
from dataclasses import dataclass
from typing import Any, Literal

from claims_env.errors import ConfigError

Device = Literal["cpu", "cuda"]
Precision = Literal["auto", "bfloat16", "float32"]


def table9(workers: int) -> dict[str, Any]:
    """Return the settings of the paper's Table 9 (PHC), for that many workers (0: every core).

    Its 1024 environments are shared out among the workers. The discount is the paper's 0.98, where
    PHC's own configuration (`im_big.yaml`) has 0.99; horizon, minibatch and epochs are PHC's, since
    the table leaves them out. Network, reward and body stay this tracker's own.
    """
    workers = workers or cores()
    return {
        "learning_rate": 2e-5,
        "target_kl": 0.0,
        "gamma": 0.98,
        "gae_lambda": 0.95,
        "clip": 0.2,
        "environments": max(1, 1024 // workers),
        "horizon": 32,
        "minibatch": max(1, 16384 // workers),
        "epochs": 6,
    }


@dataclass(frozen=True, slots=True)
class MujocoSettings:
    """How the embedded tracker simulates and learns.

    The defaults of the learning rule are those the shipped base was trained with: its value
    function knows this discount and no other.
    """

    body: str = "lite"
    """Humanoid to simulate: 'lite' has 13 moving bodies and 28 actuated degrees of freedom, 'full'
    24 and 69; or the path of an MJCF file (.xml) of your own, such as PHC's."""

    base: str = "shipped"
    """Checkpoint to start from: the one that comes with the package (where body and layer sizes are
    its own), a file's path, or 'none' for networks that know nothing."""

    teacher: Literal["none", "planner"] = "none"
    """Who shows new clips before they are practised: nobody, or a planner (see `planning`)."""

    device: Device = "cpu"
    """Where the physics runs: MuJoCo on the processor, or mujoco_warp on an NVIDIA card."""

    precision: Precision = "auto"
    """Numbers of the hidden layers: bfloat16 where the processor is fast at it (auto), or always or
    never. Another choice is another run."""

    workers: int = 0
    """Processes that sample and learn together, one core each; 0 takes every core there is."""

    environments: int = 512
    """Humanoids simulated side by side in each worker."""

    horizon: int = 16
    """Control steps each humanoid takes between two updates of the policy."""

    assist: float = 0.0
    """Most force that may help at the root, as a fraction of body weight; 0 is honest physics. It
    comes with at most that force times 0.4 m of torque. A result with assist is named so."""

    practice_assist: float = 0.35
    """Help a new clip gets at first while it is practised; it falls to `assist` by itself as the
    clip is mastered. Below `assist` it means `assist`."""

    replay: float = 0.3
    """Share of practice on clips of earlier training stages, against forgetting them."""

    mastered: float = 1.0
    """Share of practice episodes that must succeed, at the least help and on every clip, for
    training to end early; 1 never ends it early."""

    hidden: tuple[int, ...] = (384, 256)
    """Units of each hidden layer, of the policy and of the value network alike."""

    learning_rate: float | None = None
    """Step size of Adam at the start; it adapts to `target_kl`. Nothing: what the checkpoint it
    starts from ended with, or else 0.001."""

    target_kl: float = 0.03
    """How far one update may move the policy [nat]; the learning rate follows it. 0 keeps the
    learning rate as it is."""

    clip: float = 0.2
    """How far an action's probability may change before the update loses interest in it."""

    gamma: float = 0.95
    """Discount per control step of 1/30 s; 0.95 looks about 0.7 s ahead."""

    gae_lambda: float = 0.95
    """Decay of the generalised advantage estimate."""

    epochs: int = 2
    """Passes over each worker's samples per update."""

    minibatch: int = 2048
    """Samples of each worker per gradient step."""

    action_std: float = 0.2
    """Standard deviation of the exploration at the start, in units of the action."""

    def __post_init__(self) -> None:
        known = self.body in ("lite", "full") or self.body.endswith(".xml")
        _require(known, "body", f"'{self.body}'", "lite, full, or the path of an MJCF file (.xml)")
        for name in ("environments", "horizon", "epochs", "minibatch"):
            _require(getattr(self, name) >= 1, name, getattr(self, name), "at least 1")
        _require(self.workers >= 0, "workers", self.workers, "0 (every core) or more")
        for name in ("assist", "practice_assist", "replay", "mastered"):
            _require(0 <= getattr(self, name) <= 1, name, getattr(self, name), "from 0 to 1")
        _require(0 <= self.gamma < 1, "gamma", self.gamma, "from 0 to below 1")
        _require(0 <= self.gae_lambda <= 1, "gae_lambda", self.gae_lambda, "from 0 to 1")
        _require(self.target_kl >= 0, "target_kl", self.target_kl, "0 or more")
        rate = self.learning_rate
        _require(rate is None or rate > 0, "learning_rate", rate, "positive, or nothing")
        for name in ("clip", "action_std"):
            _require(getattr(self, name) > 0, name, getattr(self, name), "positive")
        _require(all(n >= 1 for n in self.hidden), "hidden", self.hidden, "positive layer sizes")


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1  # macOS and Windows cannot say


def _require(holds: bool, name: str, value: object, expected: str) -> None:
    if not holds:
        raise ConfigError(f"{name} is {value}. Expected {expected}.")
