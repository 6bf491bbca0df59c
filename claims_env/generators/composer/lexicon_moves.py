"""Which words name which moves: an ordered table, specific expressions before general ones."""

from claims_env.generators.composer.lexicon_acrobatics import ACROBATICS
from claims_env.generators.composer.lexicon_dancing import DANCES
from claims_env.generators.composer.lexicon_everyday import DOINGS
from claims_env.generators.composer.lexicon_fighting import EVASIONS, GRAPPLING, STRIKES
from claims_env.generators.composer.lexicon_sport import COURT, SPORTS
from claims_env.generators.composer.lexicon_table import WordTable
from claims_env.generators.composer.score import Move

_ENDING = r"(?:s|es|ed|ing|bing|ming|ning|ping|ting)?"
"""How an English noun or verb of the table may end."""


def _move(primitive: str, **parameters: float) -> Move:
    return Move(primitive, parameters)


_ROWS: tuple[tuple[str, tuple[Move, ...]], ...] = (
    # air
    (r"tuck jump", (_move("tuck_jump"),)),
    (r"star jump|jumping jack", (_move("star_jump"),)),
    (r"[\w-]+[- ]turn hop|hop (?:with a |and )?[\w-]+ turn", (_move("hop_turn"),)),
    (
        r"[\w-]+[- ]turn jump|jump turn|"
        r"(?:jump|leap)(?:s|ing)? (?:with a |and )(?:\w+ )?(?:turn|spin)",
        (_move("jump_turn"),),
    ),
    (r"hop(?! step)", (_move("hop"),)),
    (r"bound", (_move("bound"),)),
    (r"leap|jete", (_move("leap"),)),
    (r"jump", (_move("jump"),)),
    # footwork, then what stands for a whole family
    (r"back ?step|(?:step|walk)(?:s|ping|ing)? back(?:wards?)?", (_move("back_step"),)),
    (r"side ?step|lateral step|step(?:s|ping)? sideways", (_move("side_step"),)),
    (r"back-?pedal(?:ling)?|run(?:s|ning)? backwards?", (_move("backpedal"),)),
    (r"shuffle|shuffling", (_move("shuffle"),)),
    (r"cut(?:ting)?", (_move("cut"),)),
    (r"run(?!-)", (_move("run"),)),
    (
        r"walk(?:s|ing)?(?: \w+){0,3}? in (?:an? )?(?:\w+ )?circles?",
        (_move("step", count=8, turns=1.0),),
    ),
    (r"walk|step|strid(?:e|ing)|stroll|wander", (_move("step"),)),
    (r"turn(?:s|ing)? (?:back )?(?:around|round)", (_move("pivot", turns=0.5),)),
    (r"pivot|turn|spin|rotat(?:e|ing)", (_move("pivot"),)),
    (r"guard|fighting stance", (_move("guard"),)),
    (r"roll", (_move("forward_roll"),)),
    (r"arm swings?(?: with a knee bend)?|swing(?!ing|-)", (_move("arm_swing"),)),
    (r"danc(?:e|ing)", (_move("port_de_bras"), _move("side_step"))),
    (r"reach(?:es|ing)?", (_move("overhead_reach"),)),
)


MOVES: WordTable[tuple[Move, ...]] = WordTable(
    (
        *(*ACROBATICS, *COURT, *STRIKES, *EVASIONS, *GRAPPLING),
        *(*DANCES, *SPORTS, *_ROWS, *DOINGS),
    ),
    ending=_ENDING,
)
"""An expression and the moves it names."""
