"""What a prompt asks a body to do: moves in order, how they are done, and when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Pattern = Literal["steady", "syncopated", "burst", "slow_fast", "accelerating", "sustained"]
"""How durations vary along the moves: all alike, long-short-long, holds broken by explosions, a
slow approach before a fast execution, each shorter than the last, or slow throughout."""


@dataclass(frozen=True, slots=True)
class Move:
    """One primitive, with the parameters that differ from its defaults.

    Attributes:
        primitive: A name registered in `primitives`.
        parameters: Such as side (-1 right, 1 left), height [m], turns, distance [m], count.
    """

    primitive: str
    parameters: Mapping[str, float] = field(default_factory=dict[str, float])


@dataclass(frozen=True, slots=True)
class Style:
    """How every move is done; what the detail slot edits.

    Attributes:
        amplitude: Scales reach, height, travel and turns; 1 is a trained amateur.
        extension: 0 bent limbs to 1 fully stretched lines.
        depth: How deep stances and landings sink, 0 upright to 1 thighs level.
        turnout: Outward rotation of the legs, 0 parallel to 1 a dancer's.
        guard: How high the resting hands are held, 0 hanging to 1 at the chin.
        hold: Balance held at the end of each move [s].
        lean: Forward inclination of the trunk [rad].
    """

    amplitude: float = 1.0
    extension: float = 0.5
    depth: float = 0.3
    turnout: float = 0.0
    guard: float = 0.0
    hold: float = 0.0
    lean: float = 0.0


@dataclass(frozen=True, slots=True)
class Timing:
    """When it is done; what the speed and rhythm slot edits.

    Attributes:
        tempo: Speed factor; 1 is comfortable, 1.6 is as fast as an expert.
        sharpness: 0 legato (even acceleration) to 1 staccato (fast strike, long rest).
        pause: Rest between moves [s].
        pattern: How durations vary along the moves.
    """

    tempo: float = 1.0
    sharpness: float = 0.3
    pause: float = 0.0
    pattern: Pattern = "steady"


@dataclass(frozen=True, slots=True)
class Score:
    """A prompt, understood.

    Attributes:
        moves: In order; the composer repeats them until the clip is full.
        style: How.
        timing: When.
        not_understood: Words that named no move, style or timing; goes into the provenance.
        base: Places of the moves that are the base action's: the last to go where there is no room.
        fallback: What is performed for want of a move named; empty where a move was.
    """

    moves: tuple[Move, ...]
    style: Style
    timing: Timing
    not_understood: tuple[str, ...] = ()
    base: tuple[int, ...] = ()
    fallback: str = ""
