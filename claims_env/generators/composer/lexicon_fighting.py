"""Which words name the moves of martial arts and combat: specific expressions before general."""

from claims_env.generators.composer.score import Move

_WHOSE = r"(?:the|an?|his|her|their|its|both|another)"
_LIMB = r"(?:arm|forearm|elbow|wrist|hand|finger|leg|knee|shin|ankle|foot|feet)s?\b"

_CROSSED = rf"(?:es|ed|ing)? {_WHOSE} "
"""What follows 'cross' where it is a verb with an object; the punch has none."""

_SIDEWAYS = (
    r"(?:es|ed|ing) (?:over )?to (?:the|his|her|their) (?:\w+ )?"
    r"(?:left|right|front|back|side|end|wing|corner|cent(?:re|er))\b"
)

_HIT = r"(?:punch|jab|cross|hook|uppercut|kick|elbow|fist|knee|strike|overhand)"
_FLYING = r"(?:jump|flying|leap)(?:ing)?"


def _move(primitive: str, **parameters: float) -> tuple[Move, ...]:
    return (Move(primitive, parameters),)


_SWUNG = r"(?:swing|hit|driv|strik)(?:s|es|e|ing)? (?:\w+ ){0,3}?"
"""What is done with a club, a bat or a racket; the words after it are what is held or hit."""


STRIKES: tuple[tuple[str, tuple[Move, ...]], ...] = (
    (rf"{_SWUNG}golf (?:club|ball)|{_SWUNG}(?:golf )?club", _move("golf_swing")),
    (rf"{_SWUNG}(?:baseball|cricket)(?: (?:bat|ball))?|{_SWUNG}bat", _move("bat_swing")),
    (rf"{_SWUNG}(?:tennis |badminton )?(?:racket|racquet|tennis ball)", _move("racket_swing")),
    # a word before the noun may be the whole difference, so the long names come first
    (rf"(?:throw(?:s|ing)?|land|fire|snap)(?:s|ing)?(?= (?:[\w-]+ ){{0,3}}{_HIT})", ()),
    ("one-two", (Move("jab"), Move("cross"))),
    (
        r"lung(?:e|ing) (?:driving|throwing|behind|into|with) a cross",
        (Move("lunge", {"stay": 1.0}), Move("cross", {"depth": 0.8})),
    ),
    (rf"{_FLYING} spin(?:ning)? (?:\w+ )?kick|(?:tornado|540|turning) kick", _move("tornado_kick")),
    (rf"{_FLYING} knee(?: strike)?", _move("flying_knee")),
    (rf"{_FLYING} side kick", _move("flying_side_kick")),
    (rf"{_FLYING} (?:\w+ )?kick", _move("jump_kick")),
    (r"spin(?:ning)? elbow(?: strike)?", _move("spinning_elbow")),
    (r"spin(?:ning)? (?:back ?fist|hammer ?fist)", _move("spinning_backfist")),
    (r"(?:spin(?:ning)?|turning) back kick", _move("spinning_back_kick")),
    (r"(?:spin(?:ning)?|wheel|reverse hook) (?:\w+ )?kick", _move("spin_kick")),
    (r"(?:ball|soccer|instep|penalty|free|goal) kick|volley", _move("ball_kick")),
    (r"kick(?:s|ing)?(?: [a-z]+){0,2} (?:the |a )?(?:soccer |foot)?ball", _move("ball_kick")),
    (r"crescent kick", _move("crescent_kick")),
    (r"hook kick", _move("hook_kick")),
    (r"axe? kick", _move("axe_kick")),
    (r"(?:leg|low|oblique) kick", _move("low_kick")),
    (r"roundhouse(?: kick)?|round kick", _move("roundhouse_kick")),
    (r"side kick|kick(?:s|ing)? (?:out )?(?:sideways|to (?:the|his|her) side)", _move("side_kick")),
    (r"(?:back|mule) kick|kick(?:s|ing)? backwards?", _move("back_kick")),
    (r"push kick|thrust kick|teep", _move("push_kick")),
    (r"(?:front|snap) kick|kick(?![- ]?(?:up|drum))", _move("front_kick")),
    (r"(?:clinch knees?|knees? (?:from|in|inside) (?:a|the) clinch)", _move("clinch_knees")),
    (r"(?:double|alternating|repeated) knees?(?: strikes?)?", _move("clinch_knees")),
    (r"knee (?:strike|thrust)|knee to the \w+|kneeing", _move("knee_strike")),
    (r"uppercut", _move("uppercut")),
    (r"overhand(?: (?:right|left|punch))?", _move("overhand")),
    (r"back ?fist(?: strike)?", _move("backfist")),
    (r"hammer ?fist(?: strike)?", _move("hammer_fist")),
    (r"(?:palm|open-hand)(?:-heel)? (?:strike|thrust)", _move("palm_strike")),
    (r"(?:rising|upward) elbow(?: strike)?", _move("rising_elbow")),
    (r"elbow strike|elbows? (?:to|into|across) ", _move("elbow_strike")),
    (r"cross-?over step|cross-step|grapevine", _move("side_step", count=2.0)),
    (rf"cross(?={_CROSSED}(?!(?:\w+ )?{_LIMB})|{_SIDEWAYS})", _move("step")),
    (rf"cross(?!{_CROSSED})(?: punch)?|(?:reverse|straight rear) punch", _move("cross")),
    (r"hook(?: punch)?", _move("hook")),
    (
        r"(?<!a )(?<!the )(?<!his )(?<!her )(?:shadow[- ]?)?box(?! (?:step|jump))(?:es|ed|ing)?",
        (Move("jab"), Move("cross"), Move("hook")),
    ),
    (r"jab|punch", _move("jab")),
    (r"strikes|hits|hitting|slaps|slapping", _move("palm_strike")),
    (r"fights|spars", (Move("guard"), Move("jab"), Move("low_kick"))),
)

EVASIONS: tuple[tuple[str, tuple[Move, ...]], ...] = (
    (r"duck", _move("duck")),
    (r"lean(?:s|ing)? back(?:wards?)?|lean-back|pull(?:s|ing)? back", _move("lean_back")),
    (r"slip(?=s|ped|ping|\b)", _move("slip")),
    (r"dodg(?:e|ing)|sidestep|evad(?:e|ing)", _move("dodge")),
    (r"(?:bob[- ]and[- ])?weav(?:e|ing)|bob(?=s|bing)", _move("weave")),
    (r"parry|parri(?=es|ed)|parrying", _move("parry")),
    (r"block(?! start)|shield", _move("block")),
    (r"sprawl|burpee", _move("sprawl")),
    (r"level change|drop step", _move("level_change")),
    (r"lung(?:e|ing)|split squat", _move("lunge")),
    (r"squat", _move("squat")),
    (r"crouch", _move("crouch")),
)

GRAPPLING: tuple[tuple[str, tuple[Move, ...]], ...] = (
    (r"collar tie|head tie", _move("collar_tie")),
    (r"body lock|bear hug|underhook", _move("body_lock")),
    (r"snap-?down|arm drag", _move("snap_down")),
    (r"clinch|grappl(?:e|ing)|wrestl(?:e|ing)|hug(?=s|ged|ging|\b)", _move("clinch")),
    (r"double-leg(?: takedown| shot)?", _move("shoot", depth=0.9)),
    (r"single-leg(?: takedown| shot)?|ankle pick", _move("single_leg")),
    (r"takedown|penetration step|shoot for the legs|tackl(?:e|ing)", _move("shoot")),
    (r"spin(?:ning)? hip (?:throw|toss)", (Move("pivot", {"turns": 0.5}), Move("hip_throw"))),
    (r"spin(?:ning)? shoulder (?:throw|toss)", (Move("pivot", {"turns": 0.5}),
                                                 Move("shoulder_throw"))),
    (r"hip (?:throw|toss)", _move("hip_throw")),
    (r"shoulder (?:throw|toss)", _move("shoulder_throw")),
    (r"(?:(?:leg|foot|low) )?sweep(?!ing)|(?:inside|outside) trip", _move("sweep")),
    (r"stance switch|switch(?: step| of stance|es stance|ing stance)?", _move("switch_step")),
    (r"circl(?:es?|ing)(?= (?:step|around|round|an? opponent|the))|circling", _move("circle")),
    (r"(?:step-and-slide|sliding) advance|advanc(?:e|ing)(?! toward the finish)", _move("advance")),
    (r"retreat", _move("retreat")),
)  # fmt: skip
"""Shapes of wrestling, and the footwork around them."""
