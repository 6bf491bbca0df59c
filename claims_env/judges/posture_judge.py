"""The posture judge: an offline reading of fifteen stills, blind to speed and to forces."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from claims_env.judge import Alignment, Difficulty, Missing
from claims_env.judges.brevity import too_short
from claims_env.judges.key_poses import STILLS, KeyPoses, look_at
from claims_env.judges.posture_signs import POSTURE_SIGNS
from claims_env.judges.sign import align_signs, level, ramp, visible
from claims_env.motion import Motion
from claims_env.prompt import Prompt

FULL_MARKS = 1.25
"""The points that make an expert; all that can be had are 1.75, which no motion shows at once."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing stills are marked for.

    Attributes:
        name: What it is.
        points: How many there are to be had.
        earned: Which part of them the stills earn, 0 to 1.
        figure: The measurement, in words.
    """

    name: str
    points: float
    earned: Callable[[KeyPoses], float]
    figure: Callable[[KeyPoses], str]


MARKS = (
    Mark(
        "variety",
        0.25,
        lambda p: ramp(p.poses, 2, 12),
        lambda p: f"{p.poses} of {STILLS} stills are distinct poses",
    ),
    Mark(
        "change",
        0.15,
        lambda p: ramp(p.change, 0.06, 0.24),
        lambda p: f"joints shift by {p.change:.2f} m from still to still",
    ),
    Mark(
        "extension",
        0.20,
        lambda p: ramp(p.spread, 0.4, 1.4),
        lambda p: f"the ankles part by {p.spread:.2f} m",
    ),
    Mark(
        "inversion",
        0.30,
        lambda p: ramp(p.head_down, 0.0, 0.2),
        lambda p: f"the head is under the pelvis in {p.head_down:.0%} of the stills",
    ),
    Mark(
        "flight",
        0.25,
        lambda p: ramp(p.aloft, 0.0, 0.2),  # not feet alone: a handstand is no flight
        lambda p: f"nothing touches the floor in {p.aloft:.0%} of the stills",
    ),
    Mark(
        "balance",
        0.15,
        lambda p: ramp(p.off_balance, 0.1, 0.26),
        lambda p: f"the weight is {p.off_balance:.2f} m off the middle of the feet",
    ),
    Mark(
        "one leg",
        0.10,
        lambda p: ramp(p.one_leg, 0.0, 0.3),
        lambda p: f"one foot is up in {p.one_leg:.0%} of the stills",
    ),
    Mark(
        "facing",
        0.15,
        lambda p: ramp(p.faced, 0.2, 1.8),
        lambda p: f"the body faces about {p.faced:.1f} times",
    ),
    Mark(
        "levels",
        0.20,
        lambda p: ramp(p.rise, 0.1, 0.6),
        lambda p: f"the pelvis ranges over {p.rise:.2f} m",
    ),
)
"""What is marked, in points that add up: a posture is worth what it is worth, next to any other."""


class PostureJudge:
    """Rates from fifteen stills alone. See `Judge`."""

    name = "posture (offline)"

    def align(
        self, motions: Sequence[Motion], prompts: Sequence[Prompt]
    ) -> list[Alignment | Missing]:
        """See `Judge`."""
        return [_align(motion, prompt) for motion, prompt in zip(motions, prompts, strict=True)]

    def rate(self, motions: Sequence[Motion]) -> list[Difficulty | Missing]:
        """See `Judge`."""
        return [too_short(motion) or difficulty(look_at(motion)) for motion in motions]


def difficulty(poses: KeyPoses) -> Difficulty:
    """Return how hard stills like these look."""
    marks = {mark: mark.points * mark.earned(poses) for mark in MARKS}
    best = sorted(MARKS, key=lambda mark: -marks[mark])[:3]
    told = ", ".join(mark.figure(poses) for mark in best)
    return Difficulty(
        score=min(10, round(1 + 9 * sum(marks.values()) / FULL_MARKS)),
        rationale=f"{told[0].upper()}{told[1:]}.",
        descriptors=_descriptors(poses),
    )


def _descriptors(p: KeyPoses) -> dict[str, str]:
    seen = visible(POSTURE_SIGNS, p) or ["standing"]
    hard = [name for name in ("head down", "both feet off the floor", "legs apart") if name in seen]
    balance = level(ramp(p.off_balance, 0.08, 0.28))
    return {
        "action_sequence": ", ".join(seen),
        "technical_complexity": f"{level(len(hard) / 3)}: {', '.join(hard) or 'everyday shapes'}",
        "movement_intensity": f"{level(ramp(p.change, 0.05, 0.25))}: {p.change:.2f} m a still",
        "balance_requirement": f"{balance}: weight {p.off_balance:.2f} m off the feet, "
        f"one leg in {p.one_leg:.0%}",
        "continuity": f"{p.poses} distinct poses in {STILLS} stills",
    }


def _align(motion: Motion, prompt: Prompt) -> Alignment | Missing:
    return too_short(motion) or align_signs(prompt, POSTURE_SIGNS, look_at(motion))
