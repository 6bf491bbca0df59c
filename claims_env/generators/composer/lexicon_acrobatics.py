"""Which words name the moves of gymnastics: specific expressions before general ones."""

from claims_env.generators.composer.score import Move

_AND = r"(?:,? and|,? then|,? into|,? through)(?: then)?(?: an?| the)? "
"""What ties one move of a tumbling pass to the next."""

_BACKFLIP = r"(?:(?:tucked |high )?back ?(?:flip|tuck|somersault)|backward (?:somersault|flip))"
_LAYOUT = r"(?:(?:stretched )?(?:back )?layout(?: (?:flip|somersault))?|whip ?back)"
_ROUND_OFF = r"(?:running )?round-?off"
_FLIC = r"(?:back handspring|flic[- ]?flac|flick[- ]?flack|back walkover)"


def _move(primitive: str, **parameters: float) -> tuple[Move, ...]:
    return (Move(primitive, parameters),)


_START = Move("round_off", {"links": 1.0})
_LINK = Move("back_handspring", {"linked": 1.0, "links": 1.0})
_LAST_FLIC = Move("back_handspring", {"linked": 1.0})
_LAST_FLIP = Move("backflip", {"linked": 1.0})
_LAST_LAYOUT = Move("back_layout", {"linked": 1.0})

_TWIST = _move("back_layout", turns=1.0)

ACROBATICS: tuple[tuple[str, tuple[Move, ...]], ...] = (
    # passes: every move but the last ends in the crouch from which the next takes off
    (rf"{_ROUND_OFF}{_AND}{_FLIC}{_AND}{_LAYOUT}", (_START, _LINK, _LAST_LAYOUT)),
    (rf"{_ROUND_OFF}{_AND}{_FLIC}{_AND}{_BACKFLIP}", (_START, _LINK, _LAST_FLIP)),
    (rf"{_ROUND_OFF}{_AND}{_FLIC}", (_START, _LAST_FLIC)),
    (rf"{_ROUND_OFF}{_AND}{_BACKFLIP}", (_START, _LAST_FLIP)),
    (rf"{_ROUND_OFF}{_AND}{_LAYOUT}", (_START, _LAST_LAYOUT)),
    (rf"{_FLIC}{_AND}{_BACKFLIP}", (Move("back_handspring", {"links": 1.0}), _LAST_FLIP)),
    (r"tumbling (?:pass|run|line)", (_START, _LINK, _LAST_FLIP)),
    (_ROUND_OFF, _move("round_off")),
    (_FLIC, _move("back_handspring")),
    (r"handspring vault|vault over both hands", _move("handspring_vault")),
    (r"(?:front )?handspring|front walkover", _move("front_handspring")),
    # flips
    (r"full[- ]twist(?:ing)? (?:back )?(?:layout|flip|somersault)|full[- ]in", _TWIST),
    (rf"{_LAYOUT} with (?:a|one) (?:full )?twist", _TWIST),
    (r"half[- ]twist(?:ing)? (?:back )?(?:layout|flip|somersault)", _move(
        "back_layout", turns=0.5)),
    (_LAYOUT, _move("back_layout")),
    (r"butterfly twist|b-twist", _move("butterfly_twist")),
    (r"butterfly(?: (?:kick|jump|leap))?", _move("butterfly")),
    (r"aerial(?: cartwheel)?|side aerial|no-hands? cartwheel", _move("aerial")),
    (r"side ?(?:flip|somersault)", _move("side_flip")),
    (r"(?:front|forward) ?(?:flip|tuck|somersault)", _move("front_flip")),
    (rf"{_BACKFLIP}|flip", _move("backflip")),
    # vault-like flight
    (r"(?:two-foot(?:ed)?|bunny|rebound) hop", _move("two_foot_hop")),
    (r"(?:somersault|tucked|flipped) vault", _move("vault_tuck")),
    (r"(?:squat |through )?vault(?: hop| through)?|two-foot punch", _move("vault_hop")),
    # on the floor
    (r"(?:dive|diving) roll|dive into a (?:forward )?roll", _move("dive_roll")),
    (r"back(?:ward)? (?:shoulder )?roll", _move("backward_roll")),
    (r"(?:forward|shoulder|tucked) roll|somersault|tumbl(?:e|ing)", _move("forward_roll")),
    (r"(?:kip|nip)s?[- ]?up", _move("kip_up")),
    (r"cartwheel", _move("cartwheel")),
    (r"handstand walk|walk(?:s|ing)? on (?:his|her|their|the|both) hands", _move(
        "handstand_walk")),
    (r"handstand(?: kick-up)?|kick-up", _move("handstand_kick_up")),
    (r"bridge reach|back ?bend|bridge", _move("bridge_reach")),
    # balances and supports
    (r"(?:front |side )?scale(?: balance)?|balanc(?:e|ing) on one \w+", _move("scale_balance")),
    (r"l-?sit|support (?:hold|sit)", _move("l_sit")),
    (r"(?:tucked )?planche|frog stand|crow (?:pose|stand)", _move("planche")),
    (r"(?:front |full |side )?splits?(?! (?:squat|leap|jump|step|stance|kick))(?: sit)?",
     _move("split")),
    # swings
    (r"side(?:ways)? leg swing", _move("side_leg_swing")),
    (r"leg swing|swing(?:s|ing)? (?:one|a|the|his|her) leg", _move("leg_swing")),
    (r"(?:giant|pendulum|circular|full-body) (?:arm |body )?swing", _move("giant_swing")),
    (r"arm circle|circl(?:es?|ing) (?:(?:his|her|their|both|the) )?arms", _move(
        "round_arm_circle")),
)  # fmt: skip
"""An expression and the moves it names."""
