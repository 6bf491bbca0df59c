"""What a policy over tiers sees: a round of hundreds of sets in a few figures for each domain."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from claims_env.rounds import Round
from claims_env.variable_library import TIERS, VariableLibrary
from claims_env.word_grid import Floats, Ints

Vectors = npt.NDArray[np.float32]

OF_DOMAIN = ("tier", "success", "heard")
"""A domain's figures: its mean tier, the share tracked of what was kept, the share kept; 0 to 1."""

SEAT = (
    *OF_DOMAIN,
    *(f"earlier {name}" for name in OF_DOMAIN),
    "success of all domains",
    "earlier success of all domains",
    "round",
)
"""What is seen of a domain: its figures now and a round ago, the mean success, and the time."""

LATEST = 10
"""The round at which time stops, so that the box is finite; the paper plays seven."""


def digest(domain: Ints, tier: Floats, success: Floats, domains: int) -> Floats:
    """Return the figures of each domain, shape (..., domains, 3), in the order of `OF_DOMAIN`.

    Args:
        domain: Of each set, shape (..., sets); sets of a negative one are left out.
        tier: Mean tier of each set, 1 to 5, 0 where it is not known, shape (..., sets).
        success: 1 or 0, NaN where the clip was rejected, shape (..., sets).
        domains: How many there are.
    """
    here = domain[..., None] == np.arange(domains)
    told, heard = tier[..., None] > 0, ~np.isnan(success)[..., None]
    level = (tier[..., None] - TIERS[0]) / (TIERS[-1] - TIERS[0])
    won = np.nan_to_num(success)[..., None]
    mean_tier = _mean(level, here & told)
    return np.stack([mean_tier, _mean(won, here & heard), _mean(heard * 1.0, here)], axis=-1)


def seats(now: Floats, earlier: Floats | None, index: int) -> Vectors:
    """Return what is seen of each domain, shape (..., domains, 9), entries as in `SEAT`.

    Args:
        now: The digest of the last round.
        earlier: That of the round before; None says there was none, and gives zeros.
        index: Of the last round.
    """
    before = np.zeros_like(now) if earlier is None else earlier
    whole = [np.broadcast_to(d[..., 1].mean(-1)[..., None], now.shape[:-1]) for d in (now, before)]
    time = np.full(now.shape[:-1], min(index / LATEST, 1.0))
    parts = [now, before, *(each[..., None] for each in (*whole, time))]
    return np.concatenate(parts, axis=-1).astype(np.float32)


def round_digest(played: Round, library: VariableLibrary) -> Floats:
    """Return the digest of a recorded round, shape (domains, 3)."""
    places = {name: place for place, name in enumerate(library.domains)}
    domain = np.array([places.get(s.prompt.domain, -1) for s in played.sets])
    tier = np.array([0.0 if s.prompt.is_free else s.prompt.tier for s in played.sets])
    success = np.array([np.nan if s.metrics is None else s.metrics.success for s in played.sets])
    return digest(domain, tier, success.astype(np.float64), len(places))


def seen_of(rounds: Sequence[Round], library: VariableLibrary) -> Vectors:
    """Return what is seen of each domain after these rounds, shape (domains, 9)."""
    now = round_digest(rounds[-1], library)
    earlier = round_digest(rounds[-2], library) if len(rounds) > 1 else None
    return seats(now, earlier, len(rounds) - 1)


def _mean(values: Floats, which: npt.NDArray[np.bool_]) -> Floats:
    count = which.sum(axis=-2)
    mean: Floats = (values * which).sum(axis=-2) / np.maximum(count, 1)
    return mean
