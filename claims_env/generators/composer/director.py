"""The director: plays the moves of a score one after the other until the clip is full."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from claims_env.errors import UnknownName
from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.primitives import PRIMITIVES, Primitive
from claims_env.generators.composer.score import Score
from claims_env.generators.composer.stage import Stage

TAIL = 0.15
"""Stillness left at the end of a clip [s]."""

MOST = 0.65
"""Share of a clip that must be filled before a move too many is left out rather than cut."""

SLOWEST, FASTEST = 0.75, 1.35
"""How far the tempo gives way to fill a clip with whole moves."""


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
    """Return a stage with the score performed on it, over and over until the clip is full.

    The tempo gives way a little, so that whole moves fill the clip: `SLOWEST` to `FASTEST` times
    what the score says. A score too long even so loses its last moves, or is cut.
    """
    until = seconds - TAIL
    ends = _ends(score, take, until)
    moves = _whole_moves(ends, until, len(score.moves))
    stage = _fitted(score, take, moves, ends[moves - 1] / until, until)
    if stage.time > until + TAIL and moves > 1:
        shorter = _fitted(score, take, moves - 1, ends[moves - 2] / until, until)
        stage = shorter if shorter.time > MOST * until else stage
    return stage


def _fitted(score: Score, take: Take, moves: int, haste: float, until: float) -> Stage:
    """Play so many moves as close to the length of the clip as the tempo gives way."""
    stage = _play(score, take, moves, haste)
    # what a body needs at least does not scale with the tempo, so one correction follows
    return _play(score, take, moves, haste * stage.time / until)


def _ends(score: Score, take: Take, until: float) -> list[float]:
    """Return when each move, repetitions included, is over at the score's own tempo [s]."""
    ends: list[float] = []
    stage, rng = _opening(score, take)
    while not ends or ends[-1] < FASTEST * until:
        _perform(stage, score, take, 1.0, len(ends), rng)
        ends.append(stage.time)
    return ends


def _whole_moves(ends: Sequence[float], until: float, score: int) -> int:
    """Return how many moves to show: the whole score if it fits, then what fits best."""
    fitting = [n for n in range(1, len(ends) + 1) if ends[n - 1] <= FASTEST * until]
    if not fitting:
        return 1
    whole = [n for n in fitting if n >= score] or fitting[-1:]
    return min(whole, key=lambda n: abs(math.log(ends[n - 1] / until)))


def _play(score: Score, take: Take, moves: int, haste: float) -> Stage:
    stage, rng = _opening(score, take)
    for index in range(moves):
        _perform(stage, score, take, min(max(haste, SLOWEST), FASTEST), index, rng)
    stage.stand(0.3)
    return stage


def _opening(score: Score, take: Take) -> tuple[Stage, np.random.Generator]:
    stage = Stage(score.style, take.yaw, take.side)
    stage.wait(0.1)
    return stage, np.random.default_rng(take.jitter)


def _perform(
    stage: Stage, score: Score, take: Take, haste: float, index: int, rng: np.random.Generator
) -> None:
    lap, index = divmod(index, len(score.moves))
    if lap and index == 0:
        stage.lead_with(take.side * (-1) ** lap)
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
