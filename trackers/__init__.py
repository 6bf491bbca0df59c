"""Trackers: the controllers being trained, the inner loop of the environment.

To add one, meet `claims_env.tracker.Tracker` (and `HasBaseline`, if it can act without a policy)
and give it a name in `claims_env.assembly.TRACKERS`. `claims_env.testing.check_tracker` says
whether it keeps the contract.
"""
