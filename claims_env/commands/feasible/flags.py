"""What the feasible command takes, and the words that teach it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import tyro

from claims_env.errors import ConfigError
from claims_env.feasibility import DOUBTFUL, FEASIBLE

DESCRIPTION = f"""Say which clips a humanoid can perform, within seconds and without learning.

A simulated humanoid tries each clip: many slightly different attempts side by side, of which the
best go on, while a hand helps at its root. What obeys gravity, floor and inertia needs that hand
little and briefly; what hovers or falls too slowly hangs on it, and what jumps from place to place
cannot be followed at all. The score runs from 1 down to 0, against physics:

  feasible          {FEASIBLE:g} and more
  doubtful          {DOUBTFUL:g} to {FEASIBLE:g}: look at it
  against physics   less

The columns say why: lift (the most the hand carried over half a second, in body weights), jump and
shift (how far a joint, or all of them, left the body behind within 1/30 s), floor (how far the clip
as a whole is off it), error and worst (mean and worst distance from the clip), effort (power of the
joints per body mass), and the seconds of one core it took.

A CLIP is an npz motion (of this package, or AMASS-like), a folder of them, or a YAML or JSON list.

Examples:
  claims-env feasible clips/kick.npz
  claims-env feasible path/to/mocap --out corrected
  claims-env feasible clips --json > feasibility.json

With --out, a search follows in which nobody helps, some seconds for each second of a clip. FOLDER
gets what the humanoid did, as NAME.npz at 30 Hz (which --suite and other tools read): feet on the
floor, flights that fall. A clip that nobody found a way through ends where the humanoid was lost.
The same seed gives the same figures on any number of cores, the seconds excepted."""


@dataclass(frozen=True)
class FeasibleFlags:
    """What the feasible command takes."""

    clips: tyro.conf.Positional[tuple[Path, ...]]
    """Motions, folders of motions, or lists of them."""

    seed: int = 0
    """Decides what is tried."""

    body: str = "lite"
    """Whose attempt: a body by name, or an MJCF file of your own."""

    workers: int = 0
    """Processor cores to use; 0 takes every core there is."""

    json: Annotated[bool, tyro.conf.FlagCreatePairsOff] = False
    """Write the figures as JSON, and no table."""

    out: Path | None = None
    """A folder to write the corrected clips to."""

    overwrite: Annotated[bool, tyro.conf.FlagCreatePairsOff] = False
    """Replace files of the same names there."""


def require_sound(flags: FeasibleFlags) -> None:
    """Refuse what nothing can be done with, and flags that would do nothing.

    Raises:
        ConfigError: One is there; it is named.
    """
    if not flags.clips:
        raise ConfigError("No clip is named. Write claims-env feasible CLIP, or a folder of clips.")
    for name in ("seed", "workers"):
        value = getattr(flags, name)
        if value < 0:
            raise ConfigError(f"'--{name}' is {value}. Expected 0 or more.")
    if flags.overwrite and flags.out is None:
        raise ConfigError("--overwrite is about files, and none are written. Add --out FOLDER.")
