"""A judge whom Ctrl-C stops: what was said stays, the rest is missing, nobody else is asked."""

from collections.abc import Iterator, Sequence

import pytest
from toys import swaying

from claims_env.answers import made_alignments, made_ratings
from claims_env.errors import ContractBroken
from claims_env.judge import Alignment, Difficulty, Missing
from claims_env.judges.posture_judge import PostureJudge
from claims_env.motion import Motion
from claims_env.prompt import UNSAID, Phrase, Prompt
from claims_env.stoppable_judge import STOPPED, Stop, StoppableJudge

CLIPS = [swaying(1.0, f"clip{i}") for i in range(4)]
PROMPTS = [Prompt("sport", "{base_action}", Phrase("a sway", 1, "all"), UNSAID, UNSAID, UNSAID)] * 4


class Interrupted:
    """Answers until Ctrl-C is pressed while it waits. See `Judge` and `StreamsJudgements`."""

    name = "slow"

    def __init__(self, answers: int) -> None:
        self.asked, self._answers = 0, answers

    def align(
        self, motions: Sequence[Motion], prompts: Sequence[Prompt]
    ) -> list[Alignment | Missing]:
        return list(self.stream_alignments(motions, prompts))

    def rate(self, motions: Sequence[Motion]) -> list[Difficulty | Missing]:
        return list(self.stream_ratings(motions))

    def stream_alignments(
        self, motions: Sequence[Motion], prompts: Sequence[Prompt]
    ) -> Iterator[Alignment | Missing]:
        return (Alignment(1.0, "aligned", "") for _ in self._each(motions))

    def stream_ratings(self, motions: Sequence[Motion]) -> Iterator[Difficulty | Missing]:
        return (Difficulty(3, "", {}) for _ in self._each(motions))

    def _each(self, motions: Sequence[Motion]) -> Iterator[Motion]:
        for motion in motions:
            if self.asked == self._answers:
                raise KeyboardInterrupt
            self.asked += 1
            yield motion


def test_what_was_said_before_ctrl_c_stays() -> None:
    stop, judge = Stop(), Interrupted(answers=2)
    found = made_ratings(StoppableJudge(judge, stop), CLIPS, lambda _: None)
    assert [type(answer) for answer in found] == [Difficulty] * 2 + [Missing] * 2
    assert stop.is_set and isinstance(found[3], Missing) and found[3].kind == STOPPED


def test_after_ctrl_c_nobody_is_asked() -> None:
    stop, other = Stop(), Interrupted(answers=9)
    made_ratings(StoppableJudge(Interrupted(answers=0), stop), CLIPS, lambda _: None)
    found = made_alignments(StoppableJudge(other, stop), CLIPS, PROMPTS, lambda _: None)
    assert [type(answer) for answer in found] == [Missing] * 4 and other.asked == 0


def test_without_ctrl_c_nothing_differs() -> None:
    stop, plain = Stop(), PostureJudge()
    judge = StoppableJudge(plain, stop)
    assert judge.rate(CLIPS) == plain.rate(CLIPS)
    assert judge.align(CLIPS, PROMPTS) == plain.align(CLIPS, PROMPTS)
    assert (judge.name, stop.is_set) == (plain.name, False)


def test_a_judge_that_gives_too_few_answers_is_still_found_out() -> None:
    class Lazy(PostureJudge):
        def rate(self, motions: Sequence[Motion]) -> list[Difficulty | Missing]:
            return []

    with pytest.raises(ContractBroken, match="0 answers"):
        StoppableJudge(Lazy(), Stop()).rate(CLIPS)
