"""The bar: for terminals, and only where there is something to wait for."""

import io

from rich.console import Console

from claims_env.progress_bar import progress_bar


def shown(*, terminal: bool, after_s: float) -> str:
    console = Console(file=io.StringIO(), force_terminal=terminal, width=80)
    with progress_bar("working", 3, console=console, after_s=after_s) as advance:
        for _ in range(3):
            advance()
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_work_that_takes_long_shows_how_far_it_is() -> None:
    assert "working" in shown(terminal=True, after_s=0.0)


def test_work_that_is_soon_done_shows_nothing() -> None:
    assert shown(terminal=True, after_s=3600.0) == ""


def test_nothing_is_drawn_where_nobody_looks() -> None:
    assert shown(terminal=False, after_s=0.0) == ""
