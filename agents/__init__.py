"""Schedulers: the agents on the environment. Each file holds one.

To add one, write a class with a `name` and an `act` (see `claims_env.scheduler.Scheduler`) and
pass the object to `claims_env.run.run`, or name it on the command line as module:Class; a line in
`claims_env.assembly.SCHEDULERS` gives it a short name. `claims_env.testing.check_scheduler` says
whether it keeps the contract.
"""
