"""A bar for whoever waits at a terminal, shown once there is something to wait for."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

PATIENCE_S = 2.0
"""What takes no longer than this needs no bar [s]."""


@dataclass(frozen=True, slots=True)
class Bar:
    """How far work is; call it after each piece, or say how many are done."""

    _bars: Progress
    _task: TaskID

    def __call__(self) -> None:
        """Hear that one more piece is done."""
        self._bars.advance(self._task)

    def reach(self, done: float) -> None:
        """Hear how many pieces are done, the begun part of one included."""
        self._bars.update(self._task, completed=done)


@contextmanager
def progress_bar(
    label: str, total: int, *, console: Console | None = None, after_s: float = PATIENCE_S
) -> Iterator["Bar"]:
    """Give what to call after each piece of work; a bar is shown where that takes long.

    The bar stands on the error stream, so that results can be piped, and only on a terminal. It
    comes when its time has come, even if the first piece is not done by then.

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
    task = bars.add_task(label, total=total)
    # a thread, because a piece of work may itself take longer than anyone's patience
    waiting = threading.Timer(after_s, bars.start)
    waiting.daemon = True
    if console.is_terminal:
        waiting.start()
    try:
        yield Bar(bars, task)
    finally:
        waiting.cancel()
        if console.is_terminal:
            waiting.join()
        if bars.live.is_started:
            bars.stop()
