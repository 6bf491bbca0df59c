"""What is said above a round's sets: who settled them, who was asked, what it took."""

from collections.abc import Iterable, Sequence

from claims_env.decision_record import Decision
from claims_env.report.transcript_cards import RUNGS
from claims_env.report.transcript_record import DECISION, Spent

PURPOSE = "scheduler"
"""Questions of which purpose belong to the choice of prompts."""

LEGEND = (
    "Marked is what changed; the small figure is the phrase's tier (1 easy to 5 hard), with a "
    "triangle where the other sentence's is another."
)

_NAMED = 20
"""Sets that are named where they are counted."""


def settled(decision: Decision) -> list[str]:
    """Return how many sets each rung of the ladder settled, who was asked, and how."""
    counted = decision.rungs
    rungs = [f"{counted[rung]} {told}" for rung, (told, _) in RUNGS.items() if rung in counted]
    rungs += [f"{count} {rung}" for rung, count in counted.items() if rung not in RUNGS]
    settings = [f"{name} {said}" for name, said in decision.settings.items()]
    asked = f"Asked: {decision.model}, with the text of '{decision.prompt_version}'"
    return [
        f"Of {len(decision.changes)} sets: {'; '.join(rungs) or 'none settled'}.",
        *_not_harder(decision),
        f"{asked}; {', '.join(settings)}." if settings else f"{asked}.",
    ]


def costs(spent: Iterable[Spent]) -> list[str]:
    """Return one sentence per model on what choosing took."""
    return [_cost(s) for s in spent if s.purpose.startswith(PURPOSE)]


def kept_apart(round_index: int) -> str:
    """Return where the reasons are that the page has no room for."""
    path = f"rounds/{round_index:03d}/{DECISION}"
    return f"The reasons are not shown, to keep the page small: {path}."


def sets_named(numbers: Sequence[int]) -> str:
    """Return sets by their numbers, the first of them where they are many."""
    names = [str(number) for number in numbers[:_NAMED]] + ["..."] * (len(numbers) > _NAMED)
    return f"set{'s' * (len(numbers) != 1)} {', '.join(names)}"


def _not_harder(decision: Decision) -> list[str]:
    broken = sorted(i for i, c in decision.changes.items() if c.strictly_harder is False)
    return [f"Not strictly harder: {len(broken)} ({sets_named(broken)})."] if broken else []


def _cost(spent: Spent) -> str:
    cost = "at a price nobody knows" if spent.usd is None else f"for {spent.usd:.4f} USD"
    served = f" Answered by {', '.join(spent.others)}." if spent.others else ""
    tokens = [f"{spent.tokens.get(kind, 0):,} tokens {kind}" for kind in ("input", "output")]
    answered = f"{spent.answers} of {spent.calls} questions answered"
    return f"{spent.model}: {answered}, {', '.join(tokens)}, {cost}.{served}"
