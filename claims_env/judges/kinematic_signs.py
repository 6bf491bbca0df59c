"""What the kinematic judge can see in the figures of a motion, and the words that ask for it."""

from claims_env.judges.sign import Sign, ramp, words
from claims_env.kinematics import MotionFeatures

KINEMATIC_SIGNS: tuple[Sign[MotionFeatures], ...] = (
    Sign(
        "hand strike",
        words(
            r"jab|punch|cross(?!ing|over|-)|hook(?! kick)|uppercut|overhand|(?<!tucked )elbow|"
            r"palm|(?<!knee )strik|(?:back|hammer)? ?fist|spike|box(?:es|ing)"
        ),
        lambda f: ramp(f.hand_speed, 1.0, 4.0),
        lambda f: f"hand at {f.hand_speed:.1f} m/s",
        weight=0.2,
    ),
    Sign(
        "kick",
        words(
            r"\w*kick(?!-up)|(?:clinch |flying )?knees? (?:strike|drive|thrust|up)|clinch knee|"
            r"axe|roundhouse|volley|teep"
        ),
        lambda f: min(ramp(f.foot_height, 0.2, 0.7), ramp(f.foot_speed, 1.5, 5.0)),
        lambda f: f"ankle {f.foot_height:.2f} m high at {f.foot_speed:.1f} m/s",
    ),
    Sign(
        "flight",
        words(
            r"\w*jump|leap|vault|aerial|\w*flip|layout|butterfly|somersault|bound|airborne|"
            r"tuck(?!ed)|jet[eé]|flying|tornado|spike|soar|sissonne|assembl[eé]|"
            r"pas de chat|tour en|handspring|round-?off|lay-?up|dunk|skip|hurdle"
        ),
        lambda f: max(
            ramp(f.longest_flight_s, 0.05, 0.25), 0.35 * ramp(f.root_high - f.root_low, 0.05, 0.2)
        ),
        lambda f: f"{f.longest_flight_s:.2f} s in flight",
        explained=words(
            r"run(?!way|-)|sprint|dash|jog|drill|\w*kick|knee|div(?:e|ing)|cartwheel|kip|cut\b|hop|saut[eé]"
        ),
        weight=1.4,
    ),
    Sign(
        "hop",
        words(r"hop|saut[eé]"),
        lambda f: max(
            ramp(f.longest_flight_s, 0.0, 0.15), 0.7 * ramp(f.root_high - f.root_low, 0.03, 0.12)
        ),
        lambda f: (
            f"{f.longest_flight_s:.2f} s in flight, pelvis over {f.root_high - f.root_low:.2f} m"
        ),
        weight=0.6,
    ),
    Sign(
        "turn",
        words(
            r"spin(?!e)|turn(?!out)|pirouette|pivot|rotat|roundhouse|twist|twirl|cha[iî]n[eé]|"
            r"promenade|tornado|fouett[eé]|piqu[eé]|tour (?:jet|en)|stop-and-turn|circling"
        ),
        lambda f: ramp(f.turned, 0.1, 0.35),
        lambda f: f"{f.turned:.2f} turns",
    ),
    Sign(
        "inversion",
        words(
            r"cartwheel|(?<!body )(?<!finger )(?<!floor )rolls?\b(?! (?:under|past))|handstand|"
            r"handspring|somersault|\w*flip|layout|aerial|tumbl|walkover|round-?off|fl?ic|"
            r"(?:kip|nip)-? ?up"
        ),
        lambda f: max(ramp(f.inverted, 0.0, 0.05), 0.6 * ramp(f.lying, 0.05, 0.3)),
        lambda f: f"{f.inverted:.0%} of the time upside down",
        explained=words(
            r"div(?:e|ing)|crawl|sprawl|bridge|bow\b|planche|falls?\b|collaps|bend|"
            r"pick(?:s|ing)? up|hinge|dip\b|stretch|\w*throw|floor"
        ),
        weight=1.4,
    ),
    Sign(
        "low level",
        words(
            r"squat|crouch|duck|pli[eé]|sink|lung|sprawl|burpee|shoot|takedown|level change|kneel|"
            r"knee (?:spiral|slide)|(?:to|over|on) the floor|floor (?:spin|roll|sink|slide)|dip|"
            r"div(?:e|ing)|deep|bend|(?:single|double)-leg|"
            r"snap-?down|hinge|slid(?:e|ing) (?:on|over|to)|sit\b|sits|sitting|seat|l-?sit|"
            r"planche|splits?\b(?! (?:leap|jump))|lie|lying|lay(?:s|ing)? (?:down|back|on)|"
            r"falls?\b|faint|collaps|crawl|pick(?:s|ing)? up|"
            r"(?:stand|get|ris)(?:s|es|ting|ing)?(?: back)? up|push-?up|kip|"
            r"(?<!body )(?<!finger )rolls?\b"
        ),
        lambda f: max(ramp(f.root_drop, 0.06, 0.25), ramp(0.8 - f.root_low, 0.0, 0.15)),
        lambda f: f"pelvis {f.root_drop:.2f} m down to {f.root_low:.2f} m",
        weight=0.6,
    ),
    Sign(
        "travel",
        words(
            r"(?:side|back|cross)?[ -]?step(?!s (?:in|under))|shuffle|footwork|travel|advanc|"
            r"walk(?!through|over)|stroll|wander|march|jog|retreat|approach|dash|run(?!way|-)|"
            r"sprint|ladder (?:drill|step)|backpedal|cut\b|bound|entry|chass[eé]|dribbl|waltz|"
            r"sissonne|stag leap|split leap|slid(?:e|ing)|skip|crawl|circling|lay-?up|round-?off|"
            r"handspring|cartwheel"
        ),
        lambda f: ramp(f.travel, 0.1, 1.0),
        lambda f: f"{f.travel:.1f} m covered",
        weight=0.6,
    ),
    Sign(
        "speed over ground",
        words(r"run(?!way|-)|sprint|dash|charge|jog"),
        lambda f: ramp(f.top_root_speed, 0.3, 1.5),
        lambda f: f"pelvis at {f.top_root_speed:.1f} m/s",
        weight=0.8,
    ),
    Sign(
        "balance",
        words(
            r"(?<!suspended )balanc|arabesque|attitude|d[eé]velopp|penche|scale|pass[eé]|"
            r"retir[eé]|one leg|(?:pir|f)ouett|piqu[eé]|promenade"
        ),
        lambda f: max(ramp(f.longest_balance_s, 0.1, 0.6), 0.5 * ramp(f.foot_height, 0.3, 0.8)),
        lambda f: f"{f.longest_balance_s:.1f} s on one leg",
    ),
    Sign(
        "raised leg",
        words(
            r"arabesque|d[eé]velopp|attitude|battement|split leap|high[- ]knee|leg swing|scale|"
            r"grand jet[eé]|fouett[eé]|penche|pas de chat|climb"
        ),
        lambda f: ramp(f.foot_height, 0.25, 0.75),
        lambda f: f"ankle {f.foot_height:.2f} m high",
        weight=0.6,
    ),
    Sign(
        "leg gesture",
        words(r"tendu|leg swing|battement|sweep(?!ing)|trips?\b|switch|releve|relev[eé]|saut[eé]"),
        lambda f: max(ramp(f.foot_speed, 0.3, 1.2), ramp(f.root_high - f.root_low, 0.01, 0.06)),
        lambda f: f"ankle at {f.foot_speed:.1f} m/s, pelvis over {f.root_high - f.root_low:.2f} m",
        weight=0.2,
    ),
    Sign(
        "arms",
        words(
            r"swing(?!ing arm)|arm (?:circle|wave|swing)|(?:open|lifted|reaching) arms|"
            r"port de bras|\w*throw|toss|pitch|reach|racket|forehand|backhand|serv(?:e|ing)|golf|"
            r"bat\b|pass(?:es|ing)?\b|jump shot|lay-?up|dunk|wav(?:e|es|ing)\b|block|parr|"
            r"grips?\b|clinch|collar|head tie|body lock|body roll|bear hug|hugs?\b|underhook|"
            r"snap-?down|arm drag|save|lift|counter-?balance|hinge|waltz|clap|applau|salut|greet|"
            r"danc(?:e|ing)|rais(?:e|es|ing)|stretch|pull|drag|push(?! kick|-)|shov|catch|climb|"
            r"pick(?:s|ing)? up"
        ),
        lambda f: max(ramp(f.hand_speed, 0.5, 2.5), ramp(f.hand_height, 1.5, 1.9)),
        lambda f: f"hand at {f.hand_speed:.1f} m/s, up to {f.hand_height:.1f} m",
        weight=0.2,
    ),
    Sign(
        "body throw",
        words(
            r"(?:hip|shoulder) (?:throw|toss)|takedown|tackl|sweep(?!ing)|shoot(?:s|ing)? for|"
            r"trips?\b|(?:single|double)-leg|snap-?down|penetration step|ankle pick"
        ),
        lambda f: max(ramp(0.85 - f.root_low, 0.0, 0.15), ramp(f.turned, 0.1, 0.4)),
        lambda f: f"pelvis down to {f.root_low:.2f} m, {f.turned:.2f} turns",
        weight=0.2,
    ),
    Sign(
        "evasion",
        words(
            r"slip(?:s|ped|ping)?\b|weav|evad|evasi|dodg|bob\b|bobb|feint|roll under|duck|retreat|"
            r"(?:lean|pull)(?:s|ing)?[- ]back"
        ),
        lambda f: max(
            ramp(f.root_drop, 0.0, 0.1), ramp(f.travel, 0.0, 0.6), ramp(f.mean_speed, 0.1, 0.4)
        ),
        lambda f: f"pelvis {f.root_drop:.2f} m down, {f.travel:.1f} m covered",
        weight=0.2,
    ),
    Sign(
        "high pace",
        words(
            r"explosive|fast|rapid|quick|burst|staccato|blitz|snap(?:s|py|ping)?\b(?!-)|"
            r"sharp(?! edges)|accelerat|presto|top-speed|full sprint|race pace"
        ),
        lambda f: max(ramp(f.mean_speed, 0.2, 0.9), ramp(f.top_speed, 2.0, 8.0)),
        lambda f: f"joints at {f.mean_speed:.1f} m/s on average",
        weight=0.4,
    ),
    Sign(
        "calm pace",
        words(r"slow|gentle|gently|legato|adagio|calm|unhurried|sustained|relaxed|easy|soft"),
        lambda f: 1.0 - ramp(f.mean_speed, 0.6, 1.6),
        lambda f: f"joints at {f.mean_speed:.1f} m/s on average",
        weight=0.4,
    ),
)
"""The kinematic judge's table, in the order its rationales follow."""
