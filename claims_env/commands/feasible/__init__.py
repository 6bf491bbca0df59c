"""claims-env feasible: which clips a humanoid can perform, told within seconds."""

import sys
from collections.abc import Sequence

import tyro

from claims_env import __version__
from claims_env.assembly.planning import assess_clips, load_clips
from claims_env.commands.feasible.corrected_folder import require_room, write_corrected
from claims_env.commands.feasible.flags import DESCRIPTION, FeasibleFlags, require_sound
from claims_env.commands.feasible.summary import show, write_json
from claims_env.feasibility import AssessedClip
from claims_env.motion import Motion
from claims_env.progress_bar import progress_bar

ABOUT = "say which clips obey physics, and correct them: claims-env feasible CLIP..."


def main(arguments: Sequence[str]) -> int:
    """Run the command; see `claims-env feasible --help`."""
    flags = tyro.cli(
        FeasibleFlags, args=list(arguments), prog="claims-env feasible", description=DESCRIPTION
    )
    require_sound(flags)
    motions, refused = load_clips(flags.clips)
    if flags.out is not None:
        require_room(flags.out, [motion.name for motion in motions], overwrite=flags.overwrite)
    assessed = _assess(motions, flags)
    if flags.out is not None:
        write_corrected(flags.out, [c.correction.motion for c in assessed if c.correction])
    if flags.json:
        conditions = {"claims_env": __version__, "body": flags.body, "seed": flags.seed}
        write_json(assessed, refused, conditions)
        return 0
    show(assessed, refused)
    if flags.out is not None:
        sys.stdout.write(f"What the humanoid did without help is in {flags.out}\n")
    return 0


def _assess(motions: Sequence[Motion], flags: FeasibleFlags) -> list[AssessedClip]:
    is_wanted = flags.out is not None
    with progress_bar("trying clips", len(motions) * (1 + is_wanted)) as advance:
        return assess_clips(
            motions,
            body=flags.body,
            seed=flags.seed,
            correct=is_wanted,
            threads=flags.workers,
            on_progress=advance,
        )
