"""How the prompts of each round were chosen, so that a person can follow the loop's reasoning."""

from claims_env.decision_record import Asking, Decision, GroupTalk
from claims_env.report.markup import Content, Markup, element
from claims_env.report.run_record import RunRecord
from claims_env.report.transcript_cards import Succession, change_card
from claims_env.report.transcript_notes import LEGEND, costs, kept_apart, sets_named, settled
from claims_env.report.transcript_record import (
    DECISION,
    Explanation,
    briefly,
    others_than,
    read_explanation,
    read_spent,
)
from claims_env.report.transcript_text import labelled, quoted
from claims_env.rounds import Round

MOST_BYTES = 2_000_000
"""Of what was said, all rounds together: older rounds go without it, so that the page opens."""

_DIGITS = 12
"""Of a question's digest; cassettes hold all of it."""


def transcript(run: RunRecord) -> dict[int, Markup]:
    """Return a section for each round but the opening, by the round's index."""
    spent, left = read_spent(run.folder), MOST_BYTES
    sections: dict[int, Markup] = {}
    for before, after in reversed(list(zip(run.rounds, run.rounds[1:], strict=False))):
        told = read_explanation(run.folder, after.index)
        spending = costs(spent.get(after.index, ()))
        newest = after is run.last
        section = _section(before, after, told, spending, unfolded=newest)
        left -= len(section.html)
        if told is not None and left < 0:
            notes = [kept_apart(after.index), *spending]
            section = _section(before, after, briefly(told), notes, unfolded=newest)
        sections[after.index] = section
    return sections


def _section(
    before: Round,
    after: Round,
    told: Explanation | None,
    notes: list[str],
    *,
    unfolded: bool = False,
) -> Markup:
    pairs = {
        i: Succession(i, *sets) for i, sets in enumerate(zip(before.sets, after.sets, strict=False))
    }
    decision = told.decision if told else None
    said = settled(decision) if decision else []
    summary = f"How the prompts were chosen: {len(pairs)} sets by {after.scheduler}"
    return element(
        "details",
        element("summary", summary),
        *(element("p", note, class_="soft") for note in [*said, *notes, LEGEND]),
        *(_talked(decision, pairs, after.index) if decision else _unexplained(told, pairs)),
        class_="transcript",
        open="" if unfolded else None,
    )


def _talked(decision: Decision, pairs: dict[int, Succession], index: int) -> list[Markup]:
    """Return the groups, and after them the sets that no group speaks of."""
    source = f"rounds/{index:03d}/{DECISION}"
    groups = [
        _group(number, group, decision.model, pairs, source)
        for number, group in enumerate(decision.groups, 1)
    ]
    left = [pair for i, pair in pairs.items() if i not in decision.changes]
    heading = [element("h4", "Sets without an explanation")] if left else []
    return [*groups, *heading, *([_cards(left, None, source)] if left else [])]


def _group(
    number: int, group: GroupTalk, model: str, pairs: dict[int, Succession], source: str
) -> Markup:
    shown = [pairs[change.parent] for change in group.changes if change.parent in pairs]
    return element(
        "section",
        element(
            "h3", f"Group {number}: {group.domain}, {sets_named([c.parent for c in group.changes])}"
        ),
        *(_asking(asking, model, source) for asking in group.askings),
        *(labelled(f"Group analysis: {a}", text, source) for a, text in group.analysis.items()),
        _cards(shown, group, source),
        class_="group",
    )


def _asking(asking: Asking, model: str, source: str) -> Markup:
    """Return one line on a question, and below it what was wrong with the answer, if anything."""
    usage = asking.usage
    others = others_than(model, [asking.served_model])
    parts: list[Content] = [
        f"Question {asking.digest[:_DIGITS]} on {sets_named(asking.sets)}",
        f" · {usage.input:,} tokens in, {usage.output:,} out" if usage else None,
        *(element("span", f" · answered by {other}", class_="weak") for other in others),
    ]
    line = element("p", *parts, class_="soft")
    if not asking.problem:
        return line
    return element(
        "div",
        line,
        labelled("What was wrong", asking.problem, source),
        _as_it_came(asking.answer, source) if asking.answer.strip() else None,
        class_="wrong",
    )


def _as_it_came(answer: str, source: str) -> Markup:
    return element(
        "details",
        element("summary", "The answer as it came"),
        quoted(answer, source),
        class_="long",
    )


def _cards(pairs: list[Succession], group: GroupTalk | None, source: str) -> Markup:
    changes = {change.parent: change for change in group.changes} if group else {}
    labels = {number: label for label, number in enumerate(changes, 1)}
    asked = group is not None and bool(group.askings)
    cards = [
        change_card(
            pair, changes.get(pair.number), source, labels.get(pair.number) if asked else None
        )
        for pair in pairs
    ]
    return element("div", *cards, class_="changes")


def _unexplained(told: Explanation | None, pairs: dict[int, Succession]) -> list[Markup]:
    """Return all sets in their order, below what else was said if anything was."""
    other = [quoted(told.other, DECISION)] if told else []
    return [*other, _cards(list(pairs.values()), None, DECISION)]
