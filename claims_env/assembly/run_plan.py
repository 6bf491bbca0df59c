"""What a run would ask of language models, and what that would cost: told before anybody is asked.

Questions are written as in the run, about made-up results, and counted as before any call. Answers
count as long as they usually are; what has to be asked again comes on top.
"""

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from claims_env.assembly.chats import is_chat, recorded_name
from claims_env.assembly.generators import build_generator
from claims_env.assembly.judges import judge_pictures
from claims_env.assembly.schedulers import asks_chat
from claims_env.assembly.second_asking import TYPICAL_ANSWER, Listener
from claims_env.chat import Question, Usage
from claims_env.config import RunConfig
from claims_env.llm_config import in_own_words
from claims_env.variable_library import VariableLibrary

SENTENCE = 25
"""Tokens of a prompt in a model's own words."""


@dataclass(frozen=True, slots=True)
class PlannedCalls:
    """What one model would be asked for one purpose.

    Attributes:
        model: Vendor and model.
        purpose: As counted in records.
        rounds: How many rounds ask.
        calls: In each of them.
        tokens: Of questions and answers, in each of them.
        usd: In each of them [USD]; None where nobody knows the price.
    """

    model: str
    purpose: str
    rounds: int
    calls: int
    tokens: Usage
    usd: float | None


def planned(config: RunConfig, library: VariableLibrary) -> tuple[PlannedCalls, ...]:
    """Return what a run would ask, the scheduler's calls first.

    Args:
        config: Of the run.
        library: Its words.

    Raises:
        ConfigError: A setting, a text or the file of prices cannot be used.
        UnknownName: There is no such vendor.
    """
    asked = _scheduler(config, library) if asks_chat(config.scheduler) else []
    for name in filter(is_chat, config.judges):
        asked += _judge(name, config, library)
    return tuple(asked)


def _scheduler(config: RunConfig, library: VariableLibrary) -> list[PlannedCalls]:
    if config.scheduler == "generic-llm":
        return [_generic(config, library)]
    plan = importlib.import_module("claims_env.agents.llm.plan")
    llm = in_own_words(config.llm) if config.scheduler == "free-llm" else config.llm
    questions = plan.typical_questions(llm, library, config.sets, config.judges)
    answers = sum(plan.answer_tokens(llm, question) for question in questions)
    return [_planned(config, llm.model, questions, answers, config.rounds - 1)]


def _generic(config: RunConfig, library: VariableLibrary) -> PlannedCalls:
    """Return what is asked for prompts about nothing in particular: once a round, for all."""
    listener = Listener(recorded_name(config.llm.model))
    room = importlib.import_module("claims_env.agents.generic_llm_scheduler")
    room.GenericLlmScheduler(listener, library, config.llm).opening(config.sets, 0)
    answers = min(SENTENCE * config.sets, config.llm.max_tokens)
    return _planned(config, config.llm.model, listener.heard[:1], answers, config.rounds)


def _judge(name: str, config: RunConfig, library: VariableLibrary) -> list[PlannedCalls]:
    """Return what a judge would be asked if no clip were rejected."""
    counted: list[PlannedCalls] = []
    for question in _judges_questions(name, config, library):
        questions = [question] * config.sets
        answers = TYPICAL_ANSWER * config.sets
        counted.append(_planned(config, name, questions, answers, config.rounds))
    return counted


def _judges_questions(name: str, config: RunConfig, library: VariableLibrary) -> list[Question]:
    """Return what a judge asks about one clip, which is composed for the purpose."""
    prompt = library.sample(np.random.default_rng(0))
    (motion,) = build_generator("composer").generate([prompt], [0])
    listener, chat = Listener(recorded_name(name)), config.chat
    texts = importlib.import_module("claims_env.judges.prompt_text")
    judge = importlib.import_module("claims_env.judges.vlm_judge").VlmJudge(
        listener,
        judge_pictures(name, chat),
        texts=texts.load_texts(chat.prompts and chat.prompts.expanduser()),
        domains=library.domains,
        aligns=not chat.aligners or recorded_name(name) in map(recorded_name, chat.aligners),
    )
    judge.align([motion], [prompt])
    judge.rate([motion])
    return listener.heard


def _planned(
    config: RunConfig, name: str, questions: Sequence[Question], answers: int, rounds: int
) -> PlannedCalls:
    model, counting = (
        recorded_name(name),
        importlib.import_module("claims_env.chats.token_estimate"),
    )
    usage = Usage(_counted(counting, questions, model), answers)
    prices = importlib.import_module("claims_env.chats.prices").load_prices(config.chat.prices)
    price = prices.of(model)
    usd = None if price is None else price.of(usage)
    return PlannedCalls(model, questions[0].purpose, rounds, len(questions), usage, usd)


def _counted(counting: Any, questions: Sequence[Question], model: str) -> int:
    # a judge's questions are one and the same here
    tokens = {
        id(q): counting.input_tokens(q, model) for q in {id(q): q for q in questions}.values()
    }
    return sum(tokens[id(q)] for q in questions)
