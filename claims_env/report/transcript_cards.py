"""One card per set: the sentence before and after, what tracking did, who chose and why."""

from dataclasses import dataclass

from claims_env.decision_record import ASKED_AGAIN, CORRECTED, LLM, REDRAWN, RULE, SetChange
from claims_env.report import cell_values as value
from claims_env.report.markup import Markup, element
from claims_env.report.table import NONE, Tone
from claims_env.report.transcript_sentence import changes_in_words, marked_sentence
from claims_env.report.transcript_text import labelled
from claims_env.rounds import PromptSet

RUNGS: dict[str, tuple[str, Tone]] = {
    LLM: ("chosen by the model", "good"),
    CORRECTED: ("chosen by the model, after a correction", "weak"),
    ASKED_AGAIN: ("chosen by the model, asked again", "weak"),
    RULE: ("chosen by the rule in code", "bad"),
    REDRAWN: ("redrawn by the rule in code", ""),
}
"""The rungs of the repair ladder in words, and how they are coloured."""

_LABELS = {
    "harder": "How it is harder",
    "variables": "Which variables, and why",
    "template": "Which template, and why",
}


@dataclass(frozen=True, slots=True)
class Succession:
    """A set of one round and the one that follows it.

    Attributes:
        number: Their place in both rounds.
        before: The set of the earlier round.
        after: The set of the later one.
    """

    number: int
    before: PromptSet
    after: PromptSet


def change_card(
    pair: Succession, change: SetChange | None, source: str, label: int | None = None
) -> Markup:
    """Return a set's card.

    Args:
        pair: The set and its successor.
        change: What was said of it; None where nothing was.
        source: The file of the run's folder that holds what was said.
        label: What the model knows the set as, counting from 1 in its question.
    """
    known = "" if label is None else f" (set {label} of its question)"
    before, after = pair.before.prompt, pair.after.prompt
    return element(
        "article",
        element("h4", f"Set {pair.number}{known}", _who(change) if change else None),
        element(
            "div",
            _side("before", marked_sentence(before, after), pair.before),
            _side("after", marked_sentence(after, before), pair.after),
            class_="sides",
        ),
        element("p", changes_in_words(before, after), _verdict(change), class_="soft"),
        _reasons(change, source) if change and change.reasons else None,
        class_="card change",
    )


def _side(label: str, sentence: Markup, s: PromptSet) -> Markup:
    return element(
        "div",
        element("p", element("b", f"{label}: "), sentence),
        _outcome(s),
        class_=f"side {label}",
    )


def _outcome(s: PromptSet) -> Markup:
    if s.rejected is not None:
        return element("p", f"rejected: {s.rejected}", class_="bad quoted")
    tracked = value.outcome(s.metrics)
    error = value.number(s.metrics.g_mpjpe if s.metrics else None).text
    texts = [
        f"{tracked.text} after its training",
        f"{value.outcome(s.before).text} before it",
        f"g-MPJPE {error} mm",
        f"judged {value.number(s.difficulty, 1).text}/10",
    ]
    return element("p", " · ".join(texts), class_=tracked.tone or None)


def _who(change: SetChange) -> Markup:
    rung, _, reason = change.outcome.partition(":")
    told, tone = RUNGS.get(rung.strip(), (change.outcome, "weak"))
    if reason.strip() and rung.strip() in RUNGS:
        told += f": {reason.strip()}"
    return element("span", told, class_=f"rung {tone}")


def _verdict(change: SetChange | None) -> Markup | None:
    if change is None or change.strictly_harder is None:
        return None
    found = "strictly harder" if change.strictly_harder else "not strictly harder"
    check = change.check or found
    # what follows the verdict is mostly tiers, which stand beside it already
    told, tone = check.partition(";")[0], "good" if change.strictly_harder else "bad"
    return element("span", f" {NONE} {told}", class_=tone, title=check)


def _reasons(change: SetChange, source: str) -> Markup:
    reasons = change.reasons.items()
    shown = [labelled(_LABELS.get(about, about), text, source) for about, text in reasons]
    return element("div", *shown, class_="reasons")
