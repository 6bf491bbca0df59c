"""What the judge-reliability command takes, and the words that teach it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import tyro

from claims_env.chat_config import ChatConfig
from claims_env.errors import ConfigError
from claims_env.mdm_config import MdmConfig

DEFAULT_JUDGES = ("kinematic", "posture")

DESCRIPTION = """Try judges of difficulty: do blind ratings follow the tiers, and each other?

Clips are made for prompts of five tiers, the domains in turn, and shown to each judge under a
number, in mixed order: no name, prompt or tier is to be seen. Told are, for each judge, the mean
score per tier, how well scores rise with the tier and with the clips' mean velocity (Spearman's and
Kendall's rank correlation), where a higher tier's mean is lower, and which ratings are missing and
why; for every two judges, how far they agree (quadratically weighted kappa). All intervals are 95 %
bootstrap intervals over clips, drawn again within their tiers.

Examples:
  claims-env judge-reliability
  claims-env judge-reliability --clips 200 --out reliability
  claims-env judge-reliability --judge kinematic --judge your_module:YourJudge
  claims-env judge-reliability --judge gpt-4o --judge qwen-vl-max --repeats 2 --yes
  claims-env judge-reliability --from path/to/clips

With --out, the folder gets summary.json (all figures), clips.csv (every rating, rationales too) and
tiers.svg (the means with their intervals)."""


@dataclass(frozen=True)
class ReliabilityFlags:
    """What the judge-reliability command takes."""

    judge: Annotated[tuple[str, ...], tyro.conf.UseAppendAction] = ()
    """Whom to try, by name; may be given again. Default: kinematic and posture, the offline
    judges."""

    clips: int = 40
    """How many clips of each tier (the paper: 200)."""

    seed: int = 0
    """Draws prompts, takes, the order of showing and the bootstrap."""

    repeats: int = 1
    """2 asks each judge twice, and tells how far it repeats itself."""

    generator: str = "composer"
    """Who makes the clips: composer, mdm (with --checkpoint), mocap_retrieval:FOLDER, or
    module:Class of your own."""

    mdm: Annotated[MdmConfig, tyro.conf.arg(name="")] = field(default_factory=MdmConfig)
    """The Motion Diffusion Model; these flags are for --generator mdm alone."""

    library: Path | None = None
    """The words prompts are drawn from: a folder or file of your own; without it, the shipped ones.
    """

    source: Annotated[Path | None, tyro.conf.arg(name="from")] = None
    """Take the clips of this folder or manifest instead. Those `claims-env generate` made have
    tiers; of others, only velocity and agreement are told."""

    out: Path | None = None
    """A folder to write everything to; without it, there are only the tables."""

    overwrite: Annotated[bool, tyro.conf.FlagCreatePairsOff] = False
    """Replace an earlier test's files there."""

    yes: Annotated[bool, tyro.conf.FlagCreatePairsOff] = False
    """Go ahead with judges that are language models; without it, only the number of calls, tokens
    and about what they cost are told. --chat.calls and its like cap them."""

    chat: ChatConfig = field(default_factory=ChatConfig)
    """How judges that are language models are asked."""

    @property
    def judges(self) -> tuple[str, ...]:
        """The judges asked for, each once."""
        return tuple(dict.fromkeys(self.judge)) or DEFAULT_JUDGES


_MAKING = {
    "clips": "--clips",
    "generator": "--generator",
    "library": "--library",
    "mdm": "A flag of the generator mdm",
}
"""Flags about clips that are made, as people know them."""


def require_sound(flags: ReliabilityFlags) -> None:
    """Refuse numbers no test can be made with, and flags that would do nothing.

    Raises:
        ConfigError: One is there; it is named.
    """
    _require(flags.clips >= 1, "--clips", flags.clips, "at least 1")
    _require(flags.seed >= 0, "--seed", flags.seed, "0 or more")
    _require(flags.repeats in (1, 2), "--repeats", flags.repeats, "1 or 2")
    if flags.source is not None:
        plain = ReliabilityFlags()
        for name in _MAKING:
            if getattr(flags, name) != getattr(plain, name):
                raise ConfigError(
                    f"{_MAKING[name]} is about clips that are made, and --from takes those of a "
                    "folder. Leave one of the two out."
                )
    if flags.mdm != MdmConfig() and flags.generator != "mdm":
        raise ConfigError("A flag of the generator mdm is given. Add --generator mdm.")
    if flags.overwrite and flags.out is None:
        raise ConfigError("--overwrite is about files, and none are written. Add --out FOLDER.")


def _require(holds: bool, name: str, value: float, expected: str) -> None:
    if not holds:
        raise ConfigError(f"'{name}' is {value}. Expected {expected}.")
