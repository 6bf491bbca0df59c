"""The question about a group: the paper's four roles (App. C.4) as one message of each kind."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from claims_env.agents.llm.answer_form import answer_form, comparisons
from claims_env.agents.llm.menu import Menu, listing
from claims_env.agents.llm.set_facts import told_failures, told_sets
from claims_env.briefing import SetView, Sight
from claims_env.chat import Message, Question
from claims_env.llm_config import LlmConfig
from claims_env.prompt_file import PromptFile, read_prompt_file

SHIPPED = Path(__file__).with_name("prompts") / "schedule.md"

PURPOSE = "scheduler"
"""Under which its tokens and costs are counted."""

_STEPS = ("significant", "moderate", "slight")

_PARTS: Mapping[str, Collection[str]] = {
    "system": ("words", "criteria"),
    "words of the library": (),
    "words of your own": (),
    **{f"size of a {step} step": () for step in _STEPS},
    "criteria of tracker and judges": _STEPS,
    "criteria of the tracker": _STEPS,
    "criteria of the judges": _STEPS,
    "criteria of nothing": _STEPS,
    "user": ("domain", "units", "sets", "memory", "library", "comparisons", "numbers", "answer"),
    "units of the tracker": (),
    "units of the judges": (),
    "units of the prompts": (),
    "comparison of the tracker": (),
    "comparison of the judges": (),
    "comparison of the prompts": (),
    "memory": ("failures",),
    "library under ids": ("listing",),
    "library": ("listing",),
    "answer in ids": (),
    "answer in sentences": (),
    "answer in words of your own": (),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question is about.

    Attributes:
        menu: The words of the domain.
        labels: The sets by the numbers they have in the question; a question that is asked again
            for some of them keeps the numbers.
        failures: Prompts of the domain that failed before: 'lost' or 'unusable', and the sentence.
    """

    menu: Menu
    labels: Mapping[int, SetView]
    failures: Sequence[tuple[str, str]] = field(default=())


def load_text(folder: Path | None = None) -> PromptFile:
    """Return the text the questions are made from: of a folder of one's own, or ours.

    Raises:
        ConfigError: It cannot be read or used.
    """
    own = None if folder is None else folder.expanduser() / SHIPPED.name
    return read_prompt_file(own or SHIPPED, _PARTS)


def group_question(
    text: PromptFile, subject: Subject, config: LlmConfig, *, sample: int = 0
) -> Question:
    """Return the question.

    The library stands in it once. What is hidden leaves no trace: neither its figures nor the half
    of the rule that speaks of them.

    Args:
        text: What is said.
        subject: What it is said of.
        config: What is shown, and how the answer is to look.
        sample: Which asking of the same question this is.
    """
    messages = (
        Message("system", _system(text, config)),
        Message("user", _user(text, subject, config)),
    )
    return Question(
        messages,
        PURPOSE,
        text.version,
        schema=answer_form(subject.menu, list(subject.labels), config),
        max_tokens=config.max_tokens,
        temperature=config.temperature,
        sample=sample,
    )


def _system(text: PromptFile, config: LlmConfig) -> str:
    # without a library there are no tiers to count steps in
    free = config.format == "free"
    sizes = {step: "" if free else text.fill(f"size of a {step} step") for step in _STEPS}
    words = text.fill("words of your own" if free else "words of the library")
    criteria = text.fill(f"criteria of {_known(_sight(config))}", **sizes)
    return text.fill("system", words=words, criteria=criteria)


def _user(text: PromptFile, subject: Subject, config: LlmConfig) -> str:
    sight = _sight(config)
    shown = comparisons(sight)
    units = [text.fill(f"units of the {name}") for name in shown]
    own = "words of your own"
    return text.fill(
        "user",
        domain=subject.menu.domain,
        units="".join(f" {told}" for told in units if told),
        sets=told_sets(subject.labels, subject.menu, sight, config.format),
        memory=_memory(text, subject),
        library=_library(text, subject.menu, config),
        comparisons="; ".join(text.fill(f"comparison of the {name}") for name in shown),
        numbers=", ".join(map(str, subject.labels)),
        answer=text.fill(f"answer in {own if config.format == 'free' else config.format}"),
    )


def _memory(text: PromptFile, subject: Subject) -> str:
    if not subject.failures:
        return ""
    return f"\n{text.fill('memory', failures=told_failures(subject.failures))}\n"


def _library(text: PromptFile, menu: Menu, config: LlmConfig) -> str:
    if config.format == "free":
        return ""
    with_ids = config.format == "ids"
    part = "library under ids" if with_ids else "library"
    return f"\n{text.fill(part, listing=listing(menu, with_ids=with_ids))}\n"


def _sight(config: LlmConfig) -> Sight:
    return Sight(metrics=config.metrics, judges=config.judges)


def _known(sight: Sight) -> str:
    """Return whose word counts, as the parts of the text name it."""
    if sight.metrics and sight.judges:
        return "tracker and judges"
    if sight.metrics or sight.judges:
        return "the tracker" if sight.metrics else "the judges"
    return "nothing"
