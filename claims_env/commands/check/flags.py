"""What the check command takes, and the words that teach it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import tyro

from claims_env.clip_format import READABLE
from claims_env.errors import ConfigError

DESCRIPTION = f"""Say what clips are, whether they may be trained on, and what to do if not.

For each clip: its format, frames, frame rate, length and speed, what was done to bring it here, and
every check of the motion filter with what was measured and how far it may go:

  fine         within the limits
  remarkable   beyond the first limit: trained on, and worth a look
  refused      beyond the second: `claims-env run` would leave the clip out

A CLIP is a file or folder in any format that is read: {", ".join(READABLE)}.

Examples:
  claims-env check kick.npz
  claims-env check kick.bvh --picture kick.png
  claims-env check clips --brief
  claims-env check library.pkl --json > checked.json

Exit status: 0 if every clip may be trained on, 1 if one is refused or cannot be read. What obeys
these limits may still be against physics: see claims-env feasible."""


@dataclass(frozen=True)
class CheckFlags:
    """What the check command takes."""

    clips: tyro.conf.Positional[tuple[Path, ...]]
    """Files and folders of clips."""

    source_kind: Annotated[str | None, tyro.conf.arg(name="from", metavar="FORMAT")] = None
    """Their format, where suffix and content do not say."""

    trans: Literal["auto", "pelvis", "origin"] = "auto"
    """What `trans` of AMASS-like npz means; see claims-env convert."""

    limits: Literal["default", "official"] = "default"
    """The limits: ours, or the official release's root height of 0.2 to 2.5 m."""

    brief: Annotated[bool, tyro.conf.FlagCreatePairsOff] = False
    """Show only what is not fine."""

    picture: Path | None = None
    """A PNG to draw the clips into, as strips."""

    json: Annotated[bool, tyro.conf.FlagCreatePairsOff] = False
    """Write everything as JSON, and no tables."""

    force: Annotated[bool, tyro.conf.FlagCreatePairsOff] = False
    """Replace the picture if it is there."""

    @property
    def trans_is_pelvis(self) -> bool | None:
        """Whether `trans` is the pelvis; None where the file says."""
        return None if self.trans == "auto" else self.trans == "pelvis"


def require_sound(flags: CheckFlags) -> None:
    """Refuse what nothing can be done with.

    Raises:
        ConfigError: Something is; it is named.
    """
    if not flags.clips:
        raise ConfigError("No clip is named. Write claims-env check CLIP, or a folder of clips.")
    if flags.force and flags.picture is None:
        raise ConfigError("--force is about the picture, and none is drawn. Add --picture FILE.")
    if flags.picture is not None and flags.picture.suffix.lower() != ".png":
        raise ConfigError(f"--picture {flags.picture} is no PNG. Name a file that ends in .png.")
    if flags.picture is not None and flags.picture.exists() and not flags.force:
        raise ConfigError(f"{flags.picture} exists already. Name another, or add --force.")
