"""Which clips may be trained on: what the filter and the judges say, put together."""

from dataclasses import replace

from claims_env.judge import Alignment, Missing, mismatched_by
from claims_env.motion_filter import Verdict
from claims_env.rounds import PromptSet


def sifted(s: PromptSet, verdict: Verdict, alignments: dict[str, Alignment | Missing]) -> PromptSet:
    """Return the set with what was found, and with the reason if its clip is ruled out.

    A clip is ruled out by the physical filter, or by a judge whose verdict is a mismatch (App. D).
    """
    judge = mismatched_by(alignments)
    rejected = verdict.sentence or None
    if rejected is None and judge is not None:
        answer = alignments[judge]
        why = answer.rationale if isinstance(answer, Alignment) else ""
        rejected = f"judged a mismatch by {judge}: {why}"
    return replace(
        s,
        rejected=rejected,
        warnings=tuple(reason.sentence for reason in verdict.warnings),
        measures=dict(verdict.measures),
        alignments=alignments,
    )
