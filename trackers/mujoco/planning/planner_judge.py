"""The planner judge: how hard a clip is, told by a humanoid that tried it in physics."""

from collections.abc import Sequence
from math import isfinite

from claims_env.feasibility import Feasibility
from claims_env.judge import ABSTAINED, Alignment, Difficulty, Missing
from claims_env.motion import Motion
from claims_env.prompt import Prompt

SHORTEST_S = 0.5
"""Under this a trial shows nothing of how hard a clip is [s]; the other offline judges ask for as
much."""

HELP = 0.2, 0.8
"""Mean help at the root from which on a clip counts as harder than trivial, and at which as hard as
can be [body weights]."""

EFFORT = 10.0, 110.0
"""The same for the mean power of the joints [W/kg].

Both were set on 60 composed clips, twelve of each tier, whose mean scores rise with it (2.5, 3.8,
5.1, 5.8, 7.5), and on 46 real ones: swinging a sword slowly gets 2, a backflip 10.
"""

_BODY, _SEED = "lite", 0
"""Who tries, and how: always the same, so that ratings of different runs can be compared."""

_UNTOLD = "a trial does not tell"


class PlannerJudge:
    """See `Judge`. Rates what a trial says of a clip; knows nothing of what it should show."""

    name = "planner (offline)"

    def align(
        self, motions: Sequence[Motion], prompts: Sequence[Prompt]
    ) -> list[Alignment | Missing]:
        """See `Judge`; abstains always."""
        abstains = Missing("a trial tells how hard a clip is, not what it shows", ABSTAINED)
        return [abstains for _ in zip(motions, prompts, strict=True)]

    def rate(self, motions: Sequence[Motion]) -> list[Difficulty | Missing]:
        """See `Judge`."""
        from claims_env.trackers.mujoco.planning.assessment import assess

        long = [motion for motion in motions if motion.seconds >= SHORTEST_S]
        tried = iter(assess(long, body=_BODY, seed=_SEED))
        return [_too_short(motion) or difficulty(next(tried).feasibility) for motion in motions]


def difficulty(found: Feasibility) -> Difficulty | Missing:
    """Return how hard the clip of a trial is; nothing where the simulation broke down.

    The score is 1 + 9 (h + e) / 2, rounded: h and e are help and effort as shares of the way
    through `HELP` and `EFFORT`, 0 to 1. So it falls with neither, and each alone makes half of it.
    """
    if not isfinite(found.help + found.effort):
        return Missing("the simulation broke down in the trial")
    share = (_share(found.help, *HELP) + _share(found.effort, *EFFORT)) / 2
    doubt = f" The clip is {found.verdict}." if found.verdict != "feasible" else ""
    return Difficulty(
        score=round(1 + 9 * share),
        rationale=f"Tried in physics, the root needs {found.help:.2f} body weights of help on "
        f"average and the joints work at {found.effort:.0f} W/kg.{doubt}",
        descriptors={
            "action_sequence": _UNTOLD,
            "technical_complexity": f"{found.mean_distance:.2f} m off on average, "
            f"{found.worst_distance:.2f} m in the worst frame",
            "movement_intensity": f"joints work at {found.effort:.0f} W/kg",
            "balance_requirement": f"{found.help:.2f} body weights of help at the root",
            "continuity": _UNTOLD,
        },
    )


def _too_short(motion: Motion) -> Missing | None:
    if motion.seconds >= SHORTEST_S:
        return None
    return Missing(f"{motion.name} lasts {motion.seconds:.2f} s; a trial takes {SHORTEST_S} s")


def _share(value: float, least: float, most: float) -> float:
    return min(1.0, max(0.0, (value - least) / (most - least)))
