"""The tables of a report: the loop, the prompts of a round, the suites, what the run was."""

from claims_env.prompt import UNSAID, Phrase
from claims_env.report import cell_values as value
from claims_env.report.caveats import is_offline
from claims_env.report.run_record import RunRecord
from claims_env.report.table import LOST, NONE, TRACKED, Cell, Table
from claims_env.rounds import PromptSet, Round, SuiteResult
from claims_env.tracking_metrics import ERRORS, TrackingMetrics

_ERROR_HEADINGS = (
    "g-MPJPE [mm]", "l-MPJPE [mm]", "PA-MPJPE [mm]", "vel-dist [mm/frame]", "acc-dist [mm/frame²]",
)  # fmt: skip


def facts_table(run: RunRecord) -> Table:
    """Return what ran, in words."""
    tracker = _flat(run.tracker) or NONE
    judges = ", ".join(_labelled(judge) for judge in run.judges) or NONE
    suites = ", ".join(f"{s.name} ({s.kind})" for s in run.last.suites) or NONE
    pairs = {
        "scheduler": run.scheduler,
        "tracker": tracker,
        "generator": run.generator,
        "judges": judges,
        "trained on": _keep_rule(run),
        "suites": suites,
        "rounds": f"{len(run.rounds)}, the opening included, of {len(run.last.sets)} sets each",
        "seed": str(run.seed),
        **{key: _flat(item) for key, item in sorted(run.header.items()) if key not in _SHOWN},
    }
    rows = tuple((Cell(key), Cell(text)) for key, text in pairs.items())
    return Table("What ran", ("part", "what it was"), rows, prose=True)


_SHOWN = ("tracker", "generator", "judges", "scheduler", "seed", "suites", "rounds")


def _keep_rule(run: RunRecord) -> str:
    score = run.config.get("keep_score")
    if isinstance(score, int | float):
        return (
            f"valid clips in which each judge who answered finds an alignment of {score:g} or more"
        )
    return "valid clips that no judge calls a mismatch"


def _labelled(judge: str) -> str:
    """Return a judge's name, which says that it is offline if it is."""
    return f"{judge} (offline)" if is_offline(judge) and "offline" not in judge else judge


def loop_table(run: RunRecord) -> Table:
    """Return one row per round: what was asked, how hard it was, how it was tracked."""
    suites = [s.name for s in run.last.suites]
    headings = (
        "round", "sets kept", "judged difficulty [1-10]", "prior tier [1-5]", "mean speed [m/s]",
        "success, this round", "success, corpus", "g-MPJPE, corpus [mm]",
        *(h for name in suites for h in (f"success, {name}", f"g-MPJPE, {name} [mm]")),
        "reward", "training samples", "time",
    )  # fmt: skip
    rows = tuple(_loop_row(r, suites, run.seconds.get(r.index)) for r in run.rounds)
    return Table(f"The loop, round by round (every success: {run.help})", headings, rows)


def prompt_table(completed: Round, run: RunRecord) -> Table:
    """Return one row per set of a round."""
    judges = run.judges
    headings = (
        "set", "prompt", "domain", "tiers", "trained, or why not", "before training",
        "zero, random action",
        _ERROR_HEADINGS[0], *judges, "judges differ by", "speed [m/s]",
    )  # fmt: skip
    rows = tuple(_prompt_row(i, s, judges) for i, s in enumerate(completed.sets))
    caption = f"Round {completed.index}: prompts by {completed.scheduler} ({run.help})"
    return Table(caption, headings, rows, prose=True)


def suite_table(suite: SuiteResult, run: RunRecord) -> Table:
    """Return one row per clip of a suite, as the newest round tracked it, and its history."""
    headings = ("clip", "newest round", "rounds 0 to now", *_ERROR_HEADINGS)
    rows = tuple(
        (Cell(name), value.outcome(m), _history(suite.name, name, run.rounds), *_errors(m))
        for name, m in suite.clips.items()
    )
    refused = tuple(
        (Cell(name), Cell("refused", tone="bad"), Cell(why), *[Cell(NONE)] * len(ERRORS))
        for name, why in suite.refused.items()
    )
    caption = f"Suite {suite.name} ({suite.kind}), never trained on ({run.help})"
    return Table(caption, headings, rows + refused)


def _loop_row(r: Round, suites: list[str], seconds: float | None) -> tuple[Cell, ...]:
    results = {s.name: s for s in r.suites}
    held_out = [cell for name in suites for cell in _suite_cells(results.get(name))]
    return (
        Cell(str(r.index), sort=r.index),
        value.share(len(r.kept), len(r.sets)),
        value.number(r.difficulty, 1),
        value.number(r.tier, 1),
        value.number(r.mean_speed, 2),
        value.success_beside(
            r.trained, {"before": r.before, **value.no_policy(r.untrained, r.random)}
        ),
        value.success_beside(r.corpus, value.no_policy(r.corpus_untrained, r.corpus_random)),
        value.error(r.corpus),
        *held_out,
        value.number(r.reward, 3) if r.index else Cell(NONE),
        value.samples(r.training.get("samples")),
        value.duration(seconds),
    )


def _suite_cells(suite: SuiteResult | None) -> tuple[Cell, Cell]:
    if suite is None:
        return Cell(NONE), Cell(NONE)
    beside = value.no_policy(suite.untrained, suite.random)
    return value.success_beside(suite.metrics, beside), value.error(suite.metrics)


def _prompt_row(index: int, s: PromptSet, judges: tuple[str, ...]) -> tuple[Cell, ...]:
    slots = "\n".join(f"{slot}: {_said(p)}" for slot, p in s.prompt.slots.items())
    tiers = " ".join(str(tier or NONE) for tier in s.prompt.tiers)
    return (
        Cell(str(index), sort=index),
        Cell(s.prompt.text, hint=slots),
        Cell(s.prompt.domain),
        Cell(tiers, sort=s.prompt.tier, hint=slots),
        Cell(f"rejected: {s.rejected}", tone="bad") if s.rejected else value.outcome(s.metrics),
        value.outcome(s.before),
        _no_policy(s),
        _errors(s.metrics)[0],
        *(_judge_cell(s, judge) for judge in judges),
        value.number(s.disagreement, 0),
        value.number(s.mean_speed, 2),
    )


def _said(phrase: Phrase) -> str:
    return NONE if phrase == UNSAID else f"{phrase.text} (tier {phrase.tier})"


def _no_policy(s: PromptSet) -> Cell:
    """Return how the clip goes with the zero action, and with random ones; sorts by the first."""
    zero, random = value.outcome(s.untrained), value.outcome(s.random)
    known = [cell.text for cell in (zero, random) if cell.text != NONE]
    return Cell(",\n".join(known) or NONE, zero.sort, zero.tone)


def _judge_cell(s: PromptSet, judge: str) -> Cell:
    """Return a judge's difficulty and verdict in one cell, rationales in the hint."""
    aligned, rated = (
        value.verdict(s.alignments.get(judge)),
        value.difficulty(s.difficulties.get(judge)),
    )
    shown = [cell.text for cell in (rated, aligned) if cell.text != NONE]
    hints = [cell.hint for cell in (rated, aligned) if cell.hint]
    return Cell(",\n".join(shown) or NONE, rated.sort, aligned.tone, "\n".join(hints))


def _errors(m: TrackingMetrics | None) -> tuple[Cell, ...]:
    return tuple(
        value.number(None if m is None else getattr(m, name), int(name in ("vel_dist", "acc_dist")))
        for name in ERRORS
    )


def _history(suite: str, clip: str, rounds: tuple[Round, ...]) -> Cell:
    """Return a mark per round: tracked, lost or not evaluated."""
    found = [s.clips.get(clip) for r in rounds for s in r.suites if s.name == suite]
    marks = [NONE if m is None else TRACKED if m.success else LOST for m in found]
    return Cell(" ".join(marks), sort=sum(mark == TRACKED for mark in marks))


def _flat(item: object) -> str:
    if isinstance(item, dict):
        return ", ".join(f"{key} {_flat(entry)}" for key, entry in item.items())
    return ", ".join(map(_flat, item)) if isinstance(item, list) else str(item)
