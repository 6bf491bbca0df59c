"""The director: plays the moves of a score one after the other until the clip is full."""

from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from claims_env.errors import UnknownName
from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.fitting import (
    FASTEST,
    HURRIED,
    SWIFTEST,
    Fit,
    Rehearsal,
    fitted,
)
from claims_env.generators.composer.primitives import PRIMITIVES, Primitive
from claims_env.generators.composer.rhythm import hurried, paces, rest, sharpness
from claims_env.generators.composer.score import Score
from claims_env.generators.composer.stage import Stage
from claims_env.generators.composer.stance import astray

TAIL = 0.15
"""Stillness left at the end of a clip [s]."""

LATE = 0.1
"""A body that has come to rest only so much after the end of its clip [s] was cut unnoticed."""

CLOSING = 0.3
"""How long a body takes to come to rest after its last move [s]."""

SPARE = 0.9 * (TAIL + CLOSING)
"""How much of the rest at its end a clip gives up before it loses a move [s]."""

ROOM = 1.12
"""A rehearsal goes on until it is this much longer than the clip: one move more than may fit."""


MOST = 0.65
"""Share of a clip that must be filled before a move too many is left out rather than cut."""

HOPELESS = 2.2
"""A run-through so many times longer than the clip is broken off: it is not going to fit."""


@dataclass(frozen=True, slots=True)
class Performed:
    """One move on the stage.

    Attributes:
        place: Its place in the score; a later lap shows the same place again.
        primitive: Its name.
        start: When it begins [s].
        end: When it is over [s].
    """

    place: int
    primitive: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Show:
    """A score on the stage.

    Attributes:
        stage: Where it was performed.
        timeline: Every move, in order.
        fit: What was done to make it fill the clip.
    """

    stage: Stage
    timeline: tuple[Performed, ...]
    fit: Fit


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


def direct(score: Score, take: Take, seconds: float, ease: float = 1.0) -> Show:
    """Return a show of the score, over and over until the clip is full; see `fitted`.

    Args:
        score: What to perform.
        take: How this performance differs from others.
        seconds: How long the clip is.
        ease: Below 1, everything on the floor is so much slower than what fills the clip best;
            what then has no room is left out.
    """
    until = seconds - TAIL - CLOSING
    names = [move.primitive for move in score.moves]
    fit = fitted(names, until, partial(_rehearse, score, take, until), SPARE)
    show = _play(score, take, fit)
    if show.stage.time > seconds + LATE and fit.haste < FASTEST:
        # what some moves take does not quite scale, so one correction follows
        closing = show.stage.time - show.timeline[-1].end
        haste = min(fit.haste * show.timeline[-1].end / (seconds - closing), FASTEST)
        show = _play(score, take, replace(fit, haste=haste))
    if ease < 1:
        show = _play(score, take, replace(show.fit, haste=show.fit.haste * ease))
    return _whole(score, take, show, seconds)


def _whole(score: Score, take: Take, show: Show, seconds: float) -> Show:
    """Return the show without the shortest move that has to go for the last one to be whole.

    Unless the clip would be left too empty: then the last move is cut.
    """
    end = show.timeline[-1].end
    lengths = [move.end - move.start for move in show.timeline]
    spare = {move.place for move in show.timeline}.difference(score.base)
    rest = [
        (length, i)
        for i, length in enumerate(lengths)
        if MOST * seconds < end - length < seconds and show.timeline[i].place in spare
    ]
    if end <= seconds or not rest:
        return show
    _, out = min(rest)
    kept = tuple(move for i, move in enumerate(show.fit.moves) if i != out)
    return _play(score, take, replace(show.fit, moves=kept))


def _rehearse(score: Score, take: Take, until: float, repeats: int, flows: bool) -> Rehearsal:
    """Run through the score at its own tempo, and on as long as the clip may have room.

    A flowing run is one in a hurry, so it is run in a hurry: what does not scale is found out.
    """
    stage, rng = _opening(score, take)
    fit = Fit((), HURRIED if flows else 1.0, repeats=repeats, flows=flows)
    marks, closing = [(0, 0.0, stage.time)], list[float]()
    while not _enough(score, len(marks) - 1, stage.time / until):
        stage.flows = flows and len(marks) < len(score.moves)
        _perform(stage, score, take, fit, len(marks) - 1, fit.haste, rng)
        marks.append((len(stage.poses), stage.held, stage.time))
        closing.append(len(astray(stage.now)) * CLOSING / stage.rate)
    poses, still, took = np.diff(np.array(marks), axis=0).T
    asked, least = np.array(stage.poses).reshape(-1, 2).T
    move = np.repeat(np.arange(len(poses)), poses.astype(int))
    taken = np.bincount(move, np.maximum(asked, least), len(poses))
    asked *= fit.haste
    return Rehearsal(
        asked=asked,
        least=least,
        move=move,
        fixed=took - taken - still,
        closing=np.array(closing),
        still=still,
        pattern=score.timing.pattern,
        most=_most_haste(score),
        base=score.base,
    )


def _most_haste(score: Score) -> float:
    return max(SWIFTEST / score.timing.tempo, 1.0)


def _enough(score: Score, moves: int, share: float) -> bool:
    """Return whether so many moves, filling such a share of the clip, show all it may have."""
    if moves < len(score.moves):
        return share > HOPELESS and moves > max(score.base, default=0)
    return share > ROOM * max(float(paces(score.timing.pattern, moves).mean()), 1.0)


def _play(score: Score, take: Take, fit: Fit) -> Show:
    stage, rng = _opening(score, take)
    stage.patience = fit.patience
    pace = hurried(score.timing.pattern, len(fit.moves), fit.haste, _most_haste(score))
    timeline: list[Performed] = []
    for index, factor in zip(fit.moves, pace.tolist(), strict=True):
        start = stage.time
        place = index % len(score.moves)
        stage.flows = fit.flows and index != fit.moves[-1]
        end = _perform(stage, score, take, fit, index, factor, rng)
        timeline.append(Performed(place, score.moves[place].primitive, start, end))
    stage.stand(CLOSING)
    return Show(stage, tuple(timeline), fit)


def _opening(score: Score, take: Take) -> tuple[Stage, np.random.Generator]:
    stage = Stage(score.style, take.yaw, take.side)
    stage.sharpness = sharpness(score.timing)
    stage.wait(0.1)
    return stage, np.random.default_rng(take.jitter)


def _perform(
    stage: Stage,
    score: Score,
    take: Take,
    fit: Fit,
    index: int,
    pace: float,
    rng: np.random.Generator,
) -> float:
    """Perform one move and the rest after it; return when the move was over [s]."""
    lap, place = divmod(index, len(score.moves))
    if lap and place == 0:
        stage.lead_with(take.side * (-1) ** lap)
    move = score.moves[place]
    stage.lead_with(int(np.sign(move.parameters.get("side", 0.0))) or stage.side)
    nuance = 1 + 0.03 * rng.uniform(-1, 1, 2)
    stage.rate = score.timing.tempo * take.rate * pace * float(nuance[0])
    size = score.style.amplitude * take.size * float(nuance[1])
    ask = Ask(move.parameters, size * move.parameters.get("amplitude", 1.0), fit.repeats)
    primitive(move.primitive)(stage, ask)
    if stage.flows:
        stage.pass_on()
    end = stage.time
    stage.keep_still(rest(score.timing))
    return end


def primitive(name: str) -> Primitive:
    """Return the primitive of that name.

    Raises:
        UnknownName: There is none.
    """
    if name not in PRIMITIVES:
        raise UnknownName("primitive", name, PRIMITIVES)
    return PRIMITIVES[name]
