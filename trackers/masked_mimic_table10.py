"""The paper's Table 10, MaskedMimic's hyperparameters, as far as it can be recovered.

The table was printed without some of its values and row names; what ProtoMotions holds fills the
gaps (version 2.3, which the paper's run most likely used, and version 3 at 607ca7a).

| row             | value | confidence  | from                                                  |
|-----------------|-------|-------------|-------------------------------------------------------|
| Num Envs        | 2048  | high        | the table, and the configurations of released models  |
| batch           | 8192  | high        | the configurations of released models, with 2048 envs |
| Learning rate   | 2e-5  | medium-high | missing in the table; the actor's in every version    |
| critic's        | 1e-4  | medium-high | not in the table; every version                       |
| "0.99" (gamma)  | 0.99  | high        | the table, by its position; every version             |
| "0.95" (tau)    | 0.95  | high        | the table, by its position; every version             |
| Total steps     | -     | low         | not recoverable; upstream trains until it is stopped  |

Version 3 has all of them as its defaults; they are named here so that they stay when it changes.
The paper's full-body tracker was a transformer (version 2.3); that of version 3 is six layers of
1024. Rewards differ between the versions too, and are left as version 3 has them.
"""

NUM_ENVS = 2048
"""Environments in training."""

BATCH_SIZE = 8192
"""Samples of a minibatch."""

TABLE10 = {
    "tracker": {
        "agent.model.actor_optimizer.lr": 2e-5,
        "agent.model.critic_optimizer.lr": 1e-4,
        "agent.gamma": 0.99,
        "agent.tau": 0.95,
    },
    "masked": {"agent.model.optimizer.lr": 2e-5},
}
"""The values of each stage, under ProtoMotions' names; distillation has no discount."""


def overrides(stage: str) -> list[str]:
    """Return the table as ProtoMotions' command line takes it, for one stage."""
    return [f"{name}={value}" for name, value in TABLE10[stage].items()]
