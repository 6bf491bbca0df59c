"""Import notes: what a clip's provenance says was done to it on the way here, in sentences."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from claims_env.motion import Motion
from claims_env.skeleton import INDEX

LYING = 0.85
"""How far the trunk points along one axis on average where it always does: cosine of 32 degrees."""


def notes_on(motion: Motion) -> list[str]:
    """Return what a reader of a clip should know of its origin, one sentence each."""
    return [*_notes(motion.provenance), *_lying(motion)]


def _lying(motion: Motion) -> Iterator[str]:
    """Yield that a body lies along one axis throughout, as it does in a file that is not z up."""
    trunk = motion.joints[:, INDEX["Neck"]] - motion.joints[:, INDEX["Pelvis"]]
    mean = (trunk / np.linalg.norm(trunk, axis=-1, keepdims=True)).mean(0)
    along = int(np.abs(mean).argmax())
    if abs(mean[along]) > LYING and not mean[2] > LYING:
        sign = "-" if mean[along] < 0 else ""
        yield (
            f"Its trunk points along {sign}{'xyz'[along]} throughout: if it should stand, its file "
            "is not z up, and is to be turned."
        )


def _notes(said: Mapping[str, Any]) -> Iterator[str]:
    if "trans_is_pelvis" in said:
        yield f"Is trans the pelvis: {said['trans_is_pelvis']}."
    if "first_frame" in said:
        yield f"First frame {said['first_frame']}."
    retargeting = said.get("retargeting")
    if isinstance(retargeting, Mapping):
        yield from _retargeting(retargeting)
    if "raised_m" in said:
        yield f"Put on the floor: moved by {100 * said['raised_m']:+.1f} cm."
    if said.get("loop") not in (None, "none"):
        yield f"One pass of a motion that loops ({said['loop']})."
    for remark in said.get("remarks", ()):
        yield f"{remark[0].upper()}{remark[1:]}."
    if "evaluation_only" in said:
        yield f"Of the set '{said['evaluation_only']}': for evaluation, never to be trained on."


def _retargeting(said: Mapping[str, Any]) -> Iterator[str]:
    yield f"Retargeted from {said.get('from')}, scale {said.get('scale')}."
    if said.get("mean_error_m") is not None:
        yield f"Its joints are {100 * said['mean_error_m']:.1f} cm off, on average: other bones."
    for key, what in (("joints_lacking", "It lacks"), ("joints_left_out", "Left out of it")):
        if said.get(key):
            yield f"{what}: {', '.join(said[key])}."
