"""The moves a score may name. A primitive is a function that writes one move onto the stage.

To add one: write `(Stage, Ask) -> None` in the file of its family, and name it in its `MOVES`.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.primitives import (
    aerials,
    agility,
    balances,
    clinch,
    court_skills,
    dance,
    elbows,
    evasions,
    everyday,
    flips,
    floorwork,
    footwork,
    grappling,
    handsprings,
    jump_kicks,
    jumps,
    kicks,
    leaps,
    levels,
    partnering,
    punches,
    running,
    sitting,
    spin_kicks,
    sport_skills,
    sport_swings,
    swings,
    tumbling,
    turns,
    vaults,
    walking,
)
from claims_env.generators.composer.stage import Stage

Primitive = Callable[[Stage, Ask], None]

_FAMILIES = (
    footwork,
    running,
    agility,
    punches,
    kicks,
    spin_kicks,
    jump_kicks,
    elbows,
    evasions,
    grappling,
    jumps,
    dance,
    tumbling,
    flips,
    handsprings,
    aerials,
    vaults,
    balances,
    swings,
    sport_skills,
    sport_swings,
    court_skills,
    levels,
    clinch,
    walking,
    turns,
    leaps,
    floorwork,
    partnering,
    everyday,
    sitting,
)

PRIMITIVES: Mapping[str, Primitive] = MappingProxyType(
    {name: move for family in _FAMILIES for name, move in family.MOVES.items()}
)
"""Every move by name."""
