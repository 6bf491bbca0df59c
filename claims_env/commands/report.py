"""claims-env report: write the page of a run anew."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import tyro

from claims_env.report import write_report

ABOUT = "write report.html and report.md of a run: claims-env report RUN"


def main(arguments: Sequence[str]) -> int:
    """Run the command; see `claims-env report --help`."""
    folder = tyro.cli(_flags, args=list(arguments), prog="claims-env report")
    sys.stdout.write(f"{write_report(folder)}\n")
    return 0


def _flags(run: Annotated[Path, tyro.conf.Positional]) -> Path:
    """Write report.html and report.md from a run's record; works on unfinished runs too.

    Args:
        run: The run's folder.
    """
    return run
