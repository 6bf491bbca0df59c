"""Writes a motion as a moving picture: an animated WebP, which every browser and README shows."""

from pathlib import Path

from PIL import Image

from claims_env.motion import Motion
from claims_env.rendering.camera import cameras_for
from claims_env.rendering.painter import TILE, Size, photograph

FPS = 15.0
"""Pictures per second of a clip; half of a tracker's 30 Hz, twice the saving."""


def save_clip(motion: Motion, path: Path, *, size: Size = TILE, fps: float = FPS) -> Path:
    """Write a motion as an animated WebP that loops, and return its path.

    Args:
        motion: What to show.
        path: Where to; must end in .webp.
        size: Width and height [px].
        fps: Pictures per second; never more than the motion has.

    Raises:
        ValueError: The path ends otherwise, or fps is not positive.
    """
    if path.suffix != ".webp":
        raise ValueError(f"Clips are animated WebP; call the file {path.stem}.webp.")
    if fps <= 0:
        raise ValueError(f"A clip needs a positive number of pictures per second; got {fps}.")
    first, *others = _pictures(motion, size, min(fps, motion.fps))
    first.save(
        path,
        save_all=True,
        append_images=others,
        duration=round(1000 / min(fps, motion.fps)),
        loop=0,
        quality=80,
        method=2,
    )
    return path


def _pictures(motion: Motion, size: Size, fps: float) -> list[Image.Image]:
    joints, cameras = motion.joints, cameras_for(motion.joints, size[0] / size[1])
    wanted = int(motion.seconds * fps) + 1
    numbers = [min(round(i * motion.fps / fps), motion.frames - 1) for i in range(wanted)]
    return [photograph(joints, n, cameras[n], size) for n in numbers]
