"""The paper's rule in code: how much harder a set gets depends on tracker and judges jointly.

App. C.4 states it for the language model without numbers: easy for the tracker and judged easy, a
significant increase; easy for one of them only, a moderate one; hard for both, a slight one. 'Easy'
is relative to the other sets of the round, as the official prompt has it. App. B.3 says that combo
and detail are upgraded first; the numbers of slots and tiers are ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal

import numpy as np

from claims_env.briefing import SetView, briefing
from claims_env.prompt import Prompt
from claims_env.scheduler import Action, Observation
from claims_env.variable_library import TIERS, VariableLibrary

Increase = Literal["significant", "moderate", "slight"]

EDITS: dict[Increase, tuple[int, int]] = {
    "significant": (3, 2),
    "moderate": (2, 1),
    "slight": (1, 1),
}
"""How many slots rise, and by how many tiers each."""

PREFERENCE = ("combo_action", "detail", "base_action", "speed_rhythm")
"""Which slots rise first (App. B.3)."""


@dataclass(frozen=True, slots=True)
class RoundMedians:
    """What 'easy' is measured against.

    Attributes:
        g_mpjpe: The median error of the round's tracked sets [mm].
        difficulty: The median judged difficulty, 1 to 10.
    """

    g_mpjpe: float
    difficulty: float


def increase(s: SetView, medians: RoundMedians) -> Increase:
    """Return how much harder a set should get: the paper's 2x2 rule.

    A judgement that is missing counts as 'hard': caution where nothing is known.
    """
    tracked = s.tracked
    tracked_easily = tracked is not None and tracked.success and tracked.g_mpjpe <= medians.g_mpjpe
    judged_easy = s.difficulty is not None and s.difficulty <= medians.difficulty
    if tracked_easily and judged_easy:
        return "significant"
    return "moderate" if tracked_easily or judged_easy else "slight"


class RuleScheduler:
    """Makes every set harder by the 2x2 rule; sets without a valid clip are drawn anew.

    A rejected clip says nothing about the tracker, so its prompt is replaced by another of the same
    tiers instead of being made harder.
    """

    name = "rule"

    def __init__(self, library: VariableLibrary) -> None:
        self._library = library

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        """See `Scheduler`."""
        rng = np.random.default_rng(info["decision_seed"])
        sets = briefing(info["rounds"][-1])
        medians = medians_of(sets)
        chosen = [successor(self._library, s, medians, rng) for s in sets]
        return self._library.encode(chosen)


def successor(
    library: VariableLibrary, s: SetView, medians: RoundMedians, rng: np.random.Generator
) -> Prompt:
    """Return the prompt that follows a set by the rule; that of a rejected clip is drawn anew."""
    if s.rejected is not None:
        return library.mutate(s.prompt, PREFERENCE, rng, harder_by=0)
    slots, tiers = EDITS[increase(s, medians)]
    said = [slot for slot in PREFERENCE if slot in s.prompt.said]
    # slots with room to rise come first, so that harder means harder for as long as it can
    room = [slot for slot in said if s.prompt.slots[slot].tier < TIERS[-1]]
    chosen = (room or said)[:slots]
    return library.mutate(s.prompt, chosen, rng, harder_by=tiers)


def medians_of(sets: Sequence[SetView]) -> RoundMedians:
    """Return what is middling among these sets."""
    errors = [s.tracked.g_mpjpe for s in sets if s.tracked is not None]
    ratings = [s.difficulty for s in sets if s.difficulty is not None]
    return RoundMedians(
        median(errors) if errors else float("inf"), median(ratings) if ratings else float("inf")
    )
