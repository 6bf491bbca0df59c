"""Schedulers: the agents on the environment. Each file holds one.

To add one, write a class with a `name` and an `act` (see `claims_env.scheduler.Scheduler`), or with
a `write` if it makes sentences of its own (`claims_env.scheduler.Writes`), and pass the object to
`claims_env.run.run`, or name it on the command line as module:Class. A package of your own gives it
a short name by an entry point of the group `claims_env.schedulers`; ours have a line in
`claims_env.assembly.schedulers`. `claims_env.testing.check_scheduler` says whether it keeps the
contract.
"""
