"""Clip formats: the kinds of files motions come in, and what was read from some."""

from dataclasses import dataclass

from claims_env.motion import Motion
from claims_env.suite import Refusal

READABLE = {
    "claims": "npz of this package: trans is the pelvis, provenance kept",
    "amass": "npz as AMASS writes it: SMPL, SMPL-H or SMPL-X",
    "phc": "PHC's motion library: a joblib pickle of clips by name",
    "protomotions": "ProtoMotions' YAML list of motions, with npz beside it",
    "bvh": "BVH of any skeleton whose joints have known names",
    "deepmimic": "DeepMimic's JSON of 44 numbers per frame",
}
"""What can be read, and what it is."""

WRITABLE = ("claims", "amass", "phc", "protomotions")
"""What can be written."""


PHC_SHORTEST = 5
"""Fewer frames than these PHC leaves out without a word (its `min_length`)."""


@dataclass(frozen=True, slots=True)
class ReadClips:
    """What a file or folder held.

    Attributes:
        kinds: The format of each motion, in their order; keys of `READABLE`.
        motions: The clips, under names unique among them.
        refused: What could not be used.
    """

    kinds: tuple[str, ...]
    motions: tuple[Motion, ...]
    refused: tuple[Refusal, ...] = ()
