"""What the posture judge can see in fifteen stills, and the words that ask for it."""

from claims_env.judges.key_poses import KeyPoses
from claims_env.judges.sign import Sign, ramp, words

POSTURE_SIGNS: tuple[Sign[KeyPoses], ...] = (
    Sign(
        "arm stretched out",
        words(
            r"jab|punch|cross(?!ing|over|-)|(?<!knee )(?<!elbow )strike|palm|overhand|"
            r"(?:back|hammer)? ?fist|uppercut|reach|extend|\w*throw\b|toss|pitch|port de bras|"
            r"serv(?:e|ing)|spike|block jump|save|pass\b|lay-?up|dunk|jump shot|lift|arm circle|"
            r"giant|rais(?:e|es|ing)|push(?! kick|-)|salut|stretch|climb|catch"
        ),
        lambda p: max(ramp(p.arm_stretch, 0.42, 0.54), ramp(p.hands_above_head, 0.0, 0.2)),
        lambda p: f"hand {p.arm_stretch:.2f} m from its shoulder",
        weight=0.2,
    ),
    Sign(
        "legs apart",
        words(
            r"\w*kick(?!-up)|split|(?:stag|split|long) leap|lunge|arabesque|grand|battement|"
            r"d[eé]velopp|axe|crescent|roundhouse|stride|cartwheel|wide|long stance|shoot|"
            r"leg shot|bound|volley|sissonne|penche|aerial|butterfly|star jump"
        ),
        lambda p: ramp(p.spread, 0.35, 0.9),
        lambda p: f"ankles {p.spread:.2f} m apart",
    ),
    Sign(
        "one foot raised",
        words(
            r"\w*kick(?!-up)|knees? (?:strike|drive|thrust|up)|clinch knee|high[- ]knee|arabesque|"
            r"attitude|pass[eé]\b|retir[eé]|d[eé]velopp|(?<!suspended )balanc|one leg|scale|"
            r"pirouette|fouett[eé]|piqu[eé]|promenade|battement|leg swing|volley|teep|pas de chat|"
            r"march|skip|climb|penche"
        ),
        lambda p: max(ramp(p.raised, 0.05, 0.4), ramp(p.one_leg, 0.0, 0.1)),
        lambda p: f"one ankle {p.raised:.2f} m above the other",
    ),
    Sign(
        "both feet off the floor",
        words(
            r"\w*jump|leap|vault|aerial|\w*flip|layout|butterfly|bound|flight|"
            r"somersault|airborne|jet[eé]|flying|tornado|spike|soar|tuck(?!ed)|sissonne|"
            r"assembl[eé]|pas de chat|tour en|lay-?up|dunk|handstand|handspring|round-?off|hurdle"
        ),
        lambda p: max(ramp(p.off_floor, 0.0, 0.07), 0.35 * ramp(p.rise, 0.03, 0.15)),
        lambda p: f"both ankles up in {p.off_floor:.0%} of the stills",
        explained=words(
            r"run(?!way|-)|sprint|dash|jog|drill|\w*kick|knee|div(?:e|ing)|cartwheel|kip|cut\b|hop|saut[eé]"
        ),
        weight=1.2,
    ),
    Sign(
        "hop",
        words(r"hop|saut[eé]"),
        lambda p: max(ramp(p.off_floor, 0.0, 0.07), 0.7 * ramp(p.rise, 0.02, 0.1)),
        lambda p: f"pelvis over {p.rise:.2f} m",
        weight=0.6,
    ),
    Sign(
        "facing another way",
        words(
            r"spin(?!e)|turn(?!out)|pirouette|pivot|roundhouse|rotat|twist|twirl|cha[iî]n[eé]|"
            r"promenade|tornado|fouett[eé]|piqu[eé]|tour (?:jet|en)|direction|"
            r"(?:hip|shoulder) (?:throw|toss)|hook kick|back kick|circling"
        ),
        lambda p: ramp(p.faced, 0.1, 0.4),
        lambda p: f"{p.faced:.1f} turns of the body's facing",
    ),
    Sign(
        "head down",
        words(
            r"cartwheel|handstand|handspring|somersault|\w*flip|layout|aerial|tumbl|walkover|"
            r"round-?off|(?<!body )(?<!finger )(?<!floor )rolls?\b(?! (?:under|past))|fl?ic|"
            r"(?:kip|nip)-? ?up|planche|lie|lying|lay(?:s|ing)? (?:down|back|on)|faint"
        ),
        lambda p: max(ramp(p.head_down, 0.0, 0.07), 0.6 * ramp(p.lean, 0.8, 1.5)),
        lambda p: f"head under the pelvis in {p.head_down:.0%} of the stills",
        explained=words(
            r"div(?:e|ing)|crawl|sprawl|bridge|bow\b|planche|falls?\b|collaps|bend|"
            r"pick(?:s|ing)? up|hinge|dip\b|stretch|\w*throw|floor"
        ),
        weight=1.4,
    ),
    Sign(
        "sunken pelvis",
        words(
            r"squat|crouch|duck|pli[eé]|lung|sprawl|burpee|kneel|sink|takedown|tackl|shoot|"
            r"level change|dip|deep|(?:to|over|on) the floor|floor (?:spin|roll|sink|slide)|"
            r"grounded|leg shot|div(?:e|ing)|(?:single|double)-leg|snap-?down|hinge|"
            r"knee (?:spiral|slide)|slid(?:e|ing) on|sit\b|sits|sitting|seat|l-?sit|planche|"
            r"splits?\b(?! (?:leap|jump))|falls?\b|faint|collaps|crawl|pick(?:s|ing)? up|push-?up|"
            r"kip|(?<!body )(?<!finger )rolls?\b|lie|lying|ankle pick|"
            r"(?:stand|get|ris)(?:s|es|ting|ing)?(?: back)? up"
        ),
        lambda p: max(ramp(p.rise, 0.08, 0.25), ramp(0.8 - p.low, 0.0, 0.15)),
        lambda p: f"pelvis down to {p.low:.2f} m",
        weight=0.6,
    ),
    Sign(
        "leaning trunk",
        words(
            r"lean|bend|bow(?:s|ing)?\b|slip(?:s|ped|ping)?\b|weav|dodg|bob\b|bridge|sprawl|"
            r"(?<!body )(?<!finger )rolls?\b|\w*throw\b|toss|div(?:e|ing)|body roll|arch|duck|"
            r"counter-?balance|hinge|scale|snap-?down|arm drag|pick(?:s|ing)? up|curtse|"
            r"(?:lean|pull)(?:s|ing)?[- ]back|penche"
        ),
        lambda p: ramp(p.lean, 0.05, 0.45),
        lambda p: f"trunk {p.lean:.1f} rad from upright",
        weight=0.4,
    ),
    Sign(
        "ground covered",
        words(
            r"(?:side|back|cross)?[ -]?step(?!s (?:in|under))|walk(?!through|over)|stroll|wander|"
            r"march|jog|run(?!way|-)|sprint|dash|shuffle|footwork|travel|advanc|retreat|approach|"
            r"ladder (?:drill|step)|backpedal|entry|bound|cut\b|chass[eé]|waltz|slid(?:e|ing)|"
            r"skip|crawl|circling|lay-?up|round-?off|handspring|cartwheel|dodg"
        ),
        lambda p: ramp(p.way, 0.2, 1.2),
        lambda p: f"{p.way:.1f} m of ground",
        weight=0.6,
    ),
    Sign(
        "arms in play",
        words(
            r"swing(?!ing arm)|arm (?:circle|wave|swing)|(?:open|lifted|reaching) arms|racket|"
            r"forehand|backhand|golf|bat\b|pass\b|jump shot|hook(?! kick)|(?<!tucked )elbow|block|"
            r"parr|grips?\b|clinch|collar|head tie|body lock|bear hug|hugs?\b|underhook|"
            r"snap-?down|arm drag|waltz|lift|counter-?balance|wav(?:e|es|ing)\b|clap|applau|greet|"
            r"pull|drag|dribbl|body roll|port de bras|danc(?:e|ing)|box(?:es|ing)"
        ),
        lambda p: max(ramp(p.hand_range, 0.05, 0.35), ramp(p.hands_above_head, 0.0, 0.2)),
        lambda p: f"a hand moves by {p.hand_range:.2f} m, seen from the pelvis",
        weight=0.2,
    ),
    Sign(
        "shift of stance",
        words(r"relev[eé]|tendu|saut[eé]|pli[eé]|switch|sweep(?!ing)|trips?\b|stance switch"),
        lambda p: max(ramp(p.rise, 0.01, 0.05), ramp(p.change, 0.01, 0.05)),
        lambda p: f"joints shift by {p.change:.2f} m from still to still",
        weight=0.2,
    ),
    Sign(
        "many poses",
        words(
            r"combo|combination|sequence|chain(?!e|é)|flurry|series|double(?!-leg)|triple|repeat|"
            r"string|pair of|three|four|followed by"
        ),
        lambda p: ramp(p.poses, 1, 6),
        lambda p: f"{p.poses} distinct poses",
        weight=0.4,
    ),
)
"""The posture judge's table, in the order its rationales follow."""
