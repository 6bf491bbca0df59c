"""The leaderboard as one self-contained HTML file, and the same in Markdown."""

from claims_env.benchmark_summary import BenchmarkSummary
from claims_env.report.bench_charts import interval_chart, learning_charts, profile_chart
from claims_env.report.bench_matrices import agreement_table, improvement_table, rank_table
from claims_env.report.bench_tables import budget_table, leaderboard_table, world_table
from claims_env.report.bench_words import caveats, headline
from claims_env.report.document import document
from claims_env.report.markup import Markup, element
from claims_env.report.table import Table, plain, table_as_html, table_as_markdown
from claims_env.statistics.pool import Pool


def leaderboard_page(summary: BenchmarkSummary, title: str) -> str:
    """Return the whole page; the same summary gives the same bytes."""
    return document(title, _sections(summary, title))


def leaderboard_markdown(summary: BenchmarkSummary, title: str) -> str:
    """Return the leaderboard's sentences and tables as Markdown."""
    parts = [
        f"# {plain(title)}",
        f"**{plain(headline(summary))}**",
        "\n".join(f"- {plain(sentence)}" for sentence in caveats(summary)),
    ]
    for pool in summary.pools:
        parts += [f"## {_heading(pool)}", *map(table_as_markdown, _tables(pool, summary))]
    parts += ["## Worlds", *map(table_as_markdown, _closing(summary))]
    return "\n\n".join(part.rstrip("\n") for part in parts if part) + "\n"


def _sections(summary: BenchmarkSummary, title: str) -> list[Markup | None]:
    return [
        element("h1", title),
        element("p", headline(summary)),
        element("p", _told(summary), class_="soft"),
        _banner(summary),
        *(_pool(pool, summary) for pool in summary.pools),
        element("h2", "Round by round"),
        element("div", *learning_charts(summary), class_="charts"),
        element("h2", "Worlds"),
        *map(table_as_html, _closing(summary)),
    ]


def _told(summary: BenchmarkSummary) -> str:
    scores = summary.scores
    return " · ".join(
        [
            f"{len(scores.schedulers)} schedulers",
            f"{len(scores.worlds)} worlds",
            f"{scores.runs} seeds",
            f"{scores.held_out.shape[3]} rounds",
            f"{summary.draws:,} bootstrap draws, seed {summary.seed}",
        ]
    )


def _banner(summary: BenchmarkSummary) -> Markup:
    items = [element("li", sentence) for sentence in caveats(summary)]
    title = element("strong", "Read first: what these figures are")
    return element("section", title, element("ul", *items), class_="banner", role="note")


def _pool(pool: Pool, summary: BenchmarkSummary) -> Markup:
    first, *others = _tables(pool, summary)
    return element(
        "section",
        element("h2", _heading(pool)),
        table_as_html(first),
        element("div", interval_chart(pool), profile_chart(pool), class_="charts"),
        *map(table_as_html, others),
    )


def _heading(pool: Pool) -> str:
    return "Simulated worlds together" if pool.kind == "simulated" else "Physics"


def _tables(pool: Pool, summary: BenchmarkSummary) -> list[Table]:
    ranks = [rank_table(pool)] if len(pool.worlds) > 1 else []
    return [leaderboard_table(pool, summary), *ranks, improvement_table(pool)]


def _closing(summary: BenchmarkSummary) -> list[Table]:
    found = [world_table(summary), agreement_table(summary), budget_table(summary)]
    return [table for table in found if table is not None]
