"""The resting stance: where the feet belong between moves, and which of them are off it."""

from claims_env.generators.composer.bearing import Bearing
from claims_env.generators.composer.poses import Plant

ASTRAY = 0.06
"""A foot so far off its foothold [m] takes a step to it."""


def stance(now: Bearing) -> dict[int, Plant]:
    """Return the feet of the resting stance; whichever is nearer the front stays there."""
    guard, depth = now.style.guard, now.style.depth
    front = Plant(0.15 * guard, 0.1 + 0.05 * guard + 0.03 * depth)
    back = Plant(-front.forward, front.out)
    lead = now.lead
    options = [{lead: front, 1 - lead: back}, {lead: back, 1 - lead: front}]
    return min(options, key=lambda pose: sum(now.strays(i, p) for i, p in pose.items()))


def astray(now: Bearing) -> list[int]:
    """Return which feet have to step to be in the resting stance, the farther one first."""
    apart = {i: now.strays(i, plant) for i, plant in stance(now).items()}
    off = [i for i in (0, 1) if apart[i] > ASTRAY or now.airborne[i]]
    return sorted(off, key=lambda i: -apart[i])
