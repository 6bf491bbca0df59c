"""Which clips may be trained on: what the filter and the judges say, put together."""

from dataclasses import replace

from claims_env.judge import Alignment, Missing, mismatched_by
from claims_env.motion_filter import Verdict
from claims_env.rounds import PromptSet


def sifted(
    s: PromptSet,
    verdict: Verdict,
    alignments: dict[str, Alignment | Missing],
    keep_score: float | None = None,
) -> PromptSet:
    """Return the set with what was found, and with the reason if its clip is ruled out.

    A clip is ruled out by the physical filter, or by a judge: see `mismatched_by` (App. D).
    """
    return replace(
        s,
        rejected=verdict.sentence or _rejection(alignments, keep_score),
        warnings=tuple(reason.sentence for reason in verdict.warnings),
        measures=dict(verdict.measures),
        alignments=alignments,
    )


def _rejection(alignments: dict[str, Alignment | Missing], keep_score: float | None) -> str | None:
    judge = mismatched_by(alignments, keep_score)
    answer = alignments.get(judge or "")
    if not isinstance(answer, Alignment):
        return None
    if keep_score is None:
        return f"judged a mismatch by {judge}: {answer.rationale}"
    found = f"{answer.score:.2f}, under the {keep_score:.2f} to reach"
    return f"aligned at {found}, by {judge}: {answer.rationale}"
