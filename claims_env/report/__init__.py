"""A run's report: one self-contained page for browsers, the same tables for terminals.

A table is made once (`run_tables.py`) and written twice (`table.py`). To show something new, add a
function that returns a `Table`, a chart or an `element`, and name it in `page.py` and
`markdown.py`. Text reaches the page only through `element`, which escapes it.
"""

import errno
from pathlib import Path

from claims_env.durable_file import write_atomically
from claims_env.errors import LedgerError
from claims_env.report.markdown import markdown
from claims_env.report.page import page
from claims_env.report.run_record import read_record

__all__ = ["write_report"]


def write_report(run_dir: Path) -> Path:
    """Write report.html and report.md into a run's folder and return the page's path.

    The same record gives the same bytes.

    Raises:
        LedgerError: There is no run, it is damaged, no round was completed, or the folder cannot
            be written.
    """
    run = read_record(run_dir.resolve())
    _write(run.folder / "report.md", markdown(run))
    path = run.folder / "report.html"
    _write(path, page(run))
    return path


def _write(path: Path, text: str) -> None:
    # a folder's name may hold bytes that are no text; a question mark serves
    content = text.encode("utf-8", "replace")
    try:
        write_atomically(path, content)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        problem = "the disk is full" if full else error.strerror
        cure = "Free some space" if full else "Make the folder writable"
        raise LedgerError(
            f"{path} was not written ({problem}); the record itself is unharmed. {cure}, then "
            f"`claims-env report {path.parent}`."
        ) from error
