"""A run's report: one self-contained page for browsers, the same tables for terminals.

A table is made once (`run_tables.py`) and written twice (`table.py`). To show something new, add a
function that returns a `Table`, a chart or an `element`, and name it in `page.py` and
`markdown.py`. Text reaches the page only through `element`, which escapes it.
"""

from pathlib import Path

from claims_env.ledger import write_atomically
from claims_env.report.markdown import markdown
from claims_env.report.page import page
from claims_env.report.run_record import read_record

__all__ = ["write_report"]


def write_report(run_dir: Path) -> Path:
    """Write report.html and report.md into a run's folder and return the page's path.

    The same record gives the same bytes.

    Raises:
        LedgerError: There is no run, it is damaged, or no round was completed.
    """
    run = read_record(run_dir.resolve())
    write_atomically(run.folder / "report.md", markdown(run).encode())
    path = run.folder / "report.html"
    write_atomically(path, page(run).encode())
    return path
