"""Whether a prompt is strictly harder than the one it follows, slot by slot."""

from collections.abc import Sequence
from dataclasses import dataclass

from claims_env.prompt import SLOTS, Prompt


@dataclass(frozen=True, slots=True)
class Step:
    """From one prompt to the next.

    Attributes:
        before: The tier of each slot, in the order of `SLOTS`; 0 where it is unsaid.
        after: The same of the prompt that follows.
        highest: The highest tier the domain offers in each slot.
        distance: How far apart the two are (see `VariableLibrary.distance`).
    """

    before: tuple[int, ...]
    after: tuple[int, ...]
    highest: tuple[int, ...]
    distance: float

    @property
    def is_harder(self) -> bool:
        """Whether no slot is easier than before and at least one is harder (App. C.4, role 1)."""
        pairs = list(zip(self.before, self.after, strict=True))
        return all(new >= old for old, new in pairs) and any(new > old for old, new in pairs)

    @property
    def has_room(self) -> bool:
        """Whether anything could be harder; a slot that is not said could be."""
        return any(old < most for old, most in zip(self.before, self.highest, strict=True))

    @property
    def told(self) -> str:
        """What was found, in words."""
        moved = [
            f"{slot} {old} to {new}"
            for slot, old, new in zip(SLOTS, self.before, self.after, strict=True)
            if old != new
        ]
        tiers = f"tiers: {', '.join(moved)}" if moved else "no tier changed"
        if self.is_harder:
            verdict = "strictly harder"
        else:
            verdict = "not strictly harder" if self.has_room else "nothing harder there is"
        return f"{verdict}; {tiers}; distance {self.distance:.2f}"


def step_between(before: Prompt, after: Prompt, highest: Sequence[int], distance: float) -> Step:
    """Return the step from a prompt to its successor."""
    return Step(before.tiers, after.tiers, tuple(highest), distance)
