"""One card per held-out clip of the newest round: its outcome, key frames and player."""

from itertools import islice

from claims_env.report import cell_values as value
from claims_env.report.film import film, player, step_within
from claims_env.report.markup import Markup, element
from claims_env.report.run_record import Footage, RunRecord, read_suite_footage
from claims_env.report.strip import strip
from claims_env.tracking_metrics import TrackingMetrics

MOST_CARDS = 12
"""Suite clips shown with pictures, so that the page stays below 3 MB."""

_FILM_BYTES = 400_000


def suite_cards(run: RunRecord) -> list[Markup]:
    """Return the cards of the first held-out clips that were simulated."""
    footage = read_suite_footage(run)
    clips = {(s.name, clip): m for s in run.last.suites for clip, m in s.clips.items()}
    shown = dict(islice(((key, footage[key]) for key in clips if key in footage), MOST_CARDS))
    step = step_within(list(shown.values()), _FILM_BYTES)
    return [_card(": ".join(key), clips[key], seen, step) for key, seen in shown.items()]


def _card(name: str, metrics: TrackingMetrics, footage: Footage, step: int) -> Markup:
    outcome = value.outcome(metrics)
    error = f"g-MPJPE {value.number(metrics.g_mpjpe).text} mm"
    return element(
        "article",
        element("h3", name),
        element("p", f"{outcome.text} · {error}", class_=outcome.tone),
        strip(footage, name),
        player(film(footage, step, metrics.failed_at)),
        class_="card",
    )
