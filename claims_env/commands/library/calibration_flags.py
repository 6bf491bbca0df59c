"""What `claims-env library calibrate` takes, and which values of it make sense."""

from dataclasses import dataclass
from pathlib import Path

from claims_env.errors import ConfigError


@dataclass(frozen=True)
class Flags:
    """What to measure, and with what."""

    library: Path | None = None
    """A folder or file of words of your own; without it, the words that ship."""

    domain: tuple[str, ...] = ()
    """Only these domains."""

    generator: str = "composer"
    """Whose clips are measured: composer, mocap_retrieval:FOLDER with captioned recordings, or
    module:Class of your own."""

    clips: int = 8
    """Clips per phrase; intervals shrink with their root."""

    seed: int = 0
    """Everything random follows from it."""

    words_alone: bool = False
    """Tell the generator one tier for every phrase."""

    checkpoint: Path | None = None
    """A tracker's checkpoint, such as rounds/002/tracker.ckpt of a run; without it, no tracker is
    asked."""

    tracker: str = "mujoco"
    """Whose checkpoint that is: mujoco or skill."""

    assist: float = 0.35
    """Helping wrench at the root while it performs, as a fraction of body weight."""

    out: Path | None = None
    """Where to write; default `evidence` in the library's folder; here for the shipped words."""

    workers: int = 0
    """Processes; 0 takes one per core."""

    overwrite: bool = False
    """Measure again what is there and fits."""


def require_sound(flags: Flags) -> None:
    """Refuse numbers no calibration can be made with.

    Raises:
        ConfigError: One is out of range.
    """
    _require(flags.clips >= 2, "clips", flags.clips, "at least 2, or there is no interval")
    _require(flags.seed >= 0, "seed", flags.seed, "0 or more")
    _require(flags.workers >= 0, "workers", flags.workers, "0 for one per core, or more")
    _require(0 <= flags.assist <= 1, "assist", flags.assist, "from 0 to 1")


def _require(holds: bool, name: str, value: float, expected: str) -> None:
    if not holds:
        raise ConfigError(f"'{name}' is {value}. Expected {expected}.")
