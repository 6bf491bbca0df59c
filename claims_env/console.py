"""What a person at the terminal sees of a run: a bar while it trains, a line per round."""

import io
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import TextIO, cast

from rich.console import Console as RichConsole
from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

from claims_env.config import RunConfig
from claims_env.missing_answers import silences
from claims_env.observer import STAGES
from claims_env.rounds import Round
from claims_env.tracker import Progress
from claims_env.tracking_metrics import SuiteMetrics

WORDS = {
    "generate": "making motions",
    "sift": "filtering and checking alignment",
    "pretest": "trying the new clips before training",
    "train": "training the tracker",
    "evaluate": "evaluating corpus and suites",
    "rate": "judging difficulty",
    "close": "closing the round",
}

Beside = Mapping[str, SuiteMetrics | None]
"""What a success is compared with, by name; None where it was not measured."""


class _Listener(io.TextIOBase):
    """Standard output while somebody listens, silence from then on.

    A run outlives the pipe or terminal it reports to: its record matters more than its log.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._gone = stream, False

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._stream.encoding

    def fileno(self) -> int:
        return self._stream.fileno()

    def isatty(self) -> bool:
        return self._stream.isatty()

    def write(self, text: str) -> int:
        try:
            return len(text) if self._gone else self._stream.write(text)
        except OSError:
            self._gone = True
            return len(text)

    def flush(self) -> None:
        try:
            if not self._gone:
                self._stream.flush()
        except OSError:
            self._gone = True


class Console:
    """Shows a run as it goes; plain lines where the output is no terminal.

    See `Observer`. Use it as a context manager.
    """

    def __init__(self, config: RunConfig, folder: Path) -> None:
        self._config, self._folder = config, folder
        # type checkers tell the ways to be a text stream apart, rich does not
        listener = cast(TextIO, _Listener(sys.stdout))
        self._out = RichConsole(highlight=False, file=listener)
        self._bars = Bars(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f}%"),
            TimeElapsedColumn(),
            TextColumn("{task.fields[note]}"),
            console=self._out,
            transient=True,
            disable=not self._out.is_terminal,
        )
        self._bar = self._bars.add_task("starting", total=1.0, note="")

    def __enter__(self) -> "Console":
        config = self._config
        self.say(
            f"{config.rounds} rounds of {config.sets} prompts, scheduler {config.scheduler}, "
            f"tracker {config.tracker.name}, seed {config.seed}, into {self._folder}"
        )
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bars.stop()

    def say(self, text: str) -> None:
        """Print a line above the bar."""
        self._out.print(text, markup=False, soft_wrap=True)

    def stage(self, round_index: int, name: str) -> None:
        """See `Observer`."""
        words = f"round {round_index} of {self._config.rounds - 1}: {WORDS.get(name, name)}"
        step = STAGES.index(name) if name in STAGES else 0
        self._bars.reset(self._bar, total=1.0, description=words, note="")
        if not self._out.is_terminal and name == "train":
            self.say(f"{words} (stage {step + 1} of {len(STAGES)})")

    def progress(self, progress: Progress) -> None:
        """See `Observer`."""
        self._bars.update(self._bar, completed=progress.fraction, note=progress.note)

    def round_done(self, played: Round) -> None:
        """See `Observer`."""
        self.say(_line(played))
        for silence in silences([played]):
            self.say(f"  {silence}")


def _line(played: Round) -> str:
    parts = [
        f"round {played.index} ({played.scheduler}): kept {len(played.kept)}/{len(played.sets)}",
        _success(
            "this round",
            played.trained,
            {"before training": played.before, **_blind(played.untrained, played.random)},
        ),
        _success("corpus", played.corpus, _blind(played.corpus_untrained, played.corpus_random)),
        *(
            _success(f"{s.name} ({s.kind})", s.metrics, _blind(s.untrained, s.random))
            for s in played.suites
        ),
    ]
    if played.retention is not None and played.retention.once:
        lost, once = len(played.retention.forgotten), played.retention.once
        parts.append(f"forgotten {lost} of the {once} clips tracked before")
    if played.difficulty is not None:
        judges = {judge for s in played.kept for judge in s.difficulties}
        parts.append(f"judged {played.difficulty:.1f}/10 by {' and '.join(sorted(judges))}")
    return "\n  ".join(parts)


def _blind(zero: SuiteMetrics | None, random: SuiteMetrics | None) -> Beside:
    return {"zero action": zero, "random actions": random}


def _success(name: str, trained: SuiteMetrics, beside: Beside) -> str:
    known = [f"{what} {m.success_rate:.0%}" for what, m in beside.items() if m is not None]
    against = f" ({', '.join(known)})" if known else ""
    return f"{name} {trained.success_rate:.0%}{against}"
