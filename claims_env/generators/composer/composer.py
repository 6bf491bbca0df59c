"""The default generator: reads a prompt, directs its moves, and solves the body."""

from collections.abc import Callable, Sequence

import numpy as np

from claims_env.generators.composer.director import audition, direct
from claims_env.generators.composer.performance import Performance
from claims_env.generators.composer.score import Move, Score
from claims_env.motion import Motion
from claims_env.prompt import Prompt, text_of
from claims_env.rotation import Floats

VERSION = "1"
"""Raised whenever the same prompt and seed would give other bytes."""

Reader = Callable[[Prompt | str], Score]


class Composer:
    """Composes motions from footholds, key poses and flight, without data or learning.

    Args:
        read: Turns prompts into scores; None takes the lexicon's.
        frames: Frames per clip.
        fps: Frames per second.
    """

    def __init__(self, read: Reader | None = None, *, frames: int = 180, fps: float = 30.0) -> None:
        self._read = read or _lexicon()
        self._frames, self._fps = frames, fps

    @property
    def name(self) -> str:
        """See `MotionGenerator`."""
        return "composer"

    def generate(self, prompts: Sequence[Prompt | str], seeds: Sequence[int]) -> list[Motion]:
        """See `MotionGenerator`."""
        return [self._one(p, s) for p, s in zip(prompts, seeds, strict=True)]

    def _one(self, prompt: Prompt | str, seed: int) -> Motion:
        score = self._read(prompt)
        motion = compose(score, seed, frames=self._frames, fps=self._fps)
        return motion.with_provenance(prompt=text_of(prompt))


def compose(
    score: Score, seed: int, *, frames: int = 180, fps: float = 30.0, name: str | None = None
) -> Motion:
    """Return a score performed; the same score and seed give the same bytes.

    Args:
        score: What to do, how and when.
        seed: Chooses the take: side, heading, small differences of tempo and size.
        frames: How many frames.
        fps: Frames per second.
        name: The motion's name; made of its first move and seed if None.

    Raises:
        UnknownName: A move names no primitive.
    """
    rng = np.random.default_rng(seed)
    take = audition(rng)
    stage = direct(score, take, (frames - 1) / fps)
    sway = _sway(rng, frames, fps)
    rotations, root = Performance(stage.sheet, frames, fps, score.style.lean, sway).solve()
    first = score.moves[0].primitive if score.moves else "stand"
    return Motion(rotations, root, fps, name or f"{first}-{seed}", _provenance(score, seed))


def _provenance(score: Score, seed: int) -> dict[str, object]:
    return {
        "generator": "composer",
        "version": VERSION,
        "seed": seed,
        "moves": [_said(move) for move in score.moves],
        "not_understood": list(score.not_understood),
    }


def _said(move: Move) -> dict[str, object]:
    return {"primitive": move.primitive, **dict(sorted(move.parameters.items()))}


def _sway(rng: np.random.Generator, frames: int, fps: float) -> Floats:
    """Return a body's unrest: bend, curve and twist of the trunk, shape (frames, 3) [rad]."""
    t = np.arange(frames)[:, None] / fps
    rates, phases = rng.uniform(0.2, 0.5, 3), rng.uniform(0, 2 * np.pi, 3)
    return np.asarray(np.array([0.012, 0.008, 0.012]) * np.sin(2 * np.pi * rates * t + phases))


def _lexicon() -> Reader:
    from claims_env.generators.composer.lexicon import read

    return read
