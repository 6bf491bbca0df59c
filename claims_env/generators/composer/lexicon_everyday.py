"""Which words name everyday actions, and the bare verbs that stand for a whole family."""

from claims_env.generators.composer.score import Move

_AND = r"(?:,? (?:and|then|before|,))+ (?:\w+ ){0,3}?"
_UP = r"(?:stand|get|gets|stands|rise|rises|getting|standing|rising)(?: back)?(?: up)"


def _move(primitive: str, **parameters: float) -> tuple[Move, ...]:
    return (Move(primitive, parameters),)


DOINGS: tuple[tuple[str, tuple[Move, ...]], ...] = (
    # what goes down comes up within the same move
    (rf"(?:lie|lay|lying|lies|lays)(?: back)?(?: down)?(?: \w+){{0,4}}?{_AND}{_UP}",
     _move("lie_down")),
    (rf"(?:sit|sits|sitting)(?: back)?(?: down)?(?: \w+){{0,5}}?{_AND}{_UP}", _move("sit_down")),
    (r"(?:lie|lay|fall|collaps)(?:s|es|e|ing)?(?: back)? down|lying(?: down)?|"
     r"(?:lie|lies|lay|lays)(?: (?:on|flat|face))?",
     _move("lie_down")),
    (r"fall(?=s|ing|\b)(?: (?:over|to the (?:floor|ground)))?|faint|collaps(?:e|ing)|nap",
     _move("lie_down")),
    (r"sit(?=s|ting|\b)(?:ting)?(?: down)?|take(?:s)? a seat|seated", _move("sit_down")),
    (rf"{_UP}|gets? to (?:his|her|their) feet", _move("stand_up")),
    (r"crawl|on (?:his |her |their |all )(?:hands and knees|fours)", _move("crawl")),
    (r"climb(?:s|ing)?(?: (?:up|down|over))?(?: (?:a|the|some) \w+)?|"
     r"scal(?=es|ing)(?:ing)?(?= the)|up (?:a|the) ladder", _move("climb")),
    (r"balanc(?:es?|ing) on (?:one|his|her|their|the) ?(?:\w+)?", _move("scale_balance")),
    (r"rais(?:es?|ing) (?:\w+ ){0,3}?(?:arm|hand)s?(?: up| overhead)?(?=$|[,. ])(?! and wav)",
     _move("overhead_reach")),
    (r"salut(?:es?|ing)|hand to (?:the|his|her) (?:head|brow)", _move("wave", count=1.0)),
    (r"(?:stand|wait|stay|remain|freez|idl)(?:s|es|e|ing)?"
     r"(?: (?:still|motionless|quietly|idle|in place|there))", _move("stand")),
    (r"stands(?! (?:up|on))|waits|waiting|freez(?:es?|ing)|idl(?:es?|ing)|does nothing",
     _move("stand")),
    (r"limp|hobbl(?:es?|ing)|stagger", _move("limp")),
    (r"drink|sip|(?:takes?|taking) a sip", _move("drink")),
    (r"swim|(?:front crawl|breast|back)-?stroke", _move("swim")),
    (r"play(?:s|ing)? (?:\w+ ){0,3}?(?:guitar|violin|fiddle|banjo|ukulele|cello|bass)|strum|"
     r"play(?:s|ing)? (?:\w+ ){0,3}?(?:instrument|music)", _move("strum")),
    (r"play(?:s|ing)? (?:\w+ ){0,3}?(?:piano|keyboard|drum)", _move("arm_wave")),
    (r"play(?:s|ing)? (?:\w+ ){0,2}?golf", _move("golf_swing")),
    (r"play(?:s|ing)? (?:\w+ ){0,2}?(?:tennis|badminton|squash)",
     (Move("shuffle", {"count": 2}), Move("racket_swing"))),
    (r"play(?:s|ing)? (?:\w+ ){0,2}?(?:baseball|cricket)", _move("bat_swing")),
    (r"play(?:s|ing)? (?:\w+ ){0,2}?(?:football|soccer)", (Move("jog"), Move("ball_kick"))),
    (r"play(?:s|ing)? (?:\w+ ){0,2}?basketball",
     (Move("shuffle", {"count": 2}), Move("jump_shot"))),
    (r"play(?:s|ing)? (?:\w+ ){0,2}?volleyball", (Move("shuffle", {"count": 2}), Move("spike"))),
    (r"play(?:s|ing)? (?:\w+ ){0,2}?(?:catch|ball)", (Move("catch"), Move("throw"))),
    (r"play(?:s|ing|ful)?", (Move("skip"), Move("jump"))),
    (r"clap|applau(?:d|ds)", _move("clap")),
    (r"wav(?:e|ing)(?: (?:his|her|their|with|at|to) (?:\w+ ){0,2}?(?:arms?|hands?))?|greet",
     _move("wave")),
    (r"bow|curtsey|curtsy", _move("bow")),
    (r"look(?:s|ing)?(?: (?:all|to the left and right))?(?: around| left and right)?|search|scan",
     _move("look_around")),
    (r"(?:pick|lift|grab|scoop)(?:s|ing|ping)?(?: \w+){0,3}? (?:up|from the (?:floor|ground))|"
     r"lift(?!ed)|bend(?:s|ing)? (?:down|over)|deadlift", _move("pick_up")),
    (r"(?:push|press)[- ]?up", _move("sprawl")),
    (r"push(?!-)|shov(?:e|ing)", _move("push")),
    (r"pull|drag|row(?=s|ing)", _move("pull")),
    (r"catch|receiv(?:e|ing)", _move("catch")),
    (r"march", _move("march")),
    (r"stretch", _move("stretch")),
    (r"skip(?=s|ping|\b)", _move("skip")),
    (r"twirl", _move("pirouette")),
)  # fmt: skip
