"""Trains a policy over tiers on simulated worlds, with stable-baselines3."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import numpy as np
import torch
from sb3_contrib import MaskablePPO
from stable_baselines3 import PPO

from claims_env.agents.learned.tier_policy import Layer, TierPolicy, Training
from claims_env.agents.learned.tier_seats import TierSeats, WorldSeats
from claims_env.errors import UnknownName
from claims_env.surrogate_vec import SurrogateVecEnv
from claims_env.tier_mask import REACH
from claims_env.variable_library import VariableLibrary

ALGORITHMS = {"ppo": PPO, "maskable-ppo": MaskablePPO}

SEEDS_APART = 1_000_000
"""Where the seeds of the next world's episodes begin; tests stay below the first."""

DIGITS = 7
"""Significant digits a policy's numbers are kept with: all that float32 has."""


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """How to train.

    Attributes:
        algorithm: 'ppo' or 'maskable-ppo'.
        decisions: How many decisions of a seat to train on.
        seed: Of the training.
        hidden: Width of the two hidden layers.
        learning_rate: Of Adam.
        entropy: What an undecided policy is paid, per nat.
        reach: How many tiers a domain may move in a round; maskable-ppo alone.
    """

    algorithm: str = "ppo"
    decisions: int = 100_000
    seed: int = 0
    hidden: int = 24
    learning_rate: float = 3e-3
    entropy: float = 0.01
    reach: float = REACH


def train(
    plan: TrainingPlan, envs: Sequence[SurrogateVecEnv], library: VariableLibrary
) -> TierPolicy:
    """Return a policy trained on some worlds at once.

    Args:
        plan: How.
        envs: Instances of the worlds; equally many sets and rounds in each.
        library: Their words.

    Raises:
        UnknownName: There is no such algorithm.
    """
    if plan.algorithm not in ALGORITHMS:
        raise UnknownName("algorithm", plan.algorithm, ALGORITHMS)
    torch.set_num_threads(1)
    reach = plan.reach if plan.algorithm == "maskable-ppo" else None
    first = (1 + plan.seed * len(envs)) * SEEDS_APART
    worlds = [WorldSeats(e, library, first + i * SEEDS_APART) for i, e in enumerate(envs)]
    seats = TierSeats(worlds, library, reach=reach)
    steps = envs[0].max_rounds - 1
    whole = seats.num_envs * steps
    learner = ALGORITHMS[plan.algorithm](
        "MlpPolicy",
        seats,
        n_steps=steps,  # whole episodes, so that nothing has to be guessed of their rest
        batch_size=whole // 4 if whole % 4 == 0 else whole,
        n_epochs=8,
        gamma=1.0,
        gae_lambda=0.95,
        ent_coef=plan.entropy,
        learning_rate=plan.learning_rate,
        policy_kwargs={"net_arch": [plan.hidden, plan.hidden]},
        seed=plan.seed,
        device="cpu",
    )
    learner.learn(plan.decisions)
    return TierPolicy(_record(plan, envs, library, reach, learner), _layers(learner))


def _record(
    plan: TrainingPlan,
    envs: Sequence[SurrogateVecEnv],
    library: VariableLibrary,
    reach: float | None,
    learner: Any,
) -> Training:
    return Training(
        algorithm=plan.algorithm,
        worlds=tuple(env.world.name for env in envs),
        seed=plan.seed,
        decisions=int(learner.num_timesteps),
        sets=envs[0].sets,
        rounds=envs[0].max_rounds,
        library=library.digest,
        reach=reach,
        versions={name: version(name) for name in ("stable-baselines3", "sb3-contrib", "torch")},
    )


def _layers(learner: Any) -> tuple[Layer, ...]:
    policy = learner.policy
    linear = [m for m in policy.mlp_extractor.policy_net if isinstance(m, torch.nn.Linear)]
    return tuple(
        Layer(
            tuple(tuple(_short(v) for v in row) for row in m.weight.detach().numpy()),
            tuple(_short(v) for v in m.bias.detach().numpy()),
        )
        for m in [*linear, policy.action_net]
    )


def _short(value: np.floating[Any]) -> float:
    return float(f"{float(value):.{DIGITS}g}")
