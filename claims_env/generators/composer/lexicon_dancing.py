"""Which words name the steps of dance: specific expressions before general."""

from claims_env.generators.composer.score import Move


def _move(primitive: str, **parameters: float) -> tuple[Move, ...]:
    return (Move(primitive, parameters),)


DANCES: tuple[tuple[str, tuple[Move, ...]], ...] = (
    # through the air
    (r"(?:split (?:leap|jump)|grand jete)(?! en tournant)", _move("split_leap")),
    (r"(?:tour jete|jete entrelace|turning leap|grand jete en tournant)", _move("tour_jete")),
    (r"(?:tour en l ?'?air|turn in the air|air turn)", _move("tour_en_lair")),
    (r"stag (?:leap|jump)", _move("stag_leap")),
    (r"sissonne", _move("sissonne")),
    (r"assemble(?!s|d)", _move("assemble")),
    (r"pas de chat|cat leap", _move("pas_de_chat")),
    (r"saute|spring(?:ing)? jump in first", _move("saute")),
    # round
    (r"pirouette", _move("pirouette")),
    (r"fouette(?: turn)?", _move("fouette")),
    (r"pique(?: turn)?", _move("pique_turn")),
    (r"attitude turn|turn in attitude|arabesque turn", _move("attitude_turn")),
    (r"chaine(?: turn)?", _move("chaines")),
    (r"promenad(?:e|ing)(?: in (?:an )?(?:attitude|arabesque))?", _move("promenade")),
    # in place
    (r"arabesque|penche", _move("arabesque")),
    (r"attitude", _move("attitude")),
    (r"developpe (?:to the side|a la seconde)|side developpe", _move("developpe_side")),
    (r"developpe", _move("developpe")),
    (r"(?:grand )?battement|leg swing", _move("battement")),
    (r"(?:demi-|grand )?plie", _move("plie")),
    (r"releve|rise on (?:the )?toes|on (?:his|her|their) tiptoes", _move("releve")),
    (r"tendu", _move("tendu")),
    (r"port de bras", _move("port_de_bras")),
    (r"arm wave", _move("arm_wave")),
    (r"body (?:roll|wave)", _move("body_roll")),
    # on the floor
    (r"floor spin|low spin|coffee grinder|spin on the floor", _move("floor_spin")),
    (r"(?:knee |floor )?slide(?= |s|\b)(?! the)|slid(?=ing)", _move("slide")),
    (r"hinge", _move("hinge")),
    (r"(?:floor|back|spiral) roll|roll(?:s|ing)? (?:on|over) (?:the|his|her) back",
     _move("floor_roll")),
    (r"(?:kneeling|knee) spiral|spiral(?:ling)? (?:on|over) (?:one|the) knee",
     _move("knee_spiral")),
    (r"kneel|sink to the floor|floor sink", _move("floor_sink")),
    # with a partner
    (r"partner reach|reach(?:es|ing)? (?:for|toward|to) (?:a|the|her|his) partner",
     _move("partner_reach")),
    (r"(?:partner |overhead |press )?lift(?= (?:of|with|for) (?:a|the|his|her) partner)",
     _move("lift_shape")),
    (r"overhead lift|press lift|partner lift", _move("lift_shape")),
    (r"(?:partner |deep )?dip(?=s|ped|ping|\b)", _move("dip")),
    (r"counterbalance|counter-balance", _move("counterbalance")),
    (r"waltz(?! count)(?: (?:step|turn|box))?|box step|ballroom (?:frame|hold)",
     _move("waltz_frame")),
)  # fmt: skip
