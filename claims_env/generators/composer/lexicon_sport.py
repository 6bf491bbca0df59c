"""Which words name the moves of sport: specific expressions before general ones."""

from claims_env.generators.composer.score import Move

_WHOSE = r"(?:the|an?|his|her|their|its|both|another)"
_THROWN = r"(?:\w*ball|puck|disc|frisbee|baton)s?\b"

_PASSED = (
    rf"(?:(?:es|ed|ing)? {_WHOSE} (?!(?:\w+ ){{0,3}}{_THROWN})|"
    r"(?:es|ed|ing) (?:by|behind|beneath|between|in front)\b)"
)
"""What follows 'pass' where the person does, and no ball."""


def _move(primitive: str, **parameters: float) -> tuple[Move, ...]:
    return (Move(primitive, parameters),)


COURT: tuple[tuple[str, tuple[Move, ...]], ...] = (
    (r"jump ?shot|shoots? (?:a |the )?(?:basket|hoop|ball)", _move("jump_shot")),
    (r"lay-?up|finger roll|dunk", _move("layup")),
    (r"spike|smash", _move("spike")),
    (r"block jump|net block|jump block|jump(?:s|ing)? to block", _move("block_jump")),
)
"""What is done above the floor of a court; a block there is a jump, elsewhere a cover."""

SPORTS: tuple[tuple[str, tuple[Move, ...]], ...] = (
    # swings
    (r"(?:bat|baseball|cricket) swing|home run", _move("bat_swing")),
    (r"golf (?:swing|drive|shot)|tee shot", _move("golf_swing")),
    (r"(?:tennis |overhead |jump )?serv(?:e|ing)", _move("serve")),
    (r"backhand(?: (?:swing|stroke|drive|slice))?", _move("backhand")),
    (r"(?:racket|tennis) swing|forehand(?: (?:swing|stroke|drive))?", _move("racket_swing")),
    # the ball
    (rf"pass(?={_PASSED})", _move("step")),
    (r"(?:overarm |javelin )?throw|(?:overarm|long) pass|pitch|toss", _move("throw")),
    (r"(?:(?:chest|bounce|two-hand(?:ed)?|light|short|quick|easy) )?pass", _move("chest_pass")),
    (r"diving (?:save|catch|reach|stop)|dive|diving", _move("dive_reach")),
    (r"overhead reach|reach(?:es|ing)? (?:up|overhead|high)", _move("overhead_reach")),
    # running
    (r"spin move|roll past|spin dodge", _move("spin_move")),
    (r"(?:lateral|side|skater|sideways) bound|skater (?:hop|jump)", _move("lateral_bound")),
    (r"ladder (?:drill|step)s?(?: on \w+ feet)?|(?:quick|fast) feet", _move("ladder_steps")),
    (r"high[- ]knees? (?:run|drill (?:down|along|across|up))", _move("high_knee_run")),
    (r"high[- ]knees?(?: drill)?", _move("high_knees")),
    (r"sprint start|block start", _move("sprint_start")),
    (r"stop and turn|stop-and-turn|u-turn", _move("stop_and_turn")),
    (r"sprint|dash", _move("sprint")),
    (
        r"(?:(?:relaxed|easy|casual) walk|walk(?:s|ing)? (?:casually|relaxed))",
        _move("step", count=4),
    ),
    (r"jog(?:ging)?", _move("jog")),
)
"""An expression and the moves it names."""
