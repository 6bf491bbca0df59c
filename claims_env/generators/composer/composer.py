"""The default generator: reads a prompt, directs its moves, and solves the body."""

from collections.abc import Callable, Sequence
from dataclasses import asdict

import numpy as np

from claims_env.dynamics.strain import unexplained
from claims_env.generators.composer.director import Show, audition, direct
from claims_env.generators.composer.performance import Performance
from claims_env.generators.composer.score import Move, Score
from claims_env.motion import Motion
from claims_env.motion_repair import repair
from claims_env.prompt import Prompt, text_of
from claims_env.rotation import Floats

VERSION = "7"
"""Raised whenever the same prompt and seed would give other bytes."""

UNEXPLAINED = 0.15
"""Most of a clip's mean residual wrench at the root [body weights]; real clips have 0.07 in the
median and 0.44 in the worst twentieth."""

SUSPECT = 0.03
"""How far the repair must have moved a clip on average [m] for its residual to be looked at."""

EASES = (0.87, 0.75)
"""The tempo factors at which a clip beyond `UNEXPLAINED` is performed anew."""

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
    first = score.moves[0].primitive if score.moves else "stand"
    name = name or f"{first}-{seed}"
    motion = _performed(score, seed, frames, fps, name, 1.0)
    for ease in EASES:
        if not _overstrains(motion):
            break
        motion = _performed(score, seed, frames, fps, name, ease)
        motion = motion.with_provenance(retimed=ease)
    return motion


def _performed(score: Score, seed: int, frames: int, fps: float, name: str, ease: float) -> Motion:
    rng = np.random.default_rng(seed)
    take = audition(rng)
    show = direct(score, take, (frames - 1) / fps, ease)
    sway = _sway(rng, frames, fps)
    rotations, root = Performance(show.stage.sheet, frames, fps, score.style.lean, sway).solve()
    raw = Motion(rotations, root, fps, name, _provenance(score, seed, show))
    # keys are smooth and stand on the floor already; what is left is what forces they would take
    return repair(raw, cutoff=None, grounded=True)


def _overstrains(motion: Motion) -> bool:
    """Return whether a repaired motion still takes a wrench that no floor gives.

    Only one that the repair had to move far is worth the inverse dynamics: of 150 clips, those
    moved by less than `SUSPECT` had residuals under 0.08 body weights.
    """
    if motion.provenance["repair"]["moved_mean_m"] < SUSPECT:
        return False
    return unexplained(motion) > UNEXPLAINED


def _provenance(score: Score, seed: int, show: Show) -> dict[str, object]:
    shown = {move.place for move in show.timeline}
    return {
        "generator": "composer",
        "version": VERSION,
        "seed": seed,
        "moves": [_said(move) for move in score.moves],
        "style": asdict(score.style),
        "timing": asdict(score.timing),
        "left_out": [m.primitive for i, m in enumerate(score.moves) if i not in shown],
        "timeline": [
            {"primitive": m.primitive, "start": round(m.start, 3), "end": round(m.end, 3)}
            for m in show.timeline
        ],
        "not_understood": list(score.not_understood),
        "fallback": score.fallback,
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
