"""Proximal policy optimisation (Schulman et al. 2017): how the policy learns from experience."""

from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from claims_env.errors import TrackerFailed
from claims_env.trackers.mujoco.collective import Collective
from claims_env.trackers.mujoco.dump import BATCH, WHERE, write_dump
from claims_env.trackers.mujoco.experience import Experience
from claims_env.trackers.mujoco.policy import Policy
from claims_env.trackers.mujoco.settings import MujocoSettings

FRESH = 1e-3
"""Learning rate of networks that know nothing yet; the value function keeps it."""

_LESSON = 5.0
"""Loss per squared action that is unlike the teacher's."""

_PATIENCE = 8  # gradient steps in a row that may be left out
_LONGEST_GRADIENT = 1.0
_SLOWEST, _FASTEST = 5e-5, 2e-3  # bounds of the policy's learning rate


def loss(
    policy: Policy,
    observation: Tensor,
    action: Tensor,
    log_probability: Tensor,
    advantage: Tensor,
    target: Tensor,
    taught: Tensor,
    clip: float = 0.2,
    attention: float = 0.0,
) -> tuple[Tensor, float]:
    """Return the clipped surrogate loss plus the value's error, and the policy's move [nat].

    The tensors are rows of an `Experience`; for `clip` see `MujocoSettings`. `attention` is how
    much of the policy's loss is being unlike the teacher rather than the surrogate, 0 to 1.
    """
    mean = policy.action(observation)
    offset = (action - mean) / policy.log_std.exp()
    change = policy.log_probability(offset) - log_probability
    ratio = change.exp()
    bounded = ratio.clamp(1 - clip, 1 + clip)
    gain = torch.minimum(ratio * advantage, bounded * advantage).mean()
    error = ((policy.value(observation) - target) ** 2).mean()
    # the low-variance estimate of the Kullback-Leibler divergence
    moved = float((ratio.detach() - 1 - change.detach()).mean())
    if attention > 0:
        known = taught.isfinite()
        unlike = torch.where(known, mean - taught.nan_to_num(), 0.0)
        gain = (1 - attention) * gain - attention * _LESSON * (unlike**2).mean()
    return error - gain, moved


class Optimiser:
    """Adam on the flat parameters.

    The policy's step size follows its change; the value function keeps `FRESH`, since it does harm
    by learning too slowly only.

    Args:
        policy: What to improve.
        settings: The learning rule.
    """

    def __init__(self, policy: Policy, settings: MujocoSettings) -> None:
        self.policy, self.settings = policy, settings
        self.learning_rate = settings.learning_rate or FRESH
        # both are views: steps and averages reach the networks themselves
        self._parts = torch.split(policy.parameters, self._lengths)
        self._gradients = torch.split(policy.gradient, self._lengths)
        for part, gradient in zip(self._parts, self._gradients, strict=True):
            part.grad = gradient
        groups = [{"params": [part]} for part in self._parts]
        self.attention = 0.0
        """How much of the policy's loss is being unlike the teacher, 0 to 1."""
        self.skipped = 0
        """Gradient steps left out because they were not finite."""
        self.dump: Path | None = None
        """Where the first of them was written, by the worker whose own gradient it was."""
        self._in_a_row = 0
        self.adam = torch.optim.Adam(groups, lr=FRESH, eps=1e-5, fused=True)

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
            if 0 < 2.5 * self.settings.target_kl < np.mean(moves[-4:]):
                break
        moved = float(np.mean(moves[-4:]))
        self._adapt(moved)
        return moved

    def _step(self, experience: Experience, rows: Tensor, collective: Collective) -> float:
        """Take one gradient step, averaged over all workers; return the policy's move so far."""
        self.policy.gradient.zero_()
        batch = {name: getattr(experience, name)[rows] for name in BATCH}
        value, moved = loss(self.policy, **batch, clip=self.settings.clip, attention=self.attention)
        value.backward()  # type: ignore[no-untyped-call]
        if self.dump is None and not self.policy.gradient.isfinite().all():
            how = {"clip": self.settings.clip, "attention": self.attention}
            self.dump = write_dump(self.policy, experience, rows, how)
        agreed = np.append(self.policy.gradient.numpy(), np.float32(moved))
        collective.average(agreed)
        if not np.isfinite(agreed).all():
            self._leave_out()
            return 0.0
        self._in_a_row = 0
        self.policy.gradient.copy_(torch.from_numpy(agreed[:-1]))
        for gradient in self._gradients:
            gradient.mul_(min(1.0, _LONGEST_GRADIENT / (float(gradient.norm()) + 1e-6)))
        self.adam.step()
        return float(agreed[-1])

    def _leave_out(self) -> None:
        """Go on without a step that is not finite, with smaller ones; give up after several."""
        self.skipped += 1
        self._in_a_row += 1
        self.learning_rate = min(self.learning_rate, max(self.learning_rate / 2, _SLOWEST))
        self.adam.param_groups[0]["lr"] = self.learning_rate
        if self._in_a_row >= _PATIENCE:
            raise TrackerFailed(
                f"Training diverged: {_PATIENCE} gradient steps in a row were not finite. Lower "
                "learning_rate or action_std. The first of them was kept; look at it with "
                f"scripts/replay_dump.py {self.dump or WHERE}"
            )

    def _adapt(self, moved: float) -> None:
        target = self.settings.target_kl
        if target == 0:
            return
        factor = 1.2 if moved < target / 2 else 1 / 1.2 if moved > 1.5 * target else 1.0
        self.learning_rate = min(max(self.learning_rate * factor, _SLOWEST), _FASTEST)
