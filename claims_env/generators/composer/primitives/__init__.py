"""The moves a score may name. A primitive is a function that writes one move onto the stage.

To add one: write `(Stage, Ask) -> None` in the file of its family, and name it in its `MOVES`.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.primitives import (
    dance,
    evasions,
    footwork,
    grappling,
    jumps,
    kicks,
    punches,
    running,
    sport_skills,
    tumbling,
)
from claims_env.generators.composer.stage import Stage

Primitive = Callable[[Stage, Ask], None]

_FAMILIES = (
    footwork,
    running,
    punches,
    kicks,
    evasions,
    grappling,
    jumps,
    dance,
    tumbling,
    sport_skills,
)

PRIMITIVES: Mapping[str, Primitive] = MappingProxyType(
    {name: move for family in _FAMILIES for name, move in family.MOVES.items()}
)
"""Every move by name."""
