"""What the posture judge can see in fifteen stills, and the words that ask for it."""

from claims_env.judges.key_poses import KeyPoses
from claims_env.judges.sign import Sign, ramp, words

POSTURE_SIGNS: tuple[Sign[KeyPoses], ...] = (
    Sign(
        "arm stretched out",
        words(
            r"jab|punch|cross\b|(?<!knee )strike|elbow|palm|hook|uppercut|reach|extend|"
            r"\w*throw|port de bras|spike|save|pass\b"
        ),
        lambda p: max(ramp(p.arm_stretch, 0.45, 0.57), ramp(p.hands_above_head, 0.0, 0.2)),
        lambda p: f"hand {p.arm_stretch:.2f} m from its shoulder",
        weight=0.4,
    ),
    Sign(
        "legs apart",
        words(
            r"\w*kick(?!-up)|split|leap|lunge|arabesque|grand|battement|d[eé]velopp|axe|"
            r"crescent|roundhouse|stride|cartwheel|wide|long stance|shoot|leg shot|tendu|"
            r"bound|volley"
        ),
        lambda p: ramp(p.spread, 0.4, 0.9),
        lambda p: f"ankles {p.spread:.2f} m apart",
    ),
    Sign(
        "one foot raised",
        words(
            r"\w*kick|knee (?:strike|drive)|high.knee|arabesque|attitude|pass[eé]\b|"
            r"retir[eé]|d[eé]velopp|balanc|hop|one leg|scale|pirouette|sweep(?!ing)|"
            r"volley|\w*run\b|sprint"
        ),
        lambda p: max(ramp(p.raised, 0.1, 0.5), ramp(p.one_leg, 0.0, 0.15)),
        lambda p: f"one ankle {p.raised:.2f} m above the other",
    ),
    Sign(
        "both feet off the floor",
        words(
            r"\w*jump|leap|vault|aerial|flip|hop|bound|flight|somersault|airborne|jet[eé]|"
            r"flying|spike|soar|tuck(?!ed)"
        ),
        lambda p: max(ramp(p.off_floor, 0.0, 0.07), 0.5 * ramp(p.rise, 0.1, 0.3)),
        lambda p: f"both ankles up in {p.off_floor:.0%} of the stills",
    ),
    Sign(
        "facing another way",
        words(
            r"spin(?!e)|turn(?!out)|pirouette|pivot|roundhouse|rotat|twist|cha[iî]n|"
            r"promenade|whirl|hip throw|shoulder throw|hook kick|direction"
        ),
        lambda p: ramp(p.faced, 0.2, 0.8),
        lambda p: f"{p.faced:.1f} turns of the body's facing",
    ),
    Sign(
        "head down",
        words(
            r"cartwheel|handstand|handspring|somersault|flip|tumbl|walkover|round-off|"
            r"(?<!body )rolls?\b"
        ),
        lambda p: max(ramp(p.head_down, 0.0, 0.07), 0.6 * ramp(p.lean, 0.9, 1.6)),
        lambda p: f"head under the pelvis in {p.head_down:.0%} of the stills",
    ),
    Sign(
        "sunken pelvis",
        words(
            r"squat|crouch|duck|pli[eé]|lung|sprawl|kneel|sink|takedown|shoot|"
            r"level change|dip|deep|to the floor|grounded|bridge|leg shot|div(?:e|ing)"
        ),
        lambda p: max(ramp(p.rise, 0.12, 0.32), ramp(0.75 - p.low, 0.0, 0.2)),
        lambda p: f"pelvis down to {p.low:.2f} m",
    ),
    Sign(
        "leaning trunk",
        words(
            r"lean|bend|bow|slip|weav|bridge|sprawl|(?<!body )rolls?\b|throw|div(?:e|ing)|"
            r"body roll|arch|reach"
        ),
        lambda p: ramp(p.lean, 0.15, 0.6),
        lambda p: f"trunk {p.lean:.1f} rad from upright",
        weight=0.4,
    ),
    Sign(
        "ground covered",
        words(
            r"(?:side|back|cross)?step|walk|jog|run(?!way)|sprint|dash|shuffle|footwork|"
            r"travel|approach|ladder|backpedal|entry|bound|cut|chass[eé]"
        ),
        lambda p: ramp(p.way, 0.4, 1.5),
        lambda p: f"{p.way:.1f} m of ground",
    ),
    Sign(
        "arms in play",
        words(
            r"swing(?!ing arm)|arm (?:circle|wave|swing)|(?:open|lifted|reaching) arms|"
            r"racket|bat\b|pass\b|jump shot|block|parry|grip|clinch|collar|body lock"
        ),
        lambda p: max(ramp(p.arm_span, 0.5, 1.0), ramp(p.hands_above_head, 0.0, 0.2)),
        lambda p: f"hands up to {p.arm_span:.2f} m apart",
        weight=0.4,
    ),
    Sign(
        "many poses",
        words(
            r"combo|combination|sequence|chain|flurry|series|double(?!-leg)|triple|repeat|"
            r"followed by"
        ),
        lambda p: ramp(p.poses, 1, 6),
        lambda p: f"{p.poses} distinct poses",
        weight=0.4,
    ),
)
"""The posture judge's table, in the order its rationales follow."""
