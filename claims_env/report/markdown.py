"""The report of a run as Markdown: the same tables, for terminals and repositories."""

from claims_env.report.caveats import caveats
from claims_env.report.instructions import instructions
from claims_env.report.retention_table import forgotten_table, retention_table
from claims_env.report.run_record import RunRecord
from claims_env.report.run_tables import facts_table, loop_table, prompt_table, suite_table
from claims_env.report.table import plain, table_as_markdown
from claims_env.report.transcript_tables import changes_table, repairs_table, usage_table


def markdown(run: RunRecord) -> str:
    """Return the whole report."""
    kept = [retention_table(run), forgotten_table(run), repairs_table(run), usage_table(run)]
    steps = list(zip(run.rounds, run.rounds[1:], strict=False))
    parts = [
        f"# CLAIMS run {plain(run.folder.name)}",
        "> **Read first: what was not real here**\n"
        + "".join(f">\n> - {plain(sentence)}\n" for sentence in caveats(run)),
        table_as_markdown(loop_table(run)),
        *(table_as_markdown(table) for table in kept if table),
        *(table_as_markdown(suite_table(s, run)) for s in run.last.suites),
        *(table_as_markdown(prompt_table(r, run)) for r in reversed(run.rounds)),
        *(table_as_markdown(changes_table(a, b, run)) for a, b in reversed(steps)),
        table_as_markdown(facts_table(run)),
        "## How to run it again",
        *(f"{why}\n\n    {how}" for why, how in instructions(run)),
    ]
    return "\n\n".join(part.rstrip() for part in parts) + "\n"
