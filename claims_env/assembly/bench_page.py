"""Writes the leaderboard of a benchmark from its results: a page, and the same in Markdown."""

import importlib
from dataclasses import dataclass
from pathlib import Path

from claims_env.assembly.worlds import WORLDS
from claims_env.benchmark.board import Board, read_board
from claims_env.benchmark.plan import Plan
from claims_env.benchmark.results_file import RESULTS
from claims_env.benchmark.scores_of import absences, scores_of
from claims_env.benchmark.spending import Spending, spendings, unmatched
from claims_env.benchmark_summary import summarise
from claims_env.durable_file import write_atomically
from claims_env.errors import ContractBroken

TITLE = "Schedulers compared"

MARKDOWN, PAGE = "leaderboard.md", "leaderboard.html"


@dataclass(frozen=True)
class Leaderboard:
    """What was written, and what a terminal shows of it.

    Attributes:
        board: The benchmark as it stands.
        headline: What it settles, in a sentence per kind of tracker.
        spent: What each scheduler used with each tracker.
        warnings: What is to be known before the figures are believed.
        pages: The files.
    """

    board: Board
    headline: str
    spent: tuple[Spending, ...]
    warnings: tuple[str, ...]
    pages: tuple[Path, ...]

    @property
    def is_complete(self) -> bool:
        """Whether every cell has figures."""
        return self.board.is_complete


def write_leaderboard(plan: Plan, folder: Path) -> Leaderboard:
    """Write the leaderboard of what there is, missing cells named as errors.

    Args:
        plan: Of the benchmark.
        folder: Its folder.

    Raises:
        BenchmarkError: The results cannot be read.
        OSError: The pages cannot be written.
    """
    board = read_board(plan, folder)
    spent = spendings(board)
    scores = scores_of(board, spent, f"claims-env validate {RESULTS}", WORLDS)
    room = importlib.import_module("claims_env.report.bench_page")
    words = importlib.import_module("claims_env.report.bench_words")
    try:
        summary = summarise(scores)
    except ContractBroken as error:
        told = f"# {TITLE}\n\n**{error}**\n\n" + "".join(f"- {s}\n" for s in absences(board))
        write_atomically(folder / MARKDOWN, told.encode())
        (folder / PAGE).unlink(missing_ok=True)
        return Leaderboard(board, str(error), spent, unmatched(spent), (folder / MARKDOWN,))
    write_atomically(folder / MARKDOWN, room.leaderboard_markdown(summary, TITLE).encode())
    write_atomically(folder / PAGE, room.leaderboard_page(summary, TITLE).encode())
    pages = (folder / MARKDOWN, folder / PAGE)
    return Leaderboard(board, words.headline(summary), spent, unmatched(spent), pages)
