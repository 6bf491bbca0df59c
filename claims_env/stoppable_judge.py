"""A judge whom Ctrl-C stops without losing what it said: answers of models have been paid for."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from claims_env.answers import valid_alignments, valid_ratings
from claims_env.judge import Alignment, Difficulty, Judge, Missing, StreamsJudgements
from claims_env.motion import Motion
from claims_env.prompt import Prompt

STOPPED = "stopped"
"""The kind of an answer that was not waited for."""

STOPPED_STATUS = 130
"""The exit status of a command that Ctrl-C stopped, as shells have it."""

_BATCH = 16
"""Clips shown at a time to judges that do not tell how far they are, so that progress shows."""

Said = TypeVar("Said", Alignment, Difficulty)


class Stop:
    """Whether somebody asked to stop; shared by the judges of a command.

    Attributes:
        is_set: Whether somebody did.
    """

    def __init__(self) -> None:
        self.is_set = False


class StoppableJudge:
    """Asks another judge until Ctrl-C; what is left is missing then. See `StreamsJudgements`.

    Args:
        judge: Who is asked.
        stop: Set by the first Ctrl-C; who finds it set asks nobody.

    Attributes:
        name: The other judge's.
    """

    def __init__(self, judge: Judge, stop: Stop) -> None:
        self.name = judge.name
        self._judge, self._stop = judge, stop

    def align(
        self, motions: Sequence[Motion], prompts: Sequence[Prompt]
    ) -> list[Alignment | Missing]:
        """See `Judge`."""
        return list(self.stream_alignments(motions, prompts))

    def rate(self, motions: Sequence[Motion]) -> list[Difficulty | Missing]:
        """See `Judge`."""
        return list(self.stream_ratings(motions))

    def stream_alignments(
        self, motions: Sequence[Motion], prompts: Sequence[Prompt]
    ) -> Iterator[Alignment | Missing]:
        """See `StreamsJudgements`."""
        return self._until_stopped(lambda: self._alignments(motions, prompts), len(motions))

    def stream_ratings(self, motions: Sequence[Motion]) -> Iterator[Difficulty | Missing]:
        """See `StreamsJudgements`."""
        return self._until_stopped(lambda: self._ratings(motions), len(motions))

    def _alignments(
        self, motions: Sequence[Motion], prompts: Sequence[Prompt]
    ) -> Iterator[Alignment | Missing]:
        if isinstance(self._judge, StreamsJudgements):
            return self._judge.stream_alignments(motions, prompts)
        found = self._judge.align(motions, prompts)
        return iter(valid_alignments(found, len(motions), self._judge))

    def _ratings(self, motions: Sequence[Motion]) -> Iterator[Difficulty | Missing]:
        if isinstance(self._judge, StreamsJudgements):
            yield from self._judge.stream_ratings(motions)
            return
        for start in range(0, len(motions), _BATCH):
            batch = motions[start : start + _BATCH]
            yield from valid_ratings(self._judge.rate(batch), len(batch), self._judge)

    def _until_stopped(
        self, begin: Callable[[], Iterator[Said | Missing]], count: int
    ) -> Iterator[Said | Missing]:
        done = 0
        try:
            if not self._stop.is_set:
                for answer in begin():
                    yield answer
                    done += 1
        except KeyboardInterrupt:
            self._stop.is_set = True
        if self._stop.is_set:
            left = count - done
            yield from [Missing("stopped before it was answered", STOPPED)] * left
