"""A stand-in for the scheduler's model: reads questions as a model would, errs when told to."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from claims_env.chat import Answer, Question

SLOTS = ("base_action", "combo_action", "detail", "speed_rhythm")
_PHRASE = re.compile(r"^([BCDS]\d+) \[(\d)\] (.*)$", re.MULTILINE)
_DATA = re.compile(r"<data>\n(.*?)\n</data>", re.DOTALL)


def shown_sets(question: Question) -> list[dict[str, Any]]:
    """Return what the question tells of each set."""
    (lines, *_) = _DATA.findall(question.messages[1].text)
    return [json.loads(line) for line in lines.splitlines()]


def good(question: Question) -> dict[str, Any]:
    """Return an answer that raises every slot by a tier where it can."""
    schema: Any = question.schema
    entry = schema["properties"]["sets"]["items"]["properties"]
    phrases = _PHRASE.findall(question.messages[1].text)
    domain = schema["properties"]["domain"]["enum"][0]
    sets = [_entry(told, phrases, entry) for told in shown_sets(question)]
    return {"domain": domain, "tracker": "All alike.", "judges": "They agree.", "sets": sets}


def _entry(told: Mapping[str, Any], phrases: list[Any], form: Mapping[str, Any]) -> dict[str, Any]:
    number = told["set"]
    why = {"harder": f"Set {number} rises.", "variables": "The next tier.", "template_reason": "It"}
    if "template" not in form:
        return {
            "set": number,
            **why,
            "prompt": f"The person does thing {number} of {told['prompt'][:40]}",
        }
    ids = {slot: _risen(told, slot, phrases) for slot in SLOTS}
    return {"set": number, **why, "template": told["ids"]["template"], **ids}


def _risen(told: Mapping[str, Any], slot: str, phrases: list[Any]) -> str:
    now, tier = told["ids"][slot], told["tiers"][slot]
    above = [key for key, t, _ in phrases if key[0] == now[0] and int(t) == min(tier + 1, 5)]
    # another one for each set, so that two of a tier do not meet
    return str(above[(int(now[1:]) + told["set"]) % len(above)]) if above else str(now)


def said(question: Question) -> str:
    return json.dumps(good(question))


def _edited(edit: Callable[[dict[str, Any]], None]) -> Callable[[Question], str]:
    def wrong(question: Question) -> str:
        answer = good(question)
        edit(answer)
        return json.dumps(answer)

    return wrong


def _other_ids(answer: dict[str, Any]) -> None:
    answer["sets"][0]["detail"] = "D99"
    answer["sets"][-1]["template"] = "a sentence of my own"


def _twice(answer: dict[str, Any]) -> None:
    answer["sets"] = [*answer["sets"], {**answer["sets"][0], "detail": "D1"}]


def _fifth(answer: dict[str, Any]) -> None:
    answer["sets"].append({**answer["sets"][0], "set": len(answer["sets"]) + 1})


def _alike(answer: dict[str, Any]) -> None:
    answer["sets"] = [{**answer["sets"][0], "set": entry["set"]} for entry in answer["sets"]]


FAULTS: dict[str, Callable[[Question], str | Answer]] = {
    "cut": lambda q: Answer(said(q)[: len(said(q)) // 2], "length", "scripted"),
    "damaged": lambda q: said(q)[:-20],
    "prose": lambda q: "I would raise the combo of each set and leave the rest as it is.",
    "markdown": lambda q: f"**Analysis**\n\n- D. Prompt:\n\n```json\n{said(q)}\n```\n",
    "wrong ids": _edited(_other_ids),
    "other domain": _edited(lambda answer: answer.update(domain="cooking")),
    "twice": _edited(_twice),
    "alike": _edited(_alike),
    "one too many": _edited(_fifth),
    "one too few": _edited(lambda answer: answer["sets"].pop()),
    "withheld": lambda q: Answer("", "blocked", "scripted"),
}
"""Ways in which an answer goes wrong; markdown and one too many can be read all the same."""

HARMLESS = ("markdown", "one too many")


def faulty(share: float, *, persistent: bool = False) -> Callable[[Question], str | Answer]:
    """Return a model that errs in a share of its answers, the same ones in every run.

    Args:
        share: 0 to 1.
        persistent: Whether a question asked again is answered as wrongly.
    """

    def answer(question: Question) -> str | Answer:
        text = "".join(message.text for message in question.messages)
        if persistent:
            text = text.partition("\n\nAn earlier answer")[0]
        digest = hashlib.sha256(text.encode()).digest()
        if int.from_bytes(digest[:4], "big") / 2**32 >= share:
            return said(question)
        return FAULTS[list(FAULTS)[digest[4] % len(FAULTS)]](question)

    return answer
