"""The report of a run as one self-contained HTML file: no other file, no network, no library."""

import json

from claims_env.report import cell_values as value
from claims_env.report.caveats import caveats
from claims_env.report.document import document
from claims_env.report.instructions import instructions
from claims_env.report.loop_charts import loop_charts
from claims_env.report.markup import Markup, element
from claims_env.report.retention_table import forgotten, forgotten_table, retention_table
from claims_env.report.run_record import RunRecord
from claims_env.report.run_tables import facts_table, loop_table, prompt_table, suite_table
from claims_env.report.set_cards import Key, set_cards
from claims_env.report.suite_cards import suite_cards
from claims_env.report.table import NONE, Table, table_as_html
from claims_env.report.transcript import transcript
from claims_env.report.transcript_tables import repairs_table, usage_table
from claims_env.rounds import Round


def page(run: RunRecord) -> str:
    """Return the whole page."""
    return document(f"CLAIMS run {run.folder.name}", _sections(run))


def _sections(run: RunRecord) -> list[Markup | None]:
    cards, chosen = set_cards(run), transcript(run)
    links = [element("a", f"round {r.index}", href=f"#round-{r.index}") for r in run.rounds]
    return [
        element("h1", f"CLAIMS run {run.folder.name}"),
        element("p", _headline(run), class_="soft"),
        _banner(run),
        _tiles(run),
        element("nav", *links, element("a", "suites", href="#suites"), _link_to_config()),
        element("h2", "The loop"),
        table_as_html(loop_table(run)),
        _table(retention_table(run)),
        loop_charts(run.rounds, run.help),
        _folded("The forgotten clips by name", forgotten_table(run)),
        _table(repairs_table(run)),
        _folded("What language models were asked, and what it cost", usage_table(run)),
        *(_round(r, run, cards, chosen.get(r.index)) for r in reversed(run.rounds)),
        element("h2", "Suites", id="suites"),
        *(table_as_html(suite_table(s, run)) for s in run.last.suites),
        _in_pictures("Held-out clips of the newest round in pictures", suite_cards(run)),
        element("h2", "What ran, and how to run it again", id="config"),
        table_as_html(facts_table(run)),
        *(element("div", element("p", why), element("pre", how)) for why, how in instructions(run)),
        element("details", element("summary", "config.yaml"), element("pre", run.config_text)),
    ]


def _headline(run: RunRecord) -> str:
    """Return what ran, in one line."""
    tracker = run.tracker.get("name", run.tracker.get("kind", "unknown"))
    parts = [
        f"scheduler {run.scheduler}",
        f"tracker {tracker} ({run.help})",
        f"generator {run.generator}",
        f"judges {', '.join(run.judges) or 'none'}",
        *(f"suite {s.name} ({s.kind})" for s in run.last.suites),
        f"seed {run.seed}",
        f"claims_env {run.header.get('claims_env', '?')}",
    ]
    return " · ".join(parts)


def _banner(run: RunRecord) -> Markup:
    items = [element("li", sentence) for sentence in caveats(run)]
    title = element("strong", "Read first: what was not real here")
    return element("section", title, element("ul", *items), class_="banner", role="note")


def _tiles(run: RunRecord) -> Markup:
    first, last = run.rounds[0], run.last
    rates = [(s.name, s.metrics, value.no_policy(s.untrained, s.random)) for s in last.suites]
    blind = value.no_policy(last.corpus_untrained, last.corpus_random)
    rates.append(("whole corpus", last.corpus, blind))
    blind = value.no_policy(last.untrained, last.random)
    rates.append(("newest round", last.trained, {"before its training": last.before, **blind}))
    hardness = [value.number(r.difficulty, 1).text for r in (first, last)]
    tiles = [
        *(
            (
                value.success(m).text,
                f"{name} success, {run.help}; {_compared(beside)}",
            )
            for name, m, beside in rates
        ),
        *_forgotten(last),
        (" → ".join(hardness), "judged difficulty of 10, opening to newest round"),
        (f"{first.mean_speed:.2f} → {last.mean_speed:.2f} m/s", "mean joint speed, likewise"),
    ]
    boxes = [
        element("div", element("b", big), element("span", small), class_="tile")
        for big, small in tiles
    ]
    return element("div", *boxes, class_="tiles")


def _compared(beside: dict[str, value.Beside]) -> str:
    return ", ".join(f"{what} {value.success(m).text}" for what, m in beside.items())


def _forgotten(last: Round) -> list[tuple[str, str]]:
    cell = forgotten(last)
    told = "forgotten: of the clips tracked after an earlier round, those lost now"
    return [] if cell.text == NONE else [(cell.text, told)]


def _table(table: Table | None) -> Markup | None:
    return None if table is None else table_as_html(table)


def _folded(summary: str, table: Table | None) -> Markup | None:
    shown = _table(table)
    return None if shown is None else element("details", element("summary", summary), shown)


def _round(r: Round, run: RunRecord, cards: dict[Key, Markup], chosen: Markup | None) -> Markup:
    shown = [cards[r.index, i] for i in range(len(r.sets)) if (r.index, i) in cards]
    summary = f"Round {r.index} in pictures: {len(shown)} of {len(r.sets)} sets"
    return element(
        "section",
        element("h2", f"Round {r.index}", id=f"round-{r.index}"),
        table_as_html(prompt_table(r, run)),
        chosen,
        _in_pictures(summary, shown, unfolded=r is run.last),
        _training(r),
    )


def _in_pictures(summary: str, cards: list[Markup], *, unfolded: bool = False) -> Markup:
    if not cards:
        return element("p", f"{summary} (pictures are kept to the newest).", class_="soft")
    return element(
        "details",
        element("summary", summary),
        element("div", *cards, class_="cards"),
        open="" if unfolded else None,
    )


def _training(r: Round) -> Markup:
    lines = json.dumps(r.training, indent=1, sort_keys=True, ensure_ascii=False)
    return element("details", element("summary", "What training did"), element("pre", lines))


def _link_to_config() -> Markup:
    return element("a", "configuration", href="#config")
