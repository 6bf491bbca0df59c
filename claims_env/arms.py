"""The arms of the paper's ablations, each a change to the configuration of a run.

An arm is no setting: it is spelled out in the settings it changes, so a run's config.yaml says all
there is, and resuming knows no arms. Every arm starts from the same configuration and seed, and so
(but for the two that replace it) from the same round 0, as in Sec. 4.4.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from claims_env.config import RunConfig
from claims_env.errors import ConfigError, UnknownName

Change = Callable[[RunConfig], RunConfig]


@dataclass(frozen=True, slots=True)
class Arm:
    """One arm.

    Attributes:
        name: What the command line calls it.
        about: What is different, in a few words.
        change: Turns the configuration of a run into that of the arm.
        table: The paper's table it is in, or None if it is ours or has no row.
        method: What that table calls it.
    """

    name: str
    about: str
    change: Change
    table: int | None = None
    method: str = ""


def _full(config: RunConfig) -> RunConfig:
    return _asking(config)


def _without_variables(config: RunConfig) -> RunConfig:
    return replace(_asking(config), scheduler="free-llm")


def _without_judges(config: RunConfig) -> RunConfig:
    return _asking(config, judges=False)


def _without_metrics(config: RunConfig) -> RunConfig:
    return _asking(config, metrics=False)


def _without_both(config: RunConfig) -> RunConfig:
    return _asking(config, metrics=False, judges=False)


def _one_shot(config: RunConfig) -> RunConfig:
    """Return all rounds in one: as many prompts drawn from the library, as much training."""
    rounds, tracker = config.rounds, config.tracker
    seconds = None if tracker.seconds is None else tracker.seconds * rounds
    tracker = replace(tracker, samples=tracker.samples * rounds, seconds=seconds)
    return replace(config, scheduler="random", rounds=1, sets=config.sets * rounds, tracker=tracker)


def _random_prompts(config: RunConfig) -> RunConfig:
    return replace(config, scheduler="generic")


def _single_judge(config: RunConfig) -> RunConfig:
    """Return the configuration with one judge, the first of those that may say what fits."""
    if not config.judges:
        raise ConfigError("The arm 'single-judge' needs a judge. Name one with --judges.")
    deciding = tuple(judge for judge in config.judges if judge in config.chat.aligners)
    return replace(_asking(config), judges=(deciding or config.judges)[:1])


DECIDED = ("scheduler", "llm.metrics", "llm.judges")
"""The settings that arms put in place whatever they were; the others they only reckon with."""


ARMS: dict[str, Arm] = {
    arm.name: arm
    for arm in (
        Arm("full", "the paper's scheduler as it is", _full, 3, "full (var)"),
        Arm(
            "without-variables",
            "sentences of the model's own, no library after round 0",
            _without_variables,
            3,
            "w/o var",
        ),
        Arm(
            "without-judges",
            "the scheduler hears nothing from judges; they still sort out mismatches",
            _without_judges,
            3,
            "w/o VLMs",
        ),
        Arm(
            "without-metrics",
            "the scheduler hears nothing from the tracker",
            _without_metrics,
            3,
            "w/o metrics",
        ),
        Arm(
            "without-both",
            "the scheduler hears only what was asked before",
            _without_both,
            3,
            "w/o VLMs+metrics",
        ),
        Arm(
            "one-shot",
            "all prompts at once from the library, trained on once with the whole budget",
            _one_shot,
            4,
            "one-shot (1400 clips)",
        ),
        Arm(
            "random-prompts",
            "generic sentences in every round, round 0 included (App. C.3)",
            _random_prompts,
        ),
        Arm("single-judge", "as full, with the first judge alone; ours", _single_judge),
    )
}
"""By name, in the order of the paper's tables."""


def arm(name: str) -> Arm:
    """Return an arm.

    Raises:
        UnknownName: There is none of that name.
    """
    if name not in ARMS:
        raise UnknownName("arm", name, ARMS)
    return ARMS[name]


def _asking(config: RunConfig, *, metrics: bool = True, judges: bool = True) -> RunConfig:
    llm = replace(config.llm, metrics=metrics, judges=judges)
    return replace(config, scheduler="llm", llm=llm)
