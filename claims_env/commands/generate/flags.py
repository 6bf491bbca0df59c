"""What the generate command takes, and the words that teach it."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

import tyro

from claims_env.errors import ConfigError
from claims_env.mdm_config import MdmConfig
from claims_env.prompt import SLOTS

DESCRIPTION = """Make clips of texts or prompts, and pictures of them.

A text that reads like a prompt of the library is slot-filled: its tiers say how large and how fast.
Any other text is free: it is read by its words. What is told at the end says which it was, what
was understood, what was not, and whether the physical filter passes the clip.

Examples:
  claims-env generate "a high front kick, then a jump"
  claims-env generate "walk, turn around and sit down" "three jabs" --seeds 3 --out look
  claims-env generate --random 20 --tier 5 --domain gymnastics --seed 7
  claims-env generate --domain dance --base-action "a single pirouette on the spot" --tier 4
  claims-env generate --action 1,0,12,3,5,2 --generator your_module:YourGenerator
  claims-env generate --generator mdm --checkpoint model000200000.pt "a person does a cartwheel"

Each clip gets NAME.npz (which --suite and training read), NAME.png (its key frames) and NAME.webp
(a moving picture); index.json lists all clips with their figures, sheet.png shows them together."""


@dataclass(frozen=True)
class GenerateFlags:
    """What the generate command takes."""

    texts: Annotated[tuple[str, ...], tyro.conf.Positional] = ()
    """What to do, in English; each text is one prompt."""

    action: Annotated[tuple[str, ...], tyro.conf.UseAppendAction] = ()
    """Six indices of a slot-filled prompt: domain, template, base action, combo action, detail,
    speed and rhythm; may be given again."""

    random: int = 0
    """How many prompts to draw from the library."""

    domain: str | None = None
    """Whose words to draw from."""

    tier: int | None = None
    """Keep every phrase drawn to this tier, 1 (easy) to 5 (hard)."""

    base_action: str | None = None
    """This phrase of the domain's library; slots that are not named are drawn."""

    combo_action: str | None = None
    """Likewise."""

    detail: str | None = None
    """Likewise."""

    speed_rhythm: str | None = None
    """Likewise."""

    seed: int = 0
    """Chooses the take, and what is drawn."""

    seeds: int = 1
    """How many takes of each prompt: seed, seed + 1, and so on."""

    generator: str = "composer"
    """Who makes them: composer, mdm (with --checkpoint), mocap_retrieval:FOLDER, or module:Class of
    your own."""

    mdm: Annotated[MdmConfig, tyro.conf.arg(name="")] = field(default_factory=MdmConfig)
    """The Motion Diffusion Model; these flags are for --generator mdm alone."""

    library: Path | None = None
    """The words: a folder or file of your own; without it, the shipped ones."""

    filter: Literal["default", "official"] = "default"
    """Which limits decide whether a clip passes; every clip is written, passed or not."""

    out: str | None = None
    """Where to; default clips, numbered if that exists."""

    pictures: bool = True
    """Whether to draw; without pictures it is about twenty times as fast."""

    overwrite: bool = False
    """Replace files of the same names; other clips of the folder stay, and stay listed."""

    @property
    def phrases(self) -> dict[str, str | None]:
        """The phrase named for each slot, or None."""
        return {slot: getattr(self, slot) for slot in SLOTS}

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Which files a clip gets."""
        return (".npz", ".png", ".webp") if self.pictures else (".npz",)

    @property
    def full_name(self) -> str:
        """Who makes the clips, as an index and names tell it: with its folder or model, if any."""
        if self.mdm.checkpoint is not None:
            return f"{self.generator}:{self.mdm.checkpoint}"
        return self.generator.rstrip("/")

    @property
    def is_official(self) -> bool:
        """Whether the official release's check decides."""
        return self.filter == "official"

    @cached_property
    def folder(self) -> Path:
        """Where the clips go: the folder named, or one that nothing has.

        Raises:
            ConfigError: It has no name, or every name tried is taken.
        """
        if self.out is not None:
            if not self.out.strip():
                raise ConfigError("--out names no folder. Write --out FOLDER, or leave it out.")
            return Path(self.out)
        for number in range(1, 10_000):
            folder = Path("clips" if number == 1 else f"clips-{number}")
            if not folder.exists():
                return folder
        raise ConfigError("There are too many folders called clips. Name one with --out.")
