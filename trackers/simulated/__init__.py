"""Students that learn by a formula: for tests of schedulers, and for whole curricula in seconds.

`SkillTracker` follows the speed of clips. The family of `claims_env.trackers.simulated.family` is
the benchmark's: each member is a student (in `students`) with its generator and judges, played by
`SimulatedWorld` as arrays, or as a tracker of real clips by `SimulatedTracker`.
"""

from claims_env.trackers.simulated.skill_tracker import SkillTracker as SkillTracker
