"""Blind ratings: judges see clips without a name, a past or an order that means anything."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from claims_env.answers import made_ratings
from claims_env.judge import Judge, StreamsJudgements
from claims_env.motion import Motion
from claims_env.reliability import RatedClip, Rating
from claims_env.tiered_clips import TieredClip

BATCH = 16
"""Clips shown at a time to judges that do not tell how far they are, so that progress shows."""


def rate_blindly(
    clips: Sequence[TieredClip],
    judges: Sequence[Sequence[Judge]],
    *,
    seed: int,
    after_each: Callable[[], None] = lambda: None,
) -> list[RatedClip]:
    """Return the clips with every judge's ratings, in the order they came in.

    Each judge gets every clip under a number, without provenance, in an order drawn by the seed:
    tiers, domains and prompts cannot be told from anything but the motion. One judge's failures
    stay its own.

    Args:
        clips: What to rate.
        judges: For each judge, one who answers for every time the clips are to be rated; the same
            one may stand there twice.
        seed: Decides the order.
        after_each: Called for each rating, had or missing.

    Raises:
        ContractBroken: A judge does not give one rating per motion.
    """
    order = np.random.default_rng(seed).permutation(len(clips)).tolist()
    shown = [_anonymous(clips[place].motion, number) for number, place in enumerate(order)]
    given: dict[str, list[list[Rating]]] = {}
    for askings in judges:
        answers = [_rated(judge, shown, after_each) for judge in askings]
        given[askings[0].name] = [_put_back(column, order) for column in answers]
    return [_joined(clip, place, given) for place, clip in enumerate(clips)]


def _anonymous(motion: Motion, number: int) -> Motion:
    return replace(motion, name=f"clip {number + 1}", provenance={})


def _rated(judge: Judge, shown: Sequence[Motion], after_each: Callable[[], None]) -> list[Rating]:
    if isinstance(judge, StreamsJudgements):
        return made_ratings(judge, shown, lambda _: after_each())
    found: list[Rating] = []
    for start in range(0, len(shown), BATCH):
        batch = made_ratings(judge, shown[start : start + BATCH], lambda _: None)
        found += batch
        for _ in batch:
            after_each()
    return found


def _put_back(column: Sequence[Rating], order: Sequence[int]) -> list[Rating]:
    return [column[number] for number in np.argsort(order).tolist()]


def _joined(clip: TieredClip, place: int, given: dict[str, list[list[Rating]]]) -> RatedClip:
    return RatedClip(
        name=clip.motion.name,
        tier=clip.tier,
        text=clip.text,
        mean_speed=clip.motion.mean_speed,
        ratings={judge: tuple(column[place] for column in own) for judge, own in given.items()},
    )
