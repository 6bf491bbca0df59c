"""The shipped schedulers by name."""

from claims_env.answers import require_contract
from claims_env.assembly.by_name import create
from claims_env.scheduler import Scheduler
from claims_env.variable_library import VariableLibrary

SCHEDULERS = {
    "edit": "claims_env.agents.edit_scheduler:EditScheduler",
    "ladder": "claims_env.agents.ladder_scheduler:LadderScheduler",
    "random": "claims_env.agents.random_scheduler:RandomScheduler",
    "rule": "claims_env.agents.rule_scheduler:RuleScheduler",
}


def build_scheduler(name: str, library: VariableLibrary) -> Scheduler:
    """Return the scheduler of that name, for the words of an environment's library."""
    scheduler: Scheduler = create("scheduler", name, SCHEDULERS, library)
    require_contract(scheduler, "scheduler", name, "act")
    return scheduler
