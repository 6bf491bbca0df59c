"""Small runs on disk."""

from pathlib import Path

import pytest
from report.recorded import RunWriter, entry, finished, rejected
from toys import LOST

from claims_env.report import write_report


@pytest.fixture
def writer(tmp_path: Path) -> RunWriter:
    return RunWriter(tmp_path / "run")


@pytest.fixture
def two_rounds(writer: RunWriter) -> Path:
    return written(writer)


@pytest.fixture(scope="session")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a run whose report is written; for looking at only."""
    folder = written(RunWriter(tmp_path_factory.mktemp("reported") / "run"))
    write_report(folder)
    return folder


def written(writer: RunWriter) -> Path:
    opening = finished(0, [entry("r000_s000"), rejected("r000_s001", "the root flies")])
    return writer.write(
        opening, finished(1, [entry("r001_s000"), entry("r001_s001", metrics=LOST)])
    )
