"""Proximal policy optimisation (Schulman et al. 2017): how the policy learns from experience."""

import numpy as np
import torch
from torch import Tensor

from claims_env.errors import TrackerFailed
from claims_env.trackers.mujoco.collective import Collective
from claims_env.trackers.mujoco.experience import Experience
from claims_env.trackers.mujoco.policy import Policy
from claims_env.trackers.mujoco.settings import MujocoSettings

_CLIP = 0.2
_LONGEST_GRADIENT = 1.0
_SLOWEST, _FASTEST = 5e-5, 2e-3  # bounds of the policy's learning rate


class Optimiser:
    """Adam on the flat parameters.

    The policy's step size follows its change; the value function keeps the settings', since it does
    harm by learning too slowly only.

    Args:
        policy: What to improve.
        settings: The learning rule.
    """

    def __init__(self, policy: Policy, settings: MujocoSettings) -> None:
        self.policy, self.settings = policy, settings
        self.learning_rate = settings.learning_rate
        # both are views: steps and averages reach the networks themselves
        self._parts = torch.split(policy.parameters, self._lengths)
        self._gradients = torch.split(policy.gradient, self._lengths)
        for part, gradient in zip(self._parts, self._gradients, strict=True):
            part.grad = gradient
        groups = [{"params": [part]} for part in self._parts]
        self.adam = torch.optim.Adam(groups, lr=settings.learning_rate, eps=1e-5)

    @property
    def _lengths(self) -> list[int]:
        """How many parameters act, and how many judge."""
        return [self.policy.acting, len(self.policy.parameters) - self.policy.acting]

    def moments(self) -> tuple[Tensor, Tensor, int]:
        """Return Adam's two running means, (parameters,) each, and how many steps it took."""
        states = [self.adam.state[part] for part in self._parts]
        if not states[0]:
            zeros = torch.zeros_like(self.policy.parameters)
            return zeros, zeros.clone(), 0
        first = torch.cat([state["exp_avg"] for state in states])
        second = torch.cat([state["exp_avg_sq"] for state in states])
        return first, second, int(states[0]["step"])

    def restore(self, first: Tensor, second: Tensor, steps: int) -> None:
        """Go on from what `moments` returned."""
        pairs = zip(
            torch.split(first, self._lengths), torch.split(second, self._lengths), strict=True
        )
        for part, (mean, square) in zip(self._parts, pairs, strict=True):
            self.adam.state[part] = {
                "step": torch.tensor(float(steps)),
                "exp_avg": mean.clone(),
                "exp_avg_sq": square.clone(),
            }

    def update(
        self, experience: Experience, collective: Collective, random: torch.Generator
    ) -> float:
        """Improve the policy, in step with all workers; return how far it moved [nat].

        Raises:
            TrackerFailed: The numbers are no longer finite.
        """
        moves: list[float] = []
        self.adam.param_groups[0]["lr"] = self.learning_rate
        for _ in range(self.settings.epochs):
            order = torch.randperm(len(experience.advantage), generator=random)
            for rows in torch.split(order, self.settings.minibatch):
                moves.append(self._step(experience, rows, collective))
            if np.mean(moves[-4:]) > 2.5 * self.settings.target_kl:
                break
        moved = float(np.mean(moves[-4:]))
        self._adapt(moved)
        return moved

    def _step(self, experience: Experience, rows: Tensor, collective: Collective) -> float:
        """Take one gradient step, averaged over all workers; return the policy's move so far."""
        self.policy.gradient.zero_()
        loss, moved = self._loss(experience, rows)
        loss.backward()  # type: ignore[no-untyped-call]
        agreed = np.append(self.policy.gradient.numpy(), np.float32(moved))
        collective.average(agreed)
        if not np.isfinite(agreed).all():
            raise TrackerFailed(
                "Training diverged: the gradient is not finite. "
                "Lower learning_rate or action_std, and load the last checkpoint."
            )
        self.policy.gradient.copy_(torch.from_numpy(agreed[:-1]))
        for gradient in self._gradients:
            gradient.mul_(min(1.0, _LONGEST_GRADIENT / (float(gradient.norm()) + 1e-6)))
        self.adam.step()
        return float(agreed[-1])

    def _loss(self, experience: Experience, rows: Tensor) -> tuple[Tensor, float]:
        policy = self.policy
        observation, action = experience.observation[rows], experience.action[rows]
        offset = (action - policy.action(observation)) / policy.log_std.exp()
        change = policy.log_probability(offset) - experience.log_probability[rows]
        ratio, advantage = change.exp(), experience.advantage[rows]
        bounded = ratio.clamp(1 - _CLIP, 1 + _CLIP)
        gain = torch.minimum(ratio * advantage, bounded * advantage).mean()
        error = ((policy.value(observation) - experience.target[rows]) ** 2).mean()
        # the low-variance estimate of the Kullback-Leibler divergence
        moved = float((ratio.detach() - 1 - change.detach()).mean())
        return error - gain, moved

    def _adapt(self, moved: float) -> None:
        target = self.settings.target_kl
        factor = 1.2 if moved < target / 2 else 1 / 1.2 if moved > 1.5 * target else 1.0
        self.learning_rate = min(max(self.learning_rate * factor, _SLOWEST), _FASTEST)
