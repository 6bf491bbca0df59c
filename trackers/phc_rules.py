"""What PHC demands of a job, checked before hours are spent on it.

Sources: PHC's `im_big.yaml` and `env_im.yaml`; rl-games 1.1.4, whose assertion about whole
minibatches says nothing, and whose player resets everything after 27,000 steps.
"""

from collections.abc import Sequence

from claims_env.errors import ConfigError, TrackerFailed
from claims_env.trackers.external import ExchangeClip

HORIZON = 32
"""Control steps of each environment in an epoch (`horizon_length`)."""

MINIBATCH = 16384
"""Samples of a minibatch (`minibatch_size`); an epoch holds whole ones."""

SHORTEST = 5
"""Frames under which a clip is dropped without a word (`min_length`)."""

LONGEST_EVALUATION = 27_000
"""Control steps after which an evaluation resets every environment, in the midst of its clips."""

_RIGID = ("horizon_length", "minibatch_size")
"""Settings that the rules here rest on."""


def check_num_envs(num_envs: int, overrides: Sequence[str]) -> None:
    """Refuse a number of environments that does not fill whole minibatches.

    Raises:
        ConfigError: It does not, or an override changes the rule.
    """
    for override in overrides:
        key = override.lstrip("+~").partition("=")[0]
        if key.rpartition(".")[2] in _RIGID:
            raise ConfigError(
                f"'external.overrides' sets {key}, on which the count of samples rests. Leave it "
                "as PHC has it, and change external.num_envs instead."
            )
    legal = MINIBATCH // HORIZON
    if num_envs % legal:
        below = num_envs // legal * legal
        nearest = " or ".join(str(n) for n in (below, below + legal) if n)
        raise ConfigError(
            f"'external.num_envs' is {num_envs}. PHC trains in whole minibatches of {MINIBATCH} "
            f"samples, {HORIZON} of each environment: expected a multiple of {legal}. The nearest: "
            f"{nearest}."
        )


def fewer_envs(num_envs: int) -> int | None:
    """Return half as many environments, as a legal number; None where there is none."""
    legal = MINIBATCH // HORIZON
    return num_envs // 2 // legal * legal or None


def check_evaluation(clips: Sequence[ExchangeClip], num_envs: int) -> None:
    """Refuse an evaluation in so many batches that PHC would reset it on its way.

    Raises:
        ConfigError: It would.
    """
    longest = max(clip.frames for clip in clips)
    if longest >= LONGEST_EVALUATION:
        name = next(clip.name for clip in clips if clip.frames == longest)
        raise TrackerFailed(
            f"Clip '{name}' has {longest} frames at 30 Hz. PHC evaluates fewer than "
            f"{LONGEST_EVALUATION}: cut it."
        )
    if -(-len(clips) // num_envs) * longest >= LONGEST_EVALUATION:
        batches = (LONGEST_EVALUATION - 1) // longest
        raise ConfigError(
            f"'external.eval_num_envs' is {num_envs}. With {len(clips)} clips of up to {longest} "
            f"frames, PHC would reset everything after {LONGEST_EVALUATION} steps. Expected at "
            f"least {-(-len(clips) // batches)}, or 0."
        )


def fewer_eval_envs(clips: Sequence[ExchangeClip], num_envs: int) -> int | None:
    """Return half as many environments for an evaluation, None where that is too few."""
    half = -(-num_envs // 2)
    try:
        check_evaluation(clips, half)
    except ConfigError:
        return None
    return half if half < num_envs else None


def short(clips: Sequence[ExchangeClip]) -> dict[str, str]:
    """Return the clips PHC would drop, and why, by name."""
    return {
        clip.name: f"{clip.frames} frames at 30 Hz; PHC takes {SHORTEST} or more"
        for clip in clips
        if clip.frames < SHORTEST
    }
