"""The director: plays the moves of a score one after the other until the clip is full."""

from dataclasses import dataclass

import numpy as np

from claims_env.errors import UnknownName
from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.primitives import PRIMITIVES, Primitive
from claims_env.generators.composer.score import Score
from claims_env.generators.composer.stage import Stage

TAIL = 0.25
"""Stillness left at the end of a clip [s]."""


@dataclass(frozen=True, slots=True)
class Take:
    """How one performance of a score differs from another.

    Attributes:
        side: Which side leads where the score does not say, 1 left or -1 right.
        yaw: Heading at the start [rad].
        rate: Tempo factor.
        size: Amplitude factor.
        jitter: Seed of the small differences between repetitions.
    """

    side: int
    yaw: float
    rate: float
    size: float
    jitter: int


def audition(rng: np.random.Generator) -> Take:
    """Draw a take: mirrored or not, any heading, tempo within 4 %, amplitude within 6 %."""
    side = 1 if rng.random() < 0.5 else -1
    yaw = float(rng.uniform(-np.pi, np.pi))
    rate, size = 1 + 0.04 * rng.uniform(-1, 1), 1 + 0.06 * rng.uniform(-1, 1)
    return Take(side, yaw, float(rate), float(size), int(rng.integers(2**31)))


def direct(score: Score, take: Take, seconds: float) -> Stage:
    """Return a stage with the score performed on it, at least once as far as it fits.

    A score too long for the clip is played up to a quarter faster, and cut if still too long.
    """
    until = seconds - TAIL
    stage, rng = _opening(score, take)
    for index in range(len(score.moves)):
        _perform(stage, score, take, 1.0, index, rng)
    if stage.time <= until:
        return _fill(stage, score, take, until, rng)
    haste = min(stage.time / until, 1.25)
    stage, rng = _opening(score, take)
    return _once(stage, score, take, haste, until, rng)


def _opening(score: Score, take: Take) -> tuple[Stage, np.random.Generator]:
    stage = Stage(score.style, take.yaw, take.side)
    stage.wait(0.1)
    return stage, np.random.default_rng(take.jitter)


def _fill(stage: Stage, score: Score, take: Take, until: float, rng: np.random.Generator) -> Stage:
    """Repeat the moves for as long as whole ones fit, then stand."""
    for lap in range(1, 24):
        stage.lead_with(take.side * (-1) ** lap)
        for index in range(len(score.moves)):
            trial = stage.copy()
            _perform(trial, score, take, 1.0, index, rng)
            if trial.time > until:
                stage.stand(0.3)
                return stage
            stage = trial
    return stage


def _once(
    stage: Stage, score: Score, take: Take, haste: float, until: float, rng: np.random.Generator
) -> Stage:
    """Play the moves through; the last one is left out rather than cut, if most has been shown."""
    for index in range(len(score.moves)):
        trial = stage.copy()
        _perform(trial, score, take, haste, index, rng)
        if trial.time > until and stage.time > 0.6 * until:
            stage.stand(0.3)
            return stage
        stage = trial
    return stage


def _perform(
    stage: Stage, score: Score, take: Take, haste: float, index: int, rng: np.random.Generator
) -> None:
    timing, move = score.timing, score.moves[index]
    side = int(np.sign(move.parameters.get("side", 0.0)))
    stage.lead_with(side or stage.side)
    share = (index + 0.5) / len(score.moves)
    jitter = 1 + 0.03 * rng.uniform(-1, 1)
    stage.rate = timing.tempo * take.rate * haste * pace(timing.pattern, index, share) * jitter
    stage.sharpness = timing.sharpness
    size = score.style.amplitude * take.size * (1 + 0.03 * rng.uniform(-1, 1))
    ask = Ask(move.parameters, size * move.parameters.get("amplitude", 1.0))
    primitive(move.primitive)(stage, ask)
    stage.wait(rest(score, index) / haste)


def primitive(name: str) -> Primitive:
    """Return the primitive of that name.

    Raises:
        UnknownName: There is none.
    """
    if name not in PRIMITIVES:
        raise UnknownName("primitive", name, PRIMITIVES)
    return PRIMITIVES[name]


def pace(pattern: str, index: int, share: float) -> float:
    """Return the speed factor of a move from its place, `share` of the way through the score."""
    match pattern:
        case "syncopated":
            return 0.82 if index % 2 == 0 else 1.3
        case "burst":
            return 1.3
        case "slow_fast":
            return 0.8 + 0.55 * share
        case "accelerating":
            return 0.75 + 0.65 * share
        case "sustained":
            return 0.72
        case _:
            return 1.0


def rest(score: Score, index: int) -> float:
    """Return the stillness after a move [s]: the timing's, and a burst's gathering of force."""
    gathering = 0.35 if score.timing.pattern == "burst" and index % 2 else 0.0
    return score.timing.pause + gathering
