"""The bar: for terminals, and only where there is something to wait for."""

import io
import threading

from rich.console import Console

from claims_env.progress_bar import progress_bar


class Screen(io.StringIO):
    """A terminal that tells when something is first drawn on it."""

    def __init__(self) -> None:
        super().__init__()
        self.drawn = threading.Event()

    def write(self, text: str) -> int:
        self.drawn.set()
        return super().write(text)


def test_work_that_takes_long_shows_how_far_it_is_before_its_first_piece_is_done() -> None:
    screen = Screen()
    console = Console(file=screen, force_terminal=True, width=80)
    with progress_bar("working", 3, console=console, after_s=0.0):
        assert screen.drawn.wait(timeout=30)
    assert "working" in screen.getvalue()
    assert "0/3" in screen.getvalue()


def test_work_that_is_soon_done_shows_nothing() -> None:
    screen = Screen()
    console = Console(file=screen, force_terminal=True, width=80)
    with progress_bar("working", 1, console=console, after_s=3600.0) as advance:
        advance()
    assert screen.getvalue() == ""


def test_nothing_is_drawn_where_nobody_looks() -> None:
    screen = Screen()
    console = Console(file=screen, force_terminal=False, width=80)
    with progress_bar("working", 1, console=console, after_s=0.0) as advance:
        advance()
    assert screen.getvalue() == ""


def test_a_bar_stands_within_a_piece_where_that_is_known() -> None:
    screen = Screen()
    console = Console(file=screen, force_terminal=True, width=80)
    with progress_bar("working", 4, console=console, after_s=0.0) as bar:
        assert screen.drawn.wait(timeout=30)
        bar.reach(2.5)
        bar()
    assert "3/4" in screen.getvalue()
