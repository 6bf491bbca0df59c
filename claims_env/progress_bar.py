"""A bar for whoever waits at a terminal, shown once there is something to wait for."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

PATIENCE_S = 2.0
"""What takes no longer than this needs no bar [s]."""


@contextmanager
def progress_bar(
    label: str, total: int, *, console: Console | None = None, after_s: float = PATIENCE_S
) -> Iterator[Callable[[], None]]:
    """Give a function to call after each piece of work; it shows a bar where that takes long.

    The bar stands on the error stream, so that results can be piped, and only on a terminal.

    Args:
        label: What is being done.
        total: How many pieces there are.
        console: Where to show it; None takes the error stream.
        after_s: How long to wait before there is a bar [s].
    """
    console = console or Console(stderr=True)
    bars = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    )
    task, began = bars.add_task(label, total=total), time.monotonic()
    with ExitStack() as shown:

        def advance() -> None:
            bars.advance(task)
            is_due = time.monotonic() - began >= after_s
            if is_due and console.is_terminal and not bars.live.is_started:
                shown.enter_context(bars)

        yield advance
