"""claims-env resume: continue a run where its record ends."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import tyro

from claims_env.config import read_config
from claims_env.ledger import RunLedger
from claims_env.play import play
from claims_env.run_folder import read_header

ABOUT = "continue a run that was stopped: claims-env resume RUN"


def main(arguments: Sequence[str]) -> int:
    """Run the command; see `claims-env resume --help`."""
    folder = tyro.cli(_flags, args=list(arguments), prog="claims-env resume")
    read_header(folder)
    return play(read_config(folder / "config.yaml"), lambda: RunLedger.resume(folder))


def _flags(run: Annotated[Path, tyro.conf.Positional]) -> Path:
    """Continue a run where its record ends; a finished run only gets its page anew.

    Args:
        run: The run's folder.
    """
    return run
