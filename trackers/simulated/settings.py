"""What a simulated world is made of, in numbers; what can be fitted is read from a file."""

from dataclasses import dataclass, field

from claims_env.trackers.simulated.error_mixture import ELSEWHERE, TRACKED
from claims_env.world import SimulatedSuite


@dataclass(frozen=True, slots=True)
class PhraseSettings:
    """How an instance's phrases come about: normal around the mean of their tier.

    Attributes:
        tier_effect: What one tier more, in all slots of a prompt, adds to its difficulty [logit].
        domain_sd: How far the tiers of a slot of a domain lie off as a whole [logit].
        phrase_sd: How far phrases of one tier differ [logit].
        clip_sd: How far clips of one prompt differ [logit].
        trap_share: Share of hard-looking phrases (tiers 4 and 5) that cannot be learned.
        trap_effect: What such a phrase adds to the difficulty of its slot [logit].
        refused_share: Share of hard-looking phrases the generator cannot make.
        refused_chance: How likely a clip of such a phrase is rejected, 0 to 1.
        blind_share: Share of phrases judges see as of the opposite tier.
    """

    tier_effect: float
    domain_sd: float = 0.1
    phrase_sd: float = 0.4
    clip_sd: float = 0.5
    trap_share: float = 0.0
    trap_effect: float = 0.0
    refused_share: float = 0.0
    refused_chance: float = 0.0
    blind_share: float = 0.0


@dataclass(frozen=True, slots=True)
class JudgeSettings:
    """How the two judges read difficulty.

    Attributes:
        reliability: Correlation of a judge's reading with what there is to see, 0 to 1; at 0 the
            ratings are pure noise (Tab. 3, w/o VLMs).
        agreement: Correlation of the two judges' errors, 0 to 1.
        steps: Points of the scale per standard deviation of difficulty.
    """

    reliability: float = 0.8
    agreement: float = 0.5
    steps: float = 2.0


@dataclass(frozen=True, slots=True)
class FilterSettings:
    """How often a clip is rejected before training.

    Attributes:
        base: Share rejected whatever is asked for, 0 to 1.
        per_tier: What each tier above the middle adds to that, on the mean of a prompt.
    """

    base: float = 0.05
    per_tier: float = 0.015


@dataclass(frozen=True, slots=True)
class WorldSettings:
    """All of a world but its student.

    Attributes:
        phrases: How phrases come about.
        suites: What it is examined on.
        scale: Held-out ability [logit] per unit of the student's progress.
        anchor: Held-out ability at progress 0 [logit].
        noise: Standard deviation of held-out ability between equal trainings [logit].
        noise_memory: How much of that noise stays from one round to the next, 0 to 1.
        sharpness: What the student's lead over a prompt counts for in tracking it [logit/unit].
        ease: Lead of an untrained clip [logit].
        practice: What having been trained on adds [logit].
        luck: 1 draws whether a clip is tracked; 0 decides it by who leads.
        lost: The level of each error of a lost clip, in the order of `ERRORS`.
        tracked: The same of a tracked one.
        judges: How difficulty is read.
        filter: What is rejected.
    """

    phrases: PhraseSettings
    suites: tuple[SimulatedSuite, ...]
    scale: float = 1.0
    anchor: float = 0.0
    noise: float = 0.08
    noise_memory: float = 0.5
    sharpness: float = 1.0
    ease: float = 0.0
    practice: float = 0.8
    luck: float = 1.0
    lost: tuple[float, ...] = ELSEWHERE
    tracked: tuple[float, ...] = TRACKED
    judges: JudgeSettings = field(default_factory=JudgeSettings)
    filter: FilterSettings = field(default_factory=FilterSettings)
