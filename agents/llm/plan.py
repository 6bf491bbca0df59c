"""What a round's questions look like before there is a round: for counting what they would cost."""

from collections.abc import Sequence

import numpy as np

from claims_env.agents.llm.group_question import Subject, group_question, load_text
from claims_env.agents.llm.grouping import groups_of
from claims_env.agents.llm.menu import menu_of
from claims_env.agents.llm.set_facts import DESCRIPTORS
from claims_env.briefing import SetView, Tracked
from claims_env.chat import Question
from claims_env.judge import Difficulty
from claims_env.llm_config import LlmConfig
from claims_env.variable_library import VariableLibrary

ANSWER_PER_SET = 250
"""Tokens of the answer about one set: three reasons of two sentences, and the ids. Models that
think aloud take more."""

ANSWER_PER_GROUP = 100
"""Tokens of the comparison of a group."""

_NOTE = (
    "The body shifts its weight, turns a half circle and lands on the left foot with bent knees."
)
"""As long as what judges write."""


def typical_questions(
    config: LlmConfig, library: VariableLibrary, sets: int, judges: Sequence[str]
) -> list[Question]:
    """Return the questions of one round, its sets being made up.

    Args:
        config: What is shown, and how the answer is to look.
        library: The words.
        sets: How many sets the round has, shared out among the domains as in round 0.
        judges: Whose ratings are shown.

    Raises:
        ConfigError: The text cannot be used.
    """
    text, views = load_text(config.prompts), _made_up(library, sets, judges)
    groups = groups_of(views, library.domains, config.group, config.group_size, seed=0)
    return [
        group_question(text, Subject(menu_of(library, d), dict(enumerate(group, 1))), config)
        for group in groups
        for d in [group[0].prompt.domain]
    ]


def answer_tokens(config: LlmConfig, question: Question) -> int:
    """Return about how many tokens the answer to a question has, within what is allowed."""
    asked = question.messages[-1].text.count('{"set": ')
    return min(ANSWER_PER_GROUP + asked * ANSWER_PER_SET, config.max_tokens)


def _made_up(library: VariableLibrary, sets: int, judges: Sequence[str]) -> list[SetView]:
    rng, domains = np.random.default_rng(0), library.domains
    rating = Difficulty(5, _NOTE, dict.fromkeys(DESCRIPTORS, _NOTE))
    tracked = Tracked(True, 100.25, 50.25, 10.25, 5.25)
    return [
        SetView(
            number=i,
            prompt=library.sample(rng, domain=domains[i % len(domains)]),
            rejected=None,
            tracked=tracked,
            ratings=dict.fromkeys(judges, rating),
        )
        for i in range(sets)
    ]
