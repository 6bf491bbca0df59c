"""Draws what the composer makes of single phrases or primitives: one strip of frames each."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import tyro

from claims_env.analysis.vocabulary import phrase_clips
from claims_env.assembly import whole_library
from claims_env.generators.composer import Composer, compose
from claims_env.generators.composer.primitives import PRIMITIVES
from claims_env.generators.composer.score import Move, Score, Style, Timing
from claims_env.motion import Motion
from claims_env.rendering import Caption, filmstrip, save_picture, stacked
from claims_env.understanding import understanding_of


@dataclass(frozen=True, slots=True)
class Options:
    """What to draw."""

    domain: str | None = None
    """Whose phrases; None draws every domain."""
    kind: Literal["base_action", "combo_action", "primitive"] = "base_action"
    """Phrases of a slot, or every registered primitive, whatever the domain."""
    out: Path | None = None
    """A .png or .webp for one sheet; None writes docs/vocabulary-DOMAIN.webp, under 450 kB."""
    seed: int = 0
    frames: int = 12
    only: str = ""
    """Keep phrases or primitives with this in their name."""


def clips(options: Options, domain: str) -> Iterator[tuple[Caption, Motion]]:
    if options.kind == "primitive":
        for name in PRIMITIVES:
            yield Caption(name), compose(Score((Move(name),), Style(), Timing()), options.seed)
        return
    shown = phrase_clips(Composer(), whole_library(), domain, options.kind, options.seed)
    for phrase, motion in shown:
        moves = " + ".join(understanding_of(motion).moves)
        yield Caption(phrase.text, phrase.tier, moves), motion


def draw(options: Options, domain: str) -> Path:
    named = "primitives" if options.kind == "primitive" else domain
    every = ((c, m) for c, m in clips(options, domain) if options.only in c.text)
    strips = [filmstrip(m, caption, count=options.frames, once=True) for caption, m in every]
    path = options.out or Path("docs") / f"vocabulary-{named}.webp"
    title = f"{named}: every {options.kind} alone".replace("_", " ")
    return save_picture(stacked(strips, title), path, at_most=450_000)


if __name__ == "__main__":
    options = tyro.cli(Options, description=__doc__)
    one = options.domain or options.kind == "primitive"
    for domain in [options.domain or "any"] if one else whole_library().domains:
        path = draw(options, domain)
        print(f"{path}: {path.stat().st_size / 1000:.0f} kB")
