"""Statistics that settle which scheduler is better: plain functions on arrays, nothing drawn.

A score matrix has one row per run (a seed) and one column per task (a world): shape (runs, tasks),
higher is better. Where schedulers are compared, row k of every matrix is the same seed, so that
what a seed does to all of them cancels out. Everything that draws takes a seed and gives the same
bytes in any process; nothing here knows where scores come from or how they are shown.

To add an aggregate, write a function of (..., runs, tasks) in `aggregate.py` and name it in
`AGGREGATES`; the bootstrap, the tables and the page take it from there.
"""
