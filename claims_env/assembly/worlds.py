"""The simulated worlds by name, and the environments made of them."""

from typing import Any

from claims_env.errors import UnknownName
from claims_env.reward import RewardWeights
from claims_env.surrogate_env import SurrogateEnv
from claims_env.surrogate_vec import SurrogateVecEnv
from claims_env.variable_library import VariableLibrary
from claims_env.world import World

WORLDS = {
    "deceptive": "hard-looking phrases that teach nothing or cannot be generated, judges that err",
    "emulator": "fitted to the ledgers of runs on the embedded physics tracker",
    "forgetting": "levels of skill that fade unless they are rehearsed",
    "mock": "no chance in it at all, for tests",
    "multi-skill": "a skill per domain and slot, learned where it is neither easy nor hopeless",
    "null": "volume only: no scheduler can make a difference",
    "prerequisites": "levels that open once the one below is mastered",
    "rasch": "one ability by volume and hardness, fitted to the paper: schedulers matter little",
}
"""What each world is, in a line."""


def build_world(name: str, **options: Any) -> World:
    """Return a simulated world.

    Args:
        name: One of `WORLDS`.
        options: Its settings, to be changed (see `trackers.simulated.family`).

    Raises:
        UnknownName: There is no such world.
        ConfigError: There is no such setting, or its value does not fit.
    """
    if name not in WORLDS:
        raise UnknownName("world", name, WORLDS)
    from claims_env.trackers.simulated.family import build

    world: World = build(name, **options)
    return world


def build_surrogate_env(
    world: str = "rasch",
    *,
    library: VariableLibrary | None = None,
    sets: int = 200,
    rounds: int = 7,
    weights: RewardWeights | None = None,
    reveal: bool = False,
    options: dict[str, Any] | None = None,
) -> SurrogateEnv:
    """Return the environment of a simulated world.

    This is what `gymnasium.make("claims_env/Surrogate-v0", world=...)` calls.

    Args:
        world: One of `WORLDS`.
        library: The words; None takes those that ship.
        sets: How many prompts a round holds.
        rounds: How many rounds an episode has, the random round 0 included.
        weights: Of the reward.
        reveal: Puts what the world knows of itself into `info["oracle"]`.
        options: Settings of the world, to be changed.

    Raises:
        UnknownName: There is no such world.
        ConfigError: A setting does not fit.
    """
    return SurrogateEnv(
        build_world(world, **(options or {})),
        library or _shipped_library(),
        sets=sets,
        rounds=rounds,
        weights=weights,
        reveal=reveal,
    )


def make_vec(
    world: str = "rasch",
    num_envs: int = 1,
    *,
    library: VariableLibrary | None = None,
    sets: int = 200,
    rounds: int = 7,
    weights: RewardWeights | None = None,
    options: dict[str, Any] | None = None,
) -> SurrogateVecEnv:
    """Return many instances of a simulated world as one environment.

    This is what `gymnasium.make_vec("claims_env/Surrogate-v0", ...)` calls; see
    `build_surrogate_env` for the arguments.
    """
    return SurrogateVecEnv(
        build_world(world, **(options or {})),
        library or _shipped_library(),
        num_envs=num_envs,
        sets=sets,
        rounds=rounds,
        weights=weights,
    )


def _shipped_library() -> VariableLibrary:
    from claims_env.library import load_library

    return load_library()
