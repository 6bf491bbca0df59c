"""The 2x2 rule in free text: how much harder is the paper's, the sentence is a grammar's.

It stands in, without a model, for the paper's arm without the variable library. How demanding a
sentence is follows from its words as `agents.random_prompts` ranks them, a guess of ours; a prompt
of the library, as in round 0, counts for its tier.
"""

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np

from claims_env.agents.random_prompts import DEMANDS, demand_of, unsaid_sentence
from claims_env.agents.rule_scheduler import RoundMedians, increase, medians_of
from claims_env.briefing import SetView, Sight, briefing
from claims_env.free_sentence import folded
from claims_env.prompt import Prompt
from claims_env.scheduler import Observation
from claims_env.variable_library import VariableLibrary

STEPS = {"significant": 2.0, "moderate": 1.0, "slight": 0.5}
"""By how much the mean demand rises, on its scale of 1 to 5; the numbers are ours."""


class FreeRuleScheduler:
    """Writes a more demanding sentence for every set; a rejected clip's is as demanding as before.

    Args:
        library: Not used: that is the point.
        sight: What of a round it looks at; None looks at all.
    """

    name = "free-rule"

    def __init__(self, library: VariableLibrary, sight: Sight | None = None) -> None:
        del library
        self._sight = sight

    def write(self, observation: Observation, info: dict[str, Any]) -> Sequence[str]:
        """See `Writes`."""
        rng = np.random.default_rng(info["decision_seed"])
        sets = briefing(info["rounds"][-1], self._sight)
        medians = medians_of(sets)
        told = {folded(s.prompt.text) for r in info["rounds"] for s in r.sets}
        written: list[str] = []
        for s in sets:
            written.append(free_successor(s, medians, rng, told))
            told.add(folded(written[-1]))
        return written


def free_successor(
    s: SetView, medians: RoundMedians, rng: np.random.Generator, told: Collection[str]
) -> str:
    """Return the sentence that follows a set by the rule.

    Args:
        s: The set.
        medians: What 'easy' is measured against.
        rng: Where the draws come from.
        told: Sentences not to be said again, folded.
    """
    step = STEPS[increase(s, medians)] if s.rejected is None else 0.0
    return unsaid_sentence(rng, told, min(_demand(s.prompt) + step, float(DEMANDS[-1])))


def _demand(prompt: Prompt) -> float:
    if not prompt.is_free:
        return prompt.tier
    found = demand_of(prompt.text)
    return float(DEMANDS[0]) if found is None else found
