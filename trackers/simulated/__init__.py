"""Students that learn by a formula: for tests of schedulers, and for whole curricula in seconds."""

from claims_env.trackers.simulated.skill_tracker import SkillTracker as SkillTracker
