"""Gives every set its prompt, whatever became of the conversations: none is lost, none silently."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np

from claims_env.agents.llm.conversation import Talk
from claims_env.agents.llm.group_question import Subject
from claims_env.agents.llm.menu import Menu, menu_of
from claims_env.agents.llm.step import step_between
from claims_env.briefing import SetView
from claims_env.decision_record import REDRAWN, RULE, GroupTalk, SetChange
from claims_env.free_sentence import folded
from claims_env.plain_words import plain
from claims_env.prompt import Prompt
from claims_env.variable_library import VariableLibrary

_DRAWS = 10
"""How often the rule draws a prompt that is there already before it lets that be."""


Rule = Callable[[SetView, np.random.Generator], Prompt]
"""Returns the prompt that follows a set."""


class Settling:
    """Settles the sets of a round, group after group, so that no prompt comes twice.

    Args:
        library: The words.
        rule: Gives a set its prompt where the model has none for it.
        seed: Of what the rule draws.
    """

    def __init__(self, library: VariableLibrary, rule: Rule, seed: int) -> None:
        self._library, self._rule, self._seed = library, rule, seed
        self._taken: dict[str, int] = {}
        self._prompts: dict[int, Prompt] = {}

    def prompts(self, sets: Iterable[SetView]) -> list[Prompt]:
        """Return the successors of these sets, which are settled."""
        return [self._prompts[s.number] for s in sets]

    def group(self, subject: Subject, talk: Talk) -> GroupTalk:
        """Settle the sets of a group and return its record."""
        changes = [
            self._change(s, label, subject.menu, talk) for label, s in subject.labels.items()
        ]
        return GroupTalk(subject.menu.domain, talk.askings, talk.analysis, tuple(changes))

    def rejected(self, sets: Sequence[SetView]) -> list[GroupTalk]:
        """Settle sets that no model was asked about; return a record for each domain."""
        return [
            self._redrawn(domain, [s for s in sets if s.prompt.domain == domain])
            for domain in dict.fromkeys(s.prompt.domain for s in sets)
        ]

    def _redrawn(self, domain: str, sets: Sequence[SetView]) -> GroupTalk:
        menu, outcome = menu_of(self._library, domain), f"{REDRAWN}: its clip could not be used"
        return GroupTalk(domain, (), {}, tuple(self._by_rule(s, outcome, menu) for s in sets))

    def _change(self, s: SetView, label: int, menu: Menu, talk: Talk) -> SetChange:
        if label not in talk.chosen:
            return self._by_rule(s, f"{RULE}: {plain(talk.problems[label])}", menu)
        proposal, rung = talk.chosen[label]
        if (other := self._taken.get(folded(proposal.prompt.text))) is not None:
            return self._by_rule(s, f"{RULE}: its prompt was that of set {other} too", menu)
        return self._settled(s, proposal.prompt, SetChange(s.number, rung, proposal.reasons), menu)

    def _by_rule(self, s: SetView, outcome: str, menu: Menu) -> SetChange:
        return self._settled(s, self._drawn(s), SetChange(s.number, outcome, {}), menu)

    def _drawn(self, s: SetView) -> Prompt:
        """Return a prompt by the rule, a new one if there is any to be had."""
        # a generator for each set: what becomes of one does not depend on which others fell
        rng = np.random.default_rng([self._seed, s.number])
        draws = [self._rule(s, rng) for _ in range(_DRAWS)]
        return next((p for p in draws if folded(p.text) not in self._taken), draws[0])

    def _settled(self, s: SetView, prompt: Prompt, change: SetChange, menu: Menu) -> SetChange:
        self._prompts[s.number] = prompt
        self._taken.setdefault(folded(prompt.text), s.number)
        if prompt.is_free:
            return change
        step = step_between(
            s.prompt, prompt, menu.highest, self._library.distance(s.prompt, prompt)
        )
        return replace(change, strictly_harder=step.is_harder, check=step.told)
