"""The benchmark: schedulers by trackers by seeds, each cell an episode that can be played again.

A plan says which cells there are, a backend plays them, a results file holds one line per cell, and
the leaderboard is drawn from that file alone. To add a backend, write a class after `Backend` in
`backend.py` and name it in `claims_env.commands.bench.backends`.
"""
