"""One card per set: its words, its key frames, its player."""

from dataclasses import dataclass
from itertools import islice

import numpy as np

from claims_env.judge import Alignment, Difficulty, Missing
from claims_env.report import cell_values as value
from claims_env.report.film import film, player, step_within
from claims_env.report.markup import Markup, element
from claims_env.report.run_record import Footage, RunRecord, read_footage
from claims_env.report.strip import strip
from claims_env.report.table import NONE
from claims_env.rounds import PromptSet

MOST_CARDS = 40
"""Sets shown with pictures; of longer runs the newest, so that the page stays below 3 MB."""

_FILM_BYTES = 1_300_000

Key = tuple[int, int]
"""A round's index and a set's place in it."""


@dataclass(frozen=True, slots=True, eq=False)
class _Scene:
    """A set that is shown and what there is to see of it."""

    number: int
    entry: PromptSet
    footage: Footage | None


def set_cards(run: RunRecord) -> dict[Key, Markup]:
    """Return the cards of the newest sets."""
    newest = ((r, i) for r in reversed(run.rounds) for i in range(len(r.sets)))
    scenes = {
        (r.index, i): _Scene(i, r.sets[i], read_footage(run.folder, r.index, r.sets[i].clip))
        for r, i in islice(newest, MOST_CARDS)
    }
    step = step_within([s.footage for s in scenes.values() if s.footage], _FILM_BYTES)
    return {key: _card(scene, step) for key, scene in scenes.items()}


def _card(scene: _Scene, step: int) -> Markup:
    entry, footage = scene.entry, scene.footage
    failed_at = entry.metrics.failed_at if entry.metrics else None
    moving = element("p", "The clip's file is missing or damaged.", class_="bad")
    return element(
        "article",
        element("h3", f"{scene.number}. {entry.prompt.text}"),
        _outcome(entry),
        strip(footage, entry.prompt.text) if footage else None,
        player(film(footage, step, failed_at)) if footage else moving,
        _judgements(entry),
        class_="card",
    )


def _outcome(entry: PromptSet) -> Markup:
    if entry.rejected is not None:
        return element("p", f"Rejected: {entry.rejected}", class_="bad")
    tracked, m = value.outcome(entry.metrics), entry.metrics
    names = ("g_mpjpe", "l_mpjpe", "pa_mpjpe")
    errors = [value.number(getattr(m, name) if m else None).text for name in names]
    texts = [
        tracked.text,
        f"before training {value.outcome(entry.before).text}",
        f"zero action {value.outcome(entry.untrained).text}",
        f"random actions {value.outcome(entry.random).text}",
        f"g-/l-/PA-MPJPE {' / '.join(errors)} mm",
        f"judged {value.number(entry.difficulty, 1).text}/10",
    ]
    noticed = f" · noticed: {' '.join(entry.warnings)}" if entry.warnings else ""
    return element("p", " · ".join(texts) + noticed, class_=tracked.tone or None)


def _judgements(entry: PromptSet) -> Markup:
    judges = dict.fromkeys([*entry.alignments, *entry.difficulties])
    lines = [
        element("p", element("b", f"{judge} · {kind}: "), _said(answer))
        for judge in judges
        for kind, answer in (
            ("alignment", entry.alignments.get(judge)),
            ("difficulty", entry.difficulties.get(judge)),
        )
        if answer is not None
    ]
    measured = ", ".join(f"{name} {_short(v)}" for name, v in entry.measures.items())
    measures = element("p", element("b", "measured: "), measured) if measured else None
    return element("details", element("summary", "What was said and measured"), *lines, measures)


def _said(answer: Alignment | Difficulty | Missing) -> str:
    match answer:
        case Missing(reason):
            return f"missing: {reason}"
        case Alignment():
            return _aligned(answer)
        case Difficulty(score, rationale, descriptors):
            more = "; ".join(f"{name.replace('_', ' ')}: {d}" for name, d in descriptors.items())
            return f"{score}/10. {rationale} {more}"


def _aligned(answer: Alignment) -> str:
    seen = [
        None if answer.domain is None else f"Looks like {answer.domain}.",
        None if answer.difficulty is None else f"Knowing the prompt: {answer.difficulty}/10 hard.",
        "Score and verdict contradict each other." if answer.inconsistent else None,
    ]
    told = [f"{answer.verdict} {answer.score:.2f}.", answer.rationale, *filter(None, seen)]
    return " ".join(told)


def _short(measure: float) -> str:
    return f"{measure:.3g}" if np.isfinite(measure) else NONE
