"""What the convert command takes, and the words that teach it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import tyro

from claims_env.clip_format import READABLE

_WIDEST = max(map(len, READABLE))

DESCRIPTION = f"""Turn clips of one format into another, all on SMPL's skeleton.

Read, told by suffix and content (or named with --from):
{chr(10).join(f"  {kind:<{_WIDEST}}  {what}" for kind, what in READABLE.items())}

Folders of these are read with their subfolders. Written, told by OUT (or named with --to):
  a folder or .npz           one npz for each clip; with --to amass, as AMASS writes it
  .pkl                       PHC's motion library (needs joblib and torch)
  .yaml                      ProtoMotions' list, with npz in a folder beside it

Examples:
  claims-env convert kick.bvh kick.npz
  claims-env convert humanoid3d_spinkick.txt spinkick.npz
  claims-env convert kungfu_g_clean.pkl clips
  claims-env convert clips library.pkl
  claims-env convert clips motions.yaml
  claims-env convert kick.npz kick_amass.npz --to amass
  claims-env convert subject.npz subject_fixed.npz --trans pelvis

BVH and DeepMimic are retargeted: bones point and turn as they do there, the way of the hips grows
with the legs, and the clip is put on the floor. Every npz says in its provenance what was done.
Pickles are read without running anything that is in them; one that wants to run code is refused.

Nothing that is there is replaced without --force. Exit status: 0 if every clip was written, 1 if
some could not be used (the others are written) or nothing was done. Then look: claims-env check
OUT."""


@dataclass(frozen=True)
class ConvertFlags:
    """What the convert command takes."""

    source: Annotated[Path, tyro.conf.Positional, tyro.conf.arg(metavar="IN")]
    """A file or folder of clips."""

    target: Annotated[Path, tyro.conf.Positional, tyro.conf.arg(metavar="OUT")]
    """A folder, or a file that ends in .npz, .pkl or .yaml."""

    source_kind: Annotated[str | None, tyro.conf.arg(name="from", metavar="FORMAT")] = None
    """The format of IN, where suffix and content do not say."""

    target_kind: Annotated[str | None, tyro.conf.arg(name="to", metavar="FORMAT")] = None
    """The format to write, where OUT does not say."""

    trans: Literal["auto", "pelvis", "origin"] = "auto"
    """What `trans` of AMASS-like npz means: the pelvis, or the model's origin 0.22 m from it as in
    AMASS itself; auto lets the file say, and otherwise takes AMASS's."""

    force: Annotated[bool, tyro.conf.FlagCreatePairsOff] = False
    """Replace what is there."""

    @property
    def trans_is_pelvis(self) -> bool | None:
        """Whether `trans` is the pelvis; None where the file says."""
        return None if self.trans == "auto" else self.trans == "pelvis"
