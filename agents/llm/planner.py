"""From a round to the next: groups, conversations, and a prompt for every set."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from claims_env.agents.free_rule_scheduler import FreeRuleScheduler
from claims_env.agents.llm.conversation import Setting, Talk, converse
from claims_env.agents.llm.group_question import Subject, load_text
from claims_env.agents.llm.grouping import Group, groups_of
from claims_env.agents.llm.memory import failures
from claims_env.agents.llm.menu import menu_of
from claims_env.agents.llm.settling import Rule, Settling
from claims_env.agents.rule_scheduler import medians_of, successor
from claims_env.briefing import SetView, Sight, briefing
from claims_env.chat import Chat
from claims_env.decision_record import Decision, GroupTalk, decision_as_json
from claims_env.endurance import Endurance
from claims_env.errors import LibraryError
from claims_env.free_sentence import folded, sentence_problem, tidied
from claims_env.llm_config import LlmConfig
from claims_env.prompt import Prompt, free_prompt
from claims_env.prompt_file import PromptFile
from claims_env.rounds import Round
from claims_env.scheduler import Observation
from claims_env.side_by_side import side_by_side
from claims_env.variable_library import VariableLibrary

_RECORDED = (
    "group", "group_size", "format", "metrics", "judges", "insist_harder", "remember",
    "temperature", "max_tokens",
)  # fmt: skip
"""Settings that decide what is asked."""


class Planner:
    """Makes a prompt out of each set of a round by asking a chat about a few of them at a time.

    Set i of a round gives set i of the next. A set without a valid clip says nothing about the
    tracker: no model is asked, and other phrases of the same tiers are drawn, as `RuleScheduler`
    does. A set for which the model finds no usable prompt gets one by that rule, from the same view
    of it that the model was given.

    Args:
        chat: Who is asked.
        library: The words.
        config: How, and what is shown.
        text: What is said; None takes ours, or that of the configured folder.
        workers: Most groups under way at once.
    """

    def __init__(
        self,
        chat: Chat,
        library: VariableLibrary,
        config: LlmConfig,
        *,
        text: PromptFile | None = None,
        workers: int = 4,
    ) -> None:
        self._chat, self._library, self._config = chat, library, config
        self._text = text or load_text(config.prompts)
        self._workers = workers
        self._sight = Sight(metrics=config.metrics, judges=config.judges)
        self._decision: Decision | None = None

    @property
    def name(self) -> str:
        """The model's, for records."""
        return self._chat.name

    @property
    def digest(self) -> str:
        """Version and hash of what the model is told."""
        return self._text.label

    def plan(self, observation: Observation, info: Mapping[str, Any]) -> list[Prompt]:
        """Return the prompts of the next round, in the order of the sets.

        Args:
            observation: As a scheduler gets it; not looked at.
            info: Likewise, with the rounds so far and a seed for this decision.
        """
        rounds, seed = info["rounds"], int(info["decision_seed"])
        sets = briefing(rounds[-1], self._sight)
        by, size = self._config.group, self._config.group_size
        groups = groups_of(sets, self._library.domains, by, size, seed)
        subjects = [self._subject(group, rounds) for group in groups]
        rule, spare = self._rule(sets, observation, info)
        talks = self._talks(subjects, rounds, spare)
        settling = Settling(self._library, rule, seed)
        told = [settling.group(*pair) for pair in zip(subjects, talks, strict=True)]
        told += settling.rejected([s for s in sets if s.rejected is not None])
        self._decision = self._record(told)
        return settling.prompts(sets)

    def explanation(self) -> dict[str, Any]:
        """See `Explains`; empty before the first decision."""
        return {} if self._decision is None else decision_as_json(self._decision)

    def _subject(self, group: Group, rounds: Sequence[Round]) -> Subject:
        domain = group[0].prompt.domain
        failed = failures(rounds, self._config.remember, domain, self._sight)
        return Subject(menu_of(self._library, domain), dict(enumerate(group, 1)), failed)

    def _talks(
        self, subjects: Sequence[Subject], rounds: Sequence[Round], spare: Sequence[Prompt]
    ) -> list[Talk]:
        known = {folded(s.prompt.text) for played in rounds for s in played.sets}
        known |= {folded(prompt.text) for prompt in spare}
        setting = Setting(
            chat=self._chat,
            text=self._text,
            config=self._config,
            library=self._library,
            parse=_in_own_words if self._config.format == "free" else self._in_the_library,
            known=known,
            endurance=Endurance(),
        )
        work = [partial(converse, subject, setting) for subject in subjects]
        return list(side_by_side(lambda i: work[i](), len(work), self._workers))

    def _rule(
        self, sets: Sequence[SetView], observation: Observation, info: Mapping[str, Any]
    ) -> tuple[Rule, list[Prompt]]:
        """Return the rule in code, and the prompts it holds ready; no model may take one of them.

        In free text it writes the whole round beforehand, since its sentences are not to repeat
        each other.
        """
        medians = medians_of(sets)
        if self._config.format != "free":
            return lambda s, rng: successor(self._library, s, medians, rng), []
        writer = FreeRuleScheduler(self._library, self._sight)
        written = writer.write(observation, dict(info))
        spare = [free_prompt(s.prompt.domain, w) for s, w in zip(sets, written, strict=True)]

        def ready(s: SetView, rng: np.random.Generator) -> Prompt:
            return spare[s.number]

        return ready, spare

    def _in_the_library(self, sentence: str, domain: str) -> Prompt:
        return self._library.parse(tidied(sentence))

    def _record(self, groups: Sequence[GroupTalk]) -> Decision:
        settings = {name: _told(getattr(self._config, name)) for name in _RECORDED}
        return Decision(self._chat.name, self._text.label, settings, tuple(groups))


def _in_own_words(sentence: str, domain: str) -> Prompt:
    said = tidied(sentence)
    if problem := sentence_problem(said):
        raise LibraryError(f"The sentence does not fit. {problem}")
    return free_prompt(domain, said)


def _told(value: object) -> str:
    words = {True: "yes", False: "no"}
    return words[value] if isinstance(value, bool) else str(value)
