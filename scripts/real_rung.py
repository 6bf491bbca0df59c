"""Tells what rankings in simulated worlds are worth, by runs on the embedded physics tracker.

Three steps, each of which needs only what the one before has written:

    python scripts/real_rung.py runs FOLDER     finished run folders become docs/real-rung.jsonl
    python scripts/real_rung.py worlds          the same schedulers in every simulated world
    python scripts/real_rung.py page            docs/real-rung.md and its picture

A run is made by the command the page names.
"""

import sys
from pathlib import Path

from claims_env.assembly.rung import played_worlds, runs_as_rows
from claims_env.assembly.worlds import WORLDS
from claims_env.benchmark.real_rung import RealRung, real_rung
from claims_env.benchmark.results_file import read_rows
from claims_env.benchmark.row import line_of
from claims_env.benchmark.world_order import read_orders, write_orders
from claims_env.errors import ClaimsError
from claims_env.report.rung_page import rung_page

DOCS = Path(__file__).resolve().parents[1] / "docs"
RUNS, SIMULATED = DOCS / "real-rung.jsonl", DOCS / "real-rung-worlds.jsonl"
PAGE, CHART = DOCS / "real-rung.md", DOCS / "real-rung.svg"
INSTANCES = 60

MADE_BY = """\
Each run, for every scheduler and seed:

    claims-env run quick --scheduler NAME --seed SEED --rounds 4 --sets 15 --held-out 30 \\
        --tracker.base none --tracker.assist 0.25 --tracker.samples 400000 --tracker.workers 1

`docs/real-rung.jsonl` holds a line per run: settings, all actions, figures of every round, budget,
versions. `docs/real-rung-worlds.jsonl` holds the simulated scores. From these two files
`python scripts/real_rung.py page` writes this page again, byte for byte;
`python scripts/real_rung.py worlds` plays the worlds anew."""


def rung() -> RealRung:
    """Return what the data file says."""
    return real_rung(list(read_rows(RUNS)))


def write_runs(folder: Path) -> None:
    RUNS.write_text("".join(f"{line_of(row)}\n" for row in runs_as_rows(folder)), "utf-8")


def write_worlds() -> None:
    measured = rung()
    row = measured.rows[0]
    size = {"instances": INSTANCES, "sets": row.sets, "rounds": row.rounds}
    write_orders(played_worlds(measured.schedulers, sorted(WORLDS), **size), SIMULATED)


def page() -> tuple[str, str]:
    """Return the page and its picture, as the data files have them."""
    return rung_page(rung(), read_orders(SIMULATED), chart=CHART.name, made_by=MADE_BY)


def main(words: list[str]) -> None:
    match words:
        case ["runs", folder]:
            write_runs(Path(folder))
        case ["worlds"]:
            write_worlds()
        case ["page"]:
            for file, text in zip((PAGE, CHART), page(), strict=True):
                file.write_text(text, "utf-8")
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except ClaimsError as error:
        raise SystemExit(f"{error}") from None
