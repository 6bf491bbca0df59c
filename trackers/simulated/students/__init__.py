"""The students: each file holds one structure of learning.

To add one, meet `claims_env.trackers.simulated.student.Student`, give it settings that make it
(`MakesStudent`), and a line in `claims_env.trackers.simulated.family`.
"""
