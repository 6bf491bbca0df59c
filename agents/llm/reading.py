"""From an answer about a group to a prompt for each set, or the exact reason why there is none."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from claims_env.agents.llm.answer_form import REASONS, answer_form
from claims_env.agents.llm.group_question import Subject
from claims_env.agents.llm.menu import chosen, passed_over
from claims_env.chat import Answer
from claims_env.errors import LibraryError
from claims_env.json_answer import AnswerError, read
from claims_env.json_schema import Schema, misfits, shown
from claims_env.llm_config import LlmConfig
from claims_env.plain_words import plain
from claims_env.prompt import Prompt

REASON = 600
"""Most characters of one reason that are kept."""

_TOLD = 5
"""Most entries of no set that are told of."""

_DIGITS = re.compile("[0-9]{1,9}")
"""A number that is written as a text: it can be meant in one way only."""

_LOOSE: Schema = {
    "type": "object",
    "properties": {"sets": {"type": "array", "items": {"type": "object"}}},
    "required": ["sets"],
}
"""What an answer must be for any set of it to be read; each set is then checked by itself."""

Parse = Callable[[str, str], Prompt]
"""Returns the prompt that a sentence is, a domain being asked for; else raises `LibraryError`."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a model wants for one set.

    Attributes:
        prompt: The successor.
        reasons: Why, by what the reason is about.
        passed_over: Slots whose phrases are left out, since the template does not name them.
    """

    prompt: Prompt
    reasons: Mapping[str, str]
    passed_over: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What an answer comes to.

    Attributes:
        proposals: By the sets' numbers in the question.
        problems: Why there is none, likewise.
        analysis: What is said of the group, by what it is about.
        remarks: What was left out without harm, such as a set nobody asked about.
    """

    proposals: Mapping[int, Proposal]
    problems: Mapping[int, str]
    analysis: Mapping[str, str]
    remarks: tuple[str, ...] = ()


def reading(
    answer: Answer, subject: Subject, left: Collection[int], config: LlmConfig, parse: Parse
) -> Reading:
    """Return what an answer comes to; one set that is wrong costs that set alone.

    Choices are held to the form letter by letter. A reason that is missing is forgiven.

    Args:
        answer: What was said.
        subject: What was asked about.
        left: The sets of it that have no prompt yet; what is said of others is not read.
        config: How the answer was to look.
        parse: For answers in sentences.
    """
    try:
        said = read(answer, _LOOSE, config.max_tokens)
        _require_domain(said, subject)
        _require_numbers(said["sets"], subject)
    except AnswerError as error:
        return Reading({}, dict.fromkeys(left, error.problem), {})
    form = answer_form(subject.menu, list(subject.labels), config)
    entries = form["properties"]["sets"]["items"]
    proposals: dict[int, Proposal] = {}
    problems: dict[int, str] = {}
    for label in left:
        try:
            entry = _entry(said["sets"], label)
            proposals[label] = _proposal(entry, subject, entries, parse)
        except AnswerError as error:
            problems[label] = error.problem
    remarks = (*_strangers(said["sets"], subject), *_passed_over(proposals))
    return Reading(proposals, problems, _analysis(said, form), remarks)


def _analysis(said: Mapping[str, Any], form: Schema) -> dict[str, str]:
    names = [name for name in form["properties"] if name != "domain" and _is_text(said, name)]
    return {name: plain(said[name], REASON) for name in names}


def _require_domain(said: Mapping[str, Any], subject: Subject) -> None:
    if (domain := said.get("domain", subject.menu.domain)) != subject.menu.domain:
        raise AnswerError(
            f"It is about the domain {shown(domain)}. Expected '{subject.menu.domain}'."
        )


def _require_numbers(entries: list[dict[str, Any]], subject: Subject) -> None:
    """Require that sets are called by their own numbers, or that just too many are spoken of.

    Where a number nobody asked about stands in for one that is missing, as when a model counts from
    0, every other entry may be meant for a neighbour too.
    """
    given = dict.fromkeys(n for entry in entries if (n := _number(entry)) is not None)
    if not given.keys() <= subject.labels.keys() and not given.keys() >= subject.labels.keys():
        raise AnswerError(
            f"Sets are numbered {_span(subject.labels)}; you numbered {_span(given)}."
        )


def _span(numbers: Collection[int]) -> str:
    ordered = sorted(numbers)
    if len(ordered) > 1 and ordered[-1] - ordered[0] == len(ordered) - 1:
        return f"{ordered[0]} to {ordered[-1]}"
    return plain(", ".join(map(str, ordered)), 100)


def _entry(entries: list[dict[str, Any]], label: int) -> dict[str, Any]:
    mine = [entry for entry in entries if _number(entry) == label]
    if not mine:
        raise AnswerError("There is no entry for it in 'sets'.")
    if any(other != mine[0] for other in mine):
        raise AnswerError(f"There are {len(mine)} entries for it, not all the same.")
    return mine[0]


def _proposal(entry: dict[str, Any], subject: Subject, form: Schema, parse: Parse) -> Proposal:
    fields = [name for name in form["properties"] if name not in ("set", *REASONS)]
    wanted = {"properties": {name: form["properties"][name] for name in fields}, "required": fields}
    if wrong := misfits({name: entry[name] for name in fields if name in entry}, wanted):
        raise AnswerError(" ".join(wrong))
    try:
        if "template" in fields:
            prompt = chosen(subject.menu, entry)
        else:
            prompt = parse(entry["prompt"], subject.menu.domain)
    except LibraryError as error:
        raise AnswerError(plain(str(error), REASON)) from None
    if prompt.domain != subject.menu.domain:
        raise AnswerError(f"The prompt is of {prompt.domain}. Expected '{subject.menu.domain}'.")
    reasons = {
        kept: plain(entry[name], REASON) for name, kept in REASONS.items() if _is_text(entry, name)
    }
    told = {name: text for name, text in reasons.items() if text}
    return Proposal(prompt, told, passed_over(subject.menu, entry) if "template" in fields else ())


def _strangers(entries: list[dict[str, Any]], subject: Subject) -> list[str]:
    """Return what is wrong with entries that are of no set."""
    said = [entry.get("set") for entry in entries if _number(entry) not in subject.labels]
    known = ", ".join(map(str, subject.labels))
    return [f"Left out: 'set' is {shown(n)}. Expected one of {known}." for n in said[:_TOLD]]


def _passed_over(proposals: Mapping[int, Proposal]) -> list[str]:
    return [
        f"Left out: {', '.join(p.passed_over)} of set {label}, which its template does not name."
        for label, p in proposals.items()
        if p.passed_over
    ]


def _number(entry: Mapping[str, Any]) -> int | None:
    number = entry.get("set")
    if isinstance(number, str) and _DIGITS.fullmatch(number):
        return int(number)
    return number if isinstance(number, int) and not isinstance(number, bool) else None


def _is_text(said: Mapping[str, Any], name: str) -> bool:
    return isinstance(said.get(name), str)
