"""The networks: what to do, what a state is worth, and how observations are scaled before both.

All parameters live in one flat tensor, and so do their gradients: averaging over processes,
clipping and saving are then one operation each.
"""

import math
from itertools import pairwise

import torch
from torch import Tensor, nn

from claims_env.rotation import Floats
from claims_env.trackers.mujoco.precision import hidden_type
from claims_env.trackers.mujoco.settings import MujocoSettings

_CLIP = 5.0  # scaled observations beyond this say nothing more
_ENOUGH = 300_000  # observations after which the scaling stays as it is


class Policy:
    """A Gaussian policy, a value function and the scaling of observations.

    Args:
        observation_size: Length of an observation.
        action_size: Length of an action.
        settings: Layer sizes and the first exploration noise.
        seed: Decides the first weights.
    """

    def __init__(
        self, observation_size: int, action_size: int, settings: MujocoSettings, seed: int
    ) -> None:
        random = torch.Generator().manual_seed(seed)
        # tiny last layers: the first actions follow the reference, the first values are none
        self._actor = _network(observation_size, settings.hidden, action_size, 0.01, random)
        self._critic = _network(observation_size, settings.hidden, 1, 0.01, random)
        self.log_std = nn.Parameter(torch.full((action_size,), math.log(settings.action_std)))
        acting = [*self._actor.parameters(), self.log_std]
        self.parameters, self.gradient = _flattened([*acting, *self._critic.parameters()])
        self.acting = sum(p.numel() for p in acting)
        """How many parameters, from the first, decide actions; the others judge them."""
        self.hidden = settings.hidden
        self.hidden_type = hidden_type(settings.precision)
        """What the hidden layers compute in; parameters, actions and values are float32."""
        self.mean = torch.zeros(observation_size)
        self.variance = torch.ones(observation_size)
        self.count = 0.0

    def scaled(self, observation: Tensor) -> Tensor:
        """Return observations (n, size) with mean 0 and variance 1 over what was seen so far."""
        scale = 1 / (self.variance.sqrt() + 0.01)
        return ((observation - self.mean) * scale).clamp_(-_CLIP, _CLIP)

    def see(self, mean: Tensor, square: Tensor, count: int) -> None:
        """Let the scaling learn from the mean and mean square, (size,), of new observations."""
        if self.count >= _ENOUGH:
            return
        total = self.count + count
        share, apart = count / total, mean - self.mean
        self.mean = self.mean + apart * share
        within = self.variance * (1 - share) + (square - mean**2).clamp_(min=0) * share
        self.variance = within + apart**2 * (share * (1 - share))
        self.count = total

    def action(self, scaled: Tensor) -> Tensor:
        """Return the mean action, (n, actions), for scaled observations."""
        return self._through(self._actor, scaled)

    def value(self, scaled: Tensor) -> Tensor:
        """Return the expected return, (n,), for scaled observations."""
        return self._through(self._critic, scaled)[:, 0]

    def _through(self, network: nn.Sequential, x: Tensor) -> Tensor:
        """Return what a network answers; its last layer is exact, since densities are sharp."""
        *hidden, last = network
        lower = self.hidden_type != torch.float32
        with torch.autocast("cpu", self.hidden_type, enabled=lower):
            for layer in hidden:
                x = layer(x)
        out: Tensor = last(x.float())
        return out

    def log_probability(self, offset: Tensor) -> Tensor:
        """Return log densities, (n,), up to a constant, of actions `offset` deviations off."""
        return (-0.5 * offset**2 - self.log_std).sum(1)

    @torch.no_grad()
    def decide(self, observation: Floats) -> Floats:
        """Return the mean actions, (n, actions), without exploration.

        Worked out in double precision and then rounded: products of matrices of other sizes add up
        in another order, and a clip's performance must not depend on how many others are performed
        beside it.
        """
        x = self.scaled(torch.from_numpy(observation)).double()
        for layer in self._actor:
            if isinstance(layer, nn.Linear):
                x = nn.functional.linear(x, layer.weight.double(), layer.bias.double())
            else:
                x = layer(x)
        out: Floats = x.float().numpy()
        return out


def _network(
    inputs: int, hidden: tuple[int, ...], outputs: int, gain: float, random: torch.Generator
) -> nn.Sequential:
    sizes = (inputs, *hidden, outputs)
    layers: list[nn.Module] = []
    for i, (a, b) in enumerate(pairwise(sizes)):
        last = i == len(hidden)
        linear = nn.Linear(a, b)
        nn.init.orthogonal_(linear.weight, gain if last else math.sqrt(2), generator=random)
        nn.init.zeros_(linear.bias)
        layers += [linear] if last else [linear, nn.SiLU()]
    return nn.Sequential(*layers)


def _flattened(parameters: list[nn.Parameter]) -> tuple[Tensor, Tensor]:
    """Move parameters into one tensor, and their gradients into another; return both."""
    values = torch.cat([p.detach().reshape(-1) for p in parameters])
    gradient = torch.zeros_like(values)
    start = 0
    for p in parameters:
        end = start + p.numel()
        p.data = values[start:end].view(p.shape)
        p.grad = gradient[start:end].view(p.shape)
        start = end
    return values, gradient
