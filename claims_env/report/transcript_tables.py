"""The tables of a transcript: how answers were mended per round, and what models cost."""

from claims_env.decision_record import ASKED_AGAIN, CORRECTED, LLM, REDRAWN, RULE, Decision
from claims_env.report import cell_values as value
from claims_env.report.run_record import RunRecord
from claims_env.report.table import NONE, Cell, Table
from claims_env.report.transcript_record import Spent, others_than, read_explanation, read_spent
from claims_env.report.transcript_sentence import changes_in_words
from claims_env.rounds import Round

LADDER = (LLM, CORRECTED, ASKED_AGAIN, RULE, REDRAWN)


def repairs_table(run: RunRecord) -> Table | None:
    """Return one row per round that a language model chose: how its sets were settled."""
    told = ((r.index, read_explanation(run.folder, r.index)) for r in run.rounds)
    rows = tuple(_repairs_row(i, e.decision) for i, e in told if e and e.decision)
    if not rows:
        return None
    headings = (
        "round", "asked", "answered by", "questions", "answers with mistakes", "sets",
        "chosen at once", "after a correction", "asked again", "by the rule", "redrawn",
        "strictly harder",
    )  # fmt: skip
    return Table("How the prompts were chosen, round by round", headings, rows)


def usage_table(run: RunRecord) -> Table | None:
    """Return one row per round, purpose and model: what was asked, and what it cost."""
    spent = read_spent(run.folder)
    rows = tuple(_usage_row(index, entry) for index, entries in spent.items() for entry in entries)
    if not rows:
        return None
    headings = (
        "round", "for", "asked", "answered by", "questions", "answered", "errors",
        "times sent", "tokens in", "tokens out", "cost [USD]",
    )  # fmt: skip
    return Table("What language models were asked, and what it cost", headings, rows)


def changes_table(before: Round, after: Round, run: RunRecord) -> Table:
    """Return one row per set: what of its prompt changed, who chose, how tracking went."""
    explained = read_explanation(run.folder, after.index)
    changes = explained.decision.changes if explained and explained.decision else {}
    rows = tuple(
        (
            Cell(str(i), sort=i),
            Cell(changes_in_words(old.prompt, new.prompt)),
            Cell(changes[i].outcome if i in changes else NONE),
            _yes(changes[i].strictly_harder) if i in changes else Cell(NONE),
            Cell("rejected", tone="bad") if old.rejected else value.outcome(old.metrics),
            Cell("rejected", tone="bad") if new.rejected else value.outcome(new.metrics),
        )
        for i, (old, new) in enumerate(zip(before.sets, after.sets, strict=False))
    )
    caption = f"From round {before.index} to {after.index}: how the prompts changed ({run.help})"
    headings = ("set", "slots and tiers", "chosen", "strictly harder", "before", "after")
    return Table(caption, headings, rows, prose=True)


def _repairs_row(index: int, decision: Decision) -> tuple[Cell, ...]:
    askings = [asking for group in decision.groups for asking in group.askings]
    served = list(dict.fromkeys(a.served_model for a in askings if a.served_model))
    checked = [
        c.strictly_harder for c in decision.changes.values() if c.strictly_harder is not None
    ]
    rungs = decision.rungs
    return (
        Cell(str(index), sort=index),
        Cell(decision.model),
        Cell(", ".join(served) or NONE, tone="weak" if others_than(decision.model, served) else ""),
        value.number(len(askings)),
        value.number(sum(bool(asking.problem) for asking in askings)),
        value.number(len(decision.changes)),
        *(value.number(rungs.get(rung, 0)) for rung in LADDER),
        value.share(sum(checked), len(checked)),
    )


def _usage_row(index: int, spent: Spent) -> tuple[Cell, ...]:
    about = "~" if spent.estimated else ""
    errors = ", ".join(f"{count} {kind}" for kind, count in spent.errors.items())
    tokens = [spent.tokens.get(kind, 0) for kind in ("input", "output")]
    return (
        Cell(str(index), sort=index),
        Cell(spent.purpose),
        Cell(spent.model),
        Cell(", ".join(spent.served) or NONE, tone="weak" if spent.others else ""),
        value.number(spent.calls),
        value.number(spent.answers),
        Cell(errors or "0", tone="bad" if errors else ""),
        value.number(spent.attempts),
        *(Cell(f"{about}{count:,}", sort=count) for count in tokens),
        Cell("unknown", tone="weak") if spent.usd is None else value.number(spent.usd, 4),
    )


def _yes(found: bool | None) -> Cell:
    if found is None:
        return Cell(NONE)
    return Cell("yes", tone="good") if found else Cell("no", tone="bad")
