"""Tells what a run would ask of language models, and what that would cost; plays nothing."""

import sys
from collections.abc import Sequence

from claims_env.assembly.run_plan import PlannedCalls, planned
from claims_env.assembly.words import whole_library
from claims_env.config import RunConfig
from claims_env.held_out import split_library

_HEADINGS = ("model", "purpose", "rounds", "calls each", "tokens each", "USD each", "USD in all")
_ROW = "{:<28} {:<11} {:>6} {:>10} {:>12} {:>9} {:>10}"


def dry_run(config: RunConfig) -> int:
    """Write the table of a run's calls to standard output; returns the exit status.

    Raises:
        ConfigError: A setting does not fit.
        UnknownName: A model's vendor is unknown.
    """
    library, _ = split_library(whole_library(config.library))
    sys.stdout.write("\n".join(told_plan(planned(config, library), config)) + "\n")
    return 0


def told_plan(calls: Sequence[PlannedCalls], config: RunConfig) -> list[str]:
    """Return the plan, line by line.

    Args:
        calls: What would be asked.
        config: Of the run.
    """
    size = f"A run of {config.rounds} rounds of {config.sets} sets"
    if not calls:
        return [f"{size} asks no language model. Nothing was played."]
    lines = [f"{size} would ask about this, and nobody was asked:", "", _ROW.format(*_HEADINGS)]
    lines += [_row(entry) for entry in calls]
    lines += ["", _total(calls)]
    lines.append("What has to be asked again, and thinking aloud, come on top.")
    return lines + _caps(calls, config)


def _row(entry: PlannedCalls) -> str:
    tokens = entry.tokens.input + entry.tokens.output
    each, whole = _money(entry.usd), _money(_times(entry.usd, entry.rounds))
    return _ROW.format(
        entry.model, entry.purpose, entry.rounds, entry.calls, f"{tokens:,}", each, whole
    )


def _total(calls: Sequence[PlannedCalls]) -> str:
    asked, tokens, costs = _sums(calls)
    known = sum(cost for cost in costs if cost is not None)
    unknown = "" if None not in costs else ", beside what models cost whose price nobody knows"
    return f"In all {asked:,} calls, {tokens:,} tokens and {known:.2f} USD{unknown}."


def _caps(calls: Sequence[PlannedCalls], config: RunConfig) -> list[str]:
    asked, tokens, costs = _sums(calls)
    usd = sum(cost for cost in costs if cost is not None)
    plan = {"calls": float(asked), "tokens": float(tokens), "usd": usd}
    caps = {name: getattr(config.chat, name) for name in plan}
    return [
        f"More than --chat.{name} {cap:g} allows: the run would go on without further answers."
        for name, cap in caps.items()
        if cap is not None and plan[name] > cap
    ]


def _sums(calls: Sequence[PlannedCalls]) -> tuple[int, int, list[float | None]]:
    asked = sum(entry.calls * entry.rounds for entry in calls)
    tokens = sum((e.tokens.input + e.tokens.output) * e.rounds for e in calls)
    return asked, tokens, [_times(entry.usd, entry.rounds) for entry in calls]


def _times(usd: float | None, rounds: int) -> float | None:
    return None if usd is None else usd * rounds


def _money(usd: float | None) -> str:
    return "unknown" if usd is None else f"{usd:.4f}"
