"""What an emulator is fitted to and by: the figures of a file, and how they come about.

The model is small because ledgers are: a run of four rounds says four things of held-out success,
each as uncertain as its few clips. Clips first: the log odds of being tracked are linear in the
ability held-out success speaks of, in the prompt's tier and in having been trained on. Then growth:
what a round adds to ability is linear in how hard and how open its clips are, times the e-fold of
rounds, each round weighed by how well it is known, by ridge regression: what the ledgers do not say
stays near 0.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import yaml

from claims_env.records import from_json
from claims_env.rounds import Round
from claims_env.trackers.simulated.student import zone
from claims_env.tracking_metrics import ERRORS
from claims_env.word_grid import Floats

SHIPPED_EMULATOR = "emulator.yaml"
MIDDLE = 3.0

RIDGE = 4.0
"""Prior precision of the gains of hardness and openness: they are hardly beyond a half [1/logit^2].
"""

SLOPE_RIDGE = 1.0
"""The same of the slopes of clips."""

LEAST_NOISE = 0.05
"""Standard deviation between trainings, where the ledgers show no more than counting [logit]."""


@dataclass(frozen=True, slots=True)
class EmulatorFit:
    """The figures of an emulator.

    Attributes:
        runs: How many runs it was fitted to.
        schedulers: Who acted in them.
        tracker: What was trained, as its record says.
        sets: How many prompts their rounds held.
        rounds: How many rounds they had.
        clips: How many clips were held out.
        start: Ability before training [logit].
        growth: See `EmulatedSettings`, as the next three.
        hardness: Likewise.
        openness: Likewise.
        ease: Likewise.
        sharpness: Likewise.
        tier_effect: Difficulty per tier [logit of ability].
        practice: What having been trained on adds [logit].
        noise: Standard deviation of ability between equal trainings [logit].
        reliability: Correlation of a judge's ratings with the tier, 0 to 1.
        agreement: Correlation of the judges' errors, 0 to 1.
        rejected: Share of clips rejected at or below the middle tier.
        rejected_per_tier: What each tier above it adds.
        lost: The errors of a lost clip, in the order of `ERRORS`.
        tracked: The errors of a tracked one.
    """

    runs: int
    schedulers: tuple[str, ...]
    tracker: str
    sets: int
    rounds: int
    clips: int
    start: float
    growth: float
    hardness: float
    openness: float
    ease: float
    sharpness: float
    tier_effect: float
    practice: float
    noise: float
    reliability: float
    agreement: float
    rejected: float
    rejected_per_tier: float
    lost: tuple[float, ...]
    tracked: tuple[float, ...]


Run = Sequence[Round]


@cache
def shipped_emulator() -> EmulatorFit:
    """Return the figures that ship."""
    file = files("claims_env.trackers.simulated").joinpath(SHIPPED_EMULATOR)
    content: Any = yaml.safe_load(file.read_text("utf-8"))
    fit: EmulatorFit = from_json(EmulatorFit, content, SHIPPED_EMULATOR)
    return fit


def fit_emulator(runs: Sequence[Run], tracker: str) -> EmulatorFit:
    """Return the figures fitted to runs of one tracker.

    Args:
        runs: Their rounds; all on the same held-out clips.
        tracker: What was trained, for the record.
    """
    ease, sharpness, per_tier, practice = clip_model(runs)
    start, growth, hardness, openness, noise = growth_model(runs, ease, sharpness, per_tier)
    reliability, agreement = _judges(runs)
    rejected, rejected_per_tier = _rejections(runs)
    return EmulatorFit(
        runs=len(runs),
        schedulers=tuple(sorted({run[-1].scheduler for run in runs})),
        tracker=tracker,
        sets=len(runs[0][0].sets),
        rounds=len(runs[0]),
        clips=_held_out_clips(runs[0][0]),
        start=_round(start),
        growth=_round(growth),
        hardness=_round(hardness),
        openness=_round(openness),
        ease=_round(ease),
        sharpness=_round(sharpness),
        tier_effect=_round(per_tier / sharpness),
        practice=_round(practice),
        noise=_round(noise),
        reliability=_round(reliability),
        agreement=_round(agreement),
        rejected=_round(rejected),
        rejected_per_tier=_round(rejected_per_tier),
        lost=_levels(runs, won=False),
        tracked=_levels(runs, won=True),
    )


def held_out_ability(played: Round) -> float:
    """Return the log odds of held-out success, half a clip away from none and all [logit]."""
    clips = _held_out_clips(played)
    won = (played.held_out_success or 0.0) * clips
    return float(np.log((won + 0.5) / (clips - won + 0.5)))


def clip_model(runs: Sequence[Run]) -> tuple[float, float, float, float]:
    """Return ease, sharpness, the loss per tier and practice, by ridged logistic regression."""
    rows: list[tuple[float, float, float, float]] = []
    won: list[bool] = []
    for run in runs:
        for before, now in zip([None, *run], run, strict=False):
            for s in now.kept:
                above = s.prompt.tier - MIDDLE
                if s.metrics is not None:
                    rows.append((1.0, held_out_ability(now), -above, 1.0))
                    won.append(s.metrics.success)
                if s.before is not None and before is not None:
                    rows.append((1.0, held_out_ability(before), -above, 0.0))
                    won.append(s.before.success)
    # an ability counts for about itself, a tier makes harder, practice helps: where all is silent
    prior = np.array([0.0, 1.0, 0.5, 0.5])
    found = _ridged_logistic(np.array(rows), np.array(won, float), prior)
    return float(found[0]), max(float(found[1]), 0.2), max(float(found[2]), 0.0), float(found[3])


def growth_model(
    runs: Sequence[Run], ease: float, sharpness: float, per_tier: float
) -> tuple[float, float, float, float, float]:
    """Return start, growth, hardness, openness and the noise between trainings [logit]."""
    rows, gains, counting = growth_rows(runs, ease, sharpness, per_tier)
    precision = np.diag([1e-6, 1e-6, RIDGE, RIDGE])
    heavy = rows / (counting + 2 * LEAST_NOISE**2)[:, None]
    found = np.linalg.solve(heavy.T @ rows + precision, heavy.T @ gains)
    spread = float(((gains - rows @ found) ** 2).mean() - counting.mean())
    # a gain holds the noise of two trainings
    noise = float(np.sqrt(max(spread / 2, LEAST_NOISE**2)))
    return float(found[0]), float(found[1]), float(found[2]), float(found[3]), noise


def growth_rows(
    runs: Iterable[Run], ease: float, sharpness: float, per_tier: float
) -> tuple[Floats, Floats, Floats]:
    """Return what growth is regressed on, the growth, and its variance from counting clips.

    The columns stand for start, growth, hardness and openness; the growth of a first round is
    counted from 0, which is what makes its start a figure.
    """
    rows: list[list[float]] = []
    gains: list[float] = []
    counting: list[float] = []
    for run in runs:
        ability, variance = 0.0, 0.0
        for t, played in enumerate(run):
            rate = float(np.log((t + 2) / (t + 1)))
            above = np.array([s.prompt.tier - MIDDLE for s in played.kept])
            lead = sharpness * ability + ease - per_tier * above
            open_share = float(zone(lead).mean()) if t else 0.0
            rows.append([float(not t), rate, rate * float(above.mean()), rate * open_share])
            reached, own = held_out_ability(played), _counting(played)
            gains.append(reached - ability)
            counting.append(own + variance)
            ability, variance = reached, own
    return np.array(rows), np.array(gains), np.array(counting)


def _counting(played: Round) -> float:
    clips, share = _held_out_clips(played), played.held_out_success or 0.0
    return 1 / (clips * share + 0.5) + 1 / (clips * (1 - share) + 0.5)


def _ridged_logistic(design: Floats, won: Floats, prior: Floats) -> Floats:
    found = prior.copy()
    precision = SLOPE_RIDGE * np.diag([1e-3, 1.0, 1.0, 1.0])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-design @ found))
        curve = design.T @ (design * (chance * (1 - chance))[:, None]) + precision
        pull = design.T @ (won - chance) - precision @ (found - prior)
        found = found + np.linalg.solve(curve, pull)
    return found


def _judges(runs: Sequence[Run]) -> tuple[float, float]:
    """Return how well judges read the tier, and how much of their errors they share."""
    kept = [s for run in runs for played in run for s in played.kept]
    tiers = np.array([s.prompt.tier for s in kept])
    names = sorted(kept[0].difficulties)
    scores = np.array([[getattr(s.difficulties[j], "score", np.nan) for j in names] for s in kept])
    known = np.isfinite(scores).all(1)
    table = np.corrcoef(np.column_stack([tiers, scores])[known].T)
    reliability = float(np.clip(table[0, 1:].mean(), 0.0, 0.99))
    if len(names) < 2:
        return reliability, 0.0
    shared = (table[1, 2] - reliability**2) / (1 - reliability**2)
    return reliability, float(np.clip(shared, 0.0, 1.0))


def _rejections(runs: Sequence[Run]) -> tuple[float, float]:
    sets = [s for run in runs for played in run for s in played.sets]
    above = np.maximum([s.prompt.tier - MIDDLE for s in sets], 0)
    lost = np.array([s.rejected is not None for s in sets], float)
    design = np.column_stack([np.ones(len(sets)), above])
    found = np.linalg.lstsq(design, lost, rcond=None)[0]
    return float(np.clip(found[0], 0.0, 1.0)), float(max(found[1], 0.0))


def _levels(runs: Sequence[Run], *, won: bool) -> tuple[float, ...]:
    """Return the geometric mean of each error over clips that fared so."""
    found = [
        [getattr(s.metrics, name) for name in ERRORS]
        for run in runs
        for played in run
        for s in played.kept
        if s.metrics is not None and s.metrics.success == won
    ]
    means = np.exp(np.log(np.array(found)).mean(0))
    return tuple(_round(value) for value in means)


def _held_out_clips(played: Round) -> int:
    return sum(suite.metrics.clips for suite in played.suites)


def _round(value: float) -> float:
    return round(float(value), 4)
