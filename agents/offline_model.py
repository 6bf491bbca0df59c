"""A stand-in for a language model: no network, no weights, the 2x2 rule read off the question.

It lets the whole scheduler run without a key: questions, answers, checks, records. What it answers
says nothing about what a language model would. It reads the same text a model is sent, and nothing
else: the sets as lines of JSON, and the listing of the library where there is one. Asked for
generic prompts, it draws them from the grammar of `random_prompts`.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np

from claims_env.agents.free_rule_scheduler import STEPS
from claims_env.agents.random_prompts import DEMANDS, demand_of, random_prompts, random_sentence
from claims_env.agents.rule_scheduler import EDITS, PREFERENCE, Increase
from claims_env.chat import Answer, Question, Usage
from claims_env.domain_words import slots_of
from claims_env.errors import ChatError, UnknownName
from claims_env.prompt import SLOTS

MODELS = ("rule",)
"""What there is to ask for."""

SERVED = "2x2 rule, no language model"
"""Who answers, as records show it."""

_SETS = re.compile(r"<data>\n(.*?)\n</data>", re.DOTALL)
_WANTED = re.compile(r"Write (\d+) different prompts")
_PHRASE = re.compile(r"(?:(\w+) )?\[(\d)\] (.+)")
_TEMPLATE = re.compile(r"(?:(T\d+) )?(.+)")
_MIDDLING = 3.0
"""The demand of a sentence in which the grammar knows no word."""

Set = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the library's listing.

    Attributes:
        key: Its id, or its text where the listing has no ids.
        tier: 1 to 5; 0 for templates.
        text: The words.
    """

    key: str
    tier: int
    text: str


class OfflineModel:
    """Answers the questions of schedulers by the paper's rule. See `Chat`.

    Args:
        model: 'rule', the only one.
        options: Taken and not used: what others need to reach a server.

    Raises:
        UnknownName: There is no such model.
    """

    def __init__(self, model: str = "rule", **options: Any) -> None:
        if model not in MODELS:
            raise UnknownName("offline model", model, MODELS)
        self.name = f"offline:{model}"

    def ask(self, question: Question) -> Answer:
        """See `Chat`; equal questions get equal answers, and no tokens are spent.

        Raises:
            ChatError: The question is not one of a scheduler.
        """
        text = question.messages[-1].text
        found, wanted = _SETS.search(text), _WANTED.match(text)
        if wanted is not None:
            generic = random_prompts(int(wanted[1]), _seed(question))
            return Answer(json.dumps({"prompts": generic}), "stop", SERVED, Usage())
        if question.schema is None or found is None:
            raise ChatError(
                "request",
                self.name,
                f"A question of '{question.purpose}' was asked.",
                "This stand-in answers schedulers alone: take an offline judge, or a real model.",
            )
        sets: list[dict[str, Any]] = [json.loads(line) for line in found[1].splitlines()]
        said = self._answer(question.schema, sets, _listing(text), _seed(question))
        return Answer(json.dumps(said, ensure_ascii=False), "stop", SERVED, Usage())

    def _answer(
        self, schema: Mapping[str, Any], sets: Sequence[Set], menu: Mapping[str, Any], seed: int
    ) -> dict[str, Any]:
        fields = schema["properties"]
        shown = fields["sets"]["items"]["properties"]
        compared = f"Median error {_middle(sets, _error)} mm, difficulty {_middle(sets, _judged)}."
        said = {name: compared for name in fields if name not in ("sets", "domain")}
        if "domain" in fields:
            said["domain"] = fields["domain"]["enum"][0]
        entries: list[dict[str, Any]] = []
        for s in sets:
            step, rng = _step(s, sets), np.random.default_rng([seed, s["set"]])
            made = _chosen(s, step, menu, rng) if menu else _invented(s, step, rng)
            entries.append(_entry(s, step, made, list(shown)))
        return {**said, "sets": entries}


def _entry(
    s: Set, step: Increase, made: Mapping[str, str], fields: Sequence[str]
) -> dict[str, Any]:
    reasons = {
        "harder": f"By the rule, a {step} step.",
        "variables": "Combo and detail rise first, as in App. B.3.",
        "template_reason": "The one before; the rule changes phrases alone.",
    }
    entry = {"set": s["set"], **reasons, **made}
    return {name: entry[name] for name in fields}


def _step(s: Set, sets: Sequence[Set]) -> Increase:
    """Return how much harder a set should get, from whatever is shown of it."""
    easy: list[bool] = []
    if "tracker" in s:
        error = _error(s)
        won = s["tracker"] is not None and s["tracker"]["success"] == "yes"
        easy.append(won and error is not None and error <= (_middle(sets, _error) or 0.0))
    if "judges" in s:
        judged = _judged(s)
        easy.append(judged is not None and judged <= (_middle(sets, _judged) or 0.0))
    if not easy:
        return "moderate"
    if all(easy):
        return "significant"
    return "moderate" if any(easy) else "slight"


def _error(s: Set) -> float | None:
    """Return the global error [mm], or None."""
    figures = s.get("tracker")
    return None if figures is None else figures["global_mpjpe_mm"]


def _judged(s: Set) -> float | None:
    """Return the judges' mean difficulty, or None."""
    scores = [rating["difficulty"] for rating in s.get("judges", {}).values()]
    return sum(scores) / len(scores) if scores else None


def _middle(sets: Sequence[Set], read: Any) -> float | None:
    known = [value for value in map(read, sets) if value is not None]
    return median(known) if known else None


# Words


def _listing(text: str) -> dict[str, list[Entry]]:
    """Return the templates and each slot's phrases; empty where the question lists none."""
    found: dict[str, list[Entry]] = {}
    heading = ""
    for line in text.splitlines():
        if line in ("templates", *SLOTS):
            heading = line
            found[heading] = []
        elif not line:
            heading = ""
        elif heading == "templates" and (match := _TEMPLATE.fullmatch(line)) and "{" in line:
            found[heading].append(Entry(match[1] or match[2], 0, match[2]))
        elif heading and (match := _PHRASE.fullmatch(line)):
            found[heading].append(Entry(match[1] or match[3], int(match[2]), match[3]))
    return found


def _chosen(
    s: Set, step: Increase, menu: Mapping[str, Sequence[Entry]], rng: np.random.Generator
) -> dict[str, str]:
    """Return the ids of the successor, and its sentence."""
    template = _template(s, menu)
    said = slots_of(template.text)
    before = {slot: _heard(s["prompt"], menu[slot]) for slot in said}
    slots, tiers = EDITS[step]
    room = [p for p in PREFERENCE if p in said and before[p].tier < _highest(menu[p])]
    rising = (room or [p for p in PREFERENCE if p in said])[:slots]
    after = {p: _raised(before[p], tiers, menu[p], rng) if p in rising else before[p] for p in said}
    ids = {slot: after[slot].key if slot in after else "none" for slot in SLOTS}
    sentence = template.text.format(**{slot: entry.text for slot, entry in after.items()})
    return {"template": template.key, **ids, "prompt": sentence}


def _template(s: Set, menu: Mapping[str, Sequence[Entry]]) -> Entry:
    """Return the template a prompt is made of: the one that says most of its words."""
    said = set(s["tiers"])
    fitting = [t for t in menu["templates"] if set(slots_of(t.text)) == said]
    words = set(s["prompt"].split())
    return max(fitting or menu["templates"], key=lambda t: len(words & set(t.text.split())))


def _heard(prompt: str, entries: Sequence[Entry]) -> Entry:
    """Return the longest phrase that stands in a prompt, or the first of the list."""
    return max(entries, key=lambda entry: len(entry.text) if entry.text in prompt else 0)


def _raised(before: Entry, by: int, entries: Sequence[Entry], rng: np.random.Generator) -> Entry:
    """Return another entry, of the tier nearest to `by` higher that is higher at all."""
    beyond = [e.tier for e in entries if e.tier > before.tier]
    tier = min(beyond or [before.tier], key=lambda t: abs(t - before.tier - by))
    others = [e for e in entries if e.tier == tier and e != before] or [before]
    return others[int(rng.integers(len(others)))]


def _highest(entries: Sequence[Entry]) -> int:
    return max(entry.tier for entry in entries)


def _invented(s: Set, step: Increase, rng: np.random.Generator) -> dict[str, str]:
    """Return a more demanding sentence of the grammar of `random_prompts`."""
    demand = demand_of(s["prompt"]) or _MIDDLING
    said = random_sentence(rng, min(demand + STEPS[step], float(DEMANDS[-1])))
    return {"prompt": said, "variables": "Drawn from a small grammar.", "template_reason": "None."}


def _seed(question: Question) -> int:
    """Return a seed that follows from the question, in every process."""
    text = "\n".join(message.text for message in question.messages)
    digest = hashlib.sha256(f"{question.sample}\n{text}".encode()).digest()
    return int.from_bytes(digest[:8], "big")
