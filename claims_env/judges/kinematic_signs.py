"""What the kinematic judge can see in the figures of a motion, and the words that ask for it."""

from claims_env.judges.sign import Sign, ramp, words
from claims_env.kinematics import MotionFeatures

KINEMATIC_SIGNS: tuple[Sign[MotionFeatures], ...] = (
    Sign(
        "hand strike",
        words(
            r"jab|punch|cross(?!ing|over)|hook(?! kick)|uppercut|elbow|palm|(?<!knee )strik|fist|"
            r"spike"
        ),
        lambda f: ramp(f.hand_speed, 1.5, 5.0),
        lambda f: f"hand at {f.hand_speed:.1f} m/s",
        weight=0.4,
    ),
    Sign(
        "kick",
        words(r"\w*kick(?!-up)|knee (?:strike|drive)|axe|roundhouse|volley"),
        lambda f: min(ramp(f.foot_height, 0.3, 0.8), ramp(f.foot_speed, 2.5, 5.0)),
        lambda f: f"ankle {f.foot_height:.2f} m high at {f.foot_speed:.1f} m/s",
    ),
    Sign(
        "flight",
        words(
            r"\w*jump|leap|hop|vault|aerial|flip|bound|airborne|tuck(?!ed)|jet[eé]|flying|"
            r"spike|soar"
        ),
        lambda f: ramp(f.longest_flight_s, 0.05, 0.25),
        lambda f: f"{f.longest_flight_s:.2f} s in flight",
    ),
    Sign(
        "turn",
        words(
            r"spin(?!e)|turn(?!out)|pirouette|pivot|rotat|roundhouse|twist|cha[iî]n|"
            r"promenade|whirl"
        ),
        lambda f: ramp(f.turned, 0.1, 0.5),
        lambda f: f"{f.turned:.2f} turns",
    ),
    Sign(
        "inversion",
        words(
            r"cartwheel|(?<!body )rolls?\b|handstand|handspring|somersault|flip|tumbl|"
            r"walkover|round-off"
        ),
        lambda f: max(ramp(f.inverted, 0.0, 0.05), 0.6 * ramp(f.lying, 0.05, 0.3)),
        lambda f: f"{f.inverted:.0%} of the time upside down",
    ),
    Sign(
        "low level",
        words(
            r"squat|crouch|duck|pli[eé]|sink|lung|sprawl|shoot|takedown|level change|"
            r"kneel|to the floor|dip|div(?:e|ing)|deep|bend|bridge|(?:single|double)-leg"
        ),
        lambda f: max(ramp(f.root_drop, 0.08, 0.25), ramp(0.75 - f.root_low, 0.05, 0.25)),
        lambda f: f"pelvis {f.root_drop:.2f} m down to {f.root_low:.2f} m",
    ),
    Sign(
        "travel",
        words(
            r"(?:side|back|cross)?step|shuffle|footwork|travel|walk|jog|advanc|approach|"
            r"dash|run(?!way)|sprint|ladder|backpedal|cut|bound|entry|chass[eé]|dribbl"
        ),
        lambda f: ramp(f.travel, 0.2, 1.2),
        lambda f: f"{f.travel:.1f} m covered",
    ),
    Sign(
        "speed over ground",
        words(r"run(?!way)|sprint|dash|charge|accelerat|jog"),
        lambda f: ramp(f.top_root_speed, 0.6, 2.0),
        lambda f: f"pelvis at {f.top_root_speed:.1f} m/s",
    ),
    Sign(
        "balance",
        words(
            r"balanc|arabesque|relev[eé]|attitude|d[eé]velopp|scale|pass[eé]|one leg|held|"
            r"hold|suspend"
        ),
        lambda f: max(ramp(f.longest_balance_s, 0.1, 0.6), 0.5 * ramp(f.foot_height, 0.3, 0.8)),
        lambda f: f"{f.longest_balance_s:.1f} s on one leg",
    ),
    Sign(
        "raised leg",
        words(
            r"arabesque|d[eé]velopp|attitude|battement|split|high.knee|extension|"
            r"leg swing|scale"
        ),
        lambda f: ramp(f.foot_height, 0.25, 0.7),
        lambda f: f"ankle {f.foot_height:.2f} m high",
    ),
    Sign(
        "arms",
        words(
            r"swing(?!ing arm)|arm (?:circle|wave|swing)|(?:open|lifted|reaching) arms|"
            r"port de bras|\w*throw|reach|racket|bat\b|pass(?:es|ing)?\b|jump shot|wave|"
            r"block|parr|grip|clinch|collar|body lock|save"
        ),
        lambda f: max(ramp(f.hand_speed, 1.0, 4.0), ramp(f.hand_height, 1.5, 1.9)),
        lambda f: f"hand at {f.hand_speed:.1f} m/s, up to {f.hand_height:.1f} m",
        weight=0.4,
    ),
    Sign(
        "body throw",
        words(
            r"hip throw|shoulder throw|takedown|sweep(?!ing)|shoot|trips?\b|clinch|"
            r"(?:single|double)-leg"
        ),
        lambda f: 0.5 * (ramp(0.9 - f.root_low, 0.05, 0.3) + ramp(f.turned, 0.1, 0.4)),
        lambda f: f"pelvis down to {f.root_low:.2f} m, {f.turned:.2f} turns",
        weight=0.4,
    ),
    Sign(
        "evasion",
        words(r"slip|weav|evad|evasi|dodg|bob|feint|roll under|duck"),
        lambda f: max(ramp(f.root_drop, 0.03, 0.15), 0.5 * ramp(f.travel, 0.2, 1.0)),
        lambda f: f"pelvis {f.root_drop:.2f} m down, {f.travel:.1f} m covered",
        weight=0.4,
    ),
    Sign(
        "high pace",
        words(
            r"explosive|fast|rapid|quick|burst|staccato|blitz|snap|sharp|full sprint|"
            r"race pace"
        ),
        lambda f: max(ramp(f.mean_speed, 0.3, 1.2), ramp(f.top_speed, 3.0, 12.0)),
        lambda f: f"joints at {f.mean_speed:.1f} m/s on average",
        weight=0.4,
    ),
    Sign(
        "calm pace",
        words(r"slow|gentle|legato|calm|unhurried|sustained|relaxed"),
        lambda f: 1.0 - ramp(f.mean_speed, 0.6, 1.6),
        lambda f: f"joints at {f.mean_speed:.1f} m/s on average",
        weight=0.4,
    ),
)
"""The kinematic judge's table, in the order its rationales follow."""
