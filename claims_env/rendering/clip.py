"""Writes a motion as a moving picture: an animated WebP, which every browser and README shows."""

from pathlib import Path

from PIL import Image

from claims_env.body_mesh import BodyMesh
from claims_env.motion import Motion
from claims_env.rendering.camera import cameras_for
from claims_env.rendering.mesh import meshes_of
from claims_env.rendering.painter import TILE, Size, photograph
from claims_env.rendering.picture_file import fitted, write_whole

FPS = 15.0
"""Pictures per second of a clip; half of a tracker's 30 Hz, twice the saving."""


def save_clip(
    motion: Motion,
    path: Path,
    *,
    size: Size = TILE,
    fps: float = FPS,
    at_most: int | None = None,
    body: BodyMesh | None = None,
) -> Path:
    """Write a motion as an animated WebP that loops, all at once or not at all; return its path.

    Args:
        motion: What to show.
        path: Where to; must end in .webp.
        size: Width and height [px].
        fps: Pictures per second; never more than the motion has.
        at_most: Size not to exceed if any quality allows it [bytes].
        body: Whose skin to show; None draws the capsule figure.

    Raises:
        ValueError: The path ends otherwise, or fps is not positive.
    """
    if path.suffix != ".webp":
        raise ValueError(f"Clips are animated WebP; call the file {path.stem}.webp.")
    if fps <= 0:
        raise ValueError(f"A clip needs a positive number of pictures per second; got {fps}.")
    pictures = _pictures(motion, size, min(fps, motion.fps), body)
    frame_ms = round(1000 / min(fps, motion.fps))
    return write_whole(fitted(pictures, at_most, frame_ms=frame_ms), path)


def _pictures(motion: Motion, size: Size, fps: float, body: BodyMesh | None) -> list[Image.Image]:
    joints, cameras = motion.joints, cameras_for(motion.joints, size[0] / size[1])
    wanted = int(motion.seconds * fps) + 1
    numbers = [min(round(i * motion.fps / fps), motion.frames - 1) for i in range(wanted)]
    # one skin at a time: a long clip has thousands
    return [
        photograph(
            joints, n, cameras[n], size, mesh=meshes_of(motion, body, [n])[0] if body else None
        )
        for n in numbers
    ]
