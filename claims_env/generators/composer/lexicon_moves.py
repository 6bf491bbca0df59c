"""Which words name which moves: an ordered table, specific expressions before general ones."""

from claims_env.generators.composer.lexicon_table import WordTable
from claims_env.generators.composer.score import Move

_ENDING = r"(?:s|es|ed|ing|bing|ming|ning|ping|ting)?"
"""How an English noun or verb of the table may end."""


_WHOSE = r"(?:the|an?|his|her|their|its|both|another)"
_LIMB = r"(?:arm|forearm|elbow|wrist|hand|finger|leg|knee|shin|ankle|foot|feet)s?\b"
_THROWN = r"(?:\w*ball|puck|disc|frisbee|baton)s?\b"

_CROSSED = rf"(?:es|ed|ing)? {_WHOSE} "
"""What follows 'cross' where it is a verb with an object; the punch has none."""

_SIDEWAYS = (
    r"(?:es|ed|ing) (?:over )?to (?:the|his|her|their) (?:\w+ )?"
    r"(?:left|right|front|back|side|end|wing|corner|cent(?:re|er))\b"
)

_PASSED = (
    rf"(?:(?:es|ed|ing)? {_WHOSE} (?!(?:\w+ ){{0,3}}{_THROWN})|"
    r"(?:es|ed|ing) (?:by|behind|beneath|between|in front)\b)"
)
"""What follows 'pass' where the dancer does, and no ball."""


def _move(primitive: str, **parameters: float) -> Move:
    return Move(primitive, parameters)


_ROWS: tuple[tuple[str, tuple[Move, ...]], ...] = (
    # strikes; a word before the noun may be the whole difference, so the long names come first
    (r"throw(?:s|ing)?(?= (?:an? )?(?:\w+ )?(?:punch|jab|cross|hook|uppercut|kick|elbow))", ()),
    ("one-two", (_move("jab"), _move("cross"))),
    (
        r"(?:jump|flying|turning|leap)(?:ing)? spin(?:ning)? (?:\w+ )?kick|tornado kick",
        (_move("hop_turn", turns=0.5), _move("spin_kick")),
    ),
    (r"(?:jump|flying|leap)(?:ing)? knee(?: strike)?", (_move("jump"), _move("knee_strike"))),
    (r"(?:jump|flying|leap)(?:ing)? (?:\w+ )?kick", (_move("jump_kick"),)),
    (
        r"spin(?:ning)? (?:elbow(?: strike)?|back ?fist)",
        (_move("pivot", turns=1.0), _move("elbow_strike")),
    ),
    (r"(?:spin(?:ning)?|wheel|reverse hook) (?:\w+ )?kick", (_move("spin_kick"),)),
    (r"(?:ball|soccer|instep|penalty|free|goal) kick|volley", (_move("ball_kick"),)),
    (r"(?:crescent|hook) kick", (_move("crescent_kick"),)),
    (r"axe? kick", (_move("axe_kick"),)),
    (r"roundhouse(?: kick)?|round kick", (_move("roundhouse_kick"),)),
    (r"side kick", (_move("side_kick"),)),
    (r"(?:back|mule) kick|kick(?:s|ing)? backward", (_move("back_kick"),)),
    (r"(?:front|snap|push) kick|teep|kick", (_move("front_kick"),)),
    (r"knee strike|knee to the \w+", (_move("knee_strike"),)),
    (r"uppercut", (_move("uppercut"),)),
    (r"(?:palm|open-hand)(?:-heel)? (?:strike|thrust)", (_move("palm_strike"),)),
    (r"elbow(?: strike)", (_move("elbow_strike"),)),
    (r"cross-?over step|cross-step|grapevine", (_move("side_step", count=2.0),)),
    (rf"cross(?={_CROSSED}(?!(?:\w+ )?{_LIMB})|{_SIDEWAYS})", (_move("step"),)),
    (rf"cross(?!{_CROSSED})(?: punch)?|(?:reverse|straight rear) punch", (_move("cross"),)),
    (r"hook(?: punch)?", (_move("hook"),)),
    (r"boxing", (_move("jab"), _move("cross"))),
    (r"jab|punch", (_move("jab"),)),
    # evasions and levels
    (r"duck", (_move("duck"),)),
    (r"slip|dodg(?:e|ing)", (_move("slip"),)),
    (r"(?:bob and )?weav(?:e|ing)", (_move("weave"),)),
    (r"block(?! start)|parry", (_move("block"),)),
    (r"sprawl|burpee", (_move("sprawl"),)),
    (r"level change|drop step", (_move("level_change"),)),
    (r"lung(?:e|ing)|split squat", (_move("lunge"),)),
    (r"squat", (_move("squat"),)),
    (r"crouch", (_move("crouch"),)),
    # grappling
    (r"collar tie|head tie", (_move("clinch", height=1.4),)),
    (r"body lock|bear hug|underhook", (_move("clinch", height=1.1),)),
    (r"clinch|grappl(?:e|ing)", (_move("clinch"),)),
    (r"double-leg(?: takedown| shot)?", (_move("shoot", depth=0.9),)),
    (r"single-leg(?: takedown| shot)?", (_move("shoot", depth=0.6),)),
    (r"takedown|penetration step|shoot for the legs", (_move("shoot"),)),
    (
        r"spin(?:ning)? (?:hip|shoulder) (?:throw|toss)",
        (_move("pivot", turns=0.5), _move("hip_throw")),
    ),
    (r"hip (?:throw|toss)", (_move("hip_throw"),)),
    (r"shoulder (?:throw|toss)", (_move("hip_throw", depth=0.9),)),
    (r"(?:(?:leg|foot|low) )?sweep(?!ing)|(?:inside|outside) trip", (_move("sweep"),)),
    # gymnastics
    (r"round-?off", (_move("cartwheel", turns=0.5),)),
    (r"cartwheel", (_move("cartwheel"),)),
    (
        r"(?:forward|shoulder|tucked|diving) roll|somersault|tumbl(?:e|ing)",
        (_move("forward_roll"),),
    ),
    (r"handstand(?: kick-up)?|kick-up", (_move("handstand_kick_up"),)),
    (r"bridge reach|back ?bend|bridge", (_move("bridge_reach"),)),
    (
        r"arm circle|circl(?:es?|ing) (?:(?:his|her|their|both|the) )?arms",
        (_move("round_arm_circle"),),
    ),
    (r"(?:front |side )?scale(?: balance)?|balanc(?:e|ing) on one \w+", (_move("scale_balance"),)),
    (r"vault(?: hop)?|two-foot punch", (_move("vault_hop"),)),
    # sport skills
    (r"jump ?shot|shoots? (?:a |the )?(?:basket|hoop|ball)", (_move("jump_shot"),)),
    (r"spike|smash", (_move("jump"), _move("overhead_reach"))),
    (r"(?:bat|baseball|golf) swing", (_move("bat_swing"),)),
    (r"(?:tennis )?serv(?:e|ing)", (_move("racket_swing", height=1.9),)),
    (r"(?:racket|tennis) swing|forehand|backhand", (_move("racket_swing"),)),
    (rf"pass(?={_PASSED})", (_move("step"),)),
    (r"(?:overarm |javelin )?throw|pitch|pass|toss", (_move("throw"),)),
    (r"diving (?:save|catch|reach)|dive|diving", (_move("dive_reach"),)),
    (r"overhead reach|reach(?:es|ing)? (?:up|overhead|high)", (_move("overhead_reach"),)),
    (r"ladder (?:drill|step)s?(?: on \w+ feet)?|(?:quick|fast) feet", (_move("ladder_steps"),)),
    (r"high[- ]knees?(?: drill| run)?", (_move("high_knees"),)),
    # dance
    (r"split (?:leap|jump)|grand jete", (_move("split_leap"),)),
    (r"pirouette", (_move("pirouette"),)),
    (r"chaine(?: turn)?", (_move("chaines"),)),
    (r"promenad(?:e|ing)(?: in (?:an )?(?:attitude|arabesque))?", (_move("promenade"),)),
    (r"arabesque", (_move("arabesque"),)),
    (r"attitude", (_move("attitude"),)),
    (r"developpe", (_move("developpe"),)),
    (r"(?:demi-|grand )?plie", (_move("plie"),)),
    (r"releve|rise on (?:the )?toes", (_move("releve"),)),
    (r"tendu", (_move("tendu"),)),
    (r"port de bras", (_move("port_de_bras"),)),
    (r"arm wave|wav(?:e|ing)", (_move("arm_wave"),)),
    (r"body (?:roll|wave)", (_move("body_roll"),)),
    (r"kneel|sink to the floor|floor sink|(?:sit|lie)s? down", (_move("floor_sink"),)),
    (
        r"partner reach|reach(?:es|ing)? (?:for|toward|to) (?:a|the|her|his) partner",
        (_move("partner_reach"),),
    ),
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
    (r"sprint start|block start", (_move("sprint_start"),)),
    (r"stop and turn|stop-and-turn|u-turn|turn(?:s|ing)? around", (_move("stop_and_turn"),)),
    (r"back ?step|step(?:s|ping)? back(?:ward)?", (_move("back_step"),)),
    (r"side ?step|lateral step|step(?:s|ping)? sideways", (_move("side_step"),)),
    (r"back-?pedal(?:ling)?|(?:walk|run)(?:s|ning|ing)? backwards?", (_move("backpedal"),)),
    (r"shuffle|shuffling", (_move("shuffle"),)),
    (r"cut(?:ting)?", (_move("cut"),)),
    (r"sprint", (_move("run", amplitude=1.1),)),
    (r"jog(?:ging)?", (_move("run", amplitude=0.75),)),
    (r"run(?!-)", (_move("run"),)),
    (r"walk|step|strid(?:e|ing)|march", (_move("step"),)),
    (r"pivot|turn|spin|rotat(?:e|ing)", (_move("pivot"),)),
    (r"guard|fighting stance", (_move("guard"),)),
    (r"roll", (_move("forward_roll"),)),
    (r"arm swings?(?: with a knee bend)?|swing(?!ing|-)", (_move("arm_swing"),)),
    (r"danc(?:e|ing)", (_move("port_de_bras"), _move("side_step"))),
    (r"(?:stretch|reach)(?:es|ing)?", (_move("overhead_reach"),)),
    (r"bow", (_move("body_roll"),)),
)


MOVES: WordTable[tuple[Move, ...]] = WordTable(_ROWS, ending=_ENDING)
"""An expression and the moves it names."""
