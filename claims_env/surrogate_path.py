"""What a scheduler asks for on many instances of a simulated world, as actions to be replayed."""

import numpy as np

from claims_env.scheduler import Action, Scheduler
from claims_env.surrogate_vec import SurrogateVecEnv


def played_path(scheduler: Scheduler, env: SurrogateVecEnv, *, seed: int) -> Action:
    """Return the actions of one episode of every instance, shape (rounds, instances, sets, 6).

    Args:
        scheduler: One without a state: it decides for every instance in turn.
        env: What it acts on.
        seed: Of the first instance.
    """
    seen, info = env.reset(seed=seed)
    played = [env.last_actions]
    while len(played) < env.max_rounds:
        chosen = [
            scheduler.act(seen[i], {"rounds": env.rounds(i), "decision_seed": int(drawn)})
            for i, drawn in enumerate(info["decision_seed"])
        ]
        seen, _, _, _, info = env.step(np.stack(chosen))
        played.append(env.last_actions)
    return np.stack(played)
