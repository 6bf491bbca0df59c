"""The shipped judges by name."""

from claims_env.answers import require_contract
from claims_env.assembly.by_name import create
from claims_env.assembly.physics_extra import require_mujoco
from claims_env.judge import Judge

JUDGES = {
    "kinematic": "claims_env.judges.kinematic_judge:KinematicJudge",
    "planner": "claims_env.trackers.mujoco.planning.planner_judge:PlannerJudge",
    "posture": "claims_env.judges.posture_judge:PostureJudge",
}

_IN_PHYSICS = ("planner",)
"""Judges that simulate."""


def build_judge(name: str) -> Judge:
    """Return the judge of that name.

    Raises:
        UnknownName: Nobody registered that name.
        ConfigError: It cannot be imported or made.
        ContractBroken: It has no name, or lacks a method.
        MissingDependency: It simulates, and mujoco is not installed.
    """
    if name in _IN_PHYSICS:
        require_mujoco(f"The judge '{name}'")
    judge: Judge = create("judge", name, JUDGES)
    require_contract(judge, "judge", name, "align", "rate")
    return judge
