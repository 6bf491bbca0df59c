"""The page of an evaluation: what was real, every figure, and clips to play."""

from claims_env.evaluation_record import EvaluationRecord
from claims_env.report import cell_values as value
from claims_env.report.document import document
from claims_env.report.evaluation_cards import Kept, evaluation_cards
from claims_env.report.evaluation_tables import clips_table, results_table
from claims_env.report.markup import Markup, element
from claims_env.report.table import table_as_html
from claims_env.suite_evaluation import POLICIES


def evaluation_page(record: EvaluationRecord, kept: Kept) -> str:
    """Return the whole page; the same evaluation gives the same bytes.

    Args:
        record: What was found.
        kept: Files of the tracked motions, by suite and clip; clips without one are not shown.
    """
    cards = evaluation_cards(record, kept)
    asked = record.checkpoint["asked"]
    sections = [
        element("h1", f"Evaluation of {asked}"),
        element("p", _headline(record), class_="soft"),
        _banner(record),
        _tiles(record),
        element("h2", "Results"),
        table_as_html(results_table(record)),
        element("h2", f"Clips in pictures: {len(cards)} of {record.clips}"),
        element("div", *cards, class_="cards") if cards else _none_kept(),
        element("h2", "Every clip"),
        *(table_as_html(clips_table(record, suite)) for suite in record.suites),
    ]
    return document(f"Evaluation of {asked}", sections)


def _headline(record: EvaluationRecord) -> str:
    sha256 = record.checkpoint["sha256"]
    training = record.checkpoint.get("training") or {}
    samples = value.samples(training.get("samples")).text
    parts = [
        f"sha256 {sha256[:12]}, {samples} training samples" if sha256 else "no checkpoint",
        f"tracker {record.tracker.get('name')}, body {record.tracker.get('body')}",
        record.help,
        f"errors {record.errors}",
        f"composed suites: {record.asked['clips']} clips, seed {record.asked['seed']}",
        f"claims_env {record.versions.get('claims-env')}",
    ]
    return " · ".join(parts)


def _banner(record: EvaluationRecord) -> Markup:
    items = [element("li", sentence) for sentence in record.reality]
    title = element("strong", "Read first: what was real here")
    return element("section", title, element("ul", *items), class_="banner", role="note")


def _tiles(record: EvaluationRecord) -> Markup:
    """Return the first policy's success on each group, with what comes without any policy."""
    first, *others = record.policies
    tiles: list[Markup] = []
    for group in record.groups:
        rates = [
            f"{POLICIES[p]} {value.success(record.metrics(group, p, record.errors)).text}"
            for p in others
        ]
        shown = value.success(record.metrics(group, first, record.errors)).text
        told = "; ".join([f"{group}: success, {POLICIES[first]}, {record.help}", *rates])
        tiles.append(element("div", element("b", shown), element("span", told), class_="tile"))
    return element("div", *tiles, class_="tiles")


def _none_kept() -> Markup:
    return element("p", "No tracked motions were kept.", class_="soft")
