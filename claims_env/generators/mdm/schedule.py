"""How much noise a motion carries at each step of the diffusion, and how a step back is taken."""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from claims_env.errors import ConfigError

Weights = npt.NDArray[np.float64]

_OFFSET, _LARGEST = 0.008, 0.999
"""Nichol & Dhariwal 2021, Sec. 3.2: keeps the first steps noisy enough, and the last below one."""


@dataclass(frozen=True, slots=True, eq=False)
class Schedule:
    """The numbers of a diffusion, one per step, float64; step 0 is almost clean.

    Attributes:
        betas: Variance of the noise that a step adds.
        alphas_cumprod: Share of the clean motion's variance that is left.
        clean_weight: What the clean motion counts in the mean of the step back.
        noisy_weight: What the noisy motion counts there.
        log_variance: Logarithm of the variance of the step back; at step 0, where it is zero and
            no noise is added, that of step 1.
    """

    betas: Weights
    alphas_cumprod: Weights
    clean_weight: Weights
    noisy_weight: Weights
    log_variance: Weights

    @classmethod
    def cosine(cls, steps: int) -> "Schedule":
        """Return the cosine schedule (Nichol & Dhariwal 2021, Eq. 17), which MDM uses.

        Raises:
            ConfigError: Fewer than two steps.
        """
        if steps < 2:
            raise ConfigError(f"A diffusion of {steps} step(s): at least 2 are needed.")
        left = [_share_left(step / steps) for step in range(steps + 1)]
        betas = [min(1 - after / before, _LARGEST) for before, after in pairwise(left)]
        return cls.of(np.array(betas))

    @classmethod
    def of(cls, betas: Weights) -> "Schedule":
        """Return the schedule of given variances (Ho et al. 2020, Eq. 7, the posterior)."""
        alphas = 1 - betas
        left: Weights = np.cumprod(alphas, dtype=np.float64)
        before = np.append(1.0, left[:-1])
        variance = betas * (1 - before) / (1 - left)
        variance[0] = variance[1]
        return cls(
            betas=betas,
            alphas_cumprod=left,
            clean_weight=betas * np.sqrt(before) / (1 - left),
            noisy_weight=(1 - before) * np.sqrt(alphas) / (1 - left),
            log_variance=np.log(variance),
        )

    @property
    def steps(self) -> int:
        """How many steps there are."""
        return len(self.betas)

    def noised(self, clean: Tensor, noise: Tensor, step: Tensor) -> Tensor:
        """Return motions as noisy as their step says (Ho et al. 2020, Eq. 4).

        Args:
            clean: Shape (batch, frames, features).
            noise: Standard normal, of the same shape.
            step: Shape (batch,), int64.
        """
        left = torch.from_numpy(self.alphas_cumprod)
        clean_share = left.sqrt().to(clean)[step].view(-1, 1, 1)
        noise_share = (1 - left).sqrt().to(clean)[step].view(-1, 1, 1)
        return clean_share * clean + noise_share * noise

    def step_back(self, clean: Tensor, noisy: Tensor, noise: Tensor, step: int) -> Tensor:
        """Return the motion one step less noisy, given a prediction of the clean one.

        Args:
            clean: The prediction, shape (batch, frames, features).
            noisy: The motion at `step`, of the same shape.
            noise: Standard normal, of the same shape; goes unused at step 0.
            step: Which step is left.
        """
        mean = clean * float(self.clean_weight[step]) + noisy * float(self.noisy_weight[step])
        if step == 0:
            return mean
        return mean.add_(noise, alpha=math.exp(0.5 * float(self.log_variance[step])))


def _share_left(way: float) -> float:
    """Return the share of variance left after a share `way` of all steps."""
    return math.cos((way + _OFFSET) / (1 + _OFFSET) * math.pi / 2) ** 2
