"""The settings that stages of ProtoMotions have, and how a command line overrides them.

Runs under Python 3.8 with the standard library alone; copied into every checkout that the double
writes.
"""

from __future__ import annotations

import ast
from typing import Any

GPU_SIMULATORS = ("isaacgym", "isaaclab", "newton", "genesis")
"""Simulators that can train; mujoco can only evaluate."""

_ALIKE: dict[str, Any] = {
    "agent.gamma": 0.99,
    "agent.num_steps": 32,
    "agent.num_mini_epochs": 1,
    "agent.gradient_clip_val": 50.0,
    "agent.save_last_checkpoint_every": 10,
    "agent.save_epoch_checkpoint_every": 1000,
    "agent.evaluator.max_eval_steps": 600,
    "agent.evaluator.eval_metrics_every": 200,
    "env.max_episode_length": 1000,
    "env.ref_respawn_offset": 0.05,
    "simulator.num_envs": None,
}

DEFAULTS: dict[str, dict[str, Any]] = {
    "tracker": {
        **_ALIKE,
        "agent.tau": 0.95,
        "agent.e_clip": 0.2,
        "agent.model.actor_optimizer.lr": 2e-5,
        "agent.model.critic_optimizer.lr": 1e-4,
        "threshold": 0.5,
    },
    "masked": {
        **_ALIKE,
        "agent.num_mini_epochs": 6,
        "agent.model.optimizer.lr": 2e-5,
        "threshold": 0.25,
    },
}
"""Every setting of each stage that the double knows, and its value."""


def overridden(settings: dict[str, Any], overrides: list[str]) -> dict[str, Any]:
    """Return settings with what a command line says, of the form `key=value`.

    Raises:
        ValueError: A text has another form, or names no setting.
    """
    changed = dict(settings)
    for text in overrides:
        key, equals, value = text.partition("=")
        if not equals or not key.strip():
            raise ValueError(f"Invalid override format (required key=value): {text!r}.")
        if key.strip() not in settings or "." not in key:
            raise ValueError(f"Invalid override: {key} names no field of the configuration")
        try:
            changed[key.strip()] = ast.literal_eval(value.strip())
        except (ValueError, SyntaxError):
            changed[key.strip()] = value.strip()
    return changed
