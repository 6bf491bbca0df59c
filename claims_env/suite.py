"""A suite: a named set of held-out clips that is only ever evaluated on."""

from dataclasses import dataclass

from claims_env.motion import Motion

REAL = "real"
"""The kind of a suite of recorded people, unless its manifest says otherwise."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A clip that could not be used.

    Attributes:
        name: What it would have been called.
        reason: What is wrong with it and what to do.
    """

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Suite:
    """Clips to be evaluated on, and never to be trained on.

    Attributes:
        name: As shown in records and reports.
        kind: What the clips are, such as 'real' or 'composed, held out'.
        motions: At their own frame rates, under names unique within the suite.
        refused: The clips that were asked for and cannot be used.
    """

    name: str
    kind: str
    motions: tuple[Motion, ...]
    refused: tuple[Refusal, ...] = ()
