"""Which words change the parameters of the move beside them."""

from collections.abc import Iterable

from claims_env.generators.composer.lexicon_table import WordTable
from claims_env.generators.composer.score import Move

Readings = tuple[tuple[str, float], ...]
"""Parameters a modifier may mean and their values, the likeliest first."""

_EVERY = frozenset(("side", "amplitude"))

_TAKES = {
    "height": (
        "front_kick push_kick low_kick roundhouse_kick side_kick back_kick spin_kick hook_kick "
        "crescent_kick axe_kick jump_kick flying_side_kick spinning_back_kick tornado_kick block "
        "clinch catch racket_swing"
    ),
    "turns": (
        "pivot step spin_kick tornado_kick spinning_elbow spinning_backfist hop_turn jump_turn "
        "pirouette attitude_turn fouette pique_turn chaines tour_en_lair promenade floor_spin "
        "floor_roll stop_and_turn cartwheel back_layout"
    ),
    "depth": (
        "duck weave block lunge squat crouch level_change shoot single_leg hip_throw "
        "shoulder_throw sweep plie lift_shape dip bow pick_up stand_up bridge_reach"
    ),
    "distance": "jump hop",
    "count": (
        "jab cross overhand hook uppercut backfist hammer_fist palm_strike elbow_strike "
        "rising_elbow front_kick push_kick low_kick side_kick back_kick roundhouse_kick "
        "crescent_kick hook_kick axe_kick knee_strike clinch_knees duck slip weave lean_back "
        "dodge parry block lunge squat crouch level_change collar_tie clinch sweep "
        "advance retreat circle switch_step step back_step side_step march skip shuffle hop bound "
        "jump tuck_jump star_jump saute sissonne assemble pas_de_chat plie releve tendu battement "
        "arabesque attitude developpe arm_wave port_de_bras body_roll waltz_frame hinge "
        "drink strum swim limp wave bow clap catch pick_up push pull climb crawl "
        "round_arm_circle arm_swing high_knees ladder_steps jog sprint run lateral_bound "
        "chest_pass block_jump giant_swing leg_swing "
        "side_leg_swing handstand_walk backflip back_handspring front_flip"
    ),
}
"""Which parameters make a difference to which primitive; side and amplitude do to all."""

TAKES: dict[str, frozenset[str]] = {
    primitive: _EVERY | {name for name, takers in _TAKES.items() if primitive in takers.split()}
    for takers in _TAKES.values()
    for primitive in takers.split()
}

_COUNTS = (
    r"(?<![.,:/]\d)(?![.,:/]?\d)x?"
    r"(?![ -]?(?:[%\u00b0]|(?:c?m|s|km|kg|degs?|secs?|degree|second|minute|met(?:er|re))s?\b))"
)
"""What makes a numeral a count: it is no part of a longer number and has no unit."""

_ROWS: tuple[tuple[str, Readings], ...] = (
    (r"left|lead", (("side", 1.0),)),
    (r"right|rear", (("side", -1.0),)),
    # heights above the floor of an adult of 1.7 m [m]
    (r"ankle(?:-high| height)|to the ankle", (("height", 0.1),)),
    (r"shin(?:-high| height)", (("height", 0.3),)),
    (r"knee(?:-high| height)", (("height", 0.45),)),
    (r"thigh(?:-high| height)", (("height", 0.65),)),
    (r"(?:hip|waist)(?:-high| height)", (("height", 0.95),)),
    (r"rib(?:-high| height)|to the body", (("height", 1.1),)),
    (r"chest(?:-high| height)|to the chest", (("height", 1.25),)),
    (r"(?:shoulder|neck|chin)(?:-high| height)", (("height", 1.38),)),
    (r"(?:head|face)(?:-high| height)|to the head", (("height", 1.5),)),
    (r"overhead|above the head", (("height", 1.6),)),
    (r"forwards?", (("distance", 0.5),)),
    (r"backwards?", (("distance", -0.35),)),
    # how much: the first parameter the move knows is the one that is meant
    (r"quarter", (("turns", 0.25),)),
    (r"half", (("turns", 0.5), ("depth", 0.4), ("amplitude", 0.8))),
    (r"full", (("turns", 1.0), ("depth", 0.9), ("amplitude", 1.15))),
    (rf"once|single(?!-leg)|one|1{_COUNTS}", (("turns", 1.0), ("count", 1.0))),
    (rf"twice|double(?!-leg)|two|pair|2{_COUNTS}", (("turns", 2.0), ("count", 2.0))),
    (rf"triple|three|3{_COUNTS}", (("turns", 3.0), ("count", 3.0))),
    (rf"four|4{_COUNTS}", (("turns", 4.0), ("count", 4.0))),
    (rf"five|5{_COUNTS}", (("turns", 5.0), ("count", 5.0))),
    (r"shallow|demi", (("depth", 0.25), ("amplitude", 0.85))),
    (r"low", (("depth", 0.7), ("height", 0.45), ("amplitude", 0.85))),
    (r"deep|grand", (("depth", 0.9), ("amplitude", 1.1))),
    (r"high(?![ -]knee)", (("height", 1.4), ("amplitude", 1.15))),
    (r"tall", (("amplitude", 1.05),)),
    (r"short|small|compact", (("amplitude", 0.75),)),
    (r"long", (("amplitude", 1.2),)),
    (r"light|gentle|soft|quiet|slow|slowly|easy|relaxed|tucked", (("amplitude", 0.85),)),
    (
        r"powerful|driving|explosive|whipping|soaring|sweeping|giant|huge|wide|sharp|rising|rebound",
        (("amplitude", 1.15),),
    ),
)

MODIFIERS: WordTable[Readings] = WordTable(_ROWS)
"""An expression and what it may mean."""


def meant(primitive: str, readings: Readings) -> tuple[str, float] | None:
    """Return what a modifier means beside this primitive, or None if it has no such parameter.

    A count is meaningful to all: a primitive that does not take it is repeated.
    """
    takes = TAKES.get(primitive, _EVERY) | {"count"}
    return next((reading for reading in readings if reading[0] in takes), None)


def modified(move: Move, modifiers: Iterable[Readings]) -> tuple[Move, ...]:
    """Return the move, or its repetitions, as the modifiers would have it; amplitudes multiply."""
    parameters = dict(move.parameters)
    for name, value in filter(None, (meant(move.primitive, readings) for readings in modifiers)):
        before = parameters.get(name, 1.0) if name == "amplitude" else 1.0
        parameters[name] = round(value * before, 3)
    times = 1.0
    if "count" not in TAKES.get(move.primitive, _EVERY):
        times = parameters.pop("count", 1.0)
    return (Move(move.primitive, parameters),) * int(times)
