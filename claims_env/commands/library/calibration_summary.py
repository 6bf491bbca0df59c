"""What a calibration tells at its end: agreement slot by slot, and the phrases that stand out."""

from collections.abc import Sequence

from rich.console import RenderableType

from claims_env.commands.library.paper import table
from claims_env.commands.library.show_words import measured_tier
from claims_env.evidence import DomainEvidence
from claims_env.prompt import SLOTS


def told(evidence: DomainEvidence, *, is_kept: bool) -> str:
    """Return one line about a domain that is done."""
    phrases = [phrase for slot in evidence.slots for phrase in slot.phrases]
    off = [phrase for phrase in phrases if phrase.disagrees]
    sure = sum(phrase.is_sure for phrase in off)
    kept = "kept, " if is_kept else ""
    return (
        f"{evidence.domain}: {kept}{len(phrases)} phrases, {len(off)} two tiers or more off, "
        f"{sure} of them beyond their interval"
    )


def summary(measured: Sequence[DomainEvidence]) -> list[RenderableType]:
    """Return how tiers and measurement agree, and every phrase where they do not."""
    ranks = table("rank correlation of tier and measurement, with 95 % interval", "domain", *SLOTS)
    for evidence in measured:
        ranks.add_row(evidence.domain, *(_rank(evidence, slot) for slot in SLOTS))
    off = table("two tiers or more off", "domain", "slot", ">tier", "measured", "phrase")
    for evidence in measured:
        for slot in evidence.slots:
            for phrase in slot.phrases:
                if phrase.disagrees:
                    cells = (str(phrase.tier), measured_tier(phrase), phrase.text)
                    off.add_row(evidence.domain, slot.slot, *cells)
    return [ranks, "", off] if off.row_count else [ranks]


def _rank(evidence: DomainEvidence, slot: str) -> str:
    found = evidence.slot(slot)
    if found is None or found.agreement is None:
        return "-"
    rank = found.agreement
    return f"{rank.mean:.2f} [{rank.low:.2f}, {rank.high:.2f}]"
