"""What the humanoids of one worker lived through between two updates."""

from dataclasses import dataclass

import torch
from torch import Tensor

from claims_env.trackers.mujoco.environment import Environment
from claims_env.trackers.mujoco.policy import Policy


@dataclass(frozen=True, slots=True, eq=False)
class Experience:
    """Samples in random-access order; the first axis is (steps x humanoids).

    Attributes:
        observation: Scaled, shape (samples, size).
        action: Before cutting, shape (samples, actions).
        log_probability: Of the action when it was taken, shape (samples,).
        advantage: How much better than expected, shape (samples,), mean 0, deviation 1.
        target: What the value function should have said, shape (samples,).
        taught: What the teacher would have done, shape (samples, actions); not a number where it
            has nothing to say.
        reward: Mean reward per step.
        last: The observations after the last step, not scaled, shape (humanoids, size).
    """

    observation: Tensor
    action: Tensor
    log_probability: Tensor
    advantage: Tensor
    target: Tensor
    taught: Tensor
    reward: float
    last: Tensor


@torch.no_grad()
def live(
    environment: Environment,
    policy: Policy,
    steps: int,
    *,
    gamma: float,
    gae_lambda: float,
    random: torch.Generator,
) -> Experience:
    """Let the humanoids act for some steps and return what came of it."""
    n = environment.simulation.n
    observations, actions, densities, taught = [], [], [], []
    rewards, ends, cuts = [], [], []
    std = policy.log_std.exp()
    for _ in range(steps):
        scaled = policy.scaled(torch.from_numpy(environment.observation))
        taught.append(torch.from_numpy(environment.taught()))
        noise = torch.randn(n, len(std), generator=random)
        action = policy.action(scaled) + std * noise
        step = environment.step(action.numpy())
        observations.append(scaled.to(policy.hidden_type))
        actions.append(action)
        densities.append(policy.log_probability(noise))
        # scaled so that values are of order one whatever the discount
        rewards.append(torch.from_numpy(step.reward) * (1 - gamma))
        ends.append(torch.from_numpy(step.terminated | step.truncated))
        cuts.append(torch.from_numpy(step.truncated))
    last = torch.from_numpy(environment.observation)
    seen = torch.cat([*observations, policy.scaled(last).to(policy.hidden_type)])
    # all at once: one large product of matrices costs less than many small ones
    values = list(torch.split(policy.value(seen), n))
    advantage = advantages(rewards, values, ends, cuts, gamma, gae_lambda)
    return Experience(
        observation=seen[: n * steps],
        action=torch.cat(actions),
        log_probability=torch.cat(densities),
        advantage=(advantage - advantage.mean()) / (advantage.std() + 1e-8),
        target=advantage + torch.cat(values[:-1]),
        taught=torch.cat(taught),
        reward=float(torch.cat(rewards).mean()) / (1 - gamma),
        last=last,
    )


def advantages(
    rewards: list[Tensor],
    values: list[Tensor],
    ends: list[Tensor],
    cuts: list[Tensor],
    gamma: float,
    gae_lambda: float,
) -> Tensor:
    """Return generalised advantage estimates (Schulman et al. 2016), shape (steps x humanoids,)."""
    running = torch.zeros_like(values[-1])
    out: list[Tensor] = []
    for t in reversed(range(len(rewards))):
        on = (~ends[t]).float()
        # a cut episode would have gone on about as well; its next observation is already another's
        after = values[t + 1] * on + values[t] * cuts[t]
        surprise = rewards[t] + gamma * after - values[t]
        running = surprise + gamma * gae_lambda * on * running
        out.append(running)
    return torch.cat(out[::-1])
