"""The report of a run as Markdown: the same tables, for terminals and repositories."""

from claims_env.report.caveats import caveats
from claims_env.report.instructions import instructions
from claims_env.report.retention_table import forgotten_table, retention_table
from claims_env.report.run_record import RunRecord
from claims_env.report.run_tables import facts_table, loop_table, prompt_table, suite_table
from claims_env.report.table import plain, table_as_markdown


def markdown(run: RunRecord) -> str:
    """Return the whole report."""
    kept = [table for table in (retention_table(run), forgotten_table(run)) if table]
    parts = [
        f"# CLAIMS run {plain(run.folder.name)}",
        "> **Read first: what was not real here**\n"
        + "".join(f">\n> - {plain(sentence)}\n" for sentence in caveats(run)),
        table_as_markdown(loop_table(run)),
        *(table_as_markdown(table) for table in kept),
        *(table_as_markdown(suite_table(s, run)) for s in run.last.suites),
        *(table_as_markdown(prompt_table(r, run)) for r in reversed(run.rounds)),
        table_as_markdown(facts_table(run)),
        "## How to run it again",
        *(f"{why}\n\n    {how}" for why, how in instructions(run)),
    ]
    return "\n\n".join(part.rstrip() for part in parts) + "\n"
