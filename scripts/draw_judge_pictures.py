"""Draws what judges are shown of a few composed clips, and says what it costs and what arrives."""

import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Literal

import tyro

from claims_env.chat import Picture
from claims_env.generators.composer import compose
from claims_env.generators.composer.score import Move, Score, Style, Timing
from claims_env.motion import Motion
from claims_env.provider_pixels import PIXEL_RULES, arrives_whole, picture_tokens
from claims_env.rendering import judge_picture, judge_sheet, save_picture
from claims_env.rendering.tiling import tiling_for

SHOWN = {
    "step": (15, "openai", False),
    "jump": (60, None, False),
    "cartwheel": (15, "openai", False),
    "spin_kick": (15, "openai", True),
    "sprint": (15, "openai", False),
}
"""Primitives of the composer: how many frames, for whom, and whether with ghosts."""


@dataclass(frozen=True, slots=True)
class Options:
    """What to draw."""

    out: Path = Path("docs")
    """Folder the pictures go to, as judge-NAME.webp."""
    only: str = ""
    """Draw primitives with this in their name; any of the composer's may be named in full."""
    painter: Literal["pillow", "mujoco"] = "pillow"
    """Who draws; mujoco's pictures are called judge-NAME-mujoco.webp."""
    seed: int = 0


def clip(name: str, seed: int) -> Motion:
    return compose(Score((Move(name),), Style(), Timing()), seed)


def draw(options: Options, name: str) -> Path:
    frames, provider, ghost = SHOWN.get(name, (15, None, False))
    sheet = judge_sheet(
        clip(name, options.seed),
        frames=frames,
        provider=provider,
        ghost=ghost,
        painter=options.painter,
    )
    suffix = "" if options.painter == "pillow" else f"-{options.painter}"
    return save_picture(sheet, options.out / f"judge-{name}{suffix}.webp", at_most=150_000)


def timed(motion: Motion, frames: int, provider: str) -> tuple[Picture, float]:
    """Return a picture and the CPU time it took [s]."""
    start = time.process_time()
    picture = judge_picture(motion, frames=frames, provider=provider)
    return picture, time.process_time() - start


def tell_costs(seed: int) -> None:
    """Say what pictures cost in tokens and time; no clip twice, as those drawn lately are kept."""
    seeds = count(seed)
    for provider in PIXEL_RULES:
        for frames in (15, 60):
            tries = [timed(clip("cartwheel", next(seeds)), frames, provider) for _ in range(3)]
            picture, seconds = tries[0][0], min(seconds for _, seconds in tries)
            arrives = arrives_whole(picture.width, picture.height, provider)
            seen = tiling_for(frames, provider).served_width(provider)
            tokens = picture_tokens(picture.width, picture.height, provider)
            print(
                f"{provider:15}{frames:3} frames: {picture.width} x {picture.height}, "
                f"{len(picture.data) / 1000:.0f} kB, {seen:.0f} px a frame "
                f"{'as sent' if arrives else 'resampled'}, {tokens} tokens, "
                f"{seconds * 1000:.0f} ms"
            )


if __name__ == "__main__":
    options = tyro.cli(Options, description=__doc__)
    named = [name for name in SHOWN if options.only in name] or [options.only]
    for name in named:
        path = draw(options, name)
        print(f"{path}: {path.stat().st_size / 1000:.0f} kB")
    if options.painter == "pillow":
        tell_costs(options.seed)
