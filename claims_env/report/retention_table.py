"""What stays learned, as a table shaded by success: rounds down, the clips of each round across."""

from claims_env.report import cell_values as value
from claims_env.report.run_record import RunRecord
from claims_env.report.table import LOST, NONE, TRACKED, Cell, Table
from claims_env.retention import Retention
from claims_env.rounds import Round
from claims_env.tracking_metrics import SuiteMetrics


def retention_table(run: RunRecord) -> Table | None:
    """Return success on the clips of each round, after each round; None where it was not recorded.

    What stands in parentheses was measured before the clips were trained on.
    """
    if all(r.retention is None for r in run.rounds):
        return None
    clips = (f"clips of round {r.index} ({len(r.kept)})" for r in run.rounds)
    headings = ("after", *clips, "all so far", "forgotten, of those once tracked")
    caption = (
        "What stays learned: success on the clips of each round, after each round; in parentheses "
        f"before they were trained on ({run.help})"
    )
    rows = tuple(_row(run.rounds, r) for r in run.rounds)
    return Table(caption, headings, (_start(run.rounds), *rows))


def forgotten(r: Round) -> Cell:
    """Return how many of the clips tracked after an earlier round are lost; the hint names them."""
    kept = r.retention
    if kept is None or not kept.once:
        return Cell(NONE)
    lost = value.share(len(kept.forgotten), kept.once)
    return Cell(lost.text, lost.sort, "bad" if kept.forgotten else "", ", ".join(kept.forgotten))


def forgotten_table(run: RunRecord) -> Table | None:
    """Return one row per clip forgotten by now, and after which rounds it was tracked; or None."""
    if run.last.retention is None or not run.last.retention.forgotten:
        return None
    entries = {s.clip: (r.index, s) for r in run.rounds for s in r.sets}
    rows = tuple(
        (Cell(clip), Cell(entries[clip][1].prompt.text), _history(clip, run.rounds[met:]))
        for clip in run.last.retention.forgotten
        for met in [entries[clip][0]]
    )
    headings = ("clip", "prompt", "after its own round to now")
    caption = f"Forgotten: tracked after an earlier round, lost now ({run.help})"
    return Table(caption, headings, rows, prose=True)


def _history(clip: str, rounds: tuple[Round, ...]) -> Cell:
    """Return a mark per round: tracked, lost or not recorded."""
    marks = [_mark(clip, r.retention) for r in rounds]
    return Cell(" ".join(marks), sort=sum(mark == TRACKED for mark in marks))


def _mark(clip: str, kept: Retention | None) -> str:
    if kept is None:
        return NONE
    return TRACKED if clip in kept.tracked else LOST


def _start(rounds: tuple[Round, ...]) -> tuple[Cell, ...]:
    ahead = _ahead(rounds[0].before)
    return (Cell("the start", sort=-1), ahead, *[Cell(NONE)] * (len(rounds) + 1))


def _row(rounds: tuple[Round, ...], r: Round) -> tuple[Cell, ...]:
    seen = [_now(metrics) for metrics in _by_round(r.retention, r)]
    seen += [_ahead(later.before) for later in rounds[r.index + 1 : r.index + 2]]
    unseen = [Cell(NONE)] * (len(rounds) - len(seen))
    name = Cell(f"round {r.index}", sort=r.index)
    return (name, *seen, *unseen, _now(r.corpus), forgotten(r))


def _by_round(kept: Retention | None, r: Round) -> tuple[SuiteMetrics | None, ...]:
    """Return the metrics by round; of an earlier version's record, the round's own at most."""
    return (*[None] * r.index, r.trained) if kept is None else kept.by_round


def _now(metrics: SuiteMetrics | None) -> Cell:
    if metrics is None:
        return Cell(NONE)
    won, rate = round(metrics.success_rate * metrics.clips), metrics.success_rate
    hint = f"{won} of {metrics.clips} clips, g-MPJPE {value.error(metrics).text} mm"
    return Cell(value.percent(metrics), rate, hint=hint, heat=rate)


def _ahead(metrics: SuiteMetrics | None) -> Cell:
    cell = _now(metrics)
    return cell if metrics is None else Cell(f"({cell.text})", cell.sort, "", cell.hint, cell.heat)
