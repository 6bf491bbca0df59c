"""A body's skin over a motion: what gives one, and standing a motion on the floor by it.

Joints know no flesh; `claims_env.contact` guesses some. Whoever owns a body model can do better:
its lowest vertex is where the body truly meets the floor. Everything works without one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from claims_env.motion import Motion
from claims_env.rotation import Floats

Indices = npt.NDArray[np.integer[Any]]

PHC_FRAMES = 30
"""How many frames PHC looks at when it stands a clip on the floor (its `fix_trans_height`)."""

_BLOCK = 32
"""Frames whose vertices are held at once: 2.6 MB for SMPL."""


class BodyMesh(Protocol):
    """A surface of triangles that follows a motion."""

    @property
    def faces(self) -> Indices:
        """Each triangle's vertices, counter-clockwise seen from outside, shape (triangles, 3)."""
        ...

    @property
    def bones(self) -> Indices:
        """The joint that moves each vertex the most, shape (vertices,), as in `JOINTS`."""
        ...

    @property
    def facts(self) -> Mapping[str, Any]:
        """What a record says of the body: which model, whose file, which shape."""
        ...

    def vertices(self, motion: Motion, frames: Sequence[int] | None = None) -> Floats:
        """Return where the skin is, shape (frames, vertices, 3) [m], z up.

        Args:
            motion: What the body does.
            frames: Which of its frames; None takes all, about 80 kB each.
        """
        ...


def lowest_vertices(motion: Motion, body: BodyMesh, frames: int | None = None) -> Floats:
    """Return the height of the lowest vertex of each of the first frames, shape (frames,) [m].

    Args:
        motion: What the body does.
        body: Its skin.
        frames: How many to look at; None looks at all.
    """
    heights = [
        body.vertices(motion, block)[..., 2].min(1)
        for block in _blocks(motion.frames if frames is None else min(frames, motion.frames))
    ]
    return np.concatenate(heights).astype(np.float64)


def grounded(motion: Motion, body: BodyMesh, frames: int | None = None) -> Motion:
    """Return the motion lifted or lowered as a whole, so that its skin touches the floor.

    Args:
        motion: What the body does.
        body: Its skin.
        frames: Look at the first so many only, as PHC does with `PHC_FRAMES`; a later frame may
            then sink into the floor. None looks at all, so that nothing does.

    Raises:
        ValueError: There would be no frame to look at.
    """
    if frames is not None and frames < 1:
        raise ValueError(f"At least one frame must be looked at; {frames} were asked for.")
    height = float(lowest_vertices(motion, body, frames).min())
    lifted = replace(motion, root=motion.root - np.array([0.0, 0.0, height]))
    looked_at = "all frames" if frames is None else f"the first {frames} frames"
    return lifted.with_provenance(
        grounded_by={"lowest_vertex_of": looked_at, "lowered_m": round(height, 6), **body.facts}
    )


def _blocks(frames: int) -> Iterator[range]:
    return (range(at, min(at + _BLOCK, frames)) for at in range(0, frames, _BLOCK))
