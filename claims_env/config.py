"""The configuration of a run: frozen dataclasses, YAML in and out, unknown keys refused."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import yaml

from claims_env.chat_config import ChatConfig, with_paths
from claims_env.errors import ConfigError
from claims_env.external_config import ExternalConfig
from claims_env.external_config import with_paths as external_with_paths
from claims_env.llm_config import LlmConfig
from claims_env.llm_config import with_paths as llm_with_paths
from claims_env.mdm_config import MdmConfig
from claims_env.records import from_json, to_json
from claims_env.reward import RewardWeights

NAMED_WITH_FOLDER = ("mocap_retrieval",)
"""Generators that answer from a folder, named as name:FOLDER."""

BASES = ("shipped", "none")
"""What `TrackerConfig.base` may say besides a file."""


@dataclass(frozen=True, slots=True)
class TrackerConfig:
    """The tracker, and how much it trains in each round."""

    name: str = "mujoco"
    """Which tracker: mujoco (embedded, real physics), skill (simulated, a formula), the paper's
    phc and masked_mimic (your own installation, see --external.python), or module:Class of your
    own."""

    assist: float = 0.0
    """Helping wrench at the root when clips are performed, as a fraction of body weight; 0 is
    unassisted. Every figure names it."""

    samples: int = 700_000
    """Control steps of training per round, summed over all environments."""

    seconds: float | None = None
    """Wall-clock limit of training per round [s]; the run then depends on the machine's speed."""

    workers: int = 0
    """Training processes; 0 takes one per core."""

    base: str = "shipped"
    """Checkpoint that mujoco starts from: the one that comes with the package, a file of your own,
    or 'none' to start from nothing."""

    teacher: Literal["none", "planner"] = "none"
    """Who shows mujoco new clips before it practises them: nobody (the paper's pure
    reinforcement), or a planner."""

    preset: Literal["default", "table9"] = "default"
    """Learning rule of mujoco or phc: its own, or the discount, step size and so on of the paper's
    Table 9."""

    device: Literal["cpu", "cuda"] = "cpu"
    """Where mujoco simulates: on the processor, or on an NVIDIA card (extra 'gpu')."""

    options: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """Further settings of this tracker, by name (for mujoco: see MujocoSettings); in YAML only."""


@dataclass(frozen=True, slots=True)
class RunConfig:
    """Everything a run follows from. Written into its folder as config.yaml."""

    seed: int = 0
    """Everything random follows from it."""

    rounds: int = 3
    """How many rounds, the random round 0 included (the paper: 7); with 1, nothing is scheduled."""

    sets: int = 10
    """Prompts per round (the paper: 200, 40 for each of the five domains)."""

    library: Path | None = None
    """The words: a folder or file of your own (see `claims-env library`), or nothing for the
    shipped ones."""

    scheduler: str = "rule"
    """Who writes the prompts: random, edit, ladder, rule, or llm (the paper's language model, see
    --llm.model); without words of the library, generic, free-rule or free-llm; or module:Class of
    your own."""

    generator: str = "composer"
    """Who turns prompts into motions: composer, mdm (the paper's diffusion model, with --checkpoint
    of yours), mocap_retrieval:FOLDER (clips with captions), or module:Class of your own."""

    judges: tuple[str, ...] = ("kinematic", "posture")
    """Who looks at the clips: the offline judges kinematic, posture and planner (tries clips in
    physics, and says only how hard they are); the paper's gpt-4o and qwen-vl-max; any model, as
    openai:MODEL, dashscope:MODEL, gemini:MODEL, gemini-legacy:MODEL or compatible:MODEL (with
    --chat.base-url); or module:Class of your own. None is allowed."""

    keep_score: float | None = None
    """Alignment every judge has to find in a clip for it to be trained on, 0 to 1 (the official
    accept lists: 0.2 or 0.5); without it, a clip goes only if a judge calls it a mismatch, as in
    the paper."""

    filter: Literal["default", "official", "feasible"] = "default"
    """Physical validity: our limits; only the official release's root height (0.2 to 2.5 m); or our
    limits and then a humanoid's trial in physics, about a second of one core per clip."""

    suite: tuple[Path, ...] = ()
    """Folders, manifests or PHC pickles of clips to evaluate on, never to train on; or NAME=PATH,
    a copy of a set the paper speaks of: kungfu, emdb, aist++, video-convert, amass, mdm. Its clips
    are counted; NAME:partial=PATH may lack some."""

    held_out: int = 10
    """Clips in the built-in suite, composed from reserved phrases and seeds (by composer, whichever
    of the shipped generators the run uses); 0 leaves it out."""

    tracker: TrackerConfig = field(default_factory=TrackerConfig)
    """The controller being trained."""

    reward: RewardWeights = field(default_factory=RewardWeights)
    """What counts as progress."""

    mdm: MdmConfig = field(default_factory=MdmConfig)
    """The generator mdm, where it is used."""

    chat: ChatConfig = field(default_factory=ChatConfig)
    """How language models are asked, be they judges or the scheduler, where there are any."""

    llm: LlmConfig = field(default_factory=LlmConfig)
    """The scheduler llm or free-llm, where it is used."""

    external: ExternalConfig = field(default_factory=ExternalConfig)
    """The tracker phc or masked_mimic, where it is used: where and how it runs."""

    def __post_init__(self) -> None:
        _require(self.rounds >= 1, "rounds", self.rounds, "at least 1: round 0")
        _require(self.sets >= 1, "sets", self.sets, "at least 1")
        _require(self.seed >= 0, "seed", self.seed, "0 or more")
        _require(self.held_out >= 0, "held_out", self.held_out, "0 or more")
        keep = self.keep_score
        _require(keep is None or 0 <= keep <= 1, "keep_score", keep, "0 to 1, or nothing")
        for name in ("held_out_success", "mastered_difficulty"):
            weight = getattr(self.reward, name)
            _require(math.isfinite(weight), f"reward.{name}", weight, "a finite number")
        tracker = self.tracker
        _require(0 <= tracker.assist <= 1, "tracker.assist", tracker.assist, "from 0 to 1")
        _require(tracker.samples >= 0, "tracker.samples", tracker.samples, "0 or more")
        _require(tracker.workers >= 0, "tracker.workers", tracker.workers, "0 or more")
        _require(
            tracker.seconds is None or tracker.seconds > 0,
            "tracker.seconds", tracker.seconds, "a positive number, or nothing",
        )  # fmt: skip


def to_yaml(config: RunConfig) -> str:
    """Return a configuration as YAML, every value written out and every path absolute.

    So what is written means the same wherever it is read from.
    """
    text: str = yaml.safe_dump(to_json(_anchored(config)), sort_keys=False, allow_unicode=True)
    return text


def from_yaml(text: str, source: str | Path) -> RunConfig:
    """Return the configuration a YAML text describes; what it leaves out keeps its default.

    Raises:
        ConfigError: The text is not YAML, or a key or value does not fit; `source` is named.
    """
    try:
        content = yaml.safe_load(text) or {}
        config: RunConfig = from_json(RunConfig, content)
    except yaml.YAMLError as error:
        raise ConfigError(f"{source} is no valid YAML: {error}") from None
    except ConfigError as error:
        raise ConfigError(f"{source}: {error}") from None
    return config


def read_config(path: Path) -> RunConfig:
    """Read a configuration file.

    Raises:
        ConfigError: It cannot be read or does not fit.
    """
    try:
        return from_yaml(path.read_text("utf-8"), path)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read ({error}). Check the path.") from None


def _anchored(config: RunConfig) -> RunConfig:
    """Return the configuration with paths that do not depend on the current folder."""
    kind, _, folder = config.generator.partition(":")
    looks_up = kind in NAMED_WITH_FOLDER and folder
    return replace(
        config,
        library=config.library and config.library.absolute(),
        generator=f"{kind}:{_absolute(folder)}" if looks_up else config.generator,
        suite=tuple(path.absolute() for path in config.suite),
        mdm=_anchored_mdm(config.mdm),
        chat=with_paths(config.chat, _anchored_path),
        llm=llm_with_paths(config.llm, _anchored_path),
        tracker=_anchored_tracker(config.tracker),
        external=external_with_paths(config.external, _anchored_path),
    )


def _anchored_mdm(mdm: MdmConfig) -> MdmConfig:
    return replace(
        mdm,
        checkpoint=_anchored_path(mdm.checkpoint),
        text_encoder=_anchored_path(mdm.text_encoder),
        statistics=_anchored_path(mdm.statistics),
        body_model=_anchored_path(mdm.body_model),
    )


def _anchored_path(path: Path | None) -> Path | None:
    return None if path is None else Path(_absolute(str(path)))


def _anchored_tracker(tracker: TrackerConfig) -> TrackerConfig:
    """Return it with the full paths of mujoco's files; other trackers know what theirs mean."""
    if tracker.name != "mujoco":
        return tracker
    options = dict(tracker.options)
    body, base = options.get("body"), options.get("base")
    if isinstance(body, str) and body.endswith(".xml"):
        options["body"] = _absolute(body)
    if isinstance(base, str):
        options["base"] = _anchored_base(base)
    return replace(tracker, base=_anchored_base(tracker.base), options=options)


def _anchored_base(base: str) -> str:
    return base if base in BASES else _absolute(base)


def _absolute(path: str) -> str:
    return str(Path(path).expanduser().absolute())


def _require(holds: bool, name: str, value: object, expected: str) -> None:
    if not holds:
        raise ConfigError(f"'{name}' is {value}. Expected {expected}.")
