"""The filter's last word on a clip within the limits: what came of a humanoid's trial of it."""

from collections.abc import Mapping
from dataclasses import asdict, replace

from claims_env.feasibility import DOUBTFUL, FEASIBLE, Feasibility
from claims_env.motion_filter import Reason, Verdict

REASON = "against_physics"
"""What a refusal for the trial's sake, or a remark on it, is called."""

_NO_MEASURES = ("seconds", "core_seconds")
"""Figures of a trial that are left out: the clip's length is measured already, and the time it took
would make every run another."""

_FAULTS = {
    "lift": "hangs on a helping hand ({:.2f} of its weight for half a second)",
    "jump": "is left behind by a joint of the clip ({:.2f} m within 1/30 s)",
    "shift": "is left behind by the whole clip ({:.2f} m within 1/30 s)",
    "off_floor": "stands elsewhere than the clip, which is {:.2f} m off the floor",
}


def after_trial(verdict: Verdict, found: Feasibility, tolerance: Mapping[str, float]) -> Verdict:
    """Return the verdict with the trial's figures, and with what they say against the clip.

    A clip against physics is refused and a doubtful one remarked on.

    Args:
        verdict: What the limits say.
        found: What came of the trial.
        tolerance: At which value each figure that makes the score brings it down to one half.
    """
    measures = {**verdict.measures, **trial_measures(found)}
    match found.verdict:
        case "against physics":
            reason = _reason(found, tolerance, DOUBTFUL)
            return replace(verdict, reasons=(*verdict.reasons, reason), measures=measures)
        case "doubtful":
            reason = _reason(found, tolerance, FEASIBLE)
            return replace(verdict, warnings=(*verdict.warnings, reason), measures=measures)
        case "feasible":
            return replace(verdict, measures=measures)


def trial_measures(found: Feasibility) -> dict[str, float]:
    """Return the figures of a trial under the names they have in records, such as trial_help."""
    figures = asdict(found).items()
    return {f"trial_{name}": value for name, value in figures if name not in _NO_MEASURES}


def loudest(found: Feasibility, tolerance: Mapping[str, float]) -> str:
    """Return the figure that took most from the score: the one furthest beyond its tolerance."""
    return max(tolerance, key=lambda name: getattr(found, name) / tolerance[name])


def _reason(found: Feasibility, tolerance: Mapping[str, float], limit: float) -> Reason:
    fault = loudest(found, tolerance)
    told = _FAULTS[fault].format(getattr(found, fault))
    beginning = f"A humanoid {told}; `claims-env feasible CLIP` tells more. The trial scores"
    return Reason(REASON, found.score, limit, "", beginning)
