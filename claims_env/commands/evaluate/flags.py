"""What the evaluate command takes, and the words that teach it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

import tyro

from claims_env.assembly.evaluation import SUITES
from claims_env.errors import ConfigError
from claims_env.external_config import ExternalConfig
from claims_env.held_out import NAME
from claims_env.named_suite import NAMED
from claims_env.tracking_metrics import FailedFrames

DEFAULT_BODY = "lite"
"""The body of what names none: the zero and random actions, the base checkpoint."""

DESCRIPTION = f"""Evaluate a checkpoint of a tracker on whole suites of clips.

Beside a checkpoint of the embedded tracker two baselines perform every clip: the zero action, which
follows the reference blindly, and random actions. Without --assist nothing helps the humanoid; with
it, every table and file says so. Success means that no frame was more than 0.5 m off; several
suites are pooled by clips, as the paper's averages are.

CHECKPOINT is a file, a run's folder (its newest checkpoint is taken), or one of
  base   the checkpoint that comes with the package
  none   no checkpoint: the two baselines alone

Checkpoints of the paper's trackers, such as a released Humanoid.pth of PHC, are performed by the
tracker in its own Python: name it with --tracker and --external, or with the --config of a run; the
checkpoint of a run says itself. Each suite is one job, kept in --external.jobs, and found again if
it was done before. Nothing is trained.

A suite is a folder of npz motions (of this package, or AMASS-like), a YAML or JSON list of them, a
PHC pickle; NAME=PATH, a copy of a set the paper speaks of, whose clips are counted
(NAME:partial=PATH may lack some): {", ".join(NAMED)}; or one of
  {SUITES[0]}         the built-in suite: composed from words no round may use
  {SUITES[1]}   fresh clips composed at tier 1; likewise up to {SUITES[-1]}

Examples:
  claims-env evaluate runs/quick
  claims-env evaluate runs/quick/rounds/002/tracker.ckpt --suite path/to/clips --out evaluation
  claims-env evaluate base --suite composed-tier1 --suite composed-tier2 --clips 50 --seed 7
  claims-env evaluate base --suite kungfu=kungfu_g_clean.pkl --suite emdb=emdb_clean.pkl
  claims-env evaluate none --suite path/to/clips --assist 0.35
  claims-env evaluate mine.ckpt --body mine.xml --suite path/to/clips
  claims-env evaluate L6/Humanoid.pth --tracker phc --external.python ~/envs/isaac/bin/python \\
      --external.repository ~/PHC --external.jobs jobs --suite kungfu=kungfu_g_clean.pkl

With --out, the folder gets summary.json, clips.csv, clips.json (every clip, every metric), the
tracked motions as npz, and evaluation.html to look at and play them: all of it or nothing."""


@dataclass(frozen=True)
class EvaluateFlags:
    """What the evaluate command takes."""

    checkpoint: tyro.conf.Positional[str]
    """A checkpoint file, a run's folder, base or none."""

    suite: Annotated[tuple[str, ...], tyro.conf.UseAppendAction] = ()
    """A folder, a manifest, a PHC pickle, NAME=PATH or a suite's name; may be given again. Default:
    held-out."""

    clips: int = 20
    """How many clips, of suites that are composed."""

    seed: int = 0
    """Draws the clips of composed tiers; the held-out suite is always the same."""

    library: Path | None = None
    """The words clips are composed of: a folder or file of your own; without it, the shipped ones.
    """

    assist: float = 0.0
    """Helping wrench at the root, as a fraction of body weight; 0 is honest physics."""

    errors: FailedFrames = "phc"
    """Frames of a failed clip that enter the errors shown: phc (it starts over, as in PHC),
    until_failure or full. The files hold all three; success does not depend on it."""

    body: str | None = None
    """Whose body, for none and base; the MJCF file (.xml) a checkpoint was trained with, where its
    run's folder does not say. Any other checkpoint says itself."""

    workers: int = 0
    """Threads of the physics; 0 takes one per core. The figures do not depend on it."""

    out: Path | None = None
    """A folder to write everything to; without it, there is only the table."""

    motions: bool = True
    """Whether --out keeps the tracked motions, about 100 kB each."""

    force: bool = False
    """Replace an earlier evaluation at --out."""

    tracker: Literal["mujoco", "phc", "masked_mimic"] | None = None
    """Whose the checkpoint is; without it, the embedded tracker's, unless a run says otherwise."""

    config: Path | None = None
    """A run's YAML: its settings of the tracker and of --external hold, where no flag says
    otherwise."""

    external: ExternalConfig = field(default_factory=ExternalConfig)
    """Where and how an outside tracker runs."""

    @property
    def suites(self) -> tuple[str, ...]:
        """The suites asked for, each once."""
        return tuple(dict.fromkeys(self.suite)) or (NAME,)


def require_sound(flags: EvaluateFlags) -> None:
    """Refuse numbers no evaluation can be made with, and flags that would do nothing.

    Raises:
        ConfigError: One is there; it is named.
    """
    _require(flags.clips >= 1, "--clips", flags.clips, "at least 1")
    _require(flags.seed >= 0, "--seed", flags.seed, "0 or more")
    _require(flags.workers >= 0, "--workers", flags.workers, "0 for one per core, or more")
    _require(0 <= flags.assist <= 1, "--assist", flags.assist, "from 0 to 1")
    is_named = flags.body is not None and not flags.body.endswith(".xml")
    if is_named and flags.checkpoint not in ("base", "none"):
        raise ConfigError(
            "--body is for none and base, or an MJCF file (.xml); this checkpoint says itself. "
            "Leave it out."
        )
    if flags.out is None and (flags.force or not flags.motions):
        flag = "--force" if flags.force else "--no-motions"
        raise ConfigError(f"{flag} is about files, and none are written. Add --out FOLDER.")


def _require(holds: bool, name: str, value: float, expected: str) -> None:
    if not holds:
        raise ConfigError(f"'{name}' is {value}. Expected {expected}.")
